/**
 * Whenever requests come, however many processes they come from, however slow their store is, and whatever their clocks do: no
 * window of any position holds more than the limit, no pause is undercut, and everybody leaves in the end.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Gate, type GateStore, memoryStore, openGate } from "trading-api-errors";
import { makeWorld, type World } from "./gate-world.js";

const count = 7;
const perMs = 1_000;
const weights = { b: 4, c: 0 };
const data = {
  rules: {},
  limits: {
    items: { count, perMs, of: "items", scope: "account" },
    weight: { count: 9, perMs: 700, of: "weight", weights, scope: "account" },
  },
  budgets: {},
} as const;

/** A store that takes its time. */
function slow(store: GateStore, world: World, delays: readonly number[]): GateStore {
  let asked = 0;
  const wait = (): Promise<void> => world.wait(delays[asked++ % delays.length]!);
  return {
    read: async (name) => {
      await wait();
      const text = await store.read(name);
      await wait();
      return text;
    },
    replace: async (...all) => {
      await wait();
      const done = await store.replace(...all);
      await wait();
      return done;
    },
  };
}

const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      is: fc.constant("arrive"),
      operation: fc.constantFrom("a", "b", "c"),
      items: fc.integer({ min: 1, max: 7 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant("pause"), ms: fc.integer({ min: 1, max: 2_500 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant("sleep"), ms: fc.integer({ min: 1, max: 5_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant("set"), ms: fc.integer({ min: -9_000, max: 9_000 }) }),
  },
) as fc.Arbitrary<
  | { is: "arrive"; operation: "a" | "b" | "c"; items: number }
  | { is: "pause" | "sleep" | "set"; ms: number }
>;

const plan = fc.record({
  /** By how much the wall clock of each process is wrong: they are on machines that agree well. */
  skews: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 4 }),
  delays: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 9 }),
  isSlow: fc.boolean(),
  steps: fc.array(
    fc.tuple(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 700 })), fc.nat(3), step),
    { minLength: 1, maxLength: 60 },
  ),
});

it("no window holds more than the limit, and no pause is undercut", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ skews, delays, isSlow, steps }) => {
      const world = makeWorld();
      const { monotonic, wait } = world;
      const memory = memoryStore();
      const store = isSlow ? slow(memory, world, delays) : memory;
      let sleptMs = 0;
      const now = (): number => monotonic() + sleptMs;
      const failures: unknown[] = [];
      const gates = skews.map((skew) => {
        const wall = (): number => world.wall() + skew;
        const onEvent = ({ event }: { readonly event: string }): void => {
          if (event === "store-failed") failures.push(event);
        };
        const gate: Gate = openGate(data, { store, wall, monotonic, wait, onEvent });
        return { gate, heldUntil: -Infinity };
      });
      // Who has just started knows only the wall clock; here all have looked once before it is moved.
      for (const { gate } of gates) {
        void gate.enter({ operation: "a", items: 0 });
        await world.pass(1_000);
      }
      const left: (readonly [at: number, items: number, weight: number])[] = [];
      const early: unknown[] = [];
      let arrived = 0;
      // What is set back and then forward again between two looks deceives: see gate-clock.ts.
      let isBack = false;
      for (const [afterMs, which, one] of steps) {
        await world.pass(afterMs);
        const process = gates[which % gates.length]!;
        if (one.is === "arrive") {
          arrived += 1;
          const { operation, items } = one;
          void process.gate.enter({ operation, items }).then(() => {
            left.push([now(), items, operation === "a" ? 1 : weights[operation]]);
            if (monotonic() < process.heldUntil) early.push([monotonic(), process.heldUntil]);
          });
        } else if (one.is === "pause") {
          process.heldUntil = Math.max(process.heldUntil, monotonic() + one.ms);
          const pause = { pauseMs: one.ms, pause: "account", do: "stop", why: "rule" } as const;
          const rest = {
            outcome: "unknown",
            certainty: "policy",
            actor: "wait",
            remedy: null,
          } as const;
          process.gate.heard({ transport: "reset" }, { ...pause, ...rest }, "a");
        } else if (one.is === "sleep") {
          sleptMs += one.ms;
          world.sleep(one.ms);
        } else {
          isBack ||= one.ms < 0;
          world.setWall(isBack ? -Math.abs(one.ms) : one.ms);
        }
      }
      await world.pass(400_000);
      expect(failures).toEqual([]);
      expect(early).toEqual([]);
      expect(left).toHaveLength(arrived);
      for (const [from] of left) {
        const within = left.filter(([at]) => at >= from && at <= from + perMs);
        expect(within.reduce((sum, [, items]) => sum + items, 0)).toBeLessThanOrEqual(count);
        const shorter = left.filter(([at]) => at >= from && at <= from + 700);
        expect(shorter.reduce((sum, [, , weight]) => sum + weight, 0)).toBeLessThanOrEqual(9);
      }
    }),
    { numRuns: 300 },
  );
});
