/** A gate lets a request leave when the pauses, limits and budget of its account allow it: by clocks that are moved by hand. */
import { describe, expect, it } from "vitest";
import {
  type Advice,
  type Failure,
  type GateEvent,
  type GateOptions,
  type GateStore,
  type Leaving,
  memoryStore,
  openGate,
} from "trading-api-errors";
import { abpBudgets, abpLimits, abpRetry, adviseAbp, decodeAbp } from "trading-api-errors/abp";
import { data, makeWorld, type World } from "./gate-world.js";

const read: Leaving = { operation: "read" };
const hours = 3_600_000;

/** A refusal for being sent too much, or another failure. */
function failure(parts: Partial<Failure> = {}): Failure {
  return {
    ...{ id: "x.limited", category: "throttled", actor: "wait", outcome: "not-executed" },
    ...{ retry: "back-off", status: 429, code: null, text: null, fields: {}, body: null },
    ...{ headers: null, unexpected: null },
    ...parts,
  } as Failure;
}

const stop = (parts: object = {}): Advice => ({
  ...{
    do: "stop",
    why: "rule",
    outcome: "not-executed",
    certainty: "inferred",
    actor: "wait",
    remedy: null,
  },
  ...{ pauseMs: 0, pause: null },
  ...parts,
});

const retry = (delayMs: number, parts: object = {}): Advice => ({
  ...{ do: "retry", delayMs, delayFrom: "fixed", identity: "none", reSign: false, before: [] },
  ...{
    pause: null,
    withinMs: Infinity,
    budget: null,
    cost: 0,
    next: { attempt: 2, prior: "none", done: [] },
  },
  ...parts,
});

function open(world: World, options: GateOptions & { readonly data?: object } = {}) {
  const { data: own, ...rest } = options;
  const events: GateEvent[] = [];
  const { wall, monotonic, wait } = world;
  const onEvent = (event: GateEvent): void => void events.push(event);
  const gate = openGate({ ...data, ...own }, { wall, monotonic, wait, onEvent, ...rest });
  /** Lets requests in, and notes when each came out and why. */
  const enter = (...leavings: readonly Leaving[]) => {
    const start = monotonic();
    const out: (readonly [ms: number, why: string | null])[] = [];
    for (const leaving of leavings)
      void gate.enter(leaving).then((why) => out.push([monotonic() - start, why]));
    return out;
  };
  return { gate, enter, events };
}

const times = <T>(count: number, value: T): readonly T[] => Array<T>(count).fill(value);
const noLimits = { limits: {} };

