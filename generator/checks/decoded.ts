/** What the decoder that ships makes of the examples. */
import type { Entry, Example } from "../model/entry.js";
import { firstStatus } from "../model/spans.js";
import type { RecognisedApi, Recognition } from "../recognise/recognise.js";
import { decodeFrame, decodeHttp, decodeItem } from "../runtime/decode.js";
import type { Reply } from "../runtime/failure.js";

/** An entry with its examples on one channel, and the reply that each of them is. */
export interface Decoded {
  readonly found: Recognition;
  readonly entry: Entry;
  readonly examples: readonly { readonly example: Example; readonly reply: Reply }[];
}

/** The living entries of an API, but for those that another rule reports as undecided. */
export function decoded(api: RecognisedApi): readonly Decoded[] {
  return api.recognition.flatMap((found) => {
    const { channel, entries, ambiguous, unreachable, cycles } = found;
    const undecided = new Set([
      ...ambiguous.flatMap(({ a, b }) => [a, b]),
      ...unreachable.map(({ entry }) => entry),
      ...cycles.flat(),
    ]);
    return entries
      .filter((entry) => !undecided.has(entry))
      .map((entry) => ({
        found,
        entry,
        examples: entry.examples
          .filter((example) => example.channel === channel)
          .map((example) => ({ example, reply: decode(found, entry, example) })),
      }));
  });
}

function decode(
  { channel, decoder }: Recognition,
  entry: Entry,
  { status, headers, body }: Example,
): Reply {
  // What answers any operation is shown by one that no entry is about.
  const asked = { operation: entry.match.operations[0]?.name ?? "" };
  if (channel.kind === "items") return decodeItem(decoder, body, asked);
  if (channel.kind === "socket") return decodeFrame(decoder, body, asked);
  // An example without a status is one that may come with any.
  const assumed = status ?? firstStatus(entry.match.statuses) ?? (entry.success ? 200 : 400);
  return decodeHttp(decoder, { status: assumed, headers, body }, asked);
}
