/** What became of each item of a batch: a response that is a success may decline some of what was sent. */
import { at, type Steps } from "./matcher.js";
import { type Channel, decodeHttp, decodeItem } from "./decode.js";
import type { Failure, HttpResponse, Reply } from "./failure.js";

/** What became of one item. */
export type ItemReply<F = Failure, R = Failure> =
  | { readonly is: "accepted"; readonly item: unknown }
  | { readonly is: "declined"; readonly failure: F; readonly item: unknown }
  /** An earlier copy was processed, or is in progress. */
  | { readonly is: "duplicate" | "in-progress"; readonly failure: R }
  /** Sent, and in neither list of a response that has both. */
  | { readonly is: "skipped" }
  /** The whole request failed, and nothing of it was executed. */
  | { readonly is: "failed"; readonly failure: R }
  /** The response does not tell. */
  | { readonly is: "unknown" };

export interface Batch<F = Failure, T extends Reply = Reply> {
  readonly reply: T;
  /** By the key of each item that was sent. */
  readonly items: ReadonlyMap<string, ItemReply<F, Extract<T, { ok: false }>["failure"]>>;
}

/** Where a response keeps the items, and what it says of all of them at once. */
export interface BatchData {
  readonly declined: Steps;
  readonly accepted: Steps | null;
  readonly key: Steps;
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
  sent: Iterable<string>,
  response: HttpResponse,
): Batch {
  const reply = decodeHttp(http, response);
  const found = reply.ok ? listed(items, data, reply.body) : marked(data, reply.failure);
  return { reply, items: new Map([...sent].map((key) => [key, found(key)])) };
}

function marked({ marks }: BatchData, failure: Failure): (key: string) => ItemReply {
  const own = marks.filter(([id]) => id === failure.id);
  const lists = own.map(
    ([, field, is]) => [new Set(failure.fields[field] as readonly string[] | null), is] as const,
  );
  return (key) => {
    for (const [keys, is] of lists) if (keys.has(key)) return { is, failure };
    return failure.outcome === "not-executed" ? { is: "failed", failure } : { is: "unknown" };
  };
}

function listed(channel: Channel, data: BatchData, body: unknown): (key: string) => ItemReply {
  const found = new Map<string, ItemReply>();
  let complete = data.accepted !== null;
  const take = (steps: Steps, reply: (item: unknown) => ItemReply): void => {
    try {
      const items = at(body, steps);
      if (!Array.isArray(items)) throw new TypeError("no list");
      for (const item of items) {
        const key = at(item, data.key);
        if (typeof key !== "string") complete = false;
        // Accepted and declined at once: the response contradicts itself.
        else found.set(key, found.has(key) ? { is: "unknown" } : reply(item));
      }
    } catch {
      // No list, or a getter that threw: an item that was not found may still be in it.
      complete = false;
    }
  };
  if (data.accepted !== null) take(data.accepted, (item) => ({ is: "accepted", item }));
  take(data.declined, (item) => ({ is: "declined", failure: decodeItem(channel, item), item }));
  return (key) => found.get(key) ?? (complete ? { is: "skipped" } : { is: "unknown" });
}
