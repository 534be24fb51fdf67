/** What goes wrong in a run, drawn from its seed alone. */
import type { VenueAnswer } from "../venue.js";

/** From 0 up to 1. */
export type Random = () => number;

/** Numbers that depend on the seed and the stream alone (mulberry32, its seed scrambled first). */
export function randomOf(seed: number, stream: number): Random {
  let state = Math.imul(seed ^ Math.imul(stream + 1, 0x9e3779b9), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 15), 0xc2b2ae35);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a run can meet. The bench and the tests make sure that all of it is met. */
export const faults = [
  "executes, then times out",
  "executes, then breaks off",
  "executes, then answers 5xx",
  "executes, then answers what is no JSON",
  "executes, then redirects",
  "redirects before executing",
  "drops the request before executing",
  "fails before executing",
  "arrives after the client has given up",
  "a proxy sends it twice",
  "throttles and tells the wait",
  "throttles and tells no wait",
  "throttles and tells a longer wait in a header",
  "throttles and tells an absurd wait",
  "emergency pause",
  "refuses the key",
  "a lookup that lags",
  "abp: batch executed in part",
  "abp: declined",
  "abp: declined with bets",
  "abp: duplicates skipped",
  "abp: all duplicates",
  "abp: still in progress",
  "abp: expired on arrival",
  "abp: UUIDs in another letter case",
  "abp: UUID forgotten, and sent again",
  "mm: 502",
  "mm: cancelled before",
  "mm: filled before",
  "6mm: clock off",
  "6mm: token expired",
  "6mm: refresh refused",
  "6mm: signature used twice",
  "6mm: new signature taken for a duplicate",
] as const;
export type Fault = (typeof faults)[number];

/** The fate of one run. */
export interface Plan {
  readonly startMs: number;
  /** The venue's draws; nobody else takes from them. */
  readonly random: Random;
  /** Whether something between client and venue repeats requests that got no answer. */
  readonly proxy: boolean;
  /** When the venue does not work, and whether it then says so. */
  readonly pause: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly silent: boolean;
  } | null;
  /** Whether the venue does not accept the client's key: it will not accept it a moment later either. */
  readonly keyRefused: boolean;
  readonly met: Map<Fault, number>;
}

type Six = [number, number, number, number, number, number];

export function planOf(seed: number, startMs: number): Plan {
  const random = randomOf(seed, 1);
  const [proxy, paused, from, length, silent, key] = Array.from({ length: 6 }, random) as Six;
  const fromMs = startMs + from * 3_000;
  return {
    startMs,
    random,
    proxy: proxy < 0.08,
    // From seconds to ten minutes, the short ones more often.
    pause:
      paused < 0.04 ? { fromMs, toMs: fromMs + 2_000 * 300 ** length, silent: silent < 0.5 } : null,
    keyRefused: key < 0.003,
    met: new Map(),
  };
}

export function met(plan: Plan, fault: Fault): void {
  plan.met.set(fault, (plan.met.get(fault) ?? 0) + 1);
}

export const chance = (plan: Plan, share: number): boolean => plan.random() < share;

/** Between two numbers. */
export const between = (plan: Plan, low: number, high: number): number =>
  low + plan.random() * (high - low);

export function pick<T>(plan: Plan, list: readonly [T, ...T[]]): T {
  return list[Math.floor(plan.random() * list.length)] ?? list[0];
}

/** What keeps a request from being worked on at all. */
export type Obstacle = VenueAnswer | "paused" | "fails" | "throttles";

export function obstacle(plan: Plan, nowMs: number, throttledBefore: boolean): Obstacle | null {
  const { pause } = plan;
  const [drop, throttle, fail] = [plan.random(), plan.random(), plan.random()];
  if (pause !== null && nowMs >= pause.fromMs && nowMs < pause.toMs) {
    met(plan, "emergency pause");
    return pause.silent ? { lost: "timeout" } : "paused";
  }
  if (drop < 0.04) {
    met(plan, "drops the request before executing");
    return { lost: drop < 0.015 ? "timeout" : drop < 0.03 ? "reset" : "closed" };
  }
  if (drop < 0.045) return (met(plan, "redirects before executing"), redirect);
  // Who is over the limit is likely to be over it once more.
  if (throttle < (throttledBefore ? 0.45 : 0.08)) return "throttles";
  if (fail < 0.03) {
    met(plan, "fails before executing");
    return "fails";
  }
  return null;
}

/** What becomes of the answer to a request that was worked on. */
export function spoiled(plan: Plan, answer: VenueAnswer, failure: () => VenueAnswer): VenueAnswer {
  const fate = plan.random();
  if (fate < 0.03) return (met(plan, "executes, then times out"), { lost: "timeout" });
  if (fate < 0.055)
    return (met(plan, "executes, then breaks off"), { lost: fate < 0.045 ? "reset" : "closed" });
  if (fate < 0.085) return (met(plan, "executes, then answers 5xx"), failure());
  if (fate < 0.087) return (met(plan, "executes, then redirects"), redirect);
  if (fate < 0.092) {
    met(plan, "executes, then answers what is no JSON");
    const status = fate < 0.089 ? 200 : 504;
    return { status, headers: { "content-type": "text/html" }, body: "<html>Gateway</html>" };
  }
  return answer;
}

/** A login page, or another host, as something in between would have it. */
const redirect: VenueAnswer = {
  status: 302,
  headers: { location: "https://login.example/", "content-type": "text/html" },
  body: "<html>Moved</html>",
};

/** Seconds in a `Retry-After` that no page documents, more than any page asks for; now and then there is one. */
export function headerSeconds(plan: Plan): number | null {
  if (!chance(plan, 0.1)) return null;
  met(plan, "throttles and tells a longer wait in a header");
  return Math.round(between(plan, 3, 20));
}

export function retryAfter(seconds: number | null): Readonly<Record<string, string>> {
  return seconds === null ? {} : { "retry-after": String(seconds) };
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): VenueAnswer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}
