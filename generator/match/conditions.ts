/** How two tests of one value relate: what both allow, and whether one allows less. */
import type { Test } from "../runtime/conditions.js";
import { isEmpty } from "../runtime/places.js";

type Wanted = Exclude<Test, string>[number];
type Word = Extract<Test, string>;

const words: Readonly<Record<Word, (value: unknown) => boolean>> = {
  present: (value) => value !== null && value !== undefined,
  absent: (value) => value === null || value === undefined,
  filled: (value) => !isEmpty(value),
  empty: isEmpty,
};

/** Words that two others leave over; pairs that are not here leave nothing. */
const together: Readonly<Record<string, Test>> = {
  "present filled": "filled",
  "absent empty": "absent",
  "present empty": ["", false],
};

const isRange = (wanted: Wanted): wanted is readonly [number, number] => Array.isArray(wanted);

const allows = (wanted: Wanted, value: unknown): boolean =>
  isRange(wanted)
    ? typeof value === "number" && wanted[0] <= value && value <= wanted[1]
    : wanted === value;

/** What both tests allow, or `null` when that is nothing. */
export function meetingTest(a: Test, b: Test): Test | null {
  if (typeof a === "string" && typeof b === "string")
    return a === b ? a : (together[`${a} ${b}`] ?? together[`${b} ${a}`] ?? null);
  if (typeof a === "string") return meetingTest(b, a);
  const left =
    typeof b === "string"
      ? a.filter((wanted) => words[b](isRange(wanted) ? wanted[0] : wanted))
      : a.flatMap((x) => b.flatMap((y) => meetingValue(x, y) ?? []));
  return left.length === 0 ? null : left;
}

function meetingValue(x: Wanted, y: Wanted): [Wanted] | null {
  if (!isRange(x)) return allows(y, x) ? [x] : null;
  if (!isRange(y)) return allows(x, y) ? [y] : null;
  const [first, last] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
  return first <= last ? [[first, last]] : null;
}

/** Whether whatever passes the inner test passes the outer one. */
export function conditionWithin(inner: Test, outer: Test): boolean {
  if (typeof inner === "string")
    return (
      inner === outer ||
      (inner === "filled" && outer === "present") ||
      (inner === "absent" && outer === "empty")
    );
  return inner.every((wanted) =>
    typeof outer === "string"
      ? words[outer](isRange(wanted) ? wanted[0] : wanted)
      : isRange(wanted)
        ? outer.some((other) => allows(other, wanted[0]) && allows(other, wanted[1]))
        : outer.some((other) => allows(other, wanted)),
  );
}

/** A value that passes; `undefined` where nothing has to stand there. */
export function sampleOf(test: Test, round: number): unknown {
  if (test === "absent" || test === "empty") return undefined;
  if (typeof test === "string") return "text";
  const wanted = test[Math.min(round, test.length - 1)]!;
  return isRange(wanted) ? wanted[0] : wanted;
}