describe("limits", () => {
  it("let a burst of the count leave, and the next one a window later", async () => {
    const world = makeWorld();
    const { enter } = open(world);
    const out = enter(...times(11, read));
    await world.pass(10_000);
    const at = out.map(([ms]) => ms);
    expect(out.every(([, why]) => why === null)).toBe(true);
    expect(at.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(at[5]! > 1_000 && at[5]! <= 1_110).toBe(true);
    expect(at[9]).toBe(at[5]);
    expect(at[10]! > 2_000 && at[10]! <= 2_220).toBe(true);
  });

  it("count items, and say so at once where there are too many for any window", async () => {
    const world = makeWorld();
    const orders = { count: 10, perMs: 1_000, of: "items", scope: "account" };
    const unlimited = { ...orders, configurable: true };
    const { enter } = open(world, {
      ...{ data: { limits: { orders, unlimited } }, limits: { unlimited: Infinity } },
    });
    const out = enter(
      { operation: "a", items: 8 },
      { operation: "b", items: 11 },
      { operation: "c", items: NaN },
      { operation: "c", items: Infinity },
      { operation: "d", items: 3 },
      // It would fit, but came later.
      { operation: "e", items: 2 },
    );
    await world.pass(10);
    expect(out).toEqual([...times(3, [0, "limit"]), [0, null]]);
    await world.pass(1_200);
    expect(out.slice(4).map(([, why]) => why)).toEqual([null, null]);
    expect(out.slice(4).every(([ms]) => ms > 1_000)).toBe(true);
  });

  it("are charged the weight of the operation, which may be nothing", async () => {
    const world = makeWorld();
    const weights = { search: 4, ping: 0, all: 11 };
    const weight = { count: 10, perMs: 1_000, of: "weight", weights, scope: "account" };
    const { enter } = open(world, { data: { limits: { weight } } });
    const [search, ping] = [{ operation: "search" }, { operation: "ping" }];
    const out = enter(search, search, search, read, ping, { operation: "all" });
    await world.pass(10);
    // A plain read would fit, but came later.
    expect(out).toEqual([
      [0, "limit"],
      [0, null],
      [0, null],
      [0, null],
    ]);
    await world.pass(1_200);
    expect(out).toHaveLength(6);
  });

  it("are each operation's own where the catalog counts by endpoint, and not those of connections", async () => {
    const world = makeWorld();
    const limits = {
      each: { count: 1, perMs: 1_000, of: "requests", scope: "endpoint" },
      sockets: { count: 1, perMs: 1_000, of: "connections", scope: "account" },
      atOnce: { count: 1, of: "requests", scope: "account" },
    };
    const { enter } = open(world, { data: { limits } });
    const out = enter({ operation: "a" }, { operation: "a" }, { operation: "b" });
    await world.pass(10);
    expect(out).toHaveLength(2);
    await world.pass(2_000);
    expect(out).toHaveLength(3);
  });

  it.each([
    ["a configurable one may be raised", true, 7, 7],
    ["or lowered", true, 2, 2],
    ["another one can only be lowered", false, 7, 5],
    ["to this", false, 2, 2],
    ["what is no number changes nothing", true, NaN, 5],
    ["one may be kept elsewhere", false, null, 20],
  ])("take the user's count: %s", async (_, configurable, own, expected) => {
    const world = makeWorld();
    const limits = { requests: { ...data.limits["requests"]!, configurable } };
    const { enter } = open(world, { data: { limits }, limits: { requests: own } });
    const out = enter(...times(20, read));
    await world.pass(10);
    expect(out).toHaveLength(expected);
  });

  it("are taken by nobody who does not leave", async () => {
    const world = makeWorld();
    const { enter, events } = open(world);
    const gone = { aborted: true };
    const out = enter(
      ...times(4, { ...read, signal: gone }),
      ...times(4, { ...read, late: () => "deadline" }),
      ...times(4, { ...read, budget: "outage", cost: 21 }),
      ...times(5, read),
    );
    await world.pass(10);
    expect(out.map(([, why]) => why).filter((why) => why !== null)).toHaveLength(12);
    expect(out.filter(([, why]) => why === null)).toHaveLength(5);
    expect(events.map(({ event }) => event).filter((event) => event === "refused")).toHaveLength(
      12,
    );
  });

  it("are given back by what is late once its place is written down", async () => {
    const world = makeWorld();
    const { enter } = open(world);
    let asked = 0;
    const late = (): string | null => (++asked === 1 ? null : "deadline");
    const first = enter({ ...read, late, budget: "outage", cost: 20 });
    await world.pass(10);
    expect(first).toEqual([[0, "deadline"]]);
    const out = enter(...times(5, { ...read, budget: "outage", cost: 4 }));
    await world.pass(10);
    expect(out).toEqual(times(5, [0, null]));
  });
});

describe("what a header says is left", () => {
  const told = { remaining: "x-left", reset: { header: "x-reset", as: "ms" } } as const;
  const limits = { requests: { ...data.limits["requests"]!, ...told } };
  /** Lets one request leave, and hears its answer. */
  const hear = async (headers: object, options: GateOptions = {}, own: object = limits) => {
    const world = makeWorld();
    const opened = open(world, { data: { limits: own }, ...options });
    opened.enter(read);
    await world.pass(100);
    opened.gate.succeeded("read", undefined, headers);
    return { ...opened, world };
  };

  it("is believed until the reset, and what then leaves is counted as ever", async () => {
    const { enter, world } = await hear({ "X-Left": "2", "X-Reset": "700" });
    const out = enter(...times(4, read));
    await world.pass(690);
    expect(out).toHaveLength(2);
    await world.pass(20);
    expect(out).toHaveLength(4);
  });

  it.each([
    ["it is more", { "x-left": "80", "x-reset": "700" }],
    ["it is what the gate believes", { "x-left": "4", "x-reset": "700" }],
    ["it cannot be read", { "x-left": "none", "x-reset": "700" }],
    ["its reset has passed", { "x-left": "0", "x-reset": "0" }],
    ["it is missing", { "x-reset": "700" }],
    ["there is no header", null],
  ])("changes nothing where %s", async (_, headers) => {
    const { enter, world } = await hear(headers as object);
    const out = enter(...times(5, read));
    await world.pass(10);
    expect(out).toHaveLength(4);
  });

  it("is not added to what the gate has counted itself, however long that lasts", async () => {
    const { enter, gate, world } = await hear({});
    await world.pass(500);
    gate.succeeded("read", undefined, { "x-left": "3", "x-reset": "900" });
    const out = enter(...times(4, read));
    await world.pass(10);
    expect(out).toHaveLength(3);
    await world.pass(880);
    expect(out).toHaveLength(3);
  });

  it("takes what is used, and without a reset what others used counts for a window", async () => {
    const own = { requests: { ...data.limits["requests"]!, used: "x-used" } };
    const { enter, world } = await hear({ "x-used": 4 }, {}, own);
    const out = enter(...times(3, read));
    await world.pass(10);
    expect(out).toHaveLength(1);
    await world.pass(980);
    expect(out).toHaveLength(1);
    await world.pass(200);
    expect(out).toHaveLength(3);
  });

  it("is less by what is under way, which the vendor may not have counted", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world, { data: { limits } });
    enter(...times(3, read));
    await world.pass(10);
    gate.succeeded("read", undefined, { "x-left": "3", "x-reset": "900" });
    // Two of the three may be on their way still.
    const out = enter(...times(3, read));
    await world.pass(10);
    expect(out).toHaveLength(1);
    await world.pass(2_000);
    expect(out).toHaveLength(3);
  });

  it("is less by the largest that may be under way", async () => {
    const world = makeWorld();
    const items = { ...limits.requests, count: 10, of: "items" };
    const { gate, enter } = open(world, { data: { limits: { items } } });
    enter({ ...read, items: 1 }, { ...read, items: 4 });
    await world.pass(10);
    gate.succeeded("read", undefined, { "x-left": "6", "x-reset": "900" });
    const out = enter({ ...read, items: 2 }, { ...read, items: 1 });
    await world.pass(10);
    expect(out).toHaveLength(1);
  });

  it("is read from a failure as well, and holds the other processes", async () => {
    const world = makeWorld();
    const store = memoryStore();
    const [one, other] = [1, 2].map(() => open(world, { data: { limits }, store }));
    one!.enter(read);
    await world.pass(100);
    const headers = [["x-left", "1"] as const, ["x-reset", "600"] as const];
    one!.gate.heard(failure({ category: "validation", headers }), stop(), "read");
    await world.pass(10);
    const out = other!.enter(...times(3, read));
    await world.pass(400);
    expect(out).toHaveLength(1);
    await world.pass(400);
    expect(out).toHaveLength(3);
  });

  it("holds while the store fails", async () => {
    const fails = (): Promise<never> => Promise.reject(new Error("down"));
    const { enter, gate, world } = await hear(
      { "x-left": "1", "x-reset": "700" },
      { store: { read: fails, replace: fails } },
    );
    // The answer to an earlier request.
    gate.succeeded("read", undefined, { "x-left": "4", "x-reset": "700" });
    const out = enter(...times(3, read));
    await world.pass(500);
    expect(out).toHaveLength(1);
    await world.pass(400);
    expect(out).toHaveLength(3);
  });

  it.each([
    ["seconds", "0.7"],
    ["duration", "700ms"],
    ["duration", "PT0.7S"],
    ["epoch-s", String(Date.UTC(2030, 0, 1) / 1_000 + 0.8)],
    ["epoch-ms", String(Date.UTC(2030, 0, 1) + 800)],
    ["iso", "2030-01-01T00:00:00.800Z"],
  ])("has a reset that is written as %s: %s", async (as, text) => {
    const reset = { header: "x-reset", as };
    const own = { requests: { ...limits.requests, reset } };
    const { enter, world } = await hear({ "x-left": "0", "x-reset": text }, {}, own);
    const out = enter(read);
    await world.pass(690);
    expect(out).toHaveLength(0);
    await world.pass(20);
    expect(out).toHaveLength(1);
  });

  it("counts a moment from the vendor's own date", async () => {
    const reset = { header: "x-reset", as: "http-date" };
    const own = { requests: { ...data.limits["requests"]!, ...told, perMs: 60_000, reset } };
    const { enter, world } = await hear(
      {
        ...{ "x-left": "0", "x-reset": "Tue, 01 Jan 2019 00:00:07 GMT" },
        date: "Tue, 01 Jan 2019 00:00:02 GMT",
      },
      {},
      own,
    );
    const out = enter(read);
    await world.pass(4_900);
    expect(out).toHaveLength(0);
    await world.pass(200);
    expect(out).toHaveLength(1);
  });
});

