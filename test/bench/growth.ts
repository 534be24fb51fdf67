/** How a time grows with the size, and when that is too fast: the detector of quadratic phases. */

/** Entries in each of some APIs. */
export interface Size {
  readonly apis: number;
  readonly entries: number;
}

/** `3000` is that many entries in one API, `200x100` is 200 APIs of 100 entries. */
export function sizeOf(text: string): Size {
  const [first, second] = text.split("x").map(Number) as [number, number?];
  return second === undefined ? { apis: 1, entries: first } : { apis: first, entries: second };
}

const quarterOf = ({ apis, entries }: Size, four: Size): boolean =>
  (apis === four.apis && entries * 4 === four.entries) ||
  (apis * 4 === four.apis && entries === four.entries);

/** How often each time is that of a quarter of its size, or `null` where no quarter was measured. 4 is linear, 16 quadratic. */
export function growth(
  sizes: readonly Size[],
  seconds: readonly number[],
): readonly (number | null)[] {
  return sizes.map((size, i) => {
    const quarter = sizes.findIndex((other) => quarterOf(other, size));
    return quarter < 0 ? null : seconds[i]! / seconds[quarter]!;
  });
}

/** Half way between linear and quadratic, as exponents are; and a time below which one pause of the machine decides, in s. */
const [tooFast, tooShort] = [8, 0.5];

/** Whether a phase grows too fast to be linear, or linear but for a logarithm. */
export function isQuadratic(sizes: readonly Size[], seconds: readonly number[]): boolean {
  return growth(sizes, seconds).some(
    (times, i) => times !== null && times > tooFast && seconds[i]! > tooShort,
  );
}
