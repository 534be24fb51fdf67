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

const nothing: Seen = { status: null, code: null, text: null, body: null, flaw: null };

function decode(of: Channel, status: number | null, body: unknown): Reply {
  let seen: Seen | null = null;
  try {
    seen = look(of.data, status, body);
    const found = find(of.data, (of.index ??= indexOf(of.data)), seen);
    return found === null ? unknown(of, seen, whyUnknown(of, seen)) : known(found, seen);
  } catch {
    // A getter or a proxy's trap threw.
    return unknown(of, seen ?? { ...nothing, status, body }, "unread");
  }
}

/** How much of a text that is no JSON a failure shows; all of it stays in its body. */
const shownText = 10_000;

function known({ candidate, captures }: Found, seen: Seen): Reply {
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

function unknown(of: Channel, seen: Seen, why: UnknownWhy): { ok: false; failure: UnknownFailure } {
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
  if (!(type === "integer" ? /^-?[0-9]+$/ : /^-?[0-9]+(?:\.[0-9]+)?$/).test(text)) return null;
  if (type === "decimal") return text;
  const read = type === "duration" ? Math.round(Number(text) * unitMs) : Number(text);
  return Number.isSafeInteger(read) && (read >= 0 || type === "integer") ? read : null;
}
