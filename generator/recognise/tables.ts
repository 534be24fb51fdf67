/** What the rules of an API are as plain data: the tables that a package ships, and what advice is made from. */
import type { Api } from "../sections/catalog.js";
import type { AdviceData } from "../runtime/advice.js";
import type { Breaker, Limit } from "../runtime/vocabulary.js";

export interface Tables extends Omit<AdviceData, "words"> {
  readonly limits: Readonly<Record<string, Limit>>;
  readonly breakers: Readonly<Record<string, Breaker>>;
}

export function tablesOf(api: Api): Tables {
  return {
    operations: table(
      api.operations,
      ({ method, path, kind, idempotency, lookup, replayChecked }) => ({
        method,
        path,
        kind,
        idempotency: idempotency?.name ?? null,
        lookup: lookup?.name ?? null,
        replayChecked,
      }),
    ),
    rules: table(api.retry, ({ data }) => data),
    priors: Object.fromEntries(
      api.living.flatMap(({ id, ifPriorUnknown }) =>
        ifPriorUnknown === null
          ? []
          : [[id, { outcome: ifPriorUnknown.outcome, retry: ifPriorUnknown.retry.name }]],
      ),
    ),
    transport: table(api.transport, ({ retry, remedy }) => ({ retry: retry.name, remedy })),
    budgets: table(api.budgets, ({ tokens, cost, refund }) => ({ tokens, cost, refund })),
    limits: table(api.limits, ({ count, perMs, of, scope, configurable }) => ({
      count,
      perMs,
      of,
      scope,
      configurable,
    })),
    deadlines: table(api.deadlines, ({ defaultMs, maxMs, then }) => ({ defaultMs, maxMs, then })),
    keys: table(api.idempotency, ({ at, header, windowMs, slackMs, duplicate: { some, all } }) => ({
      at,
      header,
      windowMs,
      slackMs,
      duplicate: { some, all },
    })),
    breakers: table(api.breakers, ({ scope, threshold, cooldownMs }) => ({
      scope,
      threshold,
      cooldownMs,
    })),
  };
}

/** All that the advice of an API depends on, as its package will have it. */
export function adviceData(api: Api): AdviceData {
  const words = table(
    api.living,
    ({ title, summary, remedy }) => ({ title, summary, remedy }),
    ({ id }) => id,
  );
  return { ...tablesOf(api), words };
}

function table<T extends { readonly name: string }, D>(
  items: readonly T[],
  data: (item: T) => D,
  key: (item: T) => string = ({ name }) => name,
): Readonly<Record<string, D>> {
  return Object.fromEntries(items.map((item) => [key(item), data(item)]));
}
