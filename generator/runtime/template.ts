/**
 * Message templates: fixed text with typed placeholders. A text matches as a whole or not at all, in time linear in its length,
 * whatever the text is; no regular expression is involved.
 */

import { count, duration, httpDate, iso, type Language } from "./wait-languages.js";
import { isCutAfter, isCutBefore, isMoment, isWaitForm, told, type WaitForm } from "./waits.js";

const within = (unit: number, first: string, last: string): boolean =>
  unit >= first.charCodeAt(0) && unit <= last.charCodeAt(0);
const digit = (unit: number): boolean => unit >= 48 && unit <= 57;
const space = (unit: number): boolean =>
  unit <= 32
    ? unit === 32 || (unit >= 9 && unit <= 13)
    : unit >= 160 && /\s/.test(String.fromCharCode(unit));

const number = (state: number, unit: number): number => {
  if (digit(unit)) return state <= 2 ? 2 : 4;
  if (state === 0) return unit === 45 ? 1 : -1;
  return state === 2 && unit === 46 ? 3 : -1;
};

/** What may stand in a placeholder; `any` is that, or nothing, beside a text of which only a part is known. */
export type PlaceholderType =
  | "any"
  | "string"
  | "text"
  | "word"
  | "integer"
  | "decimal"
  | "currency"
  | "uuid"
  | "json-pointer"
  | WaitForm;

/** The texts of each type of placeholder. */
export const languages: Readonly<Record<PlaceholderType, Language>> = {
  any: { next: () => 0, accepts: () => true },
  string: { next: () => 1, accepts: (state) => state === 1 },
  text: { next: () => 1, accepts: (state) => state === 1 },
  word: { next: (_, unit) => (space(unit) ? -1 : 1), accepts: (state) => state === 1 },
  integer: {
    next: (state, unit) => (unit === 46 ? -1 : number(state, unit)),
    accepts: (state) => state === 2,
  },
  decimal: { next: number, accepts: (state) => state === 2 || state === 4 },
  currency: {
    next: (state, unit) =>
      (within(unit, "A", "Z") || (state > 0 && digit(unit))) && state < 10 ? state + 1 : -1,
    accepts: (state) => state >= 3,
  },
  uuid: {
    next: (state, unit) => {
      const wanted =
        state === 8 || state === 13 || state === 18 || state === 23
          ? unit === 45
          : digit(unit) || within(unit, "a", "f") || within(unit, "A", "F");
      return wanted && state < 36 ? state + 1 : -1;
    },
    accepts: (state) => state === 36,
  },
  duration,
  seconds: count,
  minutes: count,
  ms: count,
  "epoch-s": count,
  "epoch-ms": count,
  iso,
  "http-date": httpDate,
  "json-pointer": {
    next: (state, unit) => (state === 0 ? (unit === 47 ? 1 : -1) : space(unit) ? -1 : 1),
    accepts: (state) => state === 1,
  },
};

/** A stretch of fixed text, or a placeholder: a `text` ends before the character that it is barred from. */
export type Part = string | Placeholder;
export type Placeholder = readonly [name: string, type: PlaceholderType, end?: string];

/** The texts of a placeholder. */
export function languageOf(of: Placeholder): Language {
  // By index: an iterator costs more than the few things that it goes over.
  const type = of[1];
  const end = of[2];
  if (end === undefined) return languages[type];
  const barred = end.charCodeAt(0);
  return { ...languages[type], next: (_, unit) => (unit === barred ? -1 : 1) };
}

/** The value of a placeholder: a number of milliseconds, an integer, or the text as it stands. */
export type Capture = string | number | null;

/** The type of {@link matchTemplate}. */
export type MatchTemplate = (
  parts: readonly Part[],
  text: string,
  fold?: boolean,
) => Record<string, Capture> | null;

/** The longest text that is compared with templates, in UTF-16 code units. */
export const longestText = 10_000;

/** The values of the placeholders, or `null` when the text does not match. Where several readings fit, early placeholders are short. */
export function matchTemplate(
  parts: readonly Part[],
  text: string,
  fold = false,
): Record<string, Capture> | null {
  if (text.length > longestText) return null;
  // Only the fixed text is compared in small letters: what stands in a placeholder keeps its own.
  const fixed = fold ? inSmall(text) : text;
  if (!follows(parts, 0, fixed, 0)) return null;
  let begins = onlyReading(parts, text, fixed);
  if (begins === undefined) begins = firstReading(parts, text, fixed);
  if (begins === null) return null;
  const values: Record<string, Capture> = {};
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part === "string" || isAny(part)) continue;
    values[part[0]] = valueOf(parts, i, text, begins[i]!, begins[i + 1]!);
  }
  return values;
}

/**
 * Where each part begins, and the last one ends, in a text that can be read in one way only, as nearly all can. `null` when
 * it cannot be read at all, `undefined` when there may be several ways.
 */
