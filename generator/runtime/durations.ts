/** Units of time, and how a duration becomes a number. */

export type Unit = "ms" | "s" | "m" | "h" | "d";

export const unitMs: Readonly<Record<Unit, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A duration in whole milliseconds, never shorter than it was given, however long it is. */
export function wholeMs(count: number, unit: number): number {
  // A product such as 1.1 * 1000 has a rounding error.
  return Math.min(Math.ceil(count * unit - 1e-6), Number.MAX_SAFE_INTEGER);
}
