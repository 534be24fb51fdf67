/** Every entry has an example, and every example decodes to its own entry, by the decoder that ships. */
import type { Failure, UnknownFailure, UnknownWhy } from "../runtime/failure.js";
import { decoded } from "./decoded.js";
import type { Rule } from "./rule.js";

export const examples: Rule = ({ apis }, log) => {
  for (const api of apis) {
    for (const entry of api.entries)
      if (entry.examples.length === 0 && entry.removed === null)
        log.report("example/missing", entry.place);
    for (const { entry, examples } of decoded(api))
      for (const { example, reply } of examples) {
        const { id } = reply.ok ? reply : reply.failure;
        const why = reply.ok || !isUnknown(reply.failure) ? null : whys[reply.failure.why];
        if (id !== entry.id)
          log.report("example/contradiction", example.place, { entry: entry.id, decoded: id, why });
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
