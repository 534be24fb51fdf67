/** What is read of a response, and whether one entry fits it. */
import type { Condition, Holds } from "./conditions.js";
import { at, type Given, isGiven, type Place, type Places, type Steps, valueAt } from "./places.js";
import { matches, type Shape } from "./shape.js";
import type { Templates } from "./prefixes.js";
import type { Capture, Part } from "./template.js";
import type { WaitForm } from "./waits.js";

export type Scalar = string | number | boolean | null;

/** How a field is read. */
export type FieldType = "string" | "integer" | "decimal" | "boolean" | "strings" | WaitForm;

/** Where a field's value is, and how it is read. */
export type FieldData = readonly [name: string, at: Place, type: FieldType];

/** A whole text, a template of it, or what is known of a part of it or in any letter case: of these several may fit. */
export type Text = string | readonly Part[] | LooseText;

export interface LooseText {
  readonly part: readonly Part[];
  /** Whether letters in either case are the same; fixed text is in small letters then. */
  readonly fold?: true;
}

export function isLoose(text: Text): text is LooseText {
  return typeof text === "object" && !Array.isArray(text);
}

/** Whether an entry is known by parts of texts, or by texts in any letter case: of such entries several may fit at once. */
export function isPartial({ texts }: Pick<Matcher, "texts">): boolean {
  return texts?.some(isLoose) === true;
}

/** What one entry is recognised by; every feature that is given has to hold, apart from the status. */
export interface Matcher {
  readonly id: string;
  /** Expected beside an identity; what the entry is known by where it has none. */
  readonly statuses?: readonly (number | readonly [first: number, last: number])[];
  /** Known by headers alone, which may come with anything: so only where one of its statuses does. */
  readonly strict?: true;
  /** Known by its status, and not by what else is asked of the body. */
  readonly fallback?: true;
  /** Single codes, runs of integers as pairs, and beginnings of texts in a list of their own. */
  readonly codes?: readonly (
    number | string | readonly [number, number] | readonly [prefix: string]
  )[];
  /** Whole texts, templates, and parts of texts. */
  readonly texts?: readonly Text[];
  /** Of an entry that is known by parts of texts, the ranks of those that say less of the same text. */
  readonly hides?: readonly number[];
  /** The operations that it answers; all, where there are none. */
  readonly operations?: readonly string[];
  readonly shape?: Shape;
  /** Values of the body. */
  readonly where?: readonly (readonly [at: Steps, values: readonly Scalar[]])[];
  /** What else has to hold of the body and the headers. */
  readonly conditions?: readonly Condition[];
  /** The matchers, by rank, that share its identity and expect other statuses; a code of success has such a list in any case. */
  readonly peers?: readonly number[];
  /** Of a success: the places that have to be empty, where these are not all of the channel's. */
  readonly empty?: readonly Place[];
  readonly fields?: readonly FieldData[];
}

/** What a matcher asks for besides a code and a status. */
export type Features = {
  readonly [F in "texts" | "operations" | "shape" | "where" | "conditions"]?:
    Matcher[F] | undefined;
};

/** What is read of one response, item or frame. */
export interface Seen {
  readonly status: number | null;
  readonly code: number | string | null;
  readonly text: string | null;
  readonly body: unknown;
  readonly headers: unknown;
  /** What was asked for; `null` where nobody says. */
  readonly operation: string | null;
  /** Why the body is not one of the API's at all; `shape` is one of several errors, which no status tells anything of. */
  readonly flaw: "unread" | "not-json" | "shape" | null;
}

export function look(
  places: Places,
  status: number | null,
  given: unknown,
  headers: unknown = null,
  operation: string | null = null,
): Seen {
  const [body, json] = typeof given === "string" ? parsed(given) : [given ?? null, true];
  const response: Given = { body, headers };
  const code = firstOf(places, places.code, response, true);
  const text = firstOf(places, places.message, response, false) as Seen["text"];
  const unread = code === null && text === null && isUnread(body);
  const flaw = unread ? "unread" : json ? null : "not-json";
  return { status, code, text, body, headers, operation, flaw };
}

