/**
 * Several errors in one body, and the causes of an error. All are kept, and the most careful one leads: whatever order they
 * come in, the failure that they make is the same.
 */
import { care, joined, mostCareful } from "./careful.js";
import { each, valuesAt, whole } from "./conditions.js";
import type { Failure, Reply } from "./failure.js";
import type { ChannelData } from "./lookup.js";
import type { Seen } from "./matcher.js";
import {
  at,
  isEmpty,
  isGiven,
  isSteps,
  type Place,
  type SpecialPlace,
  type Steps,
} from "./places.js";

export type Several = (data: ChannelData, seen: Seen, read: (seen: Seen) => Reply) => Reply;

export const several: Several = (data, seen, read) => {
  const repliesTo = (bodies: readonly unknown[], flaw: Seen["flaw"]): readonly Reply[] =>
    bodies.flatMap((body) =>
      readingsOf(data, { ...seen, body, flaw }).map((one) => withBody(read(one), seen.body)),
    );
  const { errors: steps, causes } = data;
  const listed = steps === undefined ? [] : errorsAt(seen.body, steps);
  const said = listed.filter((error) => !isBlank(error));
  const bodies = listed.length > 0 ? said : [seen.body];
  const replies = repliesTo(bodies, listed.length > 0 ? "shape" : seen.flaw);
  const failures = failuresIn(replies);
  // An error that says nothing leads nobody, and yet there is one.
  const silent = listed.length > said.length ? failuresIn(repliesTo([null], "shape")) : [];
  if (failures.length + silent.length === 0) {
    const { failure, isMarked } = data;
    // A mark of failure may be in the body around the errors, too.
    const isPlain = failure === undefined || isMarked!({ failure }, seen);
    return isPlain ? replies[0]! : read(seen);
  }
  const reasons = causes === undefined ? [] : bodies.flatMap((body) => errorsAt(body, causes));
  const because = failuresIn(repliesTo(reasons, "shape"));
  // A cause that nobody listed explains no more than the error does; one that is known counts.
  const known = because.filter((cause) => !("why" in cause) && cause.unexpected !== "body");
  const counted = [...failures, ...known];
  const error = mostCareful(data, failures.length > 0 ? failures : silent);
  // What an error is due to goes before it only if there is more to be careful of.
  const lead = known
    .filter((cause) => care(data, cause, error) > 0)
    .reduce((a, b) => mostCareful(data, [a, b]), error);
  const also = [...failures, ...silent, ...because].filter((failure) => failure !== lead);
  const successes = replies.flatMap((reply) => (reply.ok ? [reply] : []));
  const outcome = [...successes, ...counted, ...silent].map((one) => one.outcome).reduce(joined);
  return { ok: false, failure: { ...lead, outcome, ...(also.length > 0 ? { also } : {}) } };
};

/** An error is read by itself, and yet the body that its reply keeps is the whole one. */
function withBody(reply: Reply, body: unknown): Reply {
  // In place: a copy of each of a million would cost more than to read them.
  ((reply.ok ? reply : reply.failure) as { body: unknown }).body = body;
  return reply;
}

function failuresIn(replies: readonly Reply[]): readonly Failure[] {
  return replies.flatMap((reply) => (reply.ok ? [] : [reply.failure]));
}

/** The errors of a list, or what stands in its place. */
function errorsAt(body: unknown, steps: Steps): readonly unknown[] {
  const errors = each(body, steps);
  const list = whole(body, steps);
  return errors.length > 0 || list === body || isEmpty(list) ? errors : [list];
}

/** Where a place has `*`, one reading for each item that says anything: what stands in the same item belongs together. */
function readingsOf(data: ChannelData, seen: Seen): readonly Seen[] {
  const all = (places: readonly Place[]): readonly (readonly unknown[])[] =>
    places.map((place) => (isSteps(place) ? [at(seen.body, place)] : valuesAt(place, seen)));
  const [codes, texts] = [all(data.code), all(data.message)];
  const count = Math.max(1, ...codes.concat(texts).map(({ length }) => length));
  const row = (i: number): Seen => ({
    ...seen,
    code: nth(codes, i, true),
    text: nth(texts, i, false) as Seen["text"],
  });
  if (count === 1) return [row(0)];
  const rows = Array.from({ length: count }, (_, i) => row(i));
  const items = itemsOf(data, seen.body);
  const some = rows.filter(
    ({ code, text }, i) => code !== null || text !== null || !isBlank(items[i]),
  );
  return some.length > 0 ? some : rows.slice(0, 1);
}

/** The items that the places with `*` stand in. */
function itemsOf({ code, message }: ChannelData, body: unknown): readonly unknown[] {
  for (const place of [...code, ...message]) {
    const star = isSteps(place) ? -1 : (place.at?.lastIndexOf("*") ?? -1);
    if (star >= 0) return each(body, (place as SpecialPlace).at!.slice(0, star + 1));
  }
  return [];
}

/** Whether a value says nothing, nor anything in it. */
function isBlank(value: unknown): boolean {
  return isEmpty(value) || (typeof value === "object" && Object.values(value!).every(isEmpty));
}

/** The first text or code in the i-th row. A place without `*` stands in every row. */
function nth(
  columns: readonly (readonly unknown[])[],
  i: number,
  isCode: boolean,
): string | number | null {
  for (const column of columns) {
    const value = column.length === 1 ? column[0] : column[i];
    if (isGiven(value, isCode)) return value;
  }
  return null;
}
