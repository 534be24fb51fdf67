/** What the rules of an API are as plain data: the tables that a package ships, and what advice is made from. */
import type { AdviceData } from "../runtime/advice.js";
import type { Entry } from "../model/entry.js";
import type { Breaker, Certainty, Limit } from "../runtime/vocabulary.js";
import { type Condition, holds } from "../runtime/conditions.js";
import type { Api } from "../sections/catalog.js";
import { conditionData, list } from "./places.js";

export interface Tables extends Omit<Required<AdviceData>, "words" | "noRetry" | "holds"> {
  readonly limits: Readonly<Record<string, Limit>>;
  readonly breakers: Readonly<Record<string, Breaker>>;
}

export function tablesOf(api: Api): Tables {
  return {
    operations: table(
      api.operations,
      ({ method, path, kind, idempotency, lookup, isHarmless, replayChecked }) => ({
        ...{ method, path, kind, replayChecked },
        idempotency: idempotency?.name ?? null,
        lookup: lookup?.name ?? null,
        repeat: isHarmless ? ("harmless" as const) : null,
      }),
    ),
    rules: Object.fromEntries(api.retry.map(({ name, data }) => [name, data])),
    priors: Object.fromEntries(
      api.living.flatMap((entry) => {
        const { id, ifPriorUnknown } = entry;
        if (ifPriorUnknown === null) return [];
        const { outcome, retry } = ifPriorUnknown;
        const certainty = certaintyOf(entry, "if-prior-unknown");
        return [[id, { outcome, retry: retry.name, certainty }]];
      }),
    ),
    certainty: certainties(api),
    transport: table(api.transport, ({ retry, remedy }) => ({ retry: retry.name, remedy })),
    budgets: table(api.budgets, ({ tokens, cost, refund }) => ({ tokens, cost, refund })),
    limits: table(api.limits, ({ name, count, perMs, of, scope, configurable, ...told }) => ({
      ...{ count, perMs, of, weights: weightsIn(api, name), scope, configurable },
      ...{ remaining: told.remaining, used: told.used, reset: told.reset },
    })),
    deadlines: table(api.deadlines, ({ defaultMs, maxMs, state }) => ({ defaultMs, maxMs, state })),
    keys: table(api.idempotency, ({ at, header, windowMs, slackMs, replayHeader, duplicate }) => ({
      ...{ at, header, windowMs, slackMs, replayHeader, duplicate },
    })),
    breakers: table(api.breakers, ({ scope, threshold, cooldownMs }) => ({
      ...{ scope, threshold, cooldownMs },
    })),
  };
}

/** What the operations count in a limit, where that is not 1; `null` if none says so. */
function weightsIn({ operations }: Api, limit: string): Required<Limit>["weights"] | null {
  const weights = operations.flatMap(({ name, weight }) => {
    const count = Object.hasOwn(weight, limit) ? weight[limit]! : 1;
    return count === 1 ? [] : [[name, count] as const];
  });
  return weights.length === 0 ? null : Object.fromEntries(weights);
}

/** How the outcomes of the entries are known: what most have in common, and the rest by id. */
function certainties({ living }: Api): Tables["certainty"] {
  const failures = living.filter(({ success }) => !success);
  const all = failures.map((entry) => [entry.id, certaintyOf(entry, "outcome")] as const);
  const count = (one: Certainty): number => all.filter(([, known]) => known === one).length;
  const most = (["documented", "inferred", "policy"] as const).reduce((a, b) =>
    count(b) > count(a) ? b : a,
  );
  return { most, others: Object.fromEntries(all.filter(([, known]) => known !== most)) };
}

/** How a fact of an entry is known: what the vendor does not say is a choice. */
function certaintyOf({ trace }: Entry, fact: string): Certainty {
  const leaf = trace.leaves.find(({ path }) => path === fact || path.startsWith(`${fact}.`));
  return leaf === undefined ? "documented" : leaf.known === "inferred" ? "inferred" : "policy";
}

/** All that the advice of an API depends on, as its package will have it. */
export function adviceData(api: Api): AdviceData {
  return { ...tablesOf(api), words: wordsOf(api), ...list("noRetry", noRetryOf(api)), holds };
}

/** What a response says that is not to be answered by sending again. */
export function noRetryOf({ noRetry }: Api): readonly Condition[] {
  return noRetry.map(conditionData);
}

/** What each living entry means, in words. */
export function wordsOf({ living }: Api): AdviceData["words"] {
  const rows = living.map(({ id, title, summary, remedy }) => ({
    name: id,
    title,
    summary,
    remedy,
  }));
  return table(rows, ({ title, summary, remedy }) => ({ title, summary, remedy }));
}

/** Nodes by name, each as the facts that there is something to say of. */
function table<T extends { readonly name: string }, D extends object>(
  nodes: readonly T[],
  data: (node: T) => D,
): Readonly<Record<string, Stated<D>>> {
  return Object.fromEntries(nodes.map((node) => [node.name, stated(data(node))]));
}

/** What is `null` or `false` is missing in a table. */
type Stated<D> = {
  readonly [K in keyof D as null extends D[K] ? never : boolean extends D[K] ? never : K]: D[K];
} & {
  readonly [K in keyof D as null extends D[K] ? K : boolean extends D[K] ? K : never]?: Exclude<
    D[K],
    null | false
  >;
};

function stated<D extends object>(facts: D): Stated<D> {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== false);
  return Object.fromEntries(known) as Stated<D>;
}
