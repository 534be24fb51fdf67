/** States of the whole service that change its answers. */
import type { Entry } from "../model/entry.js";
import { code, prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import { answered, linkAnswer } from "./answer.js";

export interface Mode extends Traced {
  readonly announced: string | null;
  readonly effect: string | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

const schema = traced(["summary"], {
  announced: {
    description: "The socket channel that announces it, as the wire names it.",
    type: "string",
    minLength: 1,
  },
  effect: ref("text", "What it does to requests."),
  answer: { description: "The entry that comes back during it.", type: "string" },
  summary: ref("text"),
});

export const modes = defineSection({
  key: "modes",
  noun: "mode",
  nouns: "modes",
  about: "States of the whole service that change its answers.",
  schema,
  resolve: (item, scope): Mode => {
    const { announced = null, effect = null, summary } = item.value;
    return { ...scope.traced(item, leavesOf(schema)), announced, effect, answer: null, summary };
  },
  link: (node, item, scope) => linkAnswer(node, item, scope),
  docs: {
    title: "Modes of the service",
    facts: ({ announced, effect, answer }) => [
      ...(announced === null ? [] : [prose`Announced on the socket channel ${code(announced)}`]),
      ...(effect === null ? [] : [prose`Effect: ${effect}`]),
      ...answered(answer),
    ],
  },
});
