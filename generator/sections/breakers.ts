/** Circuit breakers of the vendor's. */
import { millisecondsOrNull, spell } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import { prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { scopes, traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import type { Scope } from "../runtime/vocabulary.js";
import { answered, linkAnswer } from "./answer.js";

export interface Breaker extends Traced {
  readonly scope: Scope;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly threshold: number | null;
  readonly cooldownMs: number | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

const schema = traced(["scope", "summary"], {
  scope: { description: "What each breaker guards.", enum: scopes },
  opens: ref("text", "When it opens."),
  closes: ref("text", "When it closes again."),
  threshold: { description: "How many failures open it.", type: "integer", minimum: 1 },
  cooldown: ref("duration"),
  answer: { description: "The entry that comes back while it is open.", type: "string" },
  summary: ref("text"),
});

export const breakers = defineSection({
  key: "breakers",
  noun: "breaker",
  nouns: "breakers",
  about: "Circuit breakers.",
  schema,
  resolve: (item, scope): Breaker => {
    const { value } = item;
    return {
      ...scope.traced(item, leavesOf(schema)),
      scope: value.scope,
      opens: value.opens ?? null,
      closes: value.closes ?? null,
      threshold: value.threshold ?? null,
      cooldownMs: millisecondsOrNull(value.cooldown),
      answer: null,
      summary: value.summary,
    };
  },
  link: (node, item, scope) => linkAnswer(node, item, scope),
  docs: {
    title: "Circuit breakers",
    facts: ({ scope, opens, closes, threshold, cooldownMs, answer }) => [
      prose`One for each ${scope}`,
      ...(opens === null ? [] : [prose`Opens: ${opens}`]),
      ...(closes === null ? [] : [prose`Closes: ${closes}`]),
      ...(threshold === null ? [] : [prose`Failures that open it: ${threshold}`]),
      ...(cooldownMs === null ? [] : [prose`Stays open for ${spell(cooldownMs)}`]),
      ...answered(answer),
    ],
  },
});
