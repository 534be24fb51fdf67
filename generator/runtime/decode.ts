/**
 * From a response to the one entry that it is. Total: whatever comes in, a reply comes out; nothing throws, and no input
 * is walked deeper than the catalog's own pointers and shapes.
 *
 * What a body says comes before its status. An entry is known by its code, then by a text, a shape or a condition, whatever
 * the status; the status alone decides only where the body says nothing, and a success needs proof.
 */
import type {
  Answering,
  Asked,
  Failure,
  HttpResponse,
  Reply,
  UnknownFailure,
  UnknownWhy,
} from "./failure.js";
import { type Fields, fieldsOf } from "./fields.js";
import { type Candidate, firstIn, type Index, indexOf } from "./candidates.js";
import { type ChannelData, expects, find, type Found } from "./lookup.js";
import { fitsBesides, look, none, type Seen } from "./matcher.js";
import { at, isEmpty, isEmptyAt } from "./places.js";
import type { Entry } from "./vocabulary.js";

/** A channel with its data and its index, which are made when it is first used: an import does not wait for them. */
export interface Channel {
  data: ChannelData | (() => ChannelData);
  index: Index | null;
}

export function channel(data: Channel["data"]): Channel {
  return { data, index: null };
}

export function dataOf(of: Channel): ChannelData {
  if (typeof of.data === "function") of.data = of.data();
  return of.data;
}

/** An item or a frame is a response without a status. */
interface Bare {
  readonly status: null;
  readonly body: unknown;
}

export function decodeHttp(of: Channel, response: HttpResponse | Bare, asked?: Asked): Reply {
  const data = dataOf(of);
  let status: Seen["status"] = null;
  let body: unknown = response;
  let headers: unknown = null;
  try {
    ({ status, body, headers = null } = response as HttpResponse);
    if (!Number.isInteger(status)) status = null;
    const seen = look(data, status, body, headers, asked?.operation);
    const index = (of.index ??= indexOf(data));
    return data.several === undefined
      ? read(data, index, seen)
      : data.several(data, seen, (one) => read(data, index, one));
  } catch {
    // A getter or a proxy's trap threw.
    const seen = { status, code: null, text: null, body, headers, operation: null, flaw: null };
    return unknown(data, seen, "unread");
  }
}

/** An item of a batch. One of which something was carried out is partly executed, whatever its reason says. */
export function decodeItem(of: Channel, item: unknown, asked?: Asked): Reply {
  const reply = decodeHttp(of, { status: null, body: item }, asked);
  const { partial } = dataOf(of);
  if (reply.ok || partial === undefined) return reply;
  try {
    const done = at(reply.failure.body, partial);
    return isEmpty(done) ? reply : { ok: false, failure: { ...reply.failure, ...partly } };
  } catch {
    // A getter or a proxy's trap threw.
    return reply;
  }
}

const partly = { actor: "reconcile", outcome: "partial", retry: "reconcile" } as const;

/**
 * A frame of a socket. One without a code, a text or a mark of failure reports no error: `ok`, with the id `<api>.frame` if
 * it is no entry. An object where a text would stand is data.
 */
export function decodeFrame(of: Channel, frame: unknown, asked?: Asked): Reply {
  const reply = decodeHttp(of, { status: null, body: frame }, asked);
  if (reply.ok || !("why" in reply.failure)) return reply;
  const data = dataOf(of);
  const { body, why } = reply.failure as UnknownFailure;
  if (why !== "shape" && why !== "status") return reply;
  const { isMarked, failure } = data;
  const given = { body, headers: null };
  if (failure !== undefined && !isMarked!({ failure }, given)) return reply;
  try {
    const { code, further = [] } = data;
    if (![...code, ...further].every((place) => isEmptyAt(data, place, given))) return reply;
  } catch {
    // A getter or a proxy's trap threw.
    return reply;
  }
  const id = data.unknown.replace(/unknown$/, "frame");
  return { ok: true, id, outcome: "unknown", status: null, body };
}

/** The same of a channel whose frames say which request they answer. */
export function decodeAnswer(of: Channel, frame: unknown, asked?: Asked): Answering<Reply> {
  const reply = decodeFrame(of, frame, asked);
  let replyTo: unknown = null;
  try {
    replyTo = at(reply.ok ? reply.body : reply.failure.body, dataOf(of).replyTo!);
  } catch {
    // A getter or a proxy's trap threw.
  }
  const isId = typeof replyTo === "string" || typeof replyTo === "number";
  return { ...reply, replyTo: isId ? (replyTo as string | number) : null };
}

