/** Which of the entries is asked first: the order is that of the plainest way to find one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ordered } from "../generator/match/order.js";
import { type Claim, precedence } from "../generator/match/precedence.js";
import { look, fits } from "../generator/runtime/matcher.js";
import { templates } from "../generator/runtime/prefixes.js";

/** Looks at all that is left for each step. */
function plainly(
  tiers: readonly number[],
  before: readonly ReadonlySet<number>[],
): { order: number[]; cycles: number[][] } {
  const order: number[] = [];
  const cycles: number[][] = [];
  const left = tiers.map((_, i) => i).sort((a, b) => tiers[a]! - tiers[b]! || a - b);
  const waitsFor = (i: number): number | undefined =>
    [...before[i]!].find((earlier) => !order.includes(earlier));
  while (left.length > 0) {
    let next = left.find((i) => waitsFor(i) === undefined);
    if (next === undefined) {
      const path = [left[0]!];
      for (;;) {
        next = waitsFor(path[0]!)!;
        if (path.includes(next)) break;
        path.unshift(next);
      }
      cycles.push(path.slice(0, path.indexOf(next) + 1));
      next = path[0]!;
    }
    left.splice(left.indexOf(next), 1);
    order.push(next);
  }
  return { order, cycles };
}

const graph = fc.integer({ min: 0, max: 12 }).chain((count) => {
  const one = fc.nat({ max: Math.max(0, count - 1) });
  return fc.record({
    tiers: fc.array(fc.nat({ max: 2 }), { minLength: count, maxLength: count }),
    edges: fc.array(fc.tuple(one, one), { maxLength: count === 0 ? 0 : 2 * count }),
  });
});

describe("an order", () => {
  it("is the plain one, with the same cycles", () => {
    fc.assert(
      fc.property(graph, ({ tiers, edges }) => {
        const before = tiers.map(
          (_, i) => new Set(edges.filter(([a]) => a === i).map(([, b]) => b)),
        );
        expect(ordered(tiers, before)).toEqual(plainly(tiers, before));
      }),
      { numRuns: 2_000 },
    );
  });

  it("of many, of which each waits for the one after it", () => {
    const count = 100_000;
    const tiers = Array.from({ length: count }, () => 0);
    const before = tiers.map((_, i) => new Set(i + 1 < count ? [i + 1] : []));
    const { order, cycles } = ordered(tiers, before);
    expect(order).toEqual(tiers.map((_, i) => count - 1 - i));
    expect(cycles).toEqual([]);
  });
});

describe("entries under one code", () => {
  const places = { code: [["code"]], message: [["message"]] };
  const ask = (claims: readonly Claim[]): ReturnType<typeof precedence> =>
    precedence(
      claims,
      places,
      (matcher, { status, headers, body }) =>
        fits(matcher, look(places, status, body, headers), templates, undefined) !== null,
    );
  const claim = (i: number, texts?: Claim["matcher"]["texts"]): Claim => ({
    matcher: { id: `shop.${i}`, codes: ["E"], ...(texts === undefined ? {} : { texts }) },
    overrides: [],
  });

  it("are told apart by their texts, however many there are", () => {
    const found = ask(Array.from({ length: 6_000 }, (_, i) => claim(i, [`Text ${i} is wrong`])));
    expect(found.order).toHaveLength(6_000);
    expect(found.ambiguous).toEqual([]);
    expect(found.unreachable).toEqual([]);
  });

  it("are told apart by a value, however many there are", () => {
    const wants = (i: number, reason: string | null): Claim => ({
      matcher: {
        ...claim(i).matcher,
        ...(reason === null ? {} : { where: [[["reason"], [reason, `also ${reason}`]]] }),
      },
      overrides: [],
    });
    const found = ask([
      ...Array.from({ length: 6_000 }, (_, i) => wants(i, `r${i}`)),
      wants(6_000, "also r7"),
      wants(6_001, null),
    ]);
    expect(found.ambiguous.map(({ a, b }) => [a, b])).toEqual([[7, 6_000]]);
    expect(found.order.at(-1)).toBe(6_001);
  });

  it("meet where their texts do, or where one has none", () => {
    const found = ask([
      claim(0),
      claim(1, ["Gone", "Old"]),
      claim(2, ["Gone", "Lost"]),
      claim(3, ["New"]),
    ]);
    expect(found.ambiguous.map(({ a, b }) => [a, b])).toEqual([[1, 2]]);
    expect(found.order).toEqual([1, 2, 3, 0]);
  });

  it("meet where one has a range that holds the other's code", () => {
    const claims = ([1, [1, 3], [3, 5], 7] as const).map((code, i) => ({
      matcher: { id: `shop.${i}`, codes: [code] },
      overrides: [],
    }));
    const found = ask(claims);
    expect(found.order).toEqual([0, 1, 2, 3]);
    expect(found.ambiguous.map(({ a, b }) => [a, b])).toEqual([[1, 2]]);
  });
});
