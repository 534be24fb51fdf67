/**
 * From a response to the one entry that it is. Total: whatever comes in, a reply comes out; nothing throws, and no input
 * is walked deeper than the catalog's own pointers and shapes.
 */
import {
  type Failure,
  type FieldValue,
  type HttpResponse,
  type Marked,
  marker,
  type NoFields,
  type Reply,
  type UnknownFailure,
  type UnknownWhy,
} from "./failure.js";
import { type ChannelData, find, type Found, type Index, indexOf } from "./lookup.js";
import { at, type FieldData, look, none, type Seen } from "./matcher.js";
import type { Capture } from "./template.js";

/** A channel with its index, which is made when it is first used. */
export interface Channel {
  readonly data: ChannelData;
  index: Index | null;
}

export function channel(data: ChannelData): Channel {
  return { data, index: null };
}

export function decodeHttp(of: Channel, response: HttpResponse): Reply {
  try {
    const { status, body, headers = null } = response;
    return decode(of, Number.isInteger(status) ? status : null, body, headers);
  } catch {
    return unknown(of, { ...nothing, body: response }, "unread", null);
  }
}

/** An item of a batch: what is not known is a failure all the same. */
export function decodeItem(of: Channel, item: unknown): Failure {
  const reply = decode(of, null, item);
  return reply.ok ? unknown(of, { ...nothing, body: item }, "shape", null).failure : reply.failure;
}

/** A frame of a socket. One without a text where errors have theirs is no error: `ok`, with the id `<api>.frame`. */
export function decodeFrame(of: Channel, frame: unknown): Reply {
  const reply = decode(of, null, frame);
  if (reply.ok || reply.failure.category !== "unknown") return reply;
  const { text, body, why } = reply.failure as UnknownFailure;
  if (text !== null || why === "unread") return reply;
  return { ok: true, id: of.data.unknown.replace(/unknown$/, "frame"), status: null, body };
}

const nothing: Seen = { status: null, code: null, text: null, body: null, flaw: null };

function decode(of: Channel, status: number | null, body: unknown, headers: unknown = null): Reply {
  let seen: Seen | null = null;
  try {
    seen = look(of.data, status, body);
    const found = find(of.data, (of.index ??= indexOf(of.data)), seen);
    return found === null
      ? unknown(of, seen, whyUnknown(of, seen), headers)
      : known(of, found, seen, headers);
  } catch {
    // A getter or a proxy's trap threw.
    return unknown(of, seen ?? { ...nothing, status, body }, "unread", headers);
  }
}

/** How much of a text that is no JSON a failure shows; all of it stays in its body. */
const shownText = 10_000;

function known(of: Channel, { candidate, captures }: Found, seen: Seen, headers: unknown): Reply {
  const { id, entry } = candidate;
  const { status, code, text, body } = seen;
  if (entry.success) return { ok: true, id, status, body };
  const { category, actor, outcome, retry } = isPartial(of, body) ? { ...entry, ...partly } : entry;
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
    headers,
    [marker]: id,
  };
  return { ok: false, failure };
}

/** What an item that was carried out in part is, whatever its reason says. */
const partly = { actor: "reconcile", outcome: "partial", retry: "reconcile" } as const;

function isPartial({ data: { partial } }: Channel, body: unknown): boolean {
  const done = partial === undefined ? undefined : at(body, partial);
  return done !== undefined && done !== null && !(Array.isArray(done) && done.length === 0);
}

function unknown(
  of: Channel,
  seen: Seen,
  why: UnknownWhy,
  headers: unknown,
): { ok: false; failure: UnknownFailure } {
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
    headers,
    why,
    [marker]: id,
  };
  return { ok: false, failure };
}

function whyUnknown({ data: { code, message } }: Channel, seen: Seen): UnknownWhy {
  if (seen.code !== null) return "code";
  if (seen.text !== null) return "message";
  if (seen.flaw !== null) return seen.flaw;
  return seen.body === null || code.length + message.length === 0 ? "status" : "shape";
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
  if (type === "duration") return durationOf(text, unitMs);
  if (!(type === "integer" ? /^-?[0-9]+$/ : decimal).test(text)) return null;
  if (type === "decimal") return text;
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

const decimal = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** A duration in whole milliseconds, never shorter than it was told, however long that is. */
function durationOf(text: string, unitMs: number): number | null {
  const number = Number(text);
  // JSON's 1e21 and 1e999 are texts of their own here.
  const isNumber = decimal.test(text) || /^(?:[0-9]+(?:\.[0-9]+)?e[+-][0-9]+|Infinity)$/.test(text);
  if (!isNumber || number < 0) return null;
  // A product such as 1.1 * 1000 is a trifle too much.
  return Math.min(Math.ceil(number * unitMs - 1e-6), Number.MAX_SAFE_INTEGER);
}
