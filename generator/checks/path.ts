/** The paths that the diagnostics about retry rules print. */
import { spell } from "../model/durations.js";
import type { Api } from "../sections/catalog.js";

export function pathOf(...steps: readonly string[]): string {
  return steps.join(" → ");
}

/** `attempt 1 → wait 1 s → attempt 2`. */
export function schedulePath(waits: readonly number[]): string {
  return pathOf(
    "attempt 1",
    ...waits.flatMap((ms, i) => [`wait ${spell(ms)}`, `attempt ${i + 2}`]),
  );
}

/** An operation that a path can begin with: a write if there is one. */
export function operationName({ operations }: Api): string {
  const write = operations.find(({ kind }) => kind === "write");
  return (write ?? operations[0])?.name ?? "a request";
}
