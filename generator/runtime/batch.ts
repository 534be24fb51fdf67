/** What happened to each item of a batch. An item is judged by what it says, never by the list that it is in. */
import type { Condition, Holds } from "./conditions.js";
import { type Channel, dataOf, decodeHttp, decodeItem } from "./decode.js";
import type { Asked, Failure, HttpResponse, Reply, Success } from "./failure.js";
import { at, isEmpty, isEmptyAt, type Steps } from "./places.js";
import type { Outcome } from "./vocabulary.js";

/** What happened to one item. */
export type ItemReply<F = Failure, R = Failure, S extends Success = Success> =
  /** Taken: what that proves is its `outcome`. The `id` is that of the entry it is known by, if there is one. */
  | {
      readonly is: "accepted";
      readonly id: S["id"] | null;
      readonly outcome: S["outcome"] | "accepted";
      readonly item: unknown;
    }
  | { readonly is: "declined"; readonly failure: F; readonly item: unknown }
  /** An earlier copy was processed, or is in progress. */
  | { readonly is: "duplicate" | "in-progress"; readonly failure: R }
  /** Left out as a duplicate: the response accounts for every other item, and the vendor leaves out only those. */
  | { readonly is: "skipped" }
  /** The whole request failed, and nothing of it was executed. */
  | { readonly is: "failed"; readonly failure: R }
  /** The response does not tell. The failure is what its item, or the whole response, was read as, if there is one. */
  | { readonly is: "unknown"; readonly failure: F | R | null; readonly item: unknown };

export interface Batch<
  F = Failure,
  T extends Reply = Reply,
  S extends Success = Success,
  K extends string | number = string,
> {
  readonly reply: T;
  /** By the key of each item that was sent. */
  readonly items: ReadonlyMap<K, ItemReply<F, Extract<T, { ok: false }>["failure"], S>>;
}

/** Where a response keeps the items, and what it says of all of them at once. */
export interface BatchData {
  /** Several lists are read side by side: an item is what they have at the same place. */
  readonly items: readonly Steps[];
  /** The list of the items that were not declined, where they have one of their own. */
  readonly accepted?: Steps;
  /** What marks an item as taken. */
  readonly taken?: readonly Condition[];
  readonly holds?: Holds;
  /** Where an item has its key, the first that is there counts; none where items come in the order of the request. */
  readonly key?: readonly Steps[];
  /** `uuid`: in any letter case. `index`: the key is the item's place in the request, from 0. */
  readonly keyIs?: "uuid" | "index";
  /** Whether the vendor leaves duplicates out without a word. */
  readonly skips?: true;
  /** Failures with a list of keys, and what being in that list means. */
  readonly marks: readonly (readonly [
    id: string,
    field: string,
    is: "duplicate" | "in-progress",
  ])[];
}

export function decodeBatch(
  http: Channel,
  items: Channel,
  data: BatchData,
  sent: Iterable<string | number>,
  response: HttpResponse,
  asked?: Asked,
): Batch<Failure, Reply, Success, string | number> {
  const reply = decodeHttp(http, response, asked);
  const keys = [...sent];
  const wanted = keys.map((key, i) => (data.keyIs === "index" ? String(i) : keyOf(data, key)!));
  const body = reply.ok ? reply.body : reply.failure.body;
  const found = itemsOf(items, data, body, wanted, asked);
  const rest = reply.ok ? null : marked(data, reply.failure, found);
  const unlisted: ItemReply = found.explained && reply.ok ? { is: "skipped" } : open;
  const replies = new Map<string | number, ItemReply>();
  keys.forEach((key, i) => {
    const own = found.replies.get(wanted[i]!) ?? rest?.(wanted[i]!) ?? unlisted;
    // Sent twice, and nobody can say which of the two this is.
    replies.set(key, replies.has(key) || isRepeated(wanted, i, found.counts) ? open : own);
  });
  return { reply, items: replies };
}

const open: ItemReply = { is: "unknown", failure: null, item: null };

const isRepeated = (
  wanted: readonly string[],
  i: number,
  counts: ReadonlyMap<string, number>,
): boolean => counts.get(wanted[i]!)! > 1;

/** A key in the one spelling in which it is compared; `null` for what is none. */
function keyOf({ keyIs }: BatchData, value: unknown): string | null {
  // Beyond 2^53 neighbours are one number.
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== "string" || value === "") return null;
  return keyIs === "uuid" ? value.toLowerCase() : value;
}

