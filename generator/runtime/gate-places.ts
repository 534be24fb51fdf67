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

/** Reads what a request takes. `own` are the counts that the user gives: see `GateOptions`. */
export function placesOf(
  limits: Readonly<Record<string, Limit>>,
  budgets: Readonly<Record<string, Budget>>,
  own: Readonly<Record<string, number | null>>,
): (wanted: Wanted) => Place {
  // Connections are counted by whoever holds them open.
  const kept = Object.entries(limits).filter(
    ([name, { of, perMs = 0 }]) => of !== "connections" && perMs > 0 && own[name] !== null,
  );
  return ({ operation, items = 1, budget = null, cost = 0 }) => ({
    needs: kept
      .map(([name, limit]): Need => ({
        key: limit.scope === "endpoint" ? `${name} ${operation}` : name,
        perMs: limit.perMs!,
        count: countOf(limit, own[name]),
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
