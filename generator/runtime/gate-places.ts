/** Which limits a gate keeps, and what a request takes of them. */
import type { Need, Place } from "./gate-draft.js";
import type { Budget, Limit } from "./vocabulary.js";

/** What a request takes, as far as it says so. */
interface Wanted {
  readonly operation: string;
  readonly items?: number;
  readonly budget?: string | null;
  readonly cost?: number;
}

/** A limit that a gate keeps. */
export interface Kept {
  readonly limit: Limit;
  readonly perMs: number;
  readonly count: number;
  /** What it is counted by: its name; with the operation where each operation has its own. */
  keyOf(operation: string): string;
}

/** The limits that a gate keeps. `own` are the counts that the user gives: see `GateOptions`. */
export function keptOf(
  limits: Readonly<Record<string, Limit>>,
  own: Readonly<Record<string, number | null>>,
): readonly Kept[] {
  return Object.entries(limits).flatMap(([name, limit]) => {
    const { of, perMs = 0, scope } = limit;
    // Connections are counted by whoever holds them open.
    if (of === "connections" || !(perMs > 0) || own[name] === null) return [];
    const keyOf = (operation: string): string =>
      scope === "endpoint" ? `${name} ${operation}` : name;
    return [{ limit, perMs, count: countOf(limit, own[name]), keyOf }];
  });
}

/** Reads what a request takes. */
export function placesOf(
  kept: readonly Kept[],
  budgets: Readonly<Record<string, Budget>>,
): (wanted: Wanted) => Place {
  return ({ operation, items = 1, budget = null, cost = 0 }) => ({
    needs: kept
      .map(({ limit, perMs, count, keyOf }): Need => ({
        ...{ key: keyOf(operation), perMs, count },
        more: countedBy(limit, operation, items),
      }))
      // What takes nothing waits for nobody.
      .filter(({ more }) => more !== 0),
    budget: budget !== null && Object.hasOwn(budgets, budget) ? budget : null,
    // What is no cost cannot be paid.
    cost: cost >= 0 ? cost : Infinity,
  });
}

/** How much of a limit a request takes. */
function countedBy({ of, weights = {} }: Limit, operation: string, items: number): number {
  if (of === "items") return items;
  return of === "weight" && Object.hasOwn(weights, operation) ? weights[operation]! : 1;
}

function countOf({ count, configurable }: Limit, own: number | null | undefined): number {
  if (typeof own !== "number" || !(own >= 0)) return count;
  return configurable === true ? own : Math.min(own, count);
}
