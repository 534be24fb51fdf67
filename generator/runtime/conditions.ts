/** Conditions on the body and the headers of a response. */
import { headerOf, headerValues } from "./headers.js";
import type { Scalar, Seen } from "./matcher.js";
import {
  isEmpty,
  isEmptyAt,
  isSteps,
  own,
  type Place,
  type Places,
  type Given,
  type ReadPlace,
  type SpecialPlace,
  standing,
  type Steps,
  valueAt,
} from "./places.js";

/**
 * What has to stand at a pointer of the body, or (as a text) in a header: one of some values or within a run of integers;
 * or something at all: `present` is anything but `null`, `filled` also no `""`, `[]`, `{}` or `false`. With `*` in a
 * pointer, at one item at least.
 */
export type Condition = readonly [of: Steps | string, test: Test];
export type Test =
  | "present"
  | "absent"
  | "filled"
  | "empty"
  | readonly (Scalar | readonly [first: number, last: number])[];

export type Holds = (conditions: readonly Condition[], body: unknown, headers: unknown) => boolean;

export interface Marks {
  readonly success?: readonly Condition[];
  readonly failure?: readonly Condition[];
}
export type IsMarked = (
  of: Marks & Partial<Places>,
  seen: Given & Partial<Pick<Seen, "code">>,
  isCoded?: boolean,
) => boolean;

export const holds: Holds = (conditions, body, headers) =>
  conditions.every(([of, test]) => {
    const isHeader = typeof of === "string";
    const values = isHeader
      ? [...headerOf(headers, of), ...headerValues(headers, of)]
      : each(body, of);
    switch (test) {
      case "present":
        return values.some(isPresent);
      case "absent":
        return !values.some(isPresent);
      case "filled":
        return !values.every(isEmpty);
      case "empty":
        return values.every(isEmpty);
      default:
        return values.some((value) => isOne(test, isHeader ? String(value) : value, isHeader));
    }
  });

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A header's value is a text whatever it says. */
function isOne(test: readonly unknown[], value: unknown, asText: boolean): boolean {
  return test.some((wanted) => {
    if (!Array.isArray(wanted)) return asText ? String(wanted) === value : wanted === value;
    const number = typeof value === "string" && /^-?[0-9]+$/.test(value) ? Number(value) : value;
    return typeof number === "number" && wanted[0] <= number && number <= wanted[1];
  });
}

/** What stands at some steps; `*` goes through every item of a list. */
export function each(body: unknown, steps: Steps): readonly unknown[] {
  let values: readonly unknown[] = [body];
  for (const step of steps)
    values =
      step === "*"
        ? values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []))
        : values.map((value) => own(value, step));
  return values;
}

/** What stands at some steps, or in the way to them; with `*`, the whole list, or what is in place of one. */
export function whole(body: unknown, steps: Steps): unknown {
  const star = steps.indexOf("*");
  return standing(body, star < 0 ? steps : steps.slice(0, star));
}

/** The values at a special place: one, or with `*` one for each item. */
export function valuesAt(place: SpecialPlace, given: Given): readonly unknown[] {
  if (!applies(place, given)) return [];
  const values = place.at === undefined ? inHeader(place, given) : each(given.body, place.at);
  return values.map((value) => part(place, value));
}

function wholeAt(place: SpecialPlace, given: Given): readonly unknown[] {
  if (!applies(place, given)) return [];
  return place.at === undefined ? inHeader(place, given) : [whole(given.body, place.at)];
}

function inHeader({ header, list }: SpecialPlace, { headers }: Given): readonly string[] {
  return (list === true ? headerValues : headerOf)(headers, header!);
}

function applies({ when }: SpecialPlace, { body, headers }: Given): boolean {
  return when === undefined || holds(when, body, headers);
}

export const readPlace: ReadPlace = (place, given, isWhole): unknown => {
  const values = isWhole === true ? wholeAt(place, given) : valuesAt(place, given);
  return place.all === true ? values : values.find((value) => !isEmpty(value));
};

/** The part of a text that is meant. */
function part({ after, before }: SpecialPlace, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const start = after === undefined ? -1 : value.lastIndexOf(after);
  const rest = start < 0 ? value : value.slice(start + after!.length);
  const end = before === undefined ? -1 : rest.indexOf(before);
  // Between two marks there is nothing where one of them is missing.
  if (after !== undefined && before !== undefined && (start < 0 || end < 0)) return undefined;
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}

/** Whether a place may have several values: each of these is read by itself. */
function isOfSeveral(place: Place): boolean {
  return !isSteps(place) && (place.list === true || place.at?.includes("*") === true);
}

/**
 * Whether a response has all marks of success that a channel names, and none of failure. Where it is known by its code, each
 * of the other places for codes has the same or none. What throws is not marked.
 */
export const isMarked: IsMarked = (of, seen, isCoded) => {
  const { success, failure, code = [] } = of;
  const { body, headers } = seen;
  const isSame = (place: Place): boolean =>
    isOfSeveral(place) ||
    isEmptyAt(of, place, seen) ||
    String(valueAt(of, place, seen)) === String(seen.code);
  try {
    return (
      (isCoded !== true || code.every(isSame)) &&
      (success === undefined || holds(success, body, headers)) &&
      (failure === undefined || !failure.some((mark) => holds([mark], body, headers)))
    );
  } catch {
    return false;
  }
};
