/** Durations, as authors write them and as people read them. */

import { type Unit, unitMs, wholeMs } from "../runtime/durations.js";

/** Milliseconds of a duration such as `250ms` or `30m`. The schema has checked its form. */
export function milliseconds(duration: string): number {
  const [, count, name] = /^([0-9.]+)([a-z]+)$/.exec(duration)!;
  return wholeMs(Number(count), unitMs[name as Unit]);
}

export function millisecondsOrNull(duration: string | undefined): number | null {
  return duration === undefined ? null : milliseconds(duration);
}

/** A time in the largest unit that it is a whole number of; seconds may have a fraction. */
export function spell(ms: number): string {
  const units: readonly [number, string][] = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ];
  const isShort = (unit: number): boolean =>
    ms >= unit && (unit === 1_000 ? ms * 100 : ms) % unit === 0;
  const [size, name] = units.find(([unit]) => isShort(unit)) ?? [1, "ms"];
  return `${ms / size} ${name}`;
}
