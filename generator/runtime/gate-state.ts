/** What the processes of an account tell each other, and the text that it is kept as. */
import type { Written } from "./gate-clock.js";
import type { Slot } from "./limiter.js";

/** All times but `wall` are those of the account's clock, in ms. */
export interface GateState extends Written {
  /** Until when nobody sends (`""`), or nobody sends an operation. */
  readonly pauses: Map<string, number>;
  /** What left lately, by limit. */
  readonly slots: Map<string, readonly Slot[]>;
  /** What is left of each budget; one that is missing is full. */
  readonly tokens: Map<string, number>;
}

/** The longest pause, in ms: a timer that is set for longer fires at once; this leaves room for jitter. */
export const longestPauseMs = 2_000_000_000;

/** The state that a text holds; `null` if it holds none, be it that another program wrote it. */
export function readState(text: string | null): GateState | null {
  if (text === null) return null;
  try {
    const { at, wall, pauses, slots, tokens } = JSON.parse(text) as Record<string, unknown>;
    if (!isNumber(at) || !isNumber(wall)) return null;
    return {
      at,
      wall,
      // Nobody waits longer for what was written wrongly than for what can be written.
      pauses: table(pauses, (until) => number(until, at + longestPauseMs)),
      slots: table(slots, (list) =>
        (list as readonly (readonly unknown[])[]).map(([start, count]): Slot => [
          number(start, at + mostAheadMs),
          number(count, Infinity),
        ]),
      ),
      tokens: table(tokens, (left) => number(left, Infinity)),
    };
  } catch {
    return null;
  }
}

export function printState({ at, wall, pauses, slots, tokens }: GateState): string {
  return JSON.stringify({ at, wall, pauses: [...pauses], slots: [...slots], tokens: [...tokens] });
}

/** A place is taken for a moment that is a little ahead, for as long as a slow store takes. */
const mostAheadMs = 10_000;

function table<T>(pairs: unknown, read: (value: unknown) => T): Map<string, T> {
  return new Map(
    (pairs as readonly (readonly [unknown, unknown])[]).map(([name, value]) => [
      String(name),
      read(value),
    ]),
  );
}

function number(value: unknown, most: number): number {
  if (!isNumber(value)) throw new TypeError();
  return Math.min(value, most);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
