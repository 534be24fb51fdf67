/** The state of an account as it is to be written: what the store says, and what this process adds to it. */
import type { Reading } from "./gate-clock.js";
import type { GateState } from "./gate-state.js";
import { givenBack, lasting, living, type Slot, taken, waitFor } from "./limiter.js";
import type { Budget } from "./vocabulary.js";

/** What a request needs of one limit. */
export interface Need {
  /** The limit's name; with the operation where each operation has its own. */
  readonly key: string;
  /** In ms. */
  readonly perMs: number;
  readonly count: number;
  readonly more: number;
}

/** What a request takes when it leaves. */
export interface Place {
  readonly needs: readonly Need[];
  readonly budget: string | null;
  readonly cost: number;
}

/** A place that was taken, and the slot of each need that it is in. */
export interface Taken {
  readonly place: Place;
  readonly starts: readonly number[];
}

/** What the store does not know yet. */
export interface News {
  /** Until when each scope is held, by the monotonic clock. */
  readonly held: Map<string, number>;
  /** What was refunded to each budget, less what was spent. */
  readonly dues: Map<string, number>;
  /** What left without the store, and when by the monotonic clock. */
  readonly owed: readonly (readonly [place: Place, at: number])[];
  /** What did not leave after all. */
  readonly unused: readonly Taken[];
}

export interface Draft {
  readonly state: GateState;
  readonly taken: readonly Taken[];
  /** Whether there is anything to write. */
  readonly changed: boolean;
  /** Whether the budget has what the request costs. */
  affords(place: Place): boolean;
  /** How long until the need can be met, in ms; `Infinity` if it never can. */
  waitMs(need: Need): number;
  take(place: Place): void;
  /** At least so much of a limit is gone until a moment of the monotonic clock; `null` where nobody knows until when. */
  spend(key: string, perMs: number, gone: number, until: number | null): void;
}

/** `leadMs` is how long it may take from now until a request leaves. */
export function draftOf(
  last: GateState | null,
  news: News,
  { at: now, wall, monotonic }: Reading,
  leadMs: number,
  budgets: Readonly<Record<string, Budget>>,
): Draft {
  const places: Taken[] = [];
  const slots = new Map(last?.slots);
  for (const { place, starts } of news.unused)
    place.needs.forEach(({ key, more }, i) => {
      slots.set(key, givenBack(slots.get(key) ?? [], starts[i]!, more));
    });
  const tokens = new Map(last?.tokens);
  const state: GateState = { at: now, wall, pauses: new Map(last?.pauses), slots, tokens };

  const left = (budget: string): number => tokens.get(budget) ?? budgets[budget]!.tokens;
  const pay = (budget: string, cost: number): void => {
    tokens.set(budget, Math.max(0, Math.min(budgets[budget]!.tokens, left(budget) - cost)));
  };
  const takeLimits = (place: Place, moment: number): readonly number[] =>
    place.needs.map(({ key, perMs, more }) => {
      const alive: readonly Slot[] = living(state.slots.get(key) ?? [], perMs, now);
      const after = taken(alive, perMs, more, moment);
      state.slots.set(key, after.slots);
      return after.startMs;
    });

  let changed = news.unused.length + news.owed.length + news.dues.size > 0;
  if (exchangePauses(state.pauses, news.held, now, monotonic)) changed = true;
  for (const [budget, due] of news.dues) pay(budget, -due);
  for (const [place, leftAt] of news.owed) takeLimits(place, now - (monotonic - leftAt));
  return {
    state,
    taken: places,
    get changed() {
      return changed;
    },
    affords: ({ budget, cost }) => budget === null || cost <= left(budget),
    waitMs: (need) => waitFor(state.slots.get(need.key) ?? [], need, need.more, now),
    take: (place) => {
      changed = true;
      places.push({ place, starts: takeLimits(place, now + leadMs) });
      if (place.budget !== null) pay(place.budget, place.cost);
    },
    spend: (key, perMs, gone, until) => {
      const before = slots.get(key) ?? [];
      const untilMs = until === null ? null : now + until - monotonic;
      const after = lasting(before, perMs, gone, now, untilMs);
      if (after === before) return;
      slots.set(key, after);
      changed = true;
    },
  };
}

/** Each side gets the longer pauses of the other. Says whether the state has changed. */
function exchangePauses(
  pauses: Map<string, number>,
  held: Map<string, number>,
  now: number,
  monotonic: number,
): boolean {
  let changed = false;
  for (const [scope, until] of held) {
    const end = now + until - monotonic;
    if (until <= monotonic) held.delete(scope);
    // Sums of two clocks differ by rounding; that is no news.
    else if (end > (pauses.get(scope) ?? -Infinity) + 1) {
      pauses.set(scope, end);
      changed = true;
    }
  }
  for (const [scope, until] of pauses) {
    if (until <= now) pauses.delete(scope);
    else held.set(scope, Math.max(monotonic + until - now, held.get(scope) ?? -Infinity));
  }
  return changed;
}
