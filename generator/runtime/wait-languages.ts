/** The texts of waits and moments, as automata. */
import { units } from "./waits.js";

/** A language of texts, as a deterministic automaton over UTF-16 code units. State 0 is the start, -1 is no way on. */
export interface Language {
  readonly next: (state: number, unit: number) => number;
  readonly accepts: (state: number) => boolean;
}

const digit = (unit: number): boolean => unit >= 48 && unit <= 57;
const is = (unit: number, characters: string): boolean =>
  characters.includes(String.fromCharCode(unit));

/** A number without a sign: 1 whole, 2 point, 3 fraction. */
const number = (state: number, unit: number): number => {
  if (digit(unit)) return state <= 1 ? 1 : 3;
  return state === 1 && unit === 46 ? 2 : -1;
};

export const count: Language = {
  next: number,
  accepts: (state) => state === 1 || state === 3,
};

/** The units' names and the beginnings of them, each a state of its own from this one on. */
const named = 10;
const beginnings = [
  ...new Set(
    Object.keys(units).flatMap((name) => Array.from(name, (_, i) => name.slice(0, i + 1))),
  ),
];
const isName = (state: number): boolean =>
  state >= named && Object.hasOwn(units, beginnings[state - named]!);

/** Numbers with their units: a number (1 to 3), 4 a space, 5 between two. Or of ISO 8601: 6 begun, 7 a number, 8 its unit. */
export const duration: Language = {
  next: (state, unit) => {
    if (state >= 6 && state <= 8) {
      if (digit(unit)) return 7;
      if (state === 7) return unit === 46 ? 7 : is(unit, "DHMS") ? 8 : -1;
      return unit === 84 ? 9 : -1;
    }
    if (state === 9) return digit(unit) ? 7 : -1;
    if (state === 0 && unit === 80) return 6;
    if (isName(state) || state === 5) {
      if (digit(unit)) return 1;
      if (is(unit, ", ")) return 5;
    } else if (state < 4 && (digit(unit) || unit === 46)) return number(state, unit);
    const isAfterNumber = state === 1 || state === 3;
    if (isAfterNumber && unit === 32) return 4;
    if (!isAfterNumber && state !== 4 && state < named) return -1;
    const before = state < named ? "" : beginnings[state - named]!;
    const found = beginnings.indexOf(before + String.fromCharCode(unit));
    return found < 0 ? -1 : named + found;
  },
  accepts: (state) => state === 8 || isName(state),
};

/** `2026-11-25T22:00`, and then seconds and a zone. */
const isoForm = "0000-00-00T00:00";
export const iso: Language = {
  next: (state, unit) => {
    const wanted = isoForm[state];
    if (wanted === undefined) return digit(unit) || is(unit, ":.+-Z") ? isoForm.length + 1 : -1;
    const fits = wanted === "0" ? digit(unit) : is(unit, wanted === "T" ? "T " : wanted);
    return fits ? state + 1 : -1;
  },
  accepts: (state) => state > isoForm.length,
};

/** `Thu, 1 Dec 1994 16:00:00 GMT` and its older forms: a name, and then what dates are made of. */
export const httpDate: Language = {
  next: (state, unit) => {
    const [isCapital, isSmall] = [unit >= 65 && unit <= 90, unit >= 97 && unit <= 122];
    const fits =
      state === 0
        ? isCapital
        : isSmall || (state > 2 && (isCapital || digit(unit) || is(unit, " ,:+-")));
    return fits && state < 40 ? state + 1 : -1;
  },
  accepts: (state) => state >= 24,
};
