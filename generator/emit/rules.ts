/** Operations, retry rules, budgets, limits, deadlines, idempotency keys and breakers, as typed data. */
import type { Api } from "../model.js";
import { type Statement, table, tsFile, union, use } from "../print/typescript.js";
import type {
  Breaker,
  Budget,
  Deadline,
  IdempotencyKey,
  Limit,
  Operation,
} from "../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "./emitter.js";

export const rules: Emitter = perApi((api: Api) => {
  const { names, title } = api;
  const { operations, retry, budgets, limits, deadlines, idempotency, breakers } = api;
  const statements = [
    record(
      names.operations,
      `The operations of the ${title}, as far as its errors need them.`,
      "Operation",
      operations,
      ({ method, path, kind, idempotency, lookup, replayChecked }): Operation => ({
        method,
        path,
        kind,
        idempotency: idempotency?.name ?? null,
        lookup: lookup?.name ?? null,
        replayChecked,
      }),
    ),
    record(
      names.retry,
      `The retry rules of the ${title}.`,
      "RetryRule",
      retry,
      (rule) => rule.data,
    ),
    record(
      names.budgets,
      `The retry budgets of the ${title}.`,
      "Budget",
      budgets,
      ({ tokens, cost, refund }): Budget => ({ tokens, cost, refund }),
    ),
    record(
      names.limits,
      `The limits of the ${title}.`,
      "Limit",
      limits,
      ({ count, perMs, of, scope, configurable }): Limit => ({
        count,
        perMs,
        of,
        scope,
        configurable,
      }),
    ),
    record(
      names.deadlines,
      `The deadlines of the ${title}.`,
      "Deadline",
      deadlines,
      ({ defaultMs, maxMs, then }): Deadline => ({
        defaultMs,
        maxMs,
        then,
      }),
    ),
    record(
      names.idempotency,
      `The idempotency keys of the ${title}.`,
      "IdempotencyKey",
      idempotency,
      ({ at, windowMs, slackMs, duplicate }): IdempotencyKey => ({
        at,
        windowMs,
        slackMs,
        duplicate: { some: duplicate.some, all: duplicate.all },
      }),
    ),
    record(
      names.breakers,
      `The circuit breakers of the ${title}.`,
      "Breaker",
      breakers,
      ({ scope, threshold, cooldownMs }): Breaker => ({ scope, threshold, cooldownMs }),
    ),
  ].flatMap((s) => s ?? []);
  const types = statements.map(({ type }) => type);
  return [
    tsFile(`src/${api.id}/rules.ts`, origin(api), [
      use(types, "../runtime/vocabulary.js", "types"),
      ...statements.map(({ statement }) => statement),
    ]),
  ];
});

function record<T extends { readonly name: string }>(
  name: string,
  doc: string,
  type: string,
  items: readonly T[],
  data: (item: T) => unknown,
): { type: string; statement: Statement } | null {
  if (items.length === 0) return null;
  const keys = union(items.map((item) => item.name));
  const value = Object.fromEntries(items.map((item) => [item.name, data(item)]));
  return {
    type,
    statement: table(name, doc, `Readonly<Record<${keys}, ${type}>>`, value),
  };
}
