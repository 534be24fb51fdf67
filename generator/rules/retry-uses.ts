/** Where the retry rules of an API are used, and the paths that the diagnostics about them print. */
import type { Place } from "../diagnostics.js";
import type { Api, Operation, RetryRule } from "../model.js";
import { delayOf } from "../runtime/delay.js";
import type { Outcome } from "../runtime/vocabulary.js";

/** A failure, what became of a write that ends in it, and the rule that then holds. */
export interface Use {
  /** As a path names it. */
  readonly failure: string;
  readonly outcome: Outcome;
  readonly rule: RetryRule;
  readonly place: Place;
}

export function usesOf({ entries, transport }: Api): readonly Use[] {
  return [
    ...entries
      .filter(({ removed }) => removed === null)
      .flatMap(({ id, outcome, retry, ifPriorUnknown, place }): Use[] => [
        ...(retry === null ? [] : [{ failure: id, outcome, rule: retry, place }]),
        ...(ifPriorUnknown === null
          ? []
          : [
              {
                failure: `${id} after an unknown try`,
                outcome: ifPriorUnknown.outcome,
                rule: ifPriorUnknown.retry,
                place,
              },
            ]),
      ]),
    ...transport.map(({ name, retry, place }): Use => ({
      failure: `no answer, ${name}`,
      outcome: "unknown",
      rule: retry,
      place,
    })),
  ];
}

/** The rules that send again. */
export function retries({ retry }: Api): readonly RetryRule[] {
  return retry.filter(({ data: { verdict } }) => verdict === "retry" || verdict === "after");
}

/** An operation that a path can begin with: a write if there is one. */
export function operationName({ operations }: Api): string {
  const write = operations.find(({ kind }) => kind === "write");
  return (write ?? operations[0])?.name ?? "a request";
}

export function writes({ operations }: Api): readonly Operation[] {
  return operations.filter(({ kind }) => kind === "write");
}

export function pathOf(...steps: readonly string[]): string {
  return steps.join(" → ");
}

/** The waits of a rule as a path, and their sum: the shortest that it makes, or the longest. */
export function schedule(
  { data }: RetryRule,
  which: "shortest" | "longest",
): { readonly path: string; readonly totalMs: number } {
  const told = data.delay.some(({ from }) => from === "header" || from === "field");
  const waits = Array.from({ length: (data.attempts ?? 1) - 1 }, (_, i) => {
    const scheduled = delayOf({ ...data, capMs: null }, i + 1, null, null)?.ms ?? 0;
    if (which === "shortest") return scheduled;
    return Math.max(scheduled, told ? (data.capMs ?? 0) : 0) + (data.jitterMs ?? 0);
  });
  return {
    path: pathOf("try 1", ...waits.flatMap((ms, i) => [`wait ${spell(ms)}`, `try ${i + 2}`])),
    totalMs: waits.reduce((sum, ms) => sum + ms, 0),
  };
}

/** A time in the largest unit that it is a whole number of. */
export function spell(ms: number): string {
  const units: readonly [number, string][] = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ];
  const [size, name] = units.find(([unit]) => ms >= unit && ms % unit === 0) ?? [1, "ms"];
  return `${ms / size} ${name}`;
}
