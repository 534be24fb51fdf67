/** Random batches: what was sent, and responses with items for it, in lists of every kind. */
import fc from "fast-check";
import { steps } from "../generator/match/pointer.js";
import { conditionData } from "../generator/recognise/places.js";
import {
  type Batch,
  type BatchData,
  decodeBatch,
  type ItemReply,
} from "../generator/runtime/batch.js";
import { holds } from "../generator/runtime/conditions.js";
import type { Failure, Reply, Success } from "../generator/runtime/failure.js";
import { type Drawn, randomCatalogs } from "./random-catalog.js";
import { type Body, bodies, statuses } from "./random-response.js";

const taken = { taken: { "/state": "done" } };
const mixed = { items: "/data", key: ["/id", "/ref"] };
const channels: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  keyed: mixed,
  taken: { ...mixed, ...taken },
  apart: { ...mixed, accepted: "/good" },
  indexed: { items: "/data", key: { at: "/id", type: "index" }, ...taken },
  uuids: { items: "/data", key: { at: "/id", type: "uuid" }, accepted: "/good" },
  position: { items: "/data", key: undefined, by: "position" },
  parallel: {
    items: ["/data", "/side"],
    key: undefined,
    by: "position",
    code: "/0/code",
    message: "/1/error",
  },
};
const catalogs = new Map(
  await Promise.all(
    Object.entries(channels).map(
      async ([name, channel]) =>
        [name, await randomCatalogs("items", 15, { channel: fc.constant(channel) })] as const,
    ),
  ),
);
export const keyed = ["keyed", "taken", "apart", "indexed", "uuids"] as const;
export const byPosition = ["position", "parallel"] as const;
const of = (...names: readonly string[]) => fc.oneof(...names.map((name) => catalogs.get(name)!));

/** A batch as the generated package reads it. */
export function read(
  { found: { channel, decoder }, outer }: Drawn,
  skips: boolean,
  sent: Iterable<string | number>,
  response: unknown,
): Batch<Failure, Reply, Success, string | number> {
  const { key } = channel;
  const data: BatchData = {
    items: channel.items.map(steps),
    ...(channel.accepted === null ? {} : { accepted: steps(channel.accepted) }),
    ...(channel.taken.length === 0 ? {} : { taken: channel.taken.map(conditionData), holds }),
    ...(key === "position" || key === null ? {} : { key: key.at.map(steps) }),
    ...(key === "position" || key === null || key.type === null ? {} : { keyIs: key.type }),
    ...(skips ? { skips } : {}),
    marks: [],
  };
  return decodeBatch(outer!.decoder, decoder, data, sent, response as never);
}

/** What became of an item, without the item. */
export function verdict(reply: ItemReply | undefined): unknown {
  if (reply === undefined) return "none";
  const { is } = reply;
  if (is === "accepted") return [is, reply.id, reply.outcome];
  if (!("failure" in reply) || reply.failure === null) return is;
  const { id, outcome } = reply.failure;
  return [is, id, outcome];
}

export const verdicts = ({ items }: ReturnType<typeof read>, keys: readonly (string | number)[]) =>
  keys.map((key) => verdict(items.get(key)));

export const says = bodies(
  ["code", "error", "num", "kind", "more", "reason", "state", "result"],
  2,
);

/** Items, each for the i-th of what was sent; for something else (`null`); or for nobody knows what (`undefined`). */
export interface Item {
  readonly of: number | null | undefined;
  readonly upper: boolean;
  readonly says: Body;
}
export const item: fc.Arbitrary<Item> = fc.record({
  of: fc.oneof({ weight: 8, arbitrary: fc.nat({ max: 3 }) }, fc.constantFrom(null, undefined)),
  upper: fc.boolean(),
  says,
});
/** One item for each that was sent, or any. */
const lists = fc.oneof(
  fc
    .tuple(says, says, says, says)
    .map((all) => all.map((says, of): Item => ({ of, upper: false, says }))),
  fc.array(item, { maxLength: 4 }),
);

export const letters = ["a", "b", "c", "d"];
const uuidOf = (letter: string): string => `0000000${letter}-0000-4000-8000-00000000000${letter}`;

/** The keys of four items, as they are sent. */
export function keysOf({ found: { channel } }: Drawn): readonly (string | number)[] {
  const { key } = channel;
  return key !== null && key !== "position" && key.type === "uuid" ? letters.map(uuidOf) : letters;
}

/** An item as it comes in a response. */
export function shown(drawn: Drawn, { of, upper, says }: Item): Body {
  const { key } = drawn.found.channel;
  if (key === null || key === "position" || of === undefined) return says;
  if (key.type === "index") return { ...says, id: of === null ? 9 : of };
  const id = of === null ? uuidOf("f") : String(keysOf(drawn)[of]);
  if (key.type === "uuid") return { ...says, id: upper ? id.toUpperCase() : id };
  return { ...says, [upper ? "ref" : "id"]: id };
}

/** The body of a response: in lists of their own, in one, or side by side. */
export function bodyOf(drawn: Drawn, list: readonly Item[], good: readonly Item[]): Body {
  const items = list.map((one) => shown(drawn, one));
  const { channel } = drawn.found;
  const more = channel.accepted === null ? {} : { good: good.map((one) => shown(drawn, one)) };
  return { data: items, ...(channel.items.length > 1 ? { side: items } : {}), ...more };
}

export const cases = (...names: readonly string[]) =>
  fc.record({
    drawn: of(...names),
    status: statuses,
    list: lists,
    good: fc.array(item, { maxLength: 2 }),
    skips: fc.boolean(),
  });
