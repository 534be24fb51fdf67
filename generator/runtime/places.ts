/** Where values stand in a body, and what stands there. */
import type { Condition, Holds } from "./conditions.js";

/** The keys of a JSON pointer. */
export type Steps = readonly string[];

/** Where a value stands: at a pointer of the body, or at a place that takes more words. */
export type Place = Steps | SpecialPlace;

/** A place that is a header, any item of a list (`*`), a part of a value, or one under a condition. */
export interface SpecialPlace {
  readonly at?: Steps;
  readonly header?: string;
  /** Whether the header may have several values, joined by commas. */
  readonly list?: true;
  /** Only what follows the last of this text, and precedes the next of that one; with both, both have to be there. */
  readonly after?: string;
  readonly before?: string;
  readonly when?: readonly Condition[];
  /** Whether all values are wanted, and not only the first. */
  readonly all?: true;
}

/** Reads a special place: the first value that is there, or all of them; `whole`, what stands there uncut, or in the way. */
export type ReadPlace = (place: SpecialPlace, given: Given, whole?: boolean) => unknown;

/** What is read: the body, and the headers as they were handed in. */
export interface Given {
  readonly body: unknown;
  readonly headers: unknown;
}

/** Where a channel has its code and its text: the first of these that is there counts. */
export interface Places {
  readonly code: readonly Place[];
  readonly message: readonly Place[];
  /** What reads special places and conditions: a channel without any does without them, and its bundle too. */
  readonly read?: ReadPlace;
  readonly holds?: Holds;
}

/** What stands at a place. */
export function valueAt(places: Pick<Places, "read">, place: Place, given: Given): unknown {
  return isSteps(place) ? at(given.body, place) : places.read!(place, given);
}

/** Whether a value can be a text or, where that is wanted, a code. */
export function isGiven(value: unknown, isCode: boolean): value is string | number {
  return typeof value === "string" ? value !== "" : isCode && typeof value === "number";
}

/** Whether nothing stands at a place, nor in the way to it. The whole body is a text, or it is no place for one. */
export function isEmptyAt(places: Pick<Places, "read">, place: Place, given: Given): boolean {
  const { body } = given;
  const value = isSteps(place) ? standing(body, place) : places.read!(place, given, true);
  return isEmpty(value) || (value === body && typeof value !== "string");
}

/** What stands at some steps, or the value in the way to them: one without keys, or a list below the root. */
export function standing(body: unknown, steps: Steps): unknown {
  return steps.reduce((value, step) => {
    const next = own(value, step);
    const isInTheWay = typeof value !== "object" || (Array.isArray(value) && value !== body);
    return next === undefined && isInTheWay ? value : next;
  }, body);
}

/** Neither `""` nor `[]` is a code or a text, and `false` denies that there is one. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}

export function isSteps(place: Place): place is Steps {
  return Array.isArray(place);
}

/** What stands in a body at some steps, among own properties. */
export function at(body: unknown, steps: Steps): unknown {
  let value = body;
  for (let i = 0; i < steps.length; i++) value = own(value, steps[i]!);
  return value;
}

export function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
