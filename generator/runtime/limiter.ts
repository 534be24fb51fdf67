/**
 * How many leave in a window of time, wherever it begins. Departures are counted in slots of a tenth of the window, so that
 * the state is a few numbers whatever the count; a slot counts until the last departure that it may hold is out of the window.
 * So at most a tenth of the window longer than needed, never shorter.
 */

/** When it begins, in ms, and how many left before it ended. Slots are in the order of their beginnings. */
export type Slot = readonly [startMs: number, count: number];

/** Without the slots that no window reaches any more. */
export function living(slots: readonly Slot[], perMs: number, nowMs: number): readonly Slot[] {
  return slots.filter(([start, count]) => count > 0 && endOf(start, perMs) > nowMs);
}

/** How long it takes until so many more may leave, in ms; `Infinity` if they never may. */
export function waitFor(
  slots: readonly Slot[],
  { perMs, count }: { readonly perMs: number; readonly count: number },
  more: number,
  nowMs: number,
): number {
  if (!(more >= 0 && more <= count && more < Infinity)) return Infinity;
  const alive = living(slots, perMs, nowMs);
  let left = alive.reduce((sum, [, taken]) => sum + taken, 0);
  let ms = 0;
  for (const [start, taken] of alive) {
    if (left + more <= count) break;
    left -= taken;
    ms = endOf(start, perMs) - nowMs;
  }
  return ms;
}

/** With some that leave at `atMs` or before, and the beginning of the slot that they are in. */
export function taken(
  slots: readonly Slot[],
  perMs: number,
  more: number,
  atMs: number,
): { readonly slots: readonly Slot[]; readonly startMs: number } {
  const last = slots.at(-1);
  if (last === undefined || last[0] + perMs / tenths <= atMs)
    return { slots: [...slots, [atMs, more]], startMs: atMs };
  return { slots: [...slots.slice(0, -1), [last[0], last[1] + more]], startMs: last[0] };
}

/** Without some that were taken into a slot and did not leave; if the slot has moved since, they stay taken. */
export function givenBack(slots: readonly Slot[], startMs: number, less: number): readonly Slot[] {
  return slots.map(([start, count]) =>
    start === startMs ? [start, Math.max(0, count - less)] : [start, count],
  );
}

/**
 * With at least so many that count until `untilMs`: those that would stop counting before are made to last, the latest first,
 * and others than ours are added. Where nobody knows until when, only those are added, for a window.
 */
export function lasting(
  slots: readonly Slot[],
  perMs: number,
  atLeast: number,
  nowMs: number,
  untilMs: number | null,
): readonly Slot[] {
  const alive = living(slots, perMs, nowMs);
  const isEarly = ([start]: Slot): boolean => untilMs !== null && endOf(start, perMs) < untilMs;
  const lasts = alive.reduce((sum, slot) => (isEarly(slot) ? sum : sum + slot[1]), 0);
  if (!(atLeast > lasts)) return slots;
  let missing = atLeast - lasts;
  const rest = alive.reduceRight<readonly Slot[]>((after, slot) => {
    const moved = isEarly(slot) ? Math.min(slot[1], missing) : 0;
    missing -= moved;
    return [[slot[0], slot[1] - moved], ...after];
  }, []);
  // A little later, so that rounding never makes it early.
  const startMs = (untilMs ?? nowMs + perMs) + 1 - endOf(0, perMs);
  const isBefore = ([start]: Slot): boolean => start <= startMs;
  const all: readonly Slot[] = [
    ...rest.filter(isBefore),
    [startMs, atLeast - lasts],
    ...rest.filter((slot) => !isBefore(slot)),
  ];
  return all.filter(([, count]) => count > 0);
}

const tenths = 10;

function endOf(startMs: number, perMs: number): number {
  return startMs + perMs / tenths + perMs;
}
