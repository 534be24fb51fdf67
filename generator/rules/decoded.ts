/** What the decoder that ships makes of the examples. */
import type { Api, Entry, Example } from "../model.js";
import { recognition } from "../recognition.js";
import { decodeHttp, decodeItem } from "../runtime/decode.js";
import type { Reply } from "../runtime/failure.js";

/** An entry with its examples, and the reply that each of them is. */
export interface Decoded {
  readonly entry: Entry;
  readonly examples: readonly { readonly example: Example; readonly reply: Reply }[];
}

/** The living entries of an API, but for those that another rule reports as undecided. */
export function decoded(api: Api): readonly Decoded[] {
  return recognition(api).flatMap(
    ({ channel, decoder, entries, ambiguous, unreachable, cycles }) => {
      // An example without a status is one that may come with any.
      const decode = (status: number | null, body: unknown): Reply =>
        channel.kind === "http"
          ? decodeHttp(decoder, { status: status ?? 400, body })
          : { ok: false, failure: decodeItem(decoder, body) };
      const undecided = new Set([
        ...ambiguous.flatMap(({ a, b }) => [a, b]),
        ...unreachable.map(({ entry }) => entry),
        ...cycles.flat(),
      ]);
      return entries
        .filter((entry) => !undecided.has(entry))
        .map((entry) => ({
          entry,
          examples: entry.examples.map((example) => ({
            example,
            reply: decode(example.status ?? entry.match.statuses[0] ?? null, example.body),
          })),
        }));
    },
  );
}
