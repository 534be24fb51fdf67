/**
 * What one process knows of an account, and how it comes to terms with the others: all that a request takes, and every pause,
 * goes into the store in one replacement, or not at all.
 *
 * While the store fails, or too many fight over it, a process goes on with what it saw last and what it did since, and tells
 * the store when it is back. Until then each process keeps the limits by itself, and together they may exceed them; but no
 * pause is lost that the process has heard or seen.
 */
import { accountClock, type Reading } from "./gate-clock.js";
import { type Draft, draftOf, type Place, type Taken } from "./gate-draft.js";
import { type GateState, longestPauseMs, printState, readState } from "./gate-state.js";
import { type GateStore, inTime } from "./gate-store.js";
import type { Budget } from "./vocabulary.js";

export interface Account {
  /** Makes everybody (`""`), or those who want an operation, wait at least so long from now. */
  hold(scope: string, ms: number): void;
  /** How long an operation is held, in ms. */
  heldMs(operation: string): number;
  refund(budget: string, tokens: number): void;
  /** Looks at the account, and takes what `choose` takes; it is asked again if somebody else was faster. */
  exchange(choose: (draft: Draft) => void): Promise<Exchanged>;
  /** Undoes a place of the latest exchange. */
  giveBack(place: Place): void;
}

export interface Exchanged {
  /** Those that may leave at this moment. */
  readonly places: readonly Place[];
  /** When to exchange again at the latest, in ms: `Infinity` if there is nothing that the others have to hear. */
  readonly againMs: number;
}

export interface AccountOptions {
  readonly budgets: Readonly<Record<string, Budget>>;
  readonly store: GateStore;
  readonly name: string;
  /** The longest window of the limits, in ms. */
  readonly windowMs: number;
  /** How much longer what leaves counts, since the clocks of the others are not quite the same. */
  readonly marginMs: number;
  readonly wall: () => number;
  readonly monotonic: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** The store is not used for now. */
  readonly failed: (error: unknown) => void;
}

export function openAccount(options: AccountOptions): Account {
  const { budgets, store, name, wall, monotonic } = options;
  const clock = accountClock(wall, monotonic);
  let seen: readonly [text: string | null, state: GateState | null] = [null, null];
  let downUntil = -Infinity;
  /** A place is taken for a moment so far ahead; what the store confirms later than that has to be taken again. */
  let leadMs = leastLeadMs;
  let latest: readonly Taken[] = [];
  // A pause that was heard or seen is also kept here, by the monotonic clock: whatever happens in the store, it is kept.
  const held = new Map<string, number>();
  const dues = new Map<string, number>();
  let owed: (readonly [place: Place, at: number])[] = [];
  let unused: Taken[] = [];

  const owe = (budget: string | null, tokens: number): void => {
    if (budget !== null && tokens !== 0) dues.set(budget, (dues.get(budget) ?? 0) + tokens);
  };
  const draft = (last: GateState | null, reading: Reading, lead: number): Draft =>
    draftOf(last, { held, dues, owed, unused }, reading, lead, budgets);
  const keepMs = ({ at, pauses }: GateState): number =>
    Math.ceil(Math.max(0, ...[...pauses.values()].map((until) => until - at))) +
    2 * options.windowMs +
    forgetMs;

  /** One try to write what `choose` takes; `null` if somebody else was faster. */
  const attempt = async (choose: (draft: Draft) => void): Promise<Exchanged | null> => {
    const text = await inTime(store, () => store.read(name));
    const last = readState(text);
    const reading = clock.read(text, last);
    const next = draft(last, reading, leadMs + options.marginMs);
    const told = new Map(dues);
    choose(next);
    if (!next.changed) {
      seen = [text, last];
      latest = [];
      return { places: [], againMs: Infinity };
    }
    const { state } = next;
    const written = printState(state);
    if (!(await inTime(store, () => store.replace(name, text, written, keepMs(state)))))
      return null;
    clock.wrote(written, reading);
    seen = [written, state];
    for (const [budget, due] of told) {
      const rest = dues.get(budget)! - due;
      if (rest === 0) dues.delete(budget);
      else dues.set(budget, rest);
    }
    owed = [];
    unused = [];
    latest = next.taken;
    // The machine may have slept in between, and then only the wall clock knows.
    const tookMs = Math.max(monotonic() - reading.monotonic, wall() - reading.wall || 0);
    const inTimeToLeave = tookMs <= leadMs;
    leadMs = Math.min(Math.max(leastLeadMs, 2 * tookMs, leadMs / 2), mostLeadMs);
    if (inTimeToLeave) return { places: latest.map(({ place }) => place), againMs: Infinity };
    for (const { place } of latest) giveBack(place);
    return { places: [], againMs: 0 };
  };

  /** The same without the store. */
  const alone = (choose: (draft: Draft) => void): Exchanged => {
    const next = draft(seen[1], clock.read(...seen), 0);
    choose(next);
    latest = [];
    for (const { place } of next.taken) {
      owed.push([place, monotonic()]);
      owe(place.budget, -place.cost);
    }
    const oldest = monotonic() - 2 * options.windowMs;
    owed = owed.filter(([{ needs }, at]) => needs.length > 0 && at > oldest);
    const places = next.taken.map(({ place }) => place);
    return { places, againMs: held.size > 0 ? againMs : Infinity };
  };

  const giveBack = (place: Place): void => {
    owe(place.budget, place.cost);
    unused.push(...latest.filter((one) => one.place === place));
    owed = owed.filter(([one]) => one !== place);
  };

  return {
    hold: (scope, ms) => {
      const until = monotonic() + Math.min(ms, longestPauseMs);
      held.set(scope, Math.max(until, held.get(scope) ?? -Infinity));
    },
    heldMs: (operation) => {
      const until = ["", operation].map((scope) => held.get(scope) ?? -Infinity);
      return Math.max(0, Math.max(...until) - monotonic());
    },
    refund: (budget, tokens) => {
      if (tokens > 0 && tokens < Infinity) owe(budget, tokens);
    },
    giveBack,
    exchange: async (choose) => {
      if (monotonic() < downUntil) return alone(choose);
      try {
        for (let tries = 0; tries < mostTries; tries++) {
          const done = await attempt(choose);
          if (done !== null) return done;
          // The more are fighting, the longer it takes.
          await options.wait(Math.random() * Math.min(2 * 2 ** tries, 50));
        }
        throw Object.assign(new Error("Too many fight over the store."), { name: "contention" });
      } catch (error) {
        downUntil = monotonic() + againMs;
        options.failed(error);
        return alone(choose);
      }
    },
  };
}

/** How often to try to write while others write as well. */
const mostTries = 50;

/** How long to leave a store alone that fails, in ms. */
const againMs = 1_000;

/** How long the store should keep what ends no wait, such as an empty budget, in ms. */
const forgetMs = 3_600_000;

const leastLeadMs = 5;
const mostLeadMs = 4_000;
