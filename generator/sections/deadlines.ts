/** Times after which something ends by itself. */
import { millisecondsOrNull, spell } from "../model/durations.js";
import { code, prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";

export interface Deadline extends Traced {
  readonly at: string | null;
  readonly defaultMs: number | null;
  readonly maxMs: number | null;
  readonly from: string | null;
  readonly then: string | null;
  readonly summary: string;
}

const schema = traced(["summary"], {
  at: ref("pointer", "Where a request may set it."),
  default: ref("duration"),
  max: ref("duration"),
  from: ref("id", "When the clock starts, such as creation."),
  then: {
    description: "The state that follows, as the wire names it.",
    type: "string",
    minLength: 1,
  },
  summary: ref("text"),
});

export const deadlines = defineSection({
  key: "deadlines",
  noun: "deadline",
  nouns: "deadlines",
  about: "Times after which something ends by itself.",
  usedBy: "deadline: in a retry rule",
  schema,
  resolve: (item, scope): Deadline => {
    const { value } = item;
    return {
      ...scope.traced(item, leavesOf(schema)),
      at: value.at ?? null,
      defaultMs: millisecondsOrNull(value.default),
      maxMs: millisecondsOrNull(value.max),
      from: value.from ?? null,
      then: value.then ?? null,
      summary: value.summary,
    };
  },
  docs: {
    title: "Deadlines",
    facts: ({ at, defaultMs, maxMs, from, then }) => [
      ...(defaultMs === null
        ? []
        : [prose`By default ${spell(defaultMs)}${from === null ? "" : prose` from ${from}`}`]),
      ...(maxMs === null ? [] : [prose`At most ${spell(maxMs)}`]),
      ...(at === null ? [] : [prose`Set in the request at ${code(at)}`]),
      ...(then === null ? [] : [prose`State afterwards: ${code(then)}`]),
    ],
  },
});