describe("a wait", () => {
  it("ends within a second of the deadline or the abort, and not with the pause", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world);
    gate.heard(failure(), stop({ pauseMs: 20_000 }), "read");
    const end = world.monotonic() + 3_300;
    const signal = { aborted: false };
    const late = (): string | null => (world.monotonic() >= end ? "deadline" : null);
    const out = enter({ ...read, late }, { ...read, signal });
    await world.pass(5_200);
    expect(out).toEqual([[expect.closeTo(3_800, -3), "deadline"]]);
    signal.aborted = true;
    await world.pass(1_000);
    expect(out[1]?.[1]).toBe("aborted");
  });

  it("goes on where `late` throws, without the request", async () => {
    const world = makeWorld();
    const { enter } = open(world);
    const late = (): string => {
      throw new Error("boom");
    };
    const out = enter({ ...read, late }, read);
    await world.pass(10);
    expect(out.map(([, why]) => why)).toEqual(["aborted", null]);
  });

  it("goes on where the waiting fails", async () => {
    const world = makeWorld();
    const { wall, monotonic } = { wall: Date.now, monotonic: () => performance.now() };
    const wait = (): Promise<void> => Promise.reject(new Error("boom"));
    const { gate } = open(world, { wall, monotonic, wait });
    gate.heard(failure(), stop({ pauseMs: 30 }), "x");
    expect(await gate.enter(read)).toBeNull();
  });
});

