/** A world for gates: two clocks and timers that are moved by hand, and data to act on. */
import type { GateData, GateOptions } from "trading-api-errors";

export interface World extends Required<Pick<GateOptions, "wall" | "monotonic" | "wait">> {
  /** Lets so much time pass on both clocks. */
  pass(ms: number): Promise<void>;
  /** The machine sleeps: only the wall clock goes on, and timers do not. */
  sleep(ms: number): void;
  /** The wall clock is set, forward or back. */
  setWall(byMs: number): void;
  /** The wall clock stands still from now on, or goes again. */
  stopWall(isStopped: boolean): void;
}

export function makeWorld(): World {
  let mono = 5_000;
  let wall = Date.UTC(2030, 0, 1);
  let isStopped = false;
  let timers: (readonly [at: number, done: () => void])[] = [];
  const goTo = (to: number): void => {
    if (!isStopped) wall += to - mono;
    mono = to;
  };
  return {
    wall: () => wall,
    monotonic: () => mono,
    wait: (ms) => new Promise((done) => timers.push([mono + ms, done])),
    pass: async (ms) => {
      const end = mono + ms;
      for (;;) {
        // Everything that waits for no timer gets its turn.
        await new Promise((done) => setImmediate(done));
        const [next] = timers.toSorted(([a], [b]) => a - b);
        if (next === undefined || next[0] > end) break;
        timers = timers.filter((one) => one !== next);
        goTo(Math.max(mono, next[0]));
        next[1]();
      }
      goTo(end);
    },
    sleep: (ms) => {
      wall += ms;
    },
    setWall: (byMs) => {
      wall += byMs;
    },
    stopWall: (stopped) => {
      isStopped = stopped;
    },
  };
}

const rateRule = {
  verdict: "retry",
  delay: [
    { source: "header", header: "retry-after" },
    { source: "exponential", initialBackoffMs: 1_000, multiplier: 2, maxBackoffMs: 8_000 },
  ],
  combine: "longest",
  maxDelayMs: 30_000,
  maxAttempts: 4,
} as const;

export const data: GateData = {
  rules: { "back-off": rateRule, never: { verdict: "never" }, reconcile: { verdict: "reconcile" } },
  limits: { requests: { count: 5, perMs: 1_000, of: "requests", scope: "account" } },
  budgets: { outage: { tokens: 20, cost: 10, refund: 1 } },
};
