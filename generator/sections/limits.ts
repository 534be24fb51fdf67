/** Rate limits, and limits on things open at once. */
import { spell, millisecondsOrNull } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import { prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { ref } from "../read/json-schema.js";
import { scopes, traced } from "../read/language.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import type { Limit as LimitData, Scope } from "../runtime/vocabulary.js";
import { answered, linkAnswer } from "./answer.js";

export interface Limit extends Traced {
  readonly count: number;
  /** In milliseconds; `null` when it counts what is open at once. */
  readonly perMs: number | null;
  readonly of: LimitData["of"];
  readonly scope: Scope;
  readonly configurable: boolean | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

const schema = traced(["count", "scope", "summary"], {
  count: { description: "How many are allowed.", type: "integer", minimum: 1 },
  per: ref("duration", "In which time; without it, at once."),
  of: {
    description:
      "Of what: requests, connections, the items of batches, or weight, of which each operation says its own.",
    enum: ["requests", "connections", "items", "weight"],
  },
  scope: { description: "Whose they are counted by.", enum: scopes },
  configurable: { description: "Whether the vendor sets it per scope.", type: "boolean" },
  answer: { description: "The entry that comes back beyond it.", type: "string" },
  summary: ref("text"),
});

export const limits = defineSection({
  key: "limits",
  noun: "limit",
  nouns: "limits",
  about: "Rate limits and limits on things open at once.",
  schema,
  resolve: (item, scope): Limit => {
    const { value } = item;
    return {
      ...scope.traced(item, leavesOf(schema)),
      count: value.count,
      perMs: millisecondsOrNull(value.per),
      of: value.of ?? "requests",
      scope: value.scope,
      configurable: value.configurable ?? null,
      answer: null,
      summary: value.summary,
    };
  },
  link: (node, item, scope) => linkAnswer(node, item, scope),
  docs: {
    title: "Limits",
    facts: ({ count, perMs, of, scope, configurable, answer }) => [
      prose`${of === "weight" ? `A weight of ${count}` : `${count} ${of}`} ${perMs === null ? [{ own: "at once" }] : prose`in ${spell(perMs)}`}, counted per ${scope}${configurable === true ? "; the vendor can change it" : ""}`,
      ...answered(answer),
    ],
  },
});
