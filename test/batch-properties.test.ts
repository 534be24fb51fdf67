/** Batches, on random catalogs of items: each item is judged by what it says, and by nothing else in the response. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeItem } from "../generator/runtime/decode.js";
import {
  bodyOf,
  byPosition,
  cases,
  item,
  keyed,
  keysOf,
  letters,
  read,
  says,
  shown,
  verdict,
  verdicts,
} from "./random-batch.js";
import type { Drawn } from "./random-catalog.js";
import type { Body } from "./random-response.js";

const numRuns = 2_000;

describe("a batch", () => {
  it("has one reply for each key that was sent", () => {
    const sent = fc.array(fc.constantFrom(...letters, 1, 2), { maxLength: 6 });
    fc.assert(
      fc.property(
        cases(...keyed, ...byPosition),
        sent,
        ({ drawn, status, list, good, skips }, keys) => {
          const { items } = read(drawn, skips, keys, { status, body: bodyOf(drawn, list, good) });
          expect([...items.keys()]).toEqual([...new Set(keys)]);
          const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
          // By their place in the request even equal things are told apart, but not in a map of keys.
          for (const key of twice) expect(items.get(key)!.is).toBe("unknown");
        },
      ),
      { numRuns },
    );
  });

  it("is the same in any order, where items have a key", () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(
        cases(...keyed),
        fc.nat({ max: 9 }),
        ({ drawn, status, list, good, skips }, by) => {
          const turned = <T>(all: readonly T[]): T[] =>
            all.map((_, i) => all[(i + by) % all.length]!).reverse();
          const keys = keysOf(drawn);
          const [before, after] = [
            bodyOf(drawn, list, good),
            bodyOf(drawn, turned(list), turned(good)),
          ].map((body) => verdicts(read(drawn, skips, keys, { status, body }), keys));
          expect(after).toEqual(before);
          for (const one of before!) {
            const is = String(([] as unknown[]).concat(one)[0]);
            counts[is] = (counts[is] ?? 0) + 1;
          }
        },
      ),
      { numRuns },
    );
    for (const is of ["accepted", "declined", "unknown", "failed", "skipped"])
      expect(counts[is], is).toBeGreaterThan(0);
  });

  it("is judged item by item: another one changes nothing", () => {
    let checked = 0;
    fc.assert(
      fc.property(
        cases(...keyed, ...byPosition),
        says,
        fc.nat({ max: 3 }),
        fc.nat({ max: 3 }),
        ({ drawn, status, list, good, skips }, other, at, own) => {
          const keys = keysOf(drawn);
          const changed = list.map((one, i) => (i === at ? { ...one, says: other } : one));
          const isKeyed = drawn.found.channel.key !== "position";
          const its = [...list, ...(drawn.found.channel.accepted === null ? [] : good)].filter(
            ({ of }) => of === own,
          );
          // An item that is not there, or that is there twice, depends on the others.
          if (isKeyed ? its.length !== 1 || list[at] === its[0] : list.length !== 4 || at === own)
            return;
          const [before, after] = [list, changed].map((all) =>
            verdict(
              read(drawn, skips, keys, { status, body: bodyOf(drawn, all, good) }).items.get(
                keys[own]!,
              ),
            ),
          );
          expect(after).toEqual(before);
          checked++;
        },
      ),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(50);
  });

  it("knows nothing of items by position where there is not one for each", () => {
    let checked = 0;
    fc.assert(
      fc.property(cases(...byPosition), ({ drawn, status, list, skips }) => {
        if (list.length === 4) return;
        const { items } = read(drawn, skips, letters, { status, body: bodyOf(drawn, list, []) });
        for (const { is } of items.values()) expect(["unknown", "failed"]).toContain(is);
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(50);
  });
});

describe("an item", () => {
  it("is accepted or declined only if it says so itself", () => {
    const counts = { accepted: 0, declined: 0 };
    fc.assert(
      fc.property(cases(...keyed, "position"), ({ drawn, status, list, good, skips }) => {
        const { channel, decoder } = drawn.found;
        const body = bodyOf(drawn, list, good);
        const apart = channel.accepted === null ? [] : (body["good"] as Body[]);
        const { items } = read(drawn, skips, keysOf(drawn), { status, body });
        for (const found of items.values()) {
          if (found.is !== "accepted" && found.is !== "declined") continue;
          const own = found.item as Body;
          const reply = decodeItem(decoder, own);
          const isMarked = channel.taken.length > 0 && own["state"] === "done";
          if (found.is === "declined")
            expect([reply.ok || "why" in reply.failure, isMarked]).toEqual([false, false]);
          else if (!reply.ok) {
            expect("why" in reply.failure).toBe(true);
            // By a mark; or it stands among the accepted, and has neither a code nor a text.
            const { code, text } = reply.failure;
            if (!isMarked) expect([apart.includes(own), code, text]).toEqual([true, null, null]);
          }
          counts[found.is]++;
        }
      }),
      { numRuns },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(10);
  });

  const mayBeTaken = ({ found: { channel, decoder } }: Drawn, own: unknown): boolean => {
    const reply = decodeItem(decoder, own);
    const isMarked = channel.taken.length > 0 && (own as Body)["state"] === "done";
    return reply.ok || "why" in reply.failure || isMarked;
  };

  it("has failed with the request only if no item in the response may have been taken", () => {
    let failed = 0;
    const failing = fc.constantFrom(400, 429, 503);
    fc.assert(
      fc.property(cases(...keyed, "position"), failing, ({ drawn, list, good, skips }, status) => {
        const body = bodyOf(drawn, list, good);
        const { reply, items } = read(drawn, skips, keysOf(drawn), { status, body });
        if (![...items.values()].some(({ is }) => is === "failed")) return;
        failed++;
        expect(reply.ok ? reply.outcome : reply.failure.outcome).toBe("not-executed");
        const all = Object.values(body).flat() as Body[];
        expect(all.filter((own) => mayBeTaken(drawn, own))).toEqual([]);
      }),
      { numRuns },
    );
    expect(failed).toBeGreaterThan(2);
  });

  it("has not failed with the request where an item stands instead of a list of them", () => {
    let checked = 0;
    const failing = fc.constantFrom(400, 429, 503);
    fc.assert(
      fc.property(cases(...keyed, "position"), item, failing, ({ drawn, skips }, one, status) => {
        const own = shown(drawn, one);
        if (!mayBeTaken(drawn, own) || Object.keys(own).length === 0) return;
        const { items } = read(drawn, skips, keysOf(drawn), { status, body: { data: own } });
        for (const { is } of items.values()) expect(is).toBe("unknown");
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(50);
  });

  it("was skipped only if that is declared, and every item in the response is one that was sent", () => {
    let skipped = 0;
    fc.assert(
      fc.property(cases("apart", "uuids"), ({ drawn, status, list, good, skips }) => {
        const body = bodyOf(drawn, list, good);
        const { reply, items } = read(drawn, skips, keysOf(drawn), { status, body });
        if (![...items.values()].some(({ is }) => is === "skipped")) return;
        skipped++;
        const all = [...list, ...good].map(({ of }) => of);
        expect([skips, reply.ok, all.length > 0]).toEqual([true, true, true]);
        expect(all.every((of) => typeof of === "number")).toBe(true);
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 2 * numRuns },
    );
    expect(skipped).toBeGreaterThan(0);
  });
});

it("decodes to something, even where a getter throws", () => {
  fc.assert(
    fc.property(
      cases(...keyed, ...byPosition),
      fc.anything(),
      ({ drawn, status, list, good, skips }, anything) => {
        const body = bodyOf(drawn, list, good);
        const trap = (): never => {
          throw new Error("a trap");
        };
        const items = new Proxy(body["data"] as unknown[], {
          getOwnPropertyDescriptor: trap,
          get: trap,
        });
        for (const response of [
          anything,
          { status, body: anything },
          { status, body: { data: anything, good: [anything] } },
          { status, body: { ...body, data: items } },
          {
            status,
            body: {
              ...body,
              data: [Object.defineProperty({}, "id", { enumerable: true, get: trap })],
            },
          },
        ]) {
          const keys = keysOf(drawn);
          expect([...read(drawn, skips, keys, response).items.keys()]).toEqual(keys);
        }
      },
    ),
    { numRuns: numRuns / 2 },
  );
});
