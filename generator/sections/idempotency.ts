/** Idempotency keys: where they are, and how long they are remembered. */
import { millisecondsOrNull, spell } from "../model/durations.js";
import { code, prose } from "../model/prose.js";
import type { Idempotency } from "../model/retry.js";
import { object, ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import { answered, linkAnswer } from "./answer.js";
import { checkOnePlace } from "./places.js";

const duplicate = { enum: ["skipped", "rejected", "replayed"] } as const;

const schema = traced(["duplicate", "summary"], {
  at: ref("pointer", "Where the key is in the request."),
  header: ref("header"),
  window: ref("duration", "How long a key is remembered."),
  slack: ref(
    "duration",
    "How long before the end of the window a key counts as forgotten: for a request under way.",
  ),
  duplicate: object(
    ["some", "all"],
    { some: duplicate, all: duplicate },
    { description: "What happens to a request of which some, or all, items are duplicates." },
  ),
  replay: ref(
    "header",
    "The response header that marks an answer as that of the first copy, such as idempotent-replayed.",
  ),
  answer: { description: "The entry that comes back when all are duplicates.", type: "string" },
  summary: ref("text"),
});

export const idempotency = defineSection({
  key: "idempotency",
  noun: "idempotency key",
  nouns: "idempotency keys",
  about: "Idempotency keys: where they are and how long they are remembered.",
  usedBy: "idempotency: in an operation",
  schema,
  resolve: (item, scope): Idempotency => {
    const { value, place } = item;
    const { some, all } = value.duplicate;
    checkOnePlace(value, place, scope.log);
    return {
      ...scope.traced(item, leavesOf(schema)),
      at: value.at ?? null,
      header: value.header?.toLowerCase() ?? null,
      windowMs: millisecondsOrNull(value.window),
      slackMs: millisecondsOrNull(value.slack),
      replayHeader: value.replay?.toLowerCase() ?? null,
      duplicate: { some, all },
      answer: null,
      summary: value.summary,
    };
  },
  link: (node, item, scope) => linkAnswer(node, item, scope),
  docs: {
    title: "Idempotency",
    facts: ({ at, header, windowMs, slackMs, replayHeader, duplicate: { some, all }, answer }) => [
      prose`The request carries the key ${header === null ? prose`at ${code(at!)}` : prose`in the header ${code(header)}`}. ${windowMs === null ? "How long it is remembered is not documented" : prose`It is remembered for ${spell(windowMs)}`}.`,
      ...(slackMs === null
        ? []
        : [
            prose`It counts as forgotten ${spell(slackMs)} earlier, to allow for requests on their way.`,
          ]),
      prose`If some items are duplicates, those are ${some}. If all are, the request is ${all}.`,
      ...(replayHeader === null
        ? []
        : [prose`An answer with the header ${code(replayHeader)} is that of the first copy.`]),
      ...answered(answer),
    ],
  },
});
