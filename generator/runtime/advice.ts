/** What advice is: what it depends on, and the three things that it can say. */
import type { Condition, Holds } from "./conditions.js";
import type {
  Actor,
  Budget,
  Certainty,
  Deadline,
  DelaySource,
  IdempotencyKey,
  Operation,
  Outcome,
  RetryRule,
  Scope,
  Step,
  Transport,
  Words,
} from "./vocabulary.js";

/** A request that ended without a response. */
export interface TransportFailure {
  readonly transport: Transport;
}

/** An operation of the catalog; or `"read"` or `"write"` for one that it does not have. */
export type AnyOperation<Op extends string> = Op | "read" | "write";

/** All that an advice depends on. What is not the number that it should be never makes a retry earlier or likelier. */
export interface AdviceInput<Op extends string = string> {
  readonly operation: AnyOperation<Op>;
  /** How often the request was sent, the first call included: 1 after the first failure. Anything else ends the attempts. */
  readonly attempt: number;
  /** The time since the first send, in ms. Take it from a clock that cannot go back. */
  readonly elapsedMs: number;
  /** From 0 up to 1, for the jitter. */
  readonly random: number;
  /**
   * Whether an earlier attempt ended with an unknown outcome. `next` of the advice before says so;
   * if nobody does, `none` after the first attempt and `unknown` after any other.
   */
  readonly prior?: "none" | "unknown";
  /** The steps that were made already for this request, from `next` of the advice before. */
  readonly done?: readonly string[];
  /** How long ago the request's idempotency key was first sent, in ms. Without it the request counts as having none. */
  readonly keyAgeMs?: number;
  /** When the answer is no longer wanted, in ms after the first send; default for a write: the catalog's deadline. */
  readonly deadlineMs?: number;
  /**
   * Whether the request was sent once: `false` if something below the caller, such as a library or a proxy, may have sent
   * it twice. Then no answer proves what happened to a write, since there may be another copy. Say `true` only if you know:
   * a write goes out under a fresh key only then, as nothing would reveal that it is a second copy.
   */
  readonly singleSend?: boolean;
  /** The server's time, in ms since 1970, for a moment to wait for. What the response says of the time comes first. */
  readonly nowMs?: number;
  /** What is left of the retry budget; without it no budget is kept. */
  readonly tokens?: number;
}

/**
 * Why there is no retry: the `rule` says so; the outcome of the write is unknown or not harmless (`outcome`); all
 * `attempts` or `steps` are used up; the `deadline` or the `window` of the key would pass; the vendor's wait is
 * `too-long`; the `budget` is empty; or a copy that nobody knows of could not be told from the next one, and
 * nobody says that the request was a `single-send`.
 */
export type Why =
  | "rule"
  | "outcome"
  | "attempts"
  | "steps"
  | "deadline"
  | "window"
  | "too-long"
  | "budget"
  | "single-send";

/** Wait, make the steps, and send the request again. */
export interface Retry {
  readonly do: "retry";
  /** In ms, jitter included. */
  readonly delayMs: number;
  /** Where the delay comes from; `null` when nobody documented or chose one. */
  readonly delayFrom: DelaySource["source"] | null;
  /** The idempotency key of the next copy; `none` where the operation has none. */
  readonly identity: "same" | "fresh" | "none";
  /** Whether the next copy needs a new timestamp and signature. */
  readonly reSign: boolean;
  /** What to do first. */
  readonly before: readonly Step[];
  /** Whose other calls must wait as well. */
  readonly pause: Scope | null;
  /** How long from now the request may still leave, in ms; the wait is shorter. `Infinity` where nothing ends it. */
  readonly withinMs: number;
  /** The budget that it is paid from, by name, and how many tokens it costs. */
  readonly budget: string | null;
  readonly cost: number;
  /** What belongs into the next input. */
  readonly next: {
    readonly attempt: number;
    readonly prior: "none" | "unknown";
    readonly done: readonly string[];
  };
}

/** For how long no request is wanted, whatever it is for: a lookup or a new call has to wait as well. */
interface Pause {
  /** In ms, and never more than a timer holds; 0 when nobody asks for it. What cannot be read counts as a minute, or as the rule's longest wait. */
  readonly pauseMs: number;
  /** Whose calls it is for. */
  readonly pause: Scope | null;
}

/** What is known of the write. */
interface Known {
  readonly outcome: Outcome;
  /** How that is known; an outcome that is `unknown` because of what came before, or for want of an answer, is `policy`. */
  readonly certainty: Certainty;
}

/** Look up what happened to the write before anything else. */
export interface Reconcile extends Known, Pause {
  readonly do: "reconcile";
  readonly why: Why;
  /** The operation that tells; `null` where none is documented. */
  readonly lookup: string | null;
  /** How often to look, and how long to wait between the looks; `null` when nobody documented or chose it. */
  readonly looks: number | null;
  readonly everyMs: number | null;
  /** What to do, in words; `null` where the entry's words do not hold after what came before. */
  readonly remedy: string | null;
}

/** Give the failure back: a write was not executed, as surely as its `certainty` says; or the operation was a read. */
export interface Stop extends Known, Pause {
  readonly do: "stop";
  readonly why: Why;
  readonly actor: Actor;
  readonly remedy: string | null;
}

export type Advice = Retry | Reconcile | Stop;

/** What the advice of one API is made from. */
export interface AdviceData {
  readonly rules: Readonly<Record<string, RetryRule>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly keys: Readonly<Record<string, IdempotencyKey>>;
  readonly deadlines: Readonly<Record<string, Deadline>>;
  readonly budgets: Readonly<Record<string, Budget>>;
  /** What a failure means after an attempt whose outcome is not known, where it then means something else. */
  readonly priors: Readonly<
    Record<
      string,
      { readonly outcome: Outcome; readonly retry: string; readonly certainty?: Certainty }
    >
  >;
  /** How the outcomes of the entries are known: most of them, and the others by their ids; if missing, all are inferred. */
  readonly certainty?: {
    readonly most: Certainty;
    readonly others: Readonly<Record<string, Certainty>>;
  };
  readonly transport: Readonly<
    Partial<Record<Transport, { readonly retry: string; readonly remedy?: string }>>
  >;
  readonly words: Readonly<Record<string, Words>>;
  /** What a response says, in its headers, that is not to be answered by sending again; and what reads it. */
  readonly noRetry?: readonly Condition[];
  readonly holds?: Holds;
}
