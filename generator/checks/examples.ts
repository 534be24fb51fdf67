/** Every entry has an example, and every example decodes to its own entry, by the decoder that ships. */
import type { Entry } from "../model/entry.js";
import type { Failure, Reply, UnknownFailure, UnknownWhy } from "../runtime/failure.js";
import { decoded } from "./decoded.js";
import { misfit } from "./misfit.js";
import type { Check } from "./check.js";

export const examples: Check = ({ apis }, log) => {
  for (const api of apis) {
    for (const entry of api.entries)
      if (entry.examples.length === 0 && entry.removed === null)
        log.report("example/missing", entry.place);
    for (const { found, entry, examples } of decoded(api))
      for (const { example, reply } of examples)
        if (!isOf(entry, reply))
          log.report("example/contradiction", example.place, {
            entry: entry.id,
            decoded: reply.ok ? reply.id : reply.failure.id,
            why: reply.ok || !isUnknown(reply.failure) ? null : whys[reply.failure.why],
            misfit: misfit(found, entry, example),
          });
  }
};

/** Whether a reply is the entry. Only what is known by its status alone may come with a text that nobody listed. */
export function isOf(entry: Entry, reply: Reply): boolean {
  if (reply.ok) return reply.id === entry.id;
  const { id, unexpected } = reply.failure;
  return id === entry.id && (unexpected === null || entry.family.isByStatus);
}

const isUnknown = (failure: Failure): failure is UnknownFailure => "why" in failure;

const whys: Readonly<Record<UnknownWhy, string>> = {
  unread: "its body cannot be read",
  "not-json": "its body is text, not JSON",
  code: "no entry matches its code",
  message: "no entry matches its message",
  shape: "no entry matches its body",
  status: "no entry matches its status",
};