describe("a pause", () => {
  it("holds all, at once, for as long as the advice says", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world, { data: noLimits });
    gate.heard(failure({ category: "internal" }), retry(700, { pause: "api-key" }), "a");
    const out = enter(read, { operation: "a" });
    await world.pass(699);
    expect(out).toEqual([]);
    await world.pass(1);
    await world.pass(1);
    expect(out).toEqual(times(2, [700, null]));
  });

  it("holds the operation only, where it is of an endpoint or a bookmaker", async () => {
    for (const pause of ["endpoint", "bookmaker"]) {
      const world = makeWorld();
      const { gate, enter } = open(world);
      gate.heard(failure({ category: "unavailable" }), stop({ pauseMs: 700, pause }), "a");
      const out = enter({ operation: "a" }, read);
      await world.pass(10);
      expect(out).toEqual([[0, null]]);
      await world.pass(1_000);
      expect(out[1]).toEqual([700, null]);
    }
  });

  it("is none of the others' business after any other failure", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world);
    gate.heard(failure({ category: "internal" }), retry(9_000), "a");
    gate.heard({ transport: "timeout" }, retry(9_000), "a");
    gate.heard(failure({ category: "internal", retry: "never" }), stop(), "a");
    const out = enter(read);
    await world.pass(10);
    expect(out).toEqual([[0, null]]);
  });

  it("is as long as a response tells that is no refusal", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world);
    const parts = { category: "unavailable", retry: "never" } as const;
    gate.heard(failure({ ...parts, headers: { "retry-after": "3" } }), stop(), "a");
    const out = enter(read);
    await world.pass(4_000);
    expect(out).toEqual([[3_000, null]]);
  });

  it("grows with refusals in a row, whoever is refused, until something goes through", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world, { data: noLimits });
    const waits = async (after: () => void): Promise<number> => {
      after();
      const out = enter(read);
      await world.pass(60_000);
      return out[0]![0];
    };
    // Each call is new, and advised to wait for its first step.
    const refused = (): void => gate.heard(failure(), retry(1_000), "a");
    const found = [await waits(refused), await waits(refused), await waits(refused)];
    expect(found).toEqual([1_000, 2_000, 4_000]);
    gate.succeeded("b");
    expect(await waits(refused)).toBe(1_000);
    expect(await waits(() => gate.heard({ transport: "reset" }, stop(), "a"))).toBe(0);
    expect(await waits(refused)).toBe(2_000);
    gate.heard(failure({ category: "validation", retry: "never" }), stop(), "a");
    expect(await waits(refused)).toBe(1_000);
  });

  it("lasts a whole window after the rule's last attempt, or a call's, and the row begins again", async () => {
    const limits = { requests: { ...data.limits["requests"]!, perMs: 60_000 } };
    const world = makeWorld();
    const { gate, events } = open(world, { data: { limits } });
    const paused = () =>
      events.flatMap((one) =>
        one.event === "paused" ? [one.attributes["errata.gate.pause_ms"]] : [],
      );
    for (let i = 0; i < 5; i++) gate.heard(failure(), retry(0), "a");
    expect(paused()).toEqual([1_000, 2_000, 4_000, 60_000, 1_000]);
    gate.heard(failure(), stop({ why: "attempts" }), "a");
    gate.heard(failure(), retry(0), "a");
    expect(paused().slice(5)).toEqual([60_000, 1_000]);
  });

  it("only ever gets longer", async () => {
    const world = makeWorld();
    const { gate, enter } = open(world);
    gate.heard(failure(), retry(9_000), "a");
    gate.heard(failure({ retry: "never" }), retry(500), "a");
    const out = enter(read);
    await world.pass(20_000);
    expect(out).toEqual([[9_000, null]]);
  });

  it.each([
    ["the longest that the rule waits", "back-off", data.limits, 30_000],
    ["a window", "never", data.limits, 1_000],
    ["a minute", "never", {}, 60_000],
  ])("that cannot be read is %s", async (_, rule, limits, expected) => {
    for (const pauseMs of [Infinity, NaN]) {
      const world = makeWorld();
      const { gate, enter } = open(world, { data: { limits } });
      gate.heard(failure({ retry: rule }), stop({ pauseMs }), "a");
      const out = enter(read);
      await world.pass(100_000);
      expect(out).toEqual([[expected, null]]);
    }
  });

  it("is never longer than a timer can wait", () => {
    const world = makeWorld();
    const { gate, events } = open(world);
    gate.heard(failure(), stop({ pauseMs: 1e15 }), "a");
    expect(events[0]?.attributes).toMatchObject({ "errata.gate.pause_ms": 2_000_000_000 });
  });

  it("that begins while a place is being written down keeps the request, and gives the place back", async () => {
    const world = makeWorld();
    const memory = memoryStore();
    let during = (): void => {};
    const replace: GateStore["replace"] = (...all) => {
      const done = memory.replace(...all);
      during();
      during = () => {};
      return done;
    };
    const { gate, enter } = open(world, { store: { ...memory, replace } });
    during = () => gate.heard(failure(), retry(2_000), "a");
    const out = enter(read);
    await world.pass(1_999);
    expect(out).toEqual([]);
    await world.pass(10);
    expect(out).toEqual([[2_000, null]]);
    const others = enter(...times(5, read));
    await world.pass(10);
    expect(others).toHaveLength(4);
  });
});

