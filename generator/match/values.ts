/** Which of many entries can meet, by the values that they want. */
import type { Matcher, Scalar } from "../runtime/matcher.js";

/**
 * Pairs of some members that may want the same. The place at which most of them want a value tells them apart: only who
 * wants the same value there, or none in particular, can meet.
 */
export function* byValue(
  members: readonly number[],
  whereOf: (member: number) => Matcher["where"],
): Iterable<readonly [number, number]> {
  const counts = new Map<string, number>();
  for (const member of members)
    for (const [at] of whereOf(member) ?? []) {
      const place = JSON.stringify(at);
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  const [most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
  const groups = new Map<Scalar, number[]>();
  const open = new Set<number>();
  for (const member of members) {
    const wanted = whereOf(member)?.find(([at]) => JSON.stringify(at) === most);
    if (wanted === undefined) open.add(member);
    for (const value of wanted?.[1] ?? []) {
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [member]);
      else group.push(member);
    }
  }
  for (const group of groups.values())
    for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) yield [a, b];
  for (const a of open) for (const b of members) if (a < b || !open.has(b)) yield [a, b];
}
