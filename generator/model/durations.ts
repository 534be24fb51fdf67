/** Durations, as authors write them and as people read them. */

/** Milliseconds of a duration such as `250ms` or `30m`. The schema has checked its form. */
export function milliseconds(duration: string): number {
  const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const [, count, name] = /^([0-9.]+)([a-z]+)$/.exec(duration)!;
  return Math.round(Number(count) * unit[name as keyof typeof unit]);
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
