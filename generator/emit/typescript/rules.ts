/** Operations, retry rules, budgets, limits, deadlines, idempotency keys and breakers, as typed data; and what a gate needs of them. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { tablesOf } from "../../recognise/tables.js";
import { origin } from "../target.js";
import { enclosed, type Fragment, ts, type } from "./fragment.js";
import { objectOf, union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { exported, table } from "./printer.js";

export function rules(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const { title } = api;
  const { operations, rules, budgets, limits, deadlines, keys, breakers } = tablesOf(api);
  const known = `The operations of the ${title}, as far as its errors need them.`;
  return [
    moduleFile(`${api.id}/rules`, origin(api), [
      ...record(names.operations, known, "Operation", operations),
      ...record(names.retry, `The retry rules of the ${title}.`, "RetryRule", rules),
      ...record(names.budgets, `The retry budgets of the ${title}.`, "Budget", budgets),
      ...record(names.limits, `The limits of the ${title}.`, "Limit", limits),
      ...record(names.deadlines, `The deadlines of the ${title}.`, "Deadline", deadlines),
      ...record(names.idempotency, `The idempotency keys of the ${title}.`, "IdempotencyKey", keys),
      ...record(names.breakers, `The circuit breakers of the ${title}.`, "Breaker", breakers),
      exported(
        names.gate,
        `What the gate of an account of the ${title} has to know.`,
        type("GateData", "runtime/gate"),
        objectOf({
          rules: ts`${names.retry}`,
          limits: Object.keys(limits).length > 0 ? ts`${names.limits}` : ts`{}`,
          budgets: Object.keys(budgets).length > 0 ? ts`${names.budgets}` : ts`{}`,
        }),
      ),
    ]),
  ];
}

function record(
  name: string,
  doc: string,
  rowType: string,
  data: Readonly<Record<string, unknown>>,
): readonly Fragment[] {
  const keys = Object.keys(data);
  if (keys.length === 0) return [];
  const of = enclosed("<>", [union(keys), type(rowType, "runtime/vocabulary")]);
  return [table(name, doc, ts`Readonly${enclosed("<>", [ts`Record${of}`])}`, data)];
}
