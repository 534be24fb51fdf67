/** An order in which everything comes after what has to come before it. */

export interface Order {
  /** Of those that can come next, always the first of the lowest tier. */
  readonly order: readonly number[];
  /** Those that would have to come before themselves; each is broken up at its first. */
  readonly cycles: readonly (readonly number[])[];
}

/** Orders indices by what has to come `before` each of them. A heap keeps those that can come next. */
export function ordered(tiers: readonly number[], before: readonly ReadonlySet<number>[]): Order {
  const byRank = tiers.map((_, i) => i).sort((a, b) => tiers[a]! - tiers[b]! || a - b);
  const rankOf: number[] = [];
  for (const [rank, i] of byRank.entries()) rankOf[i] = rank;
  const followers: number[][] = tiers.map(() => []);
  const waits = before.map(({ size }) => size);
  for (const [i, earlier] of before.entries()) for (const one of earlier) followers[one]!.push(i);
  const ready: number[] = [];
  for (const [rank, i] of byRank.entries()) if (waits[i] === 0) push(ready, rank);
  const order: number[] = [];
  const cycles: number[][] = [];
  const placed = new Set<number>();
  const place = (i: number): void => {
    placed.add(i);
    order.push(i);
    for (const next of followers[i]!)
      if (--waits[next]! === 0 && !placed.has(next)) push(ready, rankOf[next]!);
  };
  let first = 0;
  while (order.length < tiers.length) {
    if (ready.length > 0) {
      place(byRank[pop(ready)]!);
      continue;
    }
    // All wait for another: so does the first one, in the end for one that has been passed already.
    while (placed.has(byRank[first]!)) first++;
    const cycle = cycleFrom(byRank[first]!, before, placed);
    cycles.push(cycle);
    place(cycle[0]!);
  }
  return { order, cycles };
}

/** Follows what each waits for, until one comes again. */
function cycleFrom(
  start: number,
  before: readonly ReadonlySet<number>[],
  placed: ReadonlySet<number>,
): number[] {
  const path = new Set<number>();
  let at = start;
  while (!path.has(at)) {
    path.add(at);
    for (const earlier of before[at]!)
      if (!placed.has(earlier)) {
        at = earlier;
        break;
      }
  }
  const all = [...path];
  return all.slice(all.indexOf(at)).reverse();
}

/** Adds to a heap: no number is less than the one at half its index. */
function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above]! <= value) break;
    heap[at] = heap[above]!;
    at = above;
  }
  heap[at] = value;
}

/** Takes the least number from a heap that has one. */
function pop(heap: number[]): number {
  const least = heap[0]!;
  const value = heap.pop()!;
  if (heap.length === 0) return least;
  let at = 0;
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
    if (heap[below]! >= value) break;
    heap[at] = heap[below]!;
    at = below;
  }
  heap[at] = value;
  return least;
}
