/** What is read of a response, and whether one entry fits it. */
import { hasShape, type Shape } from "./shape.js";
import type { Capture, MatchTemplate, Part } from "./template.js";

/** The keys of a JSON pointer. */
export type Steps = readonly string[];
type Scalar = string | number | boolean | null;

/** Where a value of the body is, and how it is read. */
export type FieldData = readonly [
  name: string,
  at: Steps,
  type: "string" | "integer" | "decimal" | "boolean" | "duration" | "strings",
  unitMs?: number,
];

/** What one entry is recognised by; every feature that is given has to hold. */
export interface Matcher {
  readonly id: string;
  readonly statuses?: readonly number[];
  /** Single codes, and runs of integers as pairs. */
  readonly codes?: readonly (number | string | readonly [number, number])[];
  /** Whole texts, and templates. */
  readonly texts?: readonly (string | readonly Part[])[];
  readonly shape?: Shape;
  readonly where?: readonly (readonly [at: Steps, values: readonly Scalar[]])[];
  readonly fields?: readonly FieldData[];
}

/** What a matcher asks for besides a code. */
export type Features = {
  readonly [F in "statuses" | "texts" | "shape" | "where"]: Matcher[F] | undefined;
};

/** What is read of one response, item or frame. */
export interface Seen {
  readonly status: number | null;
  readonly code: number | string | null;
  readonly text: string | null;
  readonly body: unknown;
  /** Why the body is not one of the API's at all. */
  readonly flaw: "unread" | "not-json" | null;
}

/** Where a channel has its code and its text: the first of these that is there counts. */
export interface Places {
  readonly code: readonly Steps[];
  readonly message: readonly Steps[];
}

export function look(
  { code: codes, message }: Places,
  status: number | null,
  given: unknown,
): Seen {
  const [body, json] = typeof given === "string" ? parsed(given) : [given ?? null, true];
  let code: Seen["code"] = null;
  for (let i = 0; i < codes.length && code === null; i++) {
    const value = at(body, codes[i]!);
    if (typeof value === "number" || typeof value === "string") code = value;
  }
  let text: string | null = null;
  for (let i = 0; i < message.length && text === null; i++) {
    const value = at(body, message[i]!);
    if (typeof value === "string") text = value;
  }
  const unread = code === null && text === null && isUnread(body);
  return { status, code, text, body, flaw: unread ? "unread" : json ? null : "not-json" };
}

/** Whether a body is still a stream, bytes or a whole fetch Response: the platform's, so by what they inherit. */
function isUnread(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  const marks = ["getReader", "byteLength", "arrayBuffer"];
  return marks.some((mark) => mark in body && !Object.hasOwn(body, mark));
}

/** A body that came as text: the JSON in it, or the text itself. No text at all is no body. */
function parsed(text: string): readonly [body: unknown, json: boolean] {
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
  templates: MatchTemplate | undefined,
): Readonly<Record<string, Capture>> | null {
  const { codes, statuses, texts, shape, where } = matcher;
  if (codes !== undefined && (seen.code === null || !isOneOf(codes, seen.code))) return null;
  return fitsBesides({ statuses, texts, shape, where }, seen, templates);
}

/** The same of an entry whose code, if it has one, has been looked up. */
export function fitsBesides(
  { statuses, texts, shape, where }: Features,
  { status, text, body }: Seen,
  templates: MatchTemplate | undefined,
): Readonly<Record<string, Capture>> | null {
  if (statuses !== undefined && (status === null || !statuses.includes(status))) return null;
  if (shape !== undefined && !hasShape(shape, body)) return null;
  if (where !== undefined)
    for (const [steps, values] of where)
      if (!values.includes(at(body, steps) as Scalar)) return null;
  if (texts === undefined) return none;
  if (text === null) return null;
  for (const wanted of texts) {
    const captures =
      typeof wanted === "string" ? (wanted === text ? none : null) : templates?.(wanted, text);
    if (captures) return captures;
  }
  return null;
}

function isOneOf(codes: NonNullable<Matcher["codes"]>, code: number | string): boolean {
  const value = integer(code);
  return codes.some((wanted) =>
    typeof wanted === "object"
      ? wanted[0] <= value && value <= wanted[1]
      : String(wanted) === String(code),
  );
}

/** The integer that a code is, as a number or as its digits. */
export function integer(code: number | string): number {
  const value = Number(code);
  return Number.isSafeInteger(value) && String(value) === String(code) ? value : NaN;
}

/** What stands in a body at some steps, among own properties. */
export function at(body: unknown, steps: Steps): unknown {
  let value = body;
  for (const step of steps) value = own(value, step);
  return value;
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
