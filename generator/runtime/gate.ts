/**
 * The gate of an account: asked directly before the socket, by all calls that share the account's limits, pauses and retry
 * budgets. It knows nothing of HTTP; it says when a request may leave.
 */
import type { Advice, TransportFailure } from "./advice.js";
import type { Failure } from "./failure.js";
import { openAccount } from "./gate-account.js";
import type { Draft, Place } from "./gate-draft.js";
import { type GateEvent, teller } from "./gate-event.js";
import { keptOf, placesOf } from "./gate-places.js";
import { inRounds } from "./gate-rounds.js";
import { type GateStore, memoryStore } from "./gate-store.js";
import { hearTellings } from "./gate-told.js";
import { joinRuns } from "./once.js";
import { countRefusals } from "./refusals.js";
import { wait as timer } from "./timers.js";
import type { Budget, Limit, RetryRule } from "./vocabulary.js";

/** What the catalog says of the account: the tables of an API, as they are generated. */
export interface GateData {
  readonly rules: Readonly<Record<string, RetryRule>>;
  readonly limits: Readonly<Record<string, Limit>>;
  readonly budgets: Readonly<Record<string, Budget>>;
}

export interface GateOptions {
  /** Where several processes share the account; default: the memory of this gate. */
  readonly store?: GateStore;
  /** The account's name in the store; default: `default`. */
  readonly name?: string;
  /**
   * Own counts, by limit: `null` for one that is not kept here. Where the catalog does not say that the vendor sets a limit for
   * each account, a count above the catalog's changes nothing.
   */
  readonly limits?: Readonly<Record<string, number | null>>;
  /** The time in ms since 1970; default: `Date.now`. */
  readonly wall?: () => number;
  /** In ms, from any beginning; default: `performance.now`. */
  readonly monotonic?: () => number;
  /** Resolves after so many ms; default: with `setTimeout`. */
  readonly wait?: (ms: number) => Promise<void>;
  /** For telemetry; a listener that throws changes nothing. */
  readonly onEvent?: (event: GateEvent) => void;
}

/** A request that wants to leave. */
export interface Leaving {
  readonly operation: string;
  /** How many items it has, for a limit that counts them; default: 1. */
  readonly items?: number;
  /** Asked before it leaves, and again after every wait: why it must not leave any more, or `null`. */
  readonly late?: () => string | null;
  /** The budget that it is paid from, and what it costs: for a retry. */
  readonly budget?: string | null;
  readonly cost?: number;
  readonly signal?: { readonly aborted: boolean };
}

export interface Gate {
  /**
   * Resolves with `null` once the request may leave at this moment, and with the reason when it must not: `aborted`, `budget`,
   * `limit` (it has more items than ever may leave at once), or what `late` says, such as `deadline` or `window`. What does not
   * leave takes nothing. Whoever asks first leaves first, except for requests that nothing but their own operation's pause holds
   * back. Never rejects: while the store fails, this process goes on by itself.
   */
  enter(leaving: Leaving): Promise<string | null>;
  /**
   * After a failure: if the vendor refused for being sent too much, or told a wait, or the rule pauses others, nobody enters for
   * that long; only the operation, where the pause is of an endpoint or a bookmaker. Refusals in a row, whichever calls they
   * were for, make it longer. Holds in this process when it returns; the others see it in the store. What its headers say is
   * left of a limit is believed until the vendor counts anew, if that is less than the gate believes.
   */
  heard(failure: Failure | TransportFailure, advice: Advice, operation: string): void;
  /**
   * After a success: ends the row of refusals, and refunds what the retry that succeeded did cost, or else what a success gives
   * back. The headers of the response say what is left of the limits.
   */
  succeeded(
    operation: string,
    retried?: { readonly budget: string | null; readonly cost: number },
    headers?: unknown,
  ): void;
  /**
   * Runs a step, such as to refresh a token, once for all of this process who want it at the same time, and not at all for a
   * caller who `had` something else than the latest result (compared with `Object.is`): that one gets the latest. A run that
   * fails fails for all who waited for it, and the next caller runs it again.
   */
  once<T>(step: string, had: T | undefined, run: () => Promise<T>): Promise<T>;
  /** The latest result of each step: what a request that leaves now has. */
  results(): ReadonlyMap<string, unknown>;
}

