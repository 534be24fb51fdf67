/**
 * From a response to the one entry that it is. Total: whatever comes in, a reply comes out; nothing throws, and no input
 * is walked deeper than the catalog's own pointers and shapes.
 */
import { hasShape, type Shape } from "./shape.js";
import type { Capture, MatchTemplate, Part } from "./template.js";
import type { Actor, Category, Entry, Outcome } from "./vocabulary.js";

/** A response, with its body as parsed JSON or as text. A `Headers` object or a plain object will do for the headers. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: unknown;
  readonly body?: unknown;
}

/** The value of a field: a text, a number (durations in milliseconds), a boolean or a list; `null` when it is absent. */
export type FieldValue = Capture | boolean | readonly string[];

/** The fields of an entry that has none. */
export type NoFields = Readonly<Record<never, never>>;

/** A failure that the catalog knows. */
export interface Failure<
  Id extends string = string,
  C extends Category = Category,
  A extends Actor = Actor,
  O extends Outcome = Outcome,
  R extends string = string,
  F = Readonly<Record<string, FieldValue>>,
> {
  readonly id: Id;
  readonly category: C;
  readonly actor: A;
  /** What became of a write that was answered this way. */
  readonly outcome: O;
  /** The name of its retry rule. */
  readonly retry: R;
  /** The HTTP status; `null` where there is none. */
  readonly status: number | null;
  /** The vendor's code, as it came. */
  readonly code: number | string | null;
  /** The vendor's text, as it came. */
  readonly text: string | null;
  /** Values from the body and from the text. */
  readonly fields: F;
  /** The body, item or frame, as it was handed in or parsed. */
  readonly body: unknown;
}

/**
 * Why nothing in the catalog fits: the body cannot be read, being a stream, bytes, or an object that throws; or it is no
 * JSON; or its code, its message, its shape or its status is new to the catalog.
 */
export type UnknownWhy = "unread" | "not-json" | "code" | "message" | "shape" | "status";

/** A failure that the catalog does not know. Whether a write was executed is unknown, too. */
export interface UnknownFailure<Id extends string = string> extends Failure<
  Id,
  "unknown",
  "reconcile",
  "unknown",
  "reconcile",
  NoFields
> {
  readonly why: UnknownWhy;
}

export type Reply<Id extends string = string, F = Failure> =
  | { readonly ok: true; readonly id: Id; readonly status: number | null; readonly body: unknown }
  | { readonly ok: false; readonly failure: F };

type Steps = readonly string[];
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

/** How one channel of one API is read. */
export interface ChannelData {
  /** The id of what fits nothing, such as `payments.unknown`. */
  readonly unknown: string;
  readonly code: readonly Steps[];
  readonly message: readonly Steps[];
  /** In order of precedence: of two that fit, the first one counts. */
  readonly matchers: readonly Matcher[];
  readonly entries: Readonly<Record<string, Entry>>;
  /** What matches templates: a channel without any does without it, and its bundle too. */
  readonly templates?: MatchTemplate;
}

/** A channel with its index, which is made when it is first used. */
export interface Channel {
  readonly data: ChannelData;
  index: Index | null;
}

export function channel(data: ChannelData): Channel {
  return { data, index: null };
}

/** Where every failure has its id once more, so that guards know one that was made by another copy of this package. */
export const marker: unique symbol = /* @__PURE__ */ Symbol.for("errata") as never;

/** A matcher that may fit, and after it the others that are looked up by the same, in order of precedence. */
interface Candidate extends Features {
  readonly rank: number;
  readonly id: string;
  readonly fields: readonly FieldData[] | undefined;
  readonly entry: Entry;
  readonly next: Candidate | undefined;
}

/** What a matcher asks for besides a code. */
type Features = {
  readonly [F in "statuses" | "texts" | "shape" | "where"]: Matcher[F] | undefined;
};

/** Matchers by what can be looked up. */
interface Index {
  /** A code that is an integer is here as a number and as its digits. */
  readonly byCode: ReadonlyMap<number | string, Candidate>;
  readonly ranges: readonly (readonly [first: number, last: number, candidate: Candidate])[];
  readonly byText: ReadonlyMap<string, Candidate>;
  /** Templates by the fixed text that they begin with, sorted by it. */
  readonly byPrefix: readonly Prefix[];
  /** Known by shape or other values only. */
  readonly others: Candidate | undefined;
  readonly byStatus: ReadonlyMap<number, Candidate>;
  /** The rank of the first matcher without a code. */
  readonly firstUncoded: number;
}

interface Prefix {
  readonly text: string;
  readonly first: Candidate;
  /** The longest of the other prefixes that this one begins with. */
  readonly within: Prefix | null;
}

