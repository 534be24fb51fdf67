/** What the benchmarks reckon with. What they measure is asserted nowhere. */
import { expect, it } from "vitest";
import { growth, isQuadratic, sizeOf } from "./bench/growth.js";
import { median } from "./bench/report.js";

const sizes = ["750", "3000", "12000", "50x100", "200x100"].map(sizeOf);
const times = (seconds: (entries: number) => number): readonly number[] =>
  sizes.map(({ apis, entries }) => seconds(apis * entries));

it("takes the middle of the runs", () => {
  expect(median([3, 1, 20, 2, 4])).toBe(3);
});

it("compares a size with a quarter of its entries, or of its APIs", () => {
  expect(growth(sizes, [1, 2, 6, 5, 10])).toEqual([null, 2, 3, null, 2]);
});

it("finds what grows like a square, in one API or in many, and nothing that is linear but for a logarithm", () => {
  expect(
    isQuadratic(
      sizes,
      times((n) => (n / 1_000) ** 2),
    ),
  ).toBe(true);
  expect(
    isQuadratic(
      sizes,
      times((n) => (n * Math.log2(n)) / 10_000),
    ),
  ).toBe(false);
  const many = sizes.map(({ apis }) => 0.001 * apis ** 2);
  expect(isQuadratic(sizes, many)).toBe(true);
});

it("believes no time that one pause may have made", () => {
  expect(isQuadratic(sizes, [0.001, 0.1, 0.2, 0.001, 0.1])).toBe(false);
});
