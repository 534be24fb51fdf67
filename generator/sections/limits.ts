/** Rate limits, and limits on things open at once. */
import { spell, millisecondsOrNull } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import { code, prose } from "../model/prose.js";
import type { Traced } from "../model/trace.js";
import { object, ref } from "../read/json-schema.js";
import { type Infer, scopes, traced, waitForms } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import { defineSection, leavesOf, type Scope } from "../resolve/section.js";
import type { Limit as LimitData } from "../runtime/vocabulary.js";
import { answered, linkAnswer } from "./answer.js";

export interface Limit extends Traced {
  readonly count: number;
  /** In milliseconds; `null` when it counts what is open at once. */
  readonly perMs: number | null;
  readonly of: LimitData["of"];
  readonly scope: LimitData["scope"];
  readonly configurable: boolean | null;
  /** The response headers that say how much is left, how much was used, and when the vendor counts anew. */
  readonly remaining: string | null;
  readonly used: string | null;
  readonly reset: NonNullable<LimitData["reset"]> | null;
  readonly answer: Entry | null;
  readonly summary: string;
}

const toldBy = (description: string) =>
  object(["header"], { header: ref("header") }, { description });

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
  remaining: toldBy("The response header that says how much is left."),
  used: toldBy("The response header that says how much was used, of the count."),
  reset: object(
    ["header", "as"],
    {
      header: ref("header"),
      as: {
        description: "How it is written; epoch-s and epoch-ms are counted from 1970.",
        enum: waitForms,
      },
    },
    { description: "The response header that says when the vendor counts anew." },
  ),
  answer: { description: "The entry that comes back beyond it.", type: "string" },
  summary: ref("text"),
});

type Syntax = Infer<typeof schema>;

export const limits = defineSection({
  key: "limits",
  noun: "limit",
  nouns: "limits",
  about: "Rate limits and limits on things open at once.",
  schema,
  resolve: (item, scope): Limit => {
    const { value } = item;
    checkHeaders(item, scope);
    return {
      ...scope.traced(item, leavesOf(schema)),
      count: value.count,
      perMs: millisecondsOrNull(value.per),
      of: value.of ?? "requests",
      scope: value.scope,
      configurable: value.configurable ?? null,
      remaining: value.remaining?.header.toLowerCase() ?? null,
      used: value.used?.header.toLowerCase() ?? null,
      reset:
        value.reset === undefined
          ? null
          : { header: value.reset.header.toLowerCase(), as: value.reset.as },
      answer: null,
      summary: value.summary,
    };
  },
  link: (node, item, scope) => linkAnswer(node, item, scope),
  docs: {
    title: "Limits",
    facts: ({ count, perMs, of, scope, configurable, remaining, used, reset, answer }) => [
      prose`${of === "weight" ? `A weight of ${count}` : `${count} ${of}`} ${perMs === null ? [{ own: "at once" }] : prose`in ${spell(perMs)}`}, counted per ${scope}${configurable === true ? "; the vendor can change it" : ""}`,
      ...(remaining === null ? [] : [prose`How much is left: header ${code(remaining)}`]),
      ...(used === null ? [] : [prose`How much was used: header ${code(used)}`]),
      ...(reset === null
        ? []
        : [prose`When it is counted anew: header ${code(reset.header)}, as ${code(reset.as)}`]),
      ...answered(answer),
    ],
  },
});

/** A gate reads headers only of a limit in a time, and a reset only beside what is left. */
function checkHeaders({ name, value, key }: Item<Syntax>, scope: Scope): void {
  const headers = (["remaining", "used", "reset"] as const).filter((one) => one in value);
  const [first] = headers;
  if (first === undefined) return;
  const problem =
    value.per === undefined || value.of === "connections"
      ? ("at once" as const)
      : first === "reset"
        ? ("reset" as const)
        : null;
  if (problem !== null) scope.log.report("limit/unread", key(first), { limit: name, problem });
}