/** Opens the gate of an account. Make one for each account and process, and share it. */
export function openGate(data: GateData, options: GateOptions = {}): Gate {
  const { store = memoryStore(), name = "default", wall = Date.now } = options;
  const monotonic = options.monotonic ?? (() => clock.performance.now());
  const wait = async (ms: number): Promise<void> => {
    try {
      await (options.wait ?? timer)(ms);
    } catch {
      await timer(ms);
    }
  };
  const tell = teller(name, options.onEvent);
  const kept = keptOf(data.limits, options.limits ?? {});
  const placeOf = placesOf(kept, data.budgets);
  const tellings = hearTellings(kept, wall, monotonic);
  const windowMs = Math.max(0, ...Object.values(data.limits).map(({ perMs = 0 }) => perMs));
  const refusals = countRefusals(data.rules, windowMs);
  const { budgets } = data;
  const marginMs = options.store === undefined ? 0 : 25;
  const shared = { budgets, store, name, windowMs, marginMs, wall, monotonic, wait };
  const account = openAccount({ ...shared, failed: tell.storeFailed });
  let waiting: readonly Waiting[] = [];

  const settle = (one: Waiting, why: string | null): void => {
    waiting = waiting.filter((other) => other !== one);
    if (why === null) {
      tell.left(one.leaving.operation, monotonic() - one.since);
      tellings.left(one.leaving.operation, one.place);
    } else tell.refused(one.leaving.operation, why);
    one.resolve(why);
  };

  /** Lets those take a place who may leave, in the order in which they came; returns when the next one may. */
  const choose = (draft: Draft): number => {
    let nextMs = Infinity;
    const claimed = new Set<string>();
    for (const one of waiting) {
      const { place, leaving } = one;
      const why =
        whyLate(leaving) ??
        (draft.affords(place) ? null : "budget") ??
        (place.needs.some((need) => draft.waitMs(need) === Infinity) ? "limit" : null);
      if (why !== null) {
        settle(one, why);
        continue;
      }
      const heldMs = account.heldMs(leaving.operation);
      // Whoever is held by a pause claims nothing: when it ends is not a matter of limits.
      const waitMs = Math.max(heldMs, ...place.needs.map((need) => draft.waitMs(need)));
      const isFirst = place.needs.every(({ key }) => !claimed.has(key));
      if (waitMs === 0 && isFirst) draft.take(place);
      else if (heldMs === 0) for (const { key } of place.needs) claimed.add(key);
      if (waitMs > 0) nextMs = Math.min(nextMs, waitMs);
    }
    return nextMs;
  };

  const pass = async (): Promise<number> => {
    let nextMs = Infinity;
    const { places, againMs } = await account.exchange((draft) => {
      tellings.apply(draft);
      nextMs = choose(draft);
    });
    tellings.applied();
    for (const one of waiting.filter(({ place }) => places.includes(place))) {
      // Writing it down took time.
      const why = whyLate(one.leaving);
      const isHeld = account.heldMs(one.leaving.operation) > 0;
      if (why !== null || isHeld) account.giveBack(one.place);
      if (isHeld || why !== null) nextMs = 0;
      if (why !== null || !isHeld) settle(one, why);
    }
    return Math.min(nextMs, againMs);
  };

  const runs = joinRuns();
  const ask = inRounds(pass, monotonic, wait);
  // What others write after this first look was not written before it, whatever the wall clock says then.
  ask();
  return {
    enter: (leaving) =>
      new Promise((resolve) => {
        const place = placeOf(leaving);
        waiting = [...waiting, { leaving, place, since: monotonic(), resolve }];
        ask();
      }),
    heard: (failure, advice, operation) => {
      const headers = "transport" in failure ? null : failure.headers;
      // What never left is answered by nobody.
      const isUnsent = "transport" in failure && failure.transport === "unsent";
      if (!isUnsent && tellings.answered(operation, headers)) ask();
      const now = wall();
      const ms = refusals.after(failure, advice, Number.isFinite(now) ? now : null);
      if (ms === 0) return;
      const own = advice.pause === "endpoint" || advice.pause === "bookmaker";
      account.hold(own ? operation : "", ms);
      tell.paused(failure, operation, own ? "operation" : "account", ms);
      ask();
    },
    succeeded: (operation, retried, headers) => {
      refusals.end();
      if (tellings.answered(operation, headers)) ask();
      if (retried !== undefined && retried.budget !== null) {
        if (Object.hasOwn(budgets, retried.budget)) account.refund(retried.budget, retried.cost);
        return;
      }
      for (const [budget, { refund }] of Object.entries(budgets)) account.refund(budget, refund);
    },
    once: runs.once,
    results: runs.results,
  };
}

interface Waiting {
  readonly leaving: Leaving;
  readonly place: Place;
  /** Since when, by the monotonic clock. */
  readonly since: number;
  readonly resolve: (why: string | null) => void;
}

function whyLate({ signal, late }: Leaving): string | null {
  if (signal?.aborted === true) return "aborted";
  try {
    return late?.() ?? null;
  } catch {
    // Nobody knows that it may still leave.
    return "aborted";
  }
}

/** The platform's clock, which neither the language nor the types used here have. */
const clock = globalThis as unknown as { readonly performance: { now(): number } };