describe("clocks", () => {
  const both = async (move: (world: World) => void, ms: number): Promise<readonly number[]> => {
    const found: number[] = [];
    for (const kind of ["pause", "limit", "other process"]) {
      const world = makeWorld();
      const store = memoryStore();
      const one = open(world, { store });
      const two = open(world, { store });
      if (kind === "limit") one.enter(...times(5, read));
      else one.gate.heard(failure({ retry: "never" }), stop({ pauseMs: ms }), "a");
      await world.pass(100);
      move(world);
      await world.pass(100);
      const out = (kind === "pause" ? one : two).enter(read);
      await world.pass(20 * ms);
      found.push(out[0]![0] + 200);
    }
    return found;
  };

  it.each<readonly [string, (world: World) => void]>([
    ["a wall clock that is set back", (world) => world.setWall(-5 * hours)],
    ["a wall clock that is set forward", (world) => world.setWall(5 * hours)],
    ["a wall clock that stands still", (world) => world.stopWall(true)],
    ["a wall clock that says nothing", (world) => world.setWall(NaN)],
    ["a sleep of five hours", (world) => world.sleep(5 * hours)],
  ])("end no wait early, nor hours late: %s", async (_, move) => {
    for (const ms of await both(move, 1_000)) expect(ms >= 1_000 && ms <= 1_400).toBe(true);
  });

  it("tell a process that starts later: what the wall clock saw then has passed", async () => {
    const world = makeWorld();
    const store = memoryStore();
    open(world, { store }).gate.heard(failure(), stop({ pauseMs: 60_000 }), "a");
    await world.pass(10);
    world.sleep(5 * hours);
    const out = open(world, { store }).enter(read);
    await world.pass(10);
    expect(out).toEqual([[0, null]]);
  });

  it("keep a process that starts after the wall clock was set back waiting for no longer than the pause", async () => {
    const world = makeWorld();
    const store = memoryStore();
    open(world, { store }).gate.heard(failure(), stop({ pauseMs: 60_000 }), "a");
    await world.pass(10_000);
    world.setWall(-5 * hours);
    const out = open(world, { store }).enter(read);
    await world.pass(2 * hours);
    expect(out[0]![0] >= 50_000 && out[0]![0] <= 60_000).toBe(true);
  });

  it("end no wait early that another process learns of after the wall clock was set forward", async () => {
    const world = makeWorld();
    const store = memoryStore();
    const [one, two] = [open(world, { store }), open(world, { store })];
    await world.pass(5_000);
    one.gate.heard(failure({ retry: "never" }), stop({ pauseMs: 1_000 }), "a");
    await world.pass(100);
    world.setWall(5 * hours);
    const out = two.enter(read);
    await world.pass(899);
    expect(out).toEqual([]);
    await world.pass(1_000);
    expect(out).toHaveLength(1);
  });

  it("may differ a little between a process that starts and the others", async () => {
    const world = makeWorld();
    const store = memoryStore();
    open(world, { store }).gate.heard(failure({ retry: "never" }), stop({ pauseMs: 1_000 }), "a");
    await world.pass(500);
    const out = open(world, { store, wall: () => world.wall() + 90 }).enter(read);
    await world.pass(499);
    expect(out).toEqual([]);
    await world.pass(200);
    expect(out).toHaveLength(1);
  });

  it("let nobody leave whose place was written down before the machine slept", async () => {
    const world = makeWorld();
    const memory = memoryStore();
    let isAsleep = false;
    const replace: GateStore["replace"] = (...all) => {
      const done = memory.replace(...all);
      if (!isAsleep) world.sleep(5 * hours);
      isAsleep = true;
      return done;
    };
    let asked = 0;
    const late = (): null => ((asked += 1), null);
    const { enter } = open(world, { store: { ...memory, replace } });
    const out = enter({ ...read, late });
    await world.pass(10_000);
    expect(out[0]?.[1]).toBeNull();
    expect(asked).toBeGreaterThan(2);
  });
});