interface Items {
  readonly replies: ReadonlyMap<string, ItemReply>;
  /** How often each key was sent. */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether an item is missing only because the vendor left it out. */
  readonly explained: boolean;
  /** Whether there is an item of which nobody can tell whose it is. */
  readonly stray: boolean;
}

function itemsOf(
  channel: Channel,
  data: BatchData,
  body: unknown,
  wanted: readonly string[],
  asked: Asked | undefined,
): Items {
  const { key, accepted } = data;
  const counts = new Map<string, number>();
  for (const one of wanted) counts.set(one, (counts.get(one) ?? 0) + 1);
  const replies = new Map<string, ItemReply>();
  let explained = data.skips === true && accepted !== undefined;
  let stray = false;
  let count = 0;
  const take = (steps: readonly Steps[], isAccepted: boolean): void => {
    try {
      const list = sideBySide(body, steps);
      if (list === null) explained = false;
      // In the order of the request only if there is one for each.
      else if (key === undefined && list.length !== wanted.length) stray ||= list.length > 0;
      else
        list.forEach((item, i) => {
          const own = key === undefined ? wanted[i]! : keyIn(data, key, item);
          count++;
          if (own === null || !counts.has(own)) stray = true;
          if (own === null) return;
          // In two places at once: the response contradicts itself.
          const isTwice = replies.has(own);
          if (isTwice) explained = false;
          replies.set(
            own,
            isTwice
              ? { is: "unknown", failure: null, item }
              : judged(channel, data, item, isAccepted, asked),
          );
        });
    } catch {
      // What stands there is no list, or a getter threw: an item that was not found may still be in it.
      stray = true;
    }
  };
  if (accepted !== undefined) take([accepted], true);
  take(data.items, false);
  return { replies, counts, stray, explained: explained && !stray && count > 0 };
}

function keyIn(data: BatchData, key: readonly Steps[], item: unknown): string | null {
  for (const steps of key) {
    const found = keyOf(data, at(item, steps));
    if (found !== null) return found;
  }
  return null;
}

/** The items of lists that are read side by side; `null` where there are none. */
function sideBySide(body: unknown, lists: readonly Steps[]): readonly unknown[] | null {
  const found = lists.map((steps) => at(body, steps));
  // A response that is no list itself has none.
  if (found.every((list) => !Array.isArray(list) && (list === body || isEmpty(list)))) return null;
  if (!found.every(Array.isArray)) throw new TypeError("no list");
  const [first, ...others] = found as unknown[][];
  if (others.length === 0) return first!;
  if (others.some(({ length }) => length !== first!.length)) throw new TypeError("not parallel");
  return first!.map((_, i) => found.map((list) => (list as unknown[])[i]));
}

/** What an item says of itself. That it stands in the list of the accepted counts only if it says nothing else. */
function judged(
  channel: Channel,
  data: BatchData,
  item: unknown,
  isAccepted: boolean,
  asked: Asked | undefined,
): ItemReply {
  const reply = decodeItem(channel, item, asked);
  if (reply.ok) return { is: "accepted", id: reply.id, outcome: reply.outcome, item };
  const { failure } = reply;
  const isKnown = !("why" in failure);
  const isTaken = data.taken === undefined ? null : data.holds!(data.taken, item, null);
  const taken = { is: "accepted", id: null, outcome: "accepted" as Outcome, item } as ItemReply;
  if (isTaken === true) return isKnown ? { is: "unknown", failure, item } : taken;
  if (isKnown) return { is: "declined", failure, item };
  if (isTaken === null && isAccepted && isSilent(channel, item)) return taken;
  return { is: "unknown", failure, item };
}

function isSilent(channel: Channel, body: unknown): boolean {
  const data = dataOf(channel);
  const given = { body, headers: null };
  return [...data.code, ...data.message, ...(data.further ?? [])].every((place) =>
    isEmptyAt(data, place, given),
  );
}

/** What a failure of the whole request says of an item that is in none of its lists. */
function marked(data: BatchData, failure: Failure, { replies, stray }: Items) {
  const lists = data.marks
    .filter(([id]) => id === failure.id)
    .map(([, field, is]) => {
      const keys = (failure.fields[field] as readonly string[] | null) ?? [];
      return [new Set(keys.map((key) => keyOf(data, key))), is] as const;
    });
  const someTaken =
    stray || [...replies.values()].some(({ is }) => is === "accepted" || is === "unknown");
  return (key: string): ItemReply => {
    for (const [keys, is] of lists) if (keys.has(key)) return { is, failure };
    return failure.outcome === "not-executed" && !someTaken
      ? { is: "failed", failure }
      : { is: "unknown", failure, item: null };
  };
}
