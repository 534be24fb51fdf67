/** What our clients promise, whatever happens. */
import type { Result } from "./runs.js";

const promises = {
  doubles: "No order is executed twice",
  wronglyFailed: "No order is reported failed that was executed",
  wronglyExecuted: "No order is reported executed that was not",
  early: "No request leaves earlier than the venue asked",
  endless: "Every run has an end",
} as const satisfies Record<keyof Result["seeds"], string>;

/** The promises that were broken, with seeds to see it again. */
export function broken({ totals, seeds, errors }: Result): readonly string[] {
  const kinds = Object.keys(promises) as (keyof typeof promises)[];
  const told = kinds.flatMap((kind) =>
    totals[kind] === 0
      ? []
      : [
          `${promises[kind]}: broken ${totals[kind]} times, as with seeds ${seeds[kind].join(", ")}`,
        ],
  );
  return [...told, ...errors];
}

/** Whether others execute more orders exactly once than we do, even if every order left to a person were one. */
export function isBehind(ours: Result, theirs: Result): boolean {
  const [own, others] = [ours.totals, theirs.totals];
  return own.onceOrUnresolved / own.orders < others.once / others.orders;
}