function indexOf({ matchers, entries }: ChannelData): Index {
  const byCode = new Map<number | string, Candidate>();
  const byText = new Map<string, Candidate>();
  const prefixes = new Map<string, Candidate>();
  const byStatus = new Map<number, Candidate>();
  const ranges: [number, number, Candidate][] = [];
  let others: Candidate | undefined;
  let firstUncoded = matchers.length;
  // From the last to the first, so that each goes before those that it takes precedence over.
  for (let rank = matchers.length - 1; rank >= 0; rank--) {
    const { id, codes, statuses, texts, shape, where, fields } = matchers[rank]!;
    const entry = entries[id]!;
    // Written out, since objects of one layout are much faster to read.
    const before = (next?: Candidate): Candidate => {
      return { rank, id, statuses, texts, shape, where, fields, entry, next };
    };
    const add = <K>(map: Map<K, Candidate>, key: K): void =>
      void map.set(key, before(map.get(key)));
    if (codes === undefined) firstUncoded = rank;
    if (codes !== undefined)
      for (const code of codes) {
        if (typeof code === "object") ranges.push([...code, before()]);
        else for (const form of new Set([code, String(code), integer(code)])) add(byCode, form);
      }
    else if (texts !== undefined)
      for (const text of texts) {
        if (typeof text === "string") add(byText, text);
        else add(prefixes, typeof text[0] === "string" ? text[0] : "");
      }
    else if (shape !== undefined || where !== undefined) others = before(others);
    else for (const status of statuses ?? []) add(byStatus, status);
  }
  return { byCode, ranges, byText, byPrefix: nested(prefixes), others, byStatus, firstUncoded };
}

function nested(prefixes: ReadonlyMap<string, Candidate>): readonly Prefix[] {
  let within: Prefix | null = null;
  return [...prefixes.keys()].sort().map((text) => {
    while (within !== null && !text.startsWith(within.text)) within = within.within;
    return (within = { text, first: prefixes.get(text)!, within });
  });
}

/**
 * The last prefix that does not sort after a text. The text begins with it, or with those that it is within, or with
 * none: whatever sorts between a text and its beginning has the same beginning.
 */
function prefixOf(sorted: readonly Prefix[], text: string): Prefix | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.text <= text) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : sorted[low - 1]!;
}

/** What is read of one response, item or frame. */
interface Read {
  readonly status: number | null;
  readonly code: number | string | null;
  readonly text: string | null;
  readonly body: unknown;
  /** Why the body is not one of the API's at all. */
  readonly flaw: "unread" | "not-json" | null;
}

export function decodeHttp(of: Channel, response: HttpResponse): Reply {
  try {
    const { status, body } = response;
    return decode(of, Number.isInteger(status) ? status : null, body);
  } catch {
    return unknown(of, { ...nothing, body: response }, "unread");
  }
}

/** An item of a batch: what is not known is a failure all the same. */
export function decodeItem(of: Channel, item: unknown): Failure {
  const reply = decode(of, null, item);
  return reply.ok ? unknown(of, { ...nothing, body: item }, "shape").failure : reply.failure;
}

/** A frame of a socket. One without a text where errors have theirs is no error: `ok`, with the id `<api>.frame`. */
export function decodeFrame(of: Channel, frame: unknown): Reply {
  const reply = decode(of, null, frame);
  if (reply.ok || reply.failure.category !== "unknown") return reply;
  const { text, body, why } = reply.failure as UnknownFailure;
  if (text !== null || why === "unread") return reply;
  return { ok: true, id: of.data.unknown.replace(/unknown$/, "frame"), status: null, body };
}

const nothing: Read = { status: null, code: null, text: null, body: null, flaw: null };

function decode(of: Channel, status: number | null, body: unknown): Reply {
  let seen: Read | null = null;
  try {
    seen = look(of.data, status, body);
    const found = find(of.data, (of.index ??= indexOf(of.data)), seen);
    return found === null ? unknown(of, seen, whyUnknown(of, seen)) : known(found, seen);
  } catch {
    // A getter or a proxy's trap threw.
    return unknown(of, seen ?? { ...nothing, status, body }, "unread");
  }
}

