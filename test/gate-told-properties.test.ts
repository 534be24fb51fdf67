/**
 * Whatever headers say, whenever they come and in whichever order requests are answered: until the moment that a header names, no
 * more leaves than it says is left; no window of any position holds more than the catalog allows; and everybody leaves in the end.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { openGate } from "trading-api-errors";
import { makeWorld } from "./gate-world.js";

const count = 12;
const perMs = 1_000;
const weights = { b: 3, c: 5 };
const weightOf = (operation: "a" | "b" | "c"): number =>
  operation === "a" ? 1 : weights[operation];

const operation = fc.constantFrom("a", "b", "c");
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("arrive"),
      operation,
      items: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("answer"),
      /** Which of the unanswered requests. */
      which: fc.nat(),
      left: fc.oneof(fc.integer({ min: -1, max: 14 }), fc.constantFrom("", "many", "1e999")),
      resetMs: fc.oneof(fc.integer({ min: -100, max: 1_500 }), fc.constantFrom("", "soon")),
      failed: fc.boolean(),
    }),
  },
) as fc.Arbitrary<
  | { is: "arrive"; operation: "a" | "b" | "c"; items: number }
  | {
      is: "answer";
      which: number;
      left: number | string;
      resetMs: number | string;
      failed: boolean;
    }
>;

const plan = fc.record({
  isUsed: fc.boolean(),
  of: fc.constantFrom("weight", "items"),
  steps: fc.array(fc.tuple(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })), step), {
    minLength: 1,
    maxLength: 60,
  }),
});

interface Left {
  readonly operation: "a" | "b" | "c";
  readonly at: number;
  readonly weight: number;
}

it("no more leaves than a header says, or than the catalog does", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ isUsed, of, steps }) => {
      const { monotonic, wall, wait, pass } = makeWorld();
      const limit = { count, perMs, of, weights, scope: "account" } as const;
      const reset = { header: "x-reset", as: "epoch-ms" } as const;
      const told = isUsed ? { used: "x-used", reset } : { remaining: "x-left", reset };
      const data = { rules: {}, limits: { weight: { ...limit, ...told } }, budgets: {} };
      const gate = openGate(data, { monotonic, wall, wait });
      const all: Left[] = [];
      const open: Left[] = [];
      /** What may still leave after each answer, and until when. */
      const promises: { may: number; readonly until: number; readonly from: number }[] = [];
      let arrived = 0;
      const broken: object[] = [];
      for (const [afterMs, one] of steps) {
        await pass(afterMs);
        if (one.is === "arrive") {
          arrived += 1;
          const { operation, items } = one;
          void gate.enter({ operation, items }).then(() => {
            const at = monotonic();
            const left = { operation, at, weight: of === "items" ? items : weightOf(operation) };
            all.push(left);
            open.push(left);
            for (const promise of promises) {
              if (at >= promise.until) continue;
              promise.may -= left.weight;
              if (promise.may < 0) broken.push({ ...promise, at });
            }
          });
          continue;
        }
        if (open.length === 0) continue;
        const [answered] = open.splice(one.which % open.length, 1);
        const until = typeof one.resetMs === "number" ? String(wall() + one.resetMs) : one.resetMs;
        const said = isUsed && typeof one.left === "number" ? count - one.left : one.left;
        const headers = { "x-left": String(said), "x-used": String(said), "x-reset": until };
        if (typeof one.left === "number" && typeof one.resetMs === "number" && one.resetMs > 0) {
          const now = monotonic();
          // What left a window ago has arrived.
          const underWay = open.filter(({ at }) => at >= now - perMs);
          const sum = underWay.reduce((total, { weight }) => total + weight, 0);
          promises.push({
            may: Math.max(0, one.left - sum),
            ...{ from: now, until: now + Math.min(one.resetMs, perMs) },
          });
        }
        if (one.failed) {
          const failure = { id: "x.y", category: "validation", retry: "none", headers } as never;
          const advice = { do: "stop", why: "rule", pauseMs: 0, pause: null } as never;
          gate.heard(failure, advice, answered!.operation);
        } else gate.succeeded(answered!.operation, undefined, headers);
      }
      await pass(400_000);
      expect(broken).toEqual([]);
      expect(all).toHaveLength(arrived);
      for (const { at: from } of all) {
        const within = all.filter(({ at }) => at >= from && at <= from + perMs);
        expect(within.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 500 },
  );
});
