/**
 * An exchange that fails on purpose, in virtual time: what a session promises holds whatever happens and whatever the user
 * says; and the faults bite, as what people do today shows. `npm run bench:faults` has many more runs.
 */
import { describe, expect, it } from "vitest";
import { broken, isBehind } from "./exchange/faulty/claims.js";
import { calls, keepers, partly, theirs } from "./exchange/faulty/clients.js";
import { faults } from "./exchange/faulty/faults.js";
import { type Result, runs, together } from "./exchange/faulty/runs.js";
import type { VenueName } from "./exchange/faulty/world.js";

const venues = ["abp", "mm", "6mm"] as const;
const seed = 1;
const count = 1_000;
/** These two take longer than the rest together. */
const countOf = (name: string): number => (/ky|got/.test(name) ? 300 : count);

interface Trace {
  readonly told: readonly unknown[];
  readonly sent: number;
  readonly executed: number;
  /** All that happened, to the millisecond. */
  readonly exact: string;
}

async function traces(
  venue: VenueName,
  name: string,
  first: number,
  number: number,
): Promise<readonly Trace[]> {
  const list: Trace[] = [];
  await runs(venue, name, first, number, ({ world, reports }) => {
    const { ledger, network, plan } = world;
    const times = [...ledger.executions].map(([order, ms]) => [order, ...ms]);
    const told = [...(reports ?? [])];
    const executed = times.flat().length - times.length;
    const exact = JSON.stringify([told, times, network.lastSentMs, ...plan.met]);
    list.push({ told, sent: network.sent, executed, exact });
  });
  return list;
}

const results = new Map<string, Promise<Result>>();
/** Each is run once, by whichever test needs it first. */
function resultOf(venue: VenueName, name: string): Promise<Result> {
  const key = `${venue}: ${name}`;
  const result = results.get(key) ?? runs(venue, name, seed, countOf(name));
  results.set(key, result);
  return result;
}

describe.each(venues)("%s", (venue) => {
  it.each(keepers(venue))("%s keeps every promise", async (name) => {
    expect(broken(await resultOf(venue, name))).toEqual([]);
  });

  it("executes at least as many orders exactly once as anybody else does", async () => {
    const own = await resultOf(venue, "errata");
    const ahead: string[] = [];
    // What got and ky do by default is what axios does without retries: they leave a POST alone.
    for (const name of theirs(venue).filter((other) => countOf(other) === count))
      if (isBehind(own, await resultOf(venue, name))) ahead.push(name);
    expect(ahead).toEqual([]);
  });

  it("leaves to a person at most half of what calls without look-ups do", async () => {
    const [own, call] = [await resultOf(venue, "errata"), await resultOf(venue, calls[0]!)];
    expect(own.totals.unresolved * 2).toBeLessThan(call.totals.unresolved);
  });

  it.each(partly)("%s: places nothing twice, and every run ends", async (name) => {
    const { totals, errors } = await resultOf(venue, name);
    expect([totals.doubles, totals.wronglyExecuted, totals.endless, errors]).toEqual([0, 0, 0, []]);
  });

  it("comes to the same through every adapter", async () => {
    const of = async (name: string): Promise<unknown> =>
      // One library waits a millisecond where another one waits none.
      (await traces(venue, name, seed, 100)).map(({ exact: _, ...trace }) => trace);
    const first = await of(calls[0]!);
    for (const name of calls.slice(1)) expect(await of(name), name).toEqual(first);
  });

  it("is repeatable from its seed, alone as well as among others", async () => {
    for (const name of [...keepers(venue), ...partly, ...calls, ...theirs(venue)]) {
      const among = await traces(venue, name, seed, 40);
      for (const i of [8, 38, 39])
        expect(await traces(venue, name, seed + i, 1), `${name}, seed ${seed + i}`).toEqual([
          among[i],
        ]);
    }
  });
});

describe("what is left out bites", () => {
  it.each(venues)("%s: without a gate, requests leave sooner than asked", async (venue) => {
    const { totals } = await resultOf(venue, "errata, without a gate");
    expect(totals.early).toBeGreaterThan(0);
  });

  it.each(venues)("%s: without a look-up, a person has to find out", async (venue) => {
    const [all, none] = [
      await resultOf(venue, "errata"),
      await resultOf(venue, "errata, without a look-up"),
    ];
    expect(none.totals.unresolved).toBeGreaterThan(10 * all.totals.unresolved);
  });

  it.each(venues)("%s: among open orders, no absence is taken for a proof", async (venue) => {
    const { totals } = await resultOf(venue, "errata, looking among open orders");
    expect([totals.doubles, totals.wronglyFailed]).toEqual([0, 0]);
    expect(totals.unresolved).toBeGreaterThan(0);
  });
});

describe("what people do today", () => {
  it.each(venues)("%s: reports orders failed that were executed", async (venue) => {
    for (const name of theirs(venue))
      expect((await resultOf(venue, name)).totals.wronglyFailed, name).toBeGreaterThan(0);
  });

  it.each([
    ["abp", "p-retry, builds anew"],
    ["6mm", "axios-retry"],
    ["6mm", "axios-retry, always"],
    ["6mm", "p-retry, signs anew"],
  ] as const)("%s, %s: executes orders twice", async (venue, name) => {
    expect((await resultOf(venue, name)).totals.doubles).toBeGreaterThan(0);
  });

  it("abp, p-retry, waits as told: executes orders twice once their UUID is forgotten", async () => {
    const { totals, met } = await runs("abp", "p-retry, waits as told", seed, 5 * count);
    expect(met.get("abp: UUID forgotten, and sent again")).toBeGreaterThan(0);
    expect(totals.doubles).toBeGreaterThan(0);
  });

  it.each(venues)("%s, axios-retry, always: sends sooner than asked", async (venue) => {
    expect((await resultOf(venue, "axios-retry, always")).totals.early).toBeGreaterThan(0);
  });
});

it("meets every fault", async () => {
  const all: Result[] = [];
  for (const venue of venues)
    for (const name of [...keepers(venue), ...calls, ...theirs(venue)])
      all.push(await resultOf(venue, name));
  const { met } = all.reduce(together);
  // This one takes a client that waits for half an hour; it has a test above.
  const rare = "abp: UUID forgotten, and sent again";
  expect(faults.filter((fault) => fault !== rare && !met.has(fault))).toEqual([]);
});