describe("a budget", () => {
  const paid = { ...read, budget: "outage", cost: 10 };

  it("pays for retries until it is empty, and then says so without a wait", async () => {
    const world = makeWorld();
    const { enter, gate } = open(world);
    const out = enter(paid, paid, paid, read);
    await world.pass(10);
    expect(out.map(([, why]) => why)).toEqual(["budget", null, null, null]);
    gate.heard(failure(), stop({ pauseMs: 9_000 }), "a");
    const held = enter(paid);
    await world.pass(10);
    expect(held).toEqual([[0, "budget"]]);
  });

  it("gets back what the retry did cost that succeeded, else a little, and never more than it holds", async () => {
    const world = makeWorld();
    const { enter, gate } = open(world, { data: noLimits });
    const left = async (): Promise<number> => {
      const out = enter(...times(30, { ...paid, cost: 1 }));
      await world.pass(10);
      return out.filter(([, why]) => why === null).length;
    };
    expect(await left()).toBe(20);
    gate.succeeded("a", { budget: "outage", cost: 10 });
    expect(await left()).toBe(10);
    for (let i = 0; i < 3; i++) gate.succeeded("a");
    gate.succeeded("a", { budget: null, cost: 0 });
    gate.succeeded("a", { budget: "of another catalog", cost: 10 });
    for (const cost of [NaN, Infinity, -5]) gate.succeeded("a", { budget: "outage", cost });
    expect(await left()).toBe(4);
    for (let i = 0; i < 300; i++) gate.succeeded("a");
    expect(await left()).toBe(20);
  });

  it("is not asked where there is none, and cannot pay what is no number", async () => {
    const world = makeWorld();
    const { enter } = open(world);
    const out = enter({ ...paid, budget: "other" }, { ...paid, budget: null });
    const bad = enter({ ...paid, cost: NaN }, { ...paid, cost: -1 }, { ...paid, cost: Infinity });
    await world.pass(10);
    expect(out).toEqual(times(2, [0, null]));
    expect(bad).toEqual(times(3, [0, "budget"]));
  });
});