function onlyReading(
  parts: readonly Part[],
  text: string,
  fixed: string,
): readonly number[] | null | undefined {
  const begins = [0];
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part === "string") at += part.length;
    else {
      const { next, accepts } = languageOf(part);
      let end = -1;
      for (let state = 0; state >= 0; state = next(state, text.charCodeAt(at++))) {
        if (follows(parts, i + 1, fixed, at) && accepts(state)) {
          if (end >= 0) return undefined;
          end = at;
        }
        if (at === text.length) break;
      }
      if (end < 0) return null;
      at = end;
    }
    begins.push(at);
  }
  return begins;
}

/** Positions after a placeholder, ascending, and for each the position where the placeholder began. */
interface Reached {
  readonly at: number[];
  readonly from: number[];
}

/** The same of any text: of several ways to read it, the one whose early placeholders are short. */
function firstReading(
  parts: readonly Part[],
  text: string,
  fixed: string,
): readonly number[] | null {
  const trail: Reached[] = [];
  let starts = [0];
  let skip = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part === "string") {
      skip += part.length;
      continue;
    }
    const reached = afterPlaceholder(languageOf(part), text, starts, skip, parts, i + 1, fixed);
    if (reached === null) return null;
    trail.push(reached);
    starts = reached.at;
    skip = 0;
  }
  let end = text.length;
  const begins = [end];
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    if (typeof part === "string") end -= part.length;
    else {
      const { at, from } = trail.pop()!;
      const found = isAny(part) ? at.lastIndexOf(end) : at.indexOf(end);
      if (found < 0) return null;
      end = from[found]!;
    }
    begins.unshift(end);
  }
  return end === 0 ? begins : null;
}

function isAny(part: Part | undefined): boolean {
  return typeof part === "object" && part[1] === "any";
}

/** A text in small letters and as long as it was. */
function inSmall(text: string): string {
  const small = text.toLowerCase();
  if (small.length === text.length) return small;
  return text.replace(/[^]/g, (unit) => {
    const one = unit.toLowerCase();
    return one.length === 1 ? one : unit;
  });
}

/** Whether the fixed text from the i-th part to the next placeholder, or to the end, is at a position. */
function follows(parts: readonly Part[], i: number, text: string, at: number): boolean {
  let part = parts[i];
  for (let end = at; ; part = parts[++i]) {
    if (part === undefined) return end === text.length;
    if (typeof part !== "string") return true;
    // Mostly, the first character tells.
    if (text.charCodeAt(end) !== part.charCodeAt(0) && part !== "") return false;
    if (!text.startsWith(part, end)) return false;
    end += part.length;
  }
}

function reach(reached: Reached | null, at: number, from: number): Reached {
  if (reached === null) return { at: [at], from: [from] };
  reached.at.push(at);
  reached.from.push(from);
  return reached;
}

/** Runs the automaton from all starts at once: of two runs in one state, the earlier start goes on. */
function afterPlaceholder(
  { next, accepts }: Language,
  text: string,
  starts: readonly number[],
  skip: number,
  parts: readonly Part[],
  following: number,
  fixed: string,
): Reached | null {
  // What stands beside a part of a text is as short as can be, so that a wait in that part is not cut short.
  const isLate = isAny(parts[following - 1]);
  let reached: Reached | null = null;
  let runs: { state: number; start: number }[] = [];
  let pending = 0;
  for (let at = starts[0]! + skip; at <= text.length; at++) {
    if (starts[pending]! + skip === at) {
      runs.push({ state: 0, start: at });
      pending++;
      if (accepts(0) && follows(parts, following, fixed, at)) reached = reach(reached, at, at);
    } else if (runs.length === 0) {
      if (pending === starts.length) break;
      at = starts[pending]! + skip - 1;
      continue;
    }
    if (at === text.length) break;
    const unit = text.charCodeAt(at);
    const after: typeof runs = [];
    let first = -1;
    for (const { state, start } of isLate ? runs.reverse() : runs) {
      const to = next(state, unit);
      if (to < 0 || after.some((run) => run.state === to)) continue;
      after.push({ state: to, start });
      if (first < 0 && accepts(to)) first = start;
    }
    runs = after;
    if (first >= 0 && follows(parts, following, fixed, at + 1))
      reached = reach(reached, at + 1, first);
  }
  return reached;
}

/** What stands in a placeholder, as its type; `null` for a wait or a moment that may be a part of a longer one. */
function valueOf(
  parts: readonly Part[],
  i: number,
  text: string,
  from: number,
  to: number,
): Capture {
  const type = (parts[i] as Placeholder)[1];
  const found = text.slice(from, to);
  if (type === "integer") return Number.isSafeInteger(Number(found)) ? Number(found) : null;
  if (!isWaitForm(type)) return found;
  if (isAny(parts[i - 1]) && isCutBefore(text, from)) return null;
  if (isAny(parts[i + 1]) && isCutAfter(text, from, to, type)) return null;
  const said = told(found, type);
  if (said === null || "at" in said !== isMoment(type)) return null;
  return "at" in said ? said.at : said.ms;
}