/** The code and the text are the first ones that stand where the channel has them. */
export function look(
  { code: codes, message }: Pick<ChannelData, "code" | "message">,
  status: number | null,
  given: unknown,
): Read {
  const [body, json] = typeof given === "string" ? parsed(given) : [given ?? null, true];
  let code: Read["code"] = null;
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

interface Found {
  readonly candidate: Candidate;
  readonly captures: Readonly<Record<string, Capture>>;
}

function find(data: ChannelData, index: Index, seen: Read): Found | null {
  const { code, text, status } = seen;
  const { templates } = data;
  let best: Found | null = null;
  if (code !== null) {
    best = better(best, index.byCode.get(code), seen, templates);
    for (const [first, last, candidate] of index.ranges) {
      const value = integer(code);
      if (first <= value && value <= last) best = better(best, candidate, seen, templates);
    }
  }
  if (best !== null && best.candidate.rank < index.firstUncoded) return best;
  if (text !== null) {
    best = better(best, index.byText.get(text), seen, templates);
    let prefix = prefixOf(index.byPrefix, text);
    for (; prefix !== null; prefix = prefix.within)
      best = better(best, prefix.first, seen, templates);
  }
  best = better(best, index.others, seen, templates);
  // Where the catalog says what is in a body, a page of some proxy's on the way is not the API's answer.
  if (status !== null && (seen.flaw === null || data.code.length + data.message.length === 0))
    best = better(best, index.byStatus.get(status), seen, templates);
  return best;
}

/** The first candidate that fits, if it takes precedence over what was found before. */
function better(
  best: Found | null,
  first: Candidate | undefined,
  seen: Read,
  templates: MatchTemplate | undefined,
): Found | null {
  const limit = best === null ? Infinity : best.candidate.rank;
  for (let it = first; it !== undefined && it.rank < limit; it = it.next) {
    const captures = fitsBesides(it, seen, templates);
    if (captures !== null) return { candidate: it, captures };
  }
  return best;
}

/** The integer that a code is, as a number or as its digits. */
function integer(code: number | string): number {
  const value = Number(code);
  return Number.isSafeInteger(value) && String(value) === String(code) ? value : NaN;
}

/** How much of a text that is no JSON a failure shows; all of it stays in its body. */
const shownText = 10_000;

const none: Readonly<Record<string, Capture>> = {};

/** Whether one entry fits, with what its template captures; `null` when it does not. */
export function fits(
  matcher: Matcher,
  seen: Read,
  templates: MatchTemplate | undefined,
): Readonly<Record<string, Capture>> | null {
  const { codes, statuses, texts, shape, where } = matcher;
  if (codes !== undefined && (seen.code === null || !isOneOf(codes, seen.code))) return null;
  return fitsBesides({ statuses, texts, shape, where }, seen, templates);
}

/** The same of an entry whose code, if it has one, has been looked up. */
function fitsBesides(
  { statuses, texts, shape, where }: Features,
  { status, text, body }: Read,
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

function known({ candidate, captures }: Found, seen: Read): Reply {
  const { id, entry } = candidate;
  const { status, code, text, body } = seen;
  const { category, actor, outcome, retry } = entry;
  if (entry.success) return { ok: true, id, status, body };
  const fields =
    candidate.fields === undefined ? captures : fieldsOf(candidate.fields, captures, body);
  const failure: Failure & Marked = {
    id,
    category: category!,
    actor: actor!,
    outcome,
    retry: retry!,
    status,
    code,
    text,
    fields,
    body,
    [marker]: id,
  };
  return { ok: false, failure };
}

function unknown(of: Channel, seen: Read, why: UnknownWhy): { ok: false; failure: UnknownFailure } {
  const { status, code, text, body, flaw } = seen;
  const id = of.data.unknown;
  const failure: UnknownFailure & Marked = {
    id,
    category: "unknown",
    actor: "reconcile",
    outcome: "unknown",
    retry: "reconcile",
    status,
    code,
    text: text ?? (flaw === "not-json" ? String(body).slice(0, shownText) : null),
    fields: none as NoFields,
    body,
    why,
    [marker]: id,
  };
  return { ok: false, failure };
}

function whyUnknown({ data: { code, message } }: Channel, seen: Read): UnknownWhy {
  if (seen.code !== null) return "code";
  if (seen.text !== null) return "message";
  if (seen.flaw !== null) return seen.flaw;
  return seen.body === null || code.length + message.length === 0 ? "status" : "shape";
}

export interface Marked {
  readonly [marker]: string;
}

/** Whether a value is a failure that some decoder of errata made. */
export function isFailure(value: unknown): value is Failure {
  try {
    return typeof value === "object" && value !== null && marker in value;
  } catch {
    return false;
  }
}

function fieldsOf(
  fields: readonly FieldData[],
  captures: Readonly<Record<string, Capture>>,
  body: unknown,
): Readonly<Record<string, FieldValue>> {
  const values: Record<string, FieldValue> = { ...captures };
  for (const [name, steps, type, unitMs] of fields)
    values[name] = fieldOf(type, at(body, steps), unitMs ?? 1);
  return values;
}

/** A field's value. What is not of its type counts as absent. */
function fieldOf(type: FieldData[2], value: unknown, unitMs: number): FieldValue {
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (type === "strings")
    return Array.isArray(value)
      ? value.filter((item): item is string => typeof item === "string")
      : null;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return null;
  if (type === "string") return text;
  if (!(type === "integer" ? /^-?[0-9]+$/ : /^-?[0-9]+(?:\.[0-9]+)?$/).test(text)) return null;
  if (type === "decimal") return text;
  const read = type === "duration" ? Math.round(Number(text) * unitMs) : Number(text);
  return Number.isSafeInteger(read) && (read >= 0 || type === "integer") ? read : null;
}

/** What stands in a body at some steps, among own properties. */
function at(body: unknown, steps: Steps): unknown {
  let value = body;
  for (const step of steps) value = own(value, step);
  return value;
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