/** The first text, or code, that stands at one of some places. */
function firstOf(
  places: Places,
  list: readonly Place[],
  given: Given,
  isCode: boolean,
): Seen["code"] {
  // By index, here and below: an iterator costs more than the few things that it goes over.
  for (let i = 0; i < list.length; i++) {
    const value = valueAt(places, list[i]!, given);
    if (isGiven(value, isCode)) return value;
  }
  return null;
}

/** Whether a body is still a stream, bytes or a whole fetch Response: the platform's, so by what they inherit. */
function isUnread(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    ["getReader", "byteLength", "arrayBuffer"].some(
      (mark) => mark in body && !Object.hasOwn(body, mark),
    )
  );
}

/** A body that came as text: the JSON in it, or the text itself. No text at all is no body. */
function parsed(given: string): readonly [body: unknown, json: boolean] {
  // A byte order mark is none of the JSON's.
  const text = given.replace(/^\uFEFF/, "");
  if (text === "") return [null, true];
  try {
    return [JSON.parse(text), true];
  } catch {
    return [text, false];
  }
}

/** The captures of what captures nothing. */
export const none: Readonly<Record<string, Capture>> = {};

/** Whether one entry fits, with what its template captures; `null` when it does not. */
export function fits(
  matcher: Matcher,
  seen: Seen,
  templates: Pick<Templates, "match"> | undefined,
  holds: Holds | undefined,
): Readonly<Record<string, Capture>> | null {
  const { codes, statuses } = matcher;
  if (codes !== undefined && (seen.code === null || !isOneOf(codes, seen.code))) return null;
  if (isFallback(matcher) && !hasStatus(statuses ?? [], seen.status)) return null;
  return fitsBesides(matcher, seen, templates, holds);
}

/** Whether an entry is known by its status alone. */
export function isFallback({ fallback, codes, texts, shape, where, conditions }: Matcher): boolean {
  return fallback ?? (codes ?? texts ?? shape ?? where ?? conditions) === undefined;
}

/** The same of an entry whose code, if it has one, has been looked up. */
export function fitsBesides(
  { texts, operations, shape, where, conditions }: Features,
  seen: Seen,
  templates: Pick<Templates, "match"> | undefined,
  holds: Holds | undefined,
): Readonly<Record<string, Capture>> | null {
  const { text, body, operation } = seen;
  if (operations !== undefined && operation !== null && !operations.includes(operation))
    return null;
  if (shape !== undefined && !matches(shape, body)) return null;
  if (where !== undefined)
    for (const [steps, values] of where)
      if (!values.includes(at(body, steps) as Scalar)) return null;
  if (conditions !== undefined && !holds!(conditions, body, seen.headers)) return null;
  if (texts === undefined) return none;
  if (text === null) return null;
  for (const wanted of texts) {
    const captures =
      typeof wanted === "string"
        ? wanted === text
          ? none
          : null
        : isLoose(wanted)
          ? templates?.match(wanted.part, text, wanted.fold)
          : templates?.match(wanted, text);
    if (captures) return captures;
  }
  return null;
}

function isOneOf(codes: NonNullable<Matcher["codes"]>, code: number | string): boolean {
  const value = integer(code);
  return codes.some((wanted) =>
    typeof wanted !== "object"
      ? String(wanted) === String(code)
      : isPrefix(wanted)
        ? String(code).startsWith(wanted[0])
        : wanted[0] <= value && value <= wanted[1],
  );
}

export type CodeSpan = Extract<NonNullable<Matcher["codes"]>[number], object>;

export function isPrefix(span: CodeSpan): span is readonly [prefix: string] {
  return span.length === 1;
}

/** Whether a status is one of some, or within one of them. */
export function hasStatus(
  statuses: NonNullable<Matcher["statuses"]>,
  status: number | null,
): boolean {
  return (
    status !== null &&
    statuses.some((wanted) =>
      typeof wanted === "number" ? wanted === status : wanted[0] <= status && status <= wanted[1],
    )
  );
}

/** The integer that a code is, as a number or as its digits. */
export function integer(code: number | string): number {
  const value = Number(code);
  return Number.isSafeInteger(value) && String(value) === String(code) ? value : NaN;
}