/** The reply that one reading of a response is. */
function read(data: ChannelData, index: Index, seen: Seen): Reply {
  const { status, code, text, flaw, body } = seen;
  const found = find(data, index, seen);
  if (typeof found === "string") return unknown(data, seen, found);
  if (found !== null) {
    const all = mayBeSeveral(found, seen) ? data.together!.all(found, data, seen) : [found];
    if (typeof all === "string") return unknown(data, seen, all);
    if (!found.candidate.entry.success) {
      if (all.length === 1) return failed(data, found, seen);
      const failures = all.map((one) => failed(data, one, seen).failure);
      return { ok: false, failure: data.together!.join(data, failures) };
    }
  }
  let meant = found?.candidate ?? firstIn(data, index.byStatus.get(status!));
  // What holds for one operation may not hold for another.
  if (meant?.operations !== undefined && seen.operation === null)
    return unknown(data, seen, code !== null ? "code" : "message");
  const fits = ({ templates, holds }: ChannelData): boolean =>
    fitsBesides(meant!, seen, templates, holds) !== null;
  while (meant?.next !== undefined && !fits(data)) meant = meant.next;
  const isFree = index.places.length === 0;
  if (meant !== undefined && flaw !== "unread") {
    const { id, codes, empty, entry } = meant;
    // Nothing stands where codes and texts have their places; where there are none, any body will do.
    const isPlain =
      (empty ?? index.places).every((place) => isEmptyAt(data, place, seen)) &&
      (found !== null || flaw === null || isFree) &&
      fits(data);
    // Of what the API did not answer, or answers since, the status is all that is known; so it is where the body has items
    // of a batch, or is that of a success, which without a status it would be.
    if (!entry.success) {
      const isSure =
        isPlain &&
        find(data, index, { ...seen, status: null }) === null &&
        !data.lists?.some((steps) => (at(body, steps) as Partial<unknown[]> | null)?.length);
      return known(data, meant, none, seen, isSure ? null : "body");
    }
    if (isPlain && (data.isMarked?.(data, seen, codes !== undefined) ?? true))
      return { ok: true, id, outcome: entry.outcome, status, body };
  }
  const why = code !== null ? "code" : text !== null ? "message" : flaw;
  return unknown(data, seen, why ?? (body === null || isFree ? "status" : "shape"));
}

/** Whether other entries may fit as well: known by a part of a text, or by a question that nobody tells. */
function mayBeSeveral({ candidate: { isLoose, operations } }: Found, { operation }: Seen): boolean {
  return isLoose || (operations !== undefined && operation === null);
}

/** The reply of what was found to be a failure. */
function failed(
  data: ChannelData,
  { candidate, captures }: Found,
  seen: Seen,
): { ok: false; failure: Failure } {
  return known(data, candidate, captures, seen, expects(candidate, seen) ? null : "status");
}

/** How much of a text that is no JSON a failure shows; all of it stays in its body. */
const shownText = 10_000;

const plain: Fields = { fields: none };

function known(
  data: ChannelData,
  { id, codes, fields: wanted, entry }: Pick<Candidate, "id" | "codes" | "fields" | "entry">,
  captures: Found["captures"],
  seen: Seen,
  unexpected: Failure["unexpected"],
): { ok: false; failure: Failure } {
  const { status, code, text, body, headers, operation, flaw } = seen;
  const { category, actor, outcome, retry } = meaningOf(entry, operation);
  const { fields, unreadable } =
    wanted === undefined && captures === none ? plain : fieldsOf(data, wanted, captures, seen);
  const failure: Failure & { unreadable?: Failure["unreadable"] } = {
    id,
    category: category!,
    actor: actor!,
    outcome: unexpected === "body" ? "unknown" : outcome,
    retry: retry!,
    status,
    code: codes === undefined ? code : codes(code),
    text: text ?? (flaw === "not-json" ? String(body).slice(0, shownText) : null),
    fields,
    body,
    headers,
    unexpected,
  };
  // Added afterwards, since nearly no failure has it: a spread would take longer than the rest.
  if (unreadable !== undefined) failure.unreadable = unreadable;
  return { ok: false, failure };
}

/** What an entry means for what was asked; where nobody says what that was, the most careful of what it may mean. */
function meaningOf(entry: Entry, operation: string | null): Entry {
  const { on, unasked } = entry;
  if (on === undefined) return entry;
  if (operation === null) return unasked ?? entry;
  return Object.hasOwn(on, operation) ? on[operation]! : entry;
}

/** What is known of what no entry fits. */
const open = {
  category: "unknown",
  actor: "reconcile",
  outcome: "unknown",
  retry: "reconcile",
} as Entry;

function unknown(data: ChannelData, seen: Seen, why: UnknownWhy): { ok: false; failure: Failure } {
  const of = { id: data.unknown, codes: undefined, fields: undefined, entry: open };
  const reply = known(data, of, none, seen, null);
  (reply.failure as { why?: UnknownWhy }).why = why;
  return reply;
}
