/** One item of a write, as far as it is known, and what comes next for it. */
import type { Advice, AdviceInput, Retry, TransportFailure } from "./advice.js";
import type { Failure } from "./failure.js";
import type { Certainty, IdempotencyKey, LookUp, Operation, Step } from "./vocabulary.js";

/** What a session has to know of a write. */
export interface Rules {
  readonly operation: string;
  readonly facts: Operation;
  /** How it is looked up, as far as that is known. */
  readonly look: LookUp | null;
  /** Its idempotency key, where one is documented. */
  readonly key: IdempotencyKey | null;
  advise(failure: Failure | TransportFailure, input: AdviceInput): Advice;
}

/** What the caller says of the whole session. */
export interface Terms {
  /** When the items are no longer wanted, in ms after the start; default: the catalog's deadline. */
  readonly deadlineMs?: number;
  /** Whether nothing below, such as a library or a proxy, may send a request twice. */
  readonly singleSend: boolean;
  /** Whether the key is the item's own and stays, such as the id of an order to be cancelled. */
  readonly keepsKey: boolean;
  /** Whether there is somebody to ask: a look-up that the catalog has, and the caller makes. */
  readonly canLook: boolean;
  /** How often an item may begin anew, once it is proved that no copy was executed. */
  readonly rounds: number;
  /** For how long to look, in ms. */
  readonly lookForMs: number;
}

/** All that a step of the machine depends on besides the item. */
export interface Moment {
  readonly rules: Rules;
  readonly terms: Terms;
  /** In ms from the start of the session, by the clock that says that more has passed: for what may be too late. */
  readonly atMs: number;
  /** The same by the one that says that less has: for what may be too early to be a proof. */
  readonly sureMs: number;
  /** The vendor's time as far as it is known, in ms since 1970: for what is to be waited for. */
  readonly nowMs: number;
  /** From 0 up to 1, for the jitter. */
  readonly random: number;
}

/** What became of an item. */
export type Ending = "placed" | "partly" | "accepted" | "declined" | "not-executed" | "unknown";

/** What says so: the `answer` to a copy, a `look-up`, a `message` from elsewhere, or that all of it stayed `unsent`. */
export type Proof = "answer" | "look-up" | "message" | "unsent";

/** What comes next for an item. Times are in ms from the start of the session. */
export type Todo =
  | {
      readonly do: "send";
      readonly fromMs: number;
      /** It must leave before; `Infinity` where nothing ends it. */
      readonly beforeMs: number;
      readonly key: "same" | "fresh";
      readonly steps: readonly Step[];
      readonly reSign: boolean;
      readonly budget: string | null;
      readonly cost: number;
    }
  | { readonly do: "wait" }
  | { readonly do: "look"; readonly fromMs: number }
  | { readonly do: "end"; readonly is: Ending; readonly by: Proof; readonly certainty: Certainty };

export interface Item {
  readonly todo: Todo;
  /** How many copies left in this round. */
  readonly attempt: number;
  readonly round: number;
  /** Whether a copy may have been executed. Only a look-up makes it known again. */
  readonly prior: "none" | "unknown";
  /** The steps that were made in this round. */
  readonly done: readonly string[];
  /** When its key was first sent, and when the last copy left; `null` before the first. */
  readonly keyMs: number;
  readonly sentMs: number | null;
  /** When the last copy was answered, or nobody waited for it any more, by the clock that says that less has passed. */
  readonly heardMs: number;
  /** Since when it is looked up, and how often it was. */
  readonly lookMs: number | null;
  readonly looks: number;
  /** The latest that went wrong; `null` if nothing did, or what came back says nothing of the item. */
  readonly failure: Failure | TransportFailure | null;
  /** Whether that is what became of the item, and not of the whole request. */
  readonly isItems: boolean;
  /** Whether a copy of this round may still be under way, as nothing that came back tells what became of it. */
  readonly isUnanswered: boolean;
  /** Whether something below may have made a copy of its own, of which a refusal says nothing. */
  readonly isUnsure: boolean;
}

/** An item before its first copy. */
export function begun(): Item {
  const todo = { do: "send", fromMs: 0, beforeMs: Infinity, key: "same" } as const;
  return {
    todo: { ...todo, steps: [], reSign: false, budget: null, cost: 0 },
    ...{
      attempt: 0,
      round: 1,
      prior: "none",
      done: [],
      keyMs: 0,
      sentMs: null,
      lookMs: null,
      heardMs: 0,
    },
    ...{ looks: 0, failure: null, isItems: false, isUnanswered: false, isUnsure: false },
  };
}

/** It is known what became of it. */
export function ended(item: Item, is: Ending, by: Proof, certainty: Certainty): Item {
  return { ...item, todo: { do: "end", is, by, certainty } };
}

/** No copy was executed. */
export function refused(item: Item, by: Proof, certainty: Certainty): Item {
  return ended(item, item.isItems ? "declined" : "not-executed", by, certainty);
}

/** What became of it has to be looked up; with nobody to ask, nobody will know. */
export function looking(item: Item, { terms, atMs }: Moment): Item {
  const open: Item = { ...item, prior: "unknown", lookMs: item.lookMs ?? atMs };
  if (!terms.canLook) return ended(open, "unknown", "answer", "policy");
  return { ...open, todo: { do: "look", fromMs: atMs } };
}

/** Another copy goes out as advised. */
export function ready(item: Item, advice: Retry, { atMs }: Moment, key: "same" | "fresh"): Item {
  const { delayMs, withinMs, before, reSign, budget, cost, next } = advice;
  const todo: Todo = {
    ...{ do: "send", fromMs: atMs + delayMs, beforeMs: atMs + withinMs, key },
    ...{ steps: before, reSign, budget, cost },
  };
  const prior = item.prior === "unknown" ? "unknown" : next.prior;
  return { ...item, todo, prior, done: next.done };
}