describe("a store", () => {
  it("is shared: pauses, limits and budgets are", async () => {
    const world = makeWorld();
    const store = memoryStore();
    const [one, two, other] = [
      open(world, { store }),
      open(world, { store }),
      open(world, { store, name: "another account" }),
    ];
    const paid = { ...read, budget: "outage", cost: 20 };
    const out = [...times(3, one), ...times(3, two)].map(({ enter }) => enter(read));
    await world.pass(100);
    expect(out.flat()).toHaveLength(5);
    await world.pass(2_000);
    const spent = [one.enter(paid), two.enter(paid)];
    await world.pass(100);
    expect(spent.flat().map(([, why]) => why)).toEqual([null, "budget"]);
    one.gate.heard(failure(), stop({ pauseMs: 5_000 }), "a");
    await world.pass(100);
    const held = [two.enter(read), other.enter(read)];
    await world.pass(100);
    expect(held).toEqual([[], [[0, null]]]);
    await world.pass(10_000);
    expect(held[0]).toHaveLength(1);
  });

  const broken: readonly (readonly [string, GateStore["read"]])[] = [
    ["rejects", () => Promise.reject(new TypeError("down"))],
    [
      "throws",
      () => {
        throw new TypeError("down");
      },
    ],
  ];

  it.each(broken)("that %s loses no pause and no limit", async (_, fail) => {
    const world = makeWorld();
    const memory = memoryStore();
    let isDown = false;
    const store: GateStore = {
      read: (name) => (isDown ? fail(name) : memory.read(name)),
      replace: memory.replace,
    };
    const limits = { requests: { ...data.limits["requests"]!, perMs: 10_000 } };
    const { gate, enter, events } = open(world, { store, data: { limits } });
    const other = open(world, { store: memory, data: { limits } });
    const told = { retry: "never" } as const;
    other.gate.heard(failure(told), stop({ pauseMs: 2_000 }), "a");
    await world.pass(10);
    const held = enter(read);
    await world.pass(1_000);
    isDown = true;
    await world.pass(980);
    expect(held).toEqual([]);
    await world.pass(100);
    expect(held).toHaveLength(1);
    expect(events.find(({ event }) => event === "store-failed")?.attributes).toEqual({
      "errata.gate.name": "default",
      "error.type": "TypeError",
    });
    // A pause that is heard meanwhile holds here at once, and elsewhere when the store is back.
    gate.heard(failure(told), stop({ pauseMs: 5_000 }), "a");
    const out = enter(...times(6, read));
    await world.pass(1_500);
    isDown = false;
    await world.pass(1_500);
    const elsewhere = other.enter(read);
    isDown = true;
    await world.pass(1_999);
    expect([out, elsewhere]).toEqual([[], []]);
    await world.pass(10);
    expect([out.length, elsewhere.length]).toEqual([4, 1]);
    // What left meanwhile counts elsewhere, too.
    isDown = false;
    await world.pass(2_000);
    const later = other.enter(read);
    await world.pass(2_000);
    expect(later).toEqual([]);
  });

  it("that was away hears of what was spent meanwhile, once", async () => {
    const world = makeWorld();
    const memory = memoryStore();
    let isDown = true;
    const store: GateStore = {
      read: (name) => (isDown ? Promise.reject(new Error("down")) : memory.read(name)),
      replace: memory.replace,
    };
    const { enter } = open(world, { store, data: noLimits });
    const paid = { ...read, budget: "outage", cost: 8 };
    const out = enter(paid, paid, paid);
    await world.pass(1_500);
    expect(out.map(([, why]) => why).filter((why) => why === null)).toHaveLength(2);
    isDown = false;
    enter(read);
    await world.pass(10);
    const later = enter({ ...paid, cost: 5 }, { ...paid, cost: 4 });
    await world.pass(10);
    expect(later).toEqual([
      [0, "budget"],
      [0, null],
    ]);
  });

  it("that always refuses is left alone after a while", async () => {
    const world = makeWorld();
    const store = { ...memoryStore(), replace: () => Promise.resolve(false) };
    const { enter, events } = open(world, { store });
    const out = enter(...times(6, read));
    await world.pass(5_000);
    expect(out.length).toBeGreaterThanOrEqual(5);
    expect(events.find(({ event }) => event === "store-failed")?.attributes).toMatchObject({
      "error.type": "contention",
    });
  });

  it("that does not answer is left alone after two seconds", async () => {
    const silent = { ...memoryStore(), read: () => new Promise<null>(() => {}) };
    const gate = openGate(data, { store: silent });
    expect(await gate.enter(read)).toBeNull();
  });

  it.each([
    "",
    "{}",
    "[]",
    "null",
    '{"at":1e999}',
    '{"at":1,"pauses":[[1]]}',
    '{"at":5,"slots":3}',
  ])("may hold anything: %s", async (text) => {
    const world = makeWorld();
    const store = memoryStore();
    await store.replace("default", null, text, 0);
    const { enter } = open(world, { store });
    const out = enter(read);
    await world.pass(10);
    expect(out).toEqual([[0, null]]);
    expect(JSON.parse((await store.read("default"))!)).toHaveProperty("slots");
  });

  it("stays small, whatever leaves", async () => {
    const world = makeWorld();
    const store = memoryStore();
    const limits = { requests: { count: 2_000, perMs: 1_000, of: "requests", scope: "account" } };
    const { enter } = open(world, { store, data: { limits } });
    for (let i = 0; i < 300; i++) {
      enter(...times(7, read));
      await world.pass(10);
    }
    expect((await store.read("default"))!.length).toBeLessThan(600);
  });
});

