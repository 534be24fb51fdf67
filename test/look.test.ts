/** What the answer to a look-up proves: never more than it shows. */
import { describe, expect, it } from "vitest";
import { decodeAbp } from "trading-api-errors/abp";
import type { HttpResponse } from "trading-api-errors";
import { foundIn } from "../generator/runtime/look.js";
import type { LookUp } from "../generator/runtime/vocabulary.js";

const look: LookUp = {
  operation: "get-orders",
  items: "/orders",
  key: "/requestUuid",
  status: "/orderStatus",
  more: "/hasMore",
  found: { FILLED: "executed", REJECTED: "not-executed", PENDING: "accepted" },
  final: ["REJECTED"],
  covers: "all",
  settleMs: 10_000,
  absent: "not-executed",
  none: ["abp.not-found"],
};
const [a, b] = [
  "abcdef00-0000-4000-8000-000000000001",
  "abcdef00-0000-4000-8000-000000000002",
] as const;

const read = (response: HttpResponse, of: LookUp = look, keys: readonly string[] = [a]) =>
  Object.fromEntries(
    [...foundIn(of, keys, decodeAbp(response))].map(([key, { outcome }]) => [key, outcome]),
  );
const listed = (orders: unknown, rest: object = {}): HttpResponse => ({
  status: 200,
  body: { orders, ...rest },
});
const order = (requestUuid: unknown, orderStatus: unknown): object => ({
  requestUuid,
  orderStatus,
});

describe("a look-up", () => {
  it.each<readonly [what: string, response: HttpResponse, outcome: string | undefined]>([
    ["finds an order by its status", listed([order(a, "FILLED")]), "executed"],
    [
      "reads a body that is a text",
      { status: 200, body: JSON.stringify({ orders: [] }) },
      "absent",
    ],
    ["knows a UUID in any letter case", listed([order(a.toUpperCase(), "PENDING")]), "accepted"],
    ["calls a status that is new unknown", listed([order(a, "PAUSED")]), "unknown"],
    ["calls a status that is none unknown", listed([order(a, null)]), "unknown"],
    ["takes no name of every object for a status", listed([order(a, "constructor")]), "unknown"],
    [
      "takes the one that commits the most",
      listed([order(a, "REJECTED"), order(a, "FILLED")]),
      "executed",
    ],
    ["finds nothing in an empty list", listed([]), "absent"],
    ["finds nothing of somebody else's", listed([order(b, "FILLED")]), "absent"],
    ["says nothing beside an order without a key", listed([order(null, "FILLED")]), undefined],
    [
      "says nothing beside a key that is no UUID",
      listed([order(a.replaceAll("-", ""), "FILLED")]),
      undefined,
    ],
    ["says nothing of a single thing where a list is due", listed({}), undefined],
    ["says nothing where there is another page", listed([], { hasMore: true }), undefined],
    ["finds nothing on the last page", listed([], { hasMore: false }), "absent"],
    ["says nothing where the list is missing", { status: 200, body: {} }, undefined],
    ["says nothing where the list is none", listed("none"), undefined],
    ["says nothing of a page", { status: 200, body: "<html>" }, undefined],
    ["says nothing after a failure", { status: 503, body: {} }, undefined],
    ["says nothing after a redirect", { status: 302, body: "" }, undefined],
    ["hears that there is none", { status: 404, body: { error: "Not Found" } }, "absent"],
  ])("%s", (_, response, outcome) => {
    expect(read(response)[a]).toBe(outcome);
  });

  it("cannot tell keys apart that the vendor cuts to the same text", () => {
    const cut = { ...look, cut: 20 };
    const found = [order(a.slice(0, 20), "FILLED")];
    expect(read(listed(found), cut, [a, b])).toEqual({});
    expect(read(listed(found), cut, [a])).toEqual({ [a]: "executed" });
    expect(read(listed([]), look, [a, a.toUpperCase()])).toEqual({});
  });

  it("takes an item alone, or none at all, where the caller has picked it out", () => {
    const { key: _, ...picked } = { ...look, items: "" };
    expect(read({ status: 200, body: { orderStatus: "FILLED" } }, picked)).toEqual({
      [a]: "executed",
    });
    expect(read({ status: 200, body: [] }, picked)).toEqual({ [a]: "absent" });
  });
});
