/** Operations, retry rules, budgets, limits, deadlines, idempotency keys and breakers, as typed data. */
import { type Statement, table, tsFile, union, use } from "./printer.js";
import { tablesOf } from "../../recognise/tables.js";
import { type Emitter, origin, perApi } from "../emitter.js";

export const rules: Emitter = perApi((api) => {
  const { names, title } = api;
  const { operations, rules, budgets, limits, deadlines, keys, breakers } = tablesOf(api);
  const known = `The operations of the ${title}, as far as its errors need them.`;
  const tables = [
    record(names.operations, known, "Operation", operations),
    record(names.retry, `The retry rules of the ${title}.`, "RetryRule", rules),
    record(names.budgets, `The retry budgets of the ${title}.`, "Budget", budgets),
    record(names.limits, `The limits of the ${title}.`, "Limit", limits),
    record(names.deadlines, `The deadlines of the ${title}.`, "Deadline", deadlines),
    record(names.idempotency, `The idempotency keys of the ${title}.`, "IdempotencyKey", keys),
    record(names.breakers, `The circuit breakers of the ${title}.`, "Breaker", breakers),
  ].flatMap((found) => found ?? []);
  return [
    tsFile(`src/${api.id}/rules.ts`, origin(api), [
      use(
        tables.map(({ type }) => type),
        "../runtime/vocabulary.js",
        "types",
      ),
      ...tables.map(({ statement }) => statement),
    ]),
  ];
});

function record(
  name: string,
  doc: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
): { type: string; statement: Statement } | null {
  const keys = Object.keys(data);
  if (keys.length === 0) return null;
  return {
    type,
    statement: table(name, doc, `Readonly<Record<${union(keys)}, ${type}>>`, data),
  };
}