describe("events", () => {
  it("say what happened, and a listener that throws changes nothing", async () => {
    const world = makeWorld();
    const { gate, enter, events } = open(world);
    gate.heard(failure(), stop({ pauseMs: 1_500 }), "place");
    gate.heard({ transport: "timeout" }, stop({ pauseMs: 10, pause: "endpoint" }), "place");
    enter(read, { ...read, late: () => "window" });
    await world.pass(2_000);
    const common = { "errata.gate.name": "default" };
    expect(events).toEqual([
      {
        event: "paused",
        attributes: {
          ...common,
          "errata.operation": "place",
          "error.type": "x.limited",
          "http.response.status_code": 429,
          "errata.gate.scope": "account",
          "errata.gate.pause_ms": 1_500,
        },
      },
      {
        event: "paused",
        attributes: {
          ...common,
          "errata.operation": "place",
          "error.type": "timeout",
          "errata.gate.scope": "operation",
          "errata.gate.pause_ms": 10,
        },
      },
      {
        event: "refused",
        attributes: { ...common, "errata.operation": "read", "errata.gate.reason": "window" },
      },
      {
        event: "left",
        attributes: { ...common, "errata.operation": "read", "errata.gate.waited_ms": 1_500 },
      },
    ]);
    const onEvent = (): void => {
      throw new Error("boom");
    };
    const out = open(world, { onEvent }).enter(read);
    await world.pass(10);
    expect(out).toEqual([[0, null]]);
  });
});

describe("a step", () => {
  it("runs once for five reads with one expired token", async () => {
    const { gate } = open(makeWorld());
    let valid = "t0";
    let refreshes = 0;
    // As vendors do: the old token is worth nothing from now on.
    const refresh = async (): Promise<string> => {
      refreshes += 1;
      await new Promise((done) => setImmediate(done));
      valid = `t${refreshes}`;
      return valid;
    };
    const call = async (token: string, slow: number): Promise<string> => {
      for (let i = 0; i < slow; i++) await new Promise((done) => setImmediate(done));
      return token === valid ? token : gate.once("refresh-token", token, refresh);
    };
    valid = "expired";
    // Some are refused before the refresh, some while it runs, and the last one after it.
    const tokens = await Promise.all([0, 0, 1, 1, 9].map((slow) => call("t0", slow)));
    expect([tokens, refreshes]).toEqual([times(5, "t1"), 1]);
    // The new one expires, too.
    expect(await gate.once("refresh-token", "t1", refresh)).toBe("t2");
    expect(await gate.once("refresh-token", "t0", refresh)).toBe("t2");
    expect(refreshes).toBe(2);
  });

  it("that fails fails for all who waited, and runs again for the next one", async () => {
    const { gate } = open(makeWorld());
    let runs = 0;
    const run = (): Promise<string> => {
      runs += 1;
      if (runs === 1) throw new Error("down");
      return Promise.resolve("t1");
    };
    const all = await Promise.allSettled(
      times(3, "t0").map((had) => gate.once("log-in", had, run)),
    );
    expect(all.map(({ status }) => status)).toEqual(times(3, "rejected"));
    expect(await gate.once("log-in", "t0", run)).toBe("t1");
    expect(runs).toBe(2);
  });

  it("is another one under another name", async () => {
    const { gate } = open(makeWorld());
    const run = (value: number) => () => Promise.resolve(value);
    expect(await gate.once("a", undefined, run(1))).toBe(1);
    expect(await gate.once("b", undefined, run(2))).toBe(2);
    expect(await gate.once("a", undefined, run(3))).toBe(1);
    expect(await gate.once("a", 1, run(3))).toBe(3);
  });
});

it("acts on the catalog's tables", async () => {
  const world = makeWorld();
  const { wall, monotonic, wait } = world;
  const tables = { rules: abpRetry, limits: abpLimits, budgets: abpBudgets };
  const gate = openGate(tables, { wall, monotonic, wait });
  const reply = decodeAbp({ status: 429, body: { retry_after: 3 } });
  if (reply.ok) throw new Error(reply.id);
  const input = { operation: "place-orders", attempt: 1, elapsedMs: 0, random: 0 } as const;
  gate.heard(reply.failure, adviseAbp(reply.failure, input), "place-orders");
  let isIn = false;
  void gate.enter({ operation: "read-accounts" }).then(() => {
    isIn = true;
  });
  await world.pass(2_999);
  expect(isIn).toBe(false);
  await world.pass(2);
  expect(isIn).toBe(true);
});
