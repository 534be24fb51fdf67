/** Every entry has an example, and every example decodes to its own entry, by the decoder that ships. */
import { recognition } from "../recognition.js";
import { decodeHttp, decodeItem } from "../runtime/decode.js";
import type { Failure, Reply, UnknownFailure, UnknownWhy } from "../runtime/failure.js";
import type { Rule } from "./rule.js";

export const examples: Rule = ({ apis }, log) => {
  for (const api of apis) {
    for (const entry of api.entries)
      if (entry.examples.length === 0 && entry.removed === null)
        log.report("example/missing", entry.place);
    for (const found of recognition(api)) {
      // An example without a status is one that may come with any.
      const decode = (status: number | null, body: unknown): Reply =>
        found.channel.kind === "http"
          ? decodeHttp(found.decoder, { status: status ?? 400, body })
          : { ok: false, failure: decodeItem(found.decoder, body) };
      // What another rule reports as undecided is not reported again.
      const undecided = new Set([
        ...found.ambiguous.flatMap(({ a, b }) => [a, b]),
        ...found.unreachable.map(({ entry }) => entry),
        ...found.cycles.flat(),
      ]);
      for (const entry of found.entries.filter((e) => !undecided.has(e)))
        for (const { status, body, place } of entry.examples) {
          const reply = decode(status ?? entry.match.statuses[0] ?? null, body);
          const { id: decoded } = reply.ok ? reply : reply.failure;
          const why = reply.ok || !isUnknown(reply.failure) ? null : whys[reply.failure.why];
          if (decoded !== entry.id)
            log.report("example/contradiction", place, { entry: entry.id, decoded, why });
        }
    }
  }
};

const isUnknown = (failure: Failure): failure is UnknownFailure => failure.category === "unknown";

const whys: Readonly<Record<UnknownWhy, string>> = {
  unread: "this body cannot be read",
  "not-json": "this body is text, and not JSON",
  code: "none with this code fits",
  message: "none with this message fits",
  shape: "none fits a body like this",
  status: "there is no body, and none has this status",
};
