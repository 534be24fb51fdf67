/** The words every catalog shares. They mean the same for every API, so code can act on them across vendors. */
import type { WaitForm } from "./waits.js";

/** What went wrong, in one of sixteen meanings shared by all APIs. */
export const Category = {
  Credentials: "credentials",
  SessionExpired: "session-expired",
  Permission: "permission",
  ClockSkew: "clock-skew",
  Duplicate: "duplicate",
  Validation: "validation",
  NotFound: "not-found",
  StateConflict: "state-conflict",
  FundsOrLimits: "funds-or-limits",
  MarketUnavailable: "market-unavailable",
  Throttled: "throttled",
  Unavailable: "unavailable",
  Internal: "internal",
  PartialFailure: "partial-failure",
  Unsupported: "unsupported",
  Unknown: "unknown",
} as const;
export type Category = (typeof Category)[keyof typeof Category];

/** Who has to act before the same thing can work. */
export const Actor = {
  Client: "client",
  Operator: "operator",
  Wait: "wait",
  ReAuthenticate: "re-authenticate",
  ReSign: "re-sign",
  Reconcile: "reconcile",
} as const;
export type Actor = (typeof Actor)[keyof typeof Actor];

/** What happened to a write that was answered this way; `accepted` is taken, and decided later. */
export const Outcome = {
  NotExecuted: "not-executed",
  Accepted: "accepted",
  Executed: "executed",
  Partial: "partial",
  PriorReceived: "prior-received",
  Unknown: "unknown",
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** How a fact is known: the vendor says it; or it follows from what the vendor says; or it is a choice of the catalog's. */
export type Certainty = "documented" | "inferred" | "policy";

/** What a retry rule says. */
export const Verdict = {
  Never: "never",
  Retry: "retry",
  After: "after",
  Reconcile: "reconcile",
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** How a request can end without a response; `unsent` is one that never left. */
export const Transport = {
  Timeout: "timeout",
  Reset: "reset",
  Closed: "closed",
  Unsent: "unsent",
} as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/** `T`, or a value that the vendor added after this release. Completion still offers `T`. */
export type Open<T extends string | number> = T | (T extends string ? string & {} : number & {});

/** A moment that the response names, from which another one is counted: a place in the body, or a header. */
export interface ZeroPoint {
  readonly at?: readonly string[];
  readonly header?: string;
  readonly as: WaitForm;
}

/**
 * One place a delay may come from. Delays are in milliseconds. What is until a moment counts from `since`, from the `Date`
 * header or from the caller's clock: the first that is known.
 */
export type DelaySource =
  | {
      readonly source: "header";
      readonly header: string;
      /** What a plain number in it is; seconds unless it is said, or the header's name ends with `-ms`. */
      readonly as?: WaitForm;
      readonly since?: ZeroPoint;
    }
  | { readonly source: "field"; readonly field: string; readonly since?: ZeroPoint }
  | {
      readonly source: "exponential";
      readonly initialBackoffMs: number;
      readonly multiplier: number;
      readonly maxBackoffMs?: number;
    }
  | { readonly source: "fixed"; readonly ms: number };

/** Something that can be done before the next attempt. */
export type StepName =
  "refresh-token" | "log-in" | "sync-clock" | "reduce-rate" | "close-connection" | "re-quote";

/** Something to do before the next attempt. */
export interface Step {
  readonly do: Open<StepName>;
  /** The step of every API that it is a case of, where it is one of the API's own. */
  readonly base?: StepName;
  /** What to do instead when it was done and did not help. */
  readonly fallback?: Open<StepName>;
  /** The operation to call for it, if the API has one. */
  readonly operation?: string;
}

/** Whose calls share a limit, a pause or a breaker. */
export type Scope = "api-key" | "client" | "ip" | "account" | "bookmaker" | "endpoint";

/** How a rule waits. What is missing was neither documented nor chosen. */
interface Waits {
  /** Tried in this order. */
  readonly delay?: readonly DelaySource[];
  /** Which delay counts when several sources answer: the first, unless the rule says the longest. */
  readonly combine?: "first" | "longest";
}

/** A rule that sends again. */
export interface Resend extends Waits {
  /** Give up rather than wait longer than this. */
  readonly maxDelayMs?: number;
  /** Added to the delay at random, never subtracted. */
  readonly jitterMs?: number;
  /** How many requests in all, the first one included. */
  readonly maxAttempts?: number;
  /** Whether the next request carries the same idempotency key, a fresh one, or none exists. */
  readonly identity?: "same" | "fresh" | "none";
  /** Whether the next request needs a new timestamp and signature. */
  readonly reSign?: true;
  /** `single-send`: a write goes out again only if nothing below the caller may have sent it twice. */
  readonly requires?: "single-send";
  /** Whose other calls must wait as well. */
  readonly pause?: Scope;
  /** The deadline that ends the attempts, by its name in the catalog. */
  readonly deadline?: string;
  /** The budget that each retry is paid from, by its name in the catalog. */
  readonly budget?: string;
  /** How many tokens it costs, where that is not the budget's own cost. */
  readonly cost?: number;
}

/**
 * A retry rule: stop (`never`), send again (`retry`), send again after the steps in `before` (`after`), or look up first
 * what happened (`reconcile`), at most so often.
 */
export type RetryRule =
  | { readonly verdict: "never" }
  | (Resend & { readonly verdict: "retry" })
  | (Resend & { readonly verdict: "after"; readonly before: readonly Step[] })
  | (Waits & { readonly verdict: "reconcile"; readonly maxAttempts?: number });

/** What the catalog says about one entry, words apart. */
export interface Entry {
  /** Whether it is a success, which has an outcome and no more. */
  readonly success?: true;
  readonly category?: Category;
  readonly actor?: Actor;
  readonly outcome: Outcome;
  /** The name of its retry rule. */
  readonly retry?: string;
  /** What it means for some operations, where that is something else; and the most careful of all that it may mean. */
  readonly on?: Readonly<Record<string, Entry>>;
  readonly unasked?: Entry;
}

/** What the catalog says about one entry, in words. */
export interface Words {
  readonly title: string;
  readonly summary: string;
  readonly remedy?: string;
}

/** How many are allowed: in a time, or (without `perMs`) at once. */
export interface Limit {
  readonly count: number;
  /** In milliseconds. */
  readonly perMs?: number;
  readonly of: "requests" | "connections" | "items" | "weight";
  /** How much a call of each operation counts in a limit of weight, where that is not 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Whose they are counted by. */
  readonly scope: Scope;
  /** Whether the vendor sets it per scope; missing when not documented. */
  readonly configurable?: boolean;
  /** The response headers that say how much is left, how much was used, and when the vendor counts anew. */
  readonly remaining?: string;
  readonly used?: string;
  readonly reset?: { readonly header: string; readonly as: WaitForm };
}

/** A time after which something ends by itself. All in milliseconds; missing when not documented. */
export interface Deadline {
  readonly defaultMs?: number;
  readonly maxMs?: number;
  /** The state that follows, as the wire names it. */
  readonly state?: string;
}

/** Where an idempotency key stands in the request, and how long it is remembered. */
export interface IdempotencyKey {
  /** A JSON pointer; `*` stands for every item of an array. Missing where the key is in a header. */
  readonly at?: string;
  readonly header?: string;
  /** In milliseconds; missing when not documented. */
  readonly windowMs?: number;
  /** How long before the end of the window a key counts as forgotten. */
  readonly slackMs?: number;
  /** The response header that marks an answer as that of the first copy, such as `idempotent-replayed`. */
  readonly replayHeader?: string;
  /** What happens to a request of which some, or all, items are duplicates. */
  readonly duplicate: {
    readonly some: "skipped" | "rejected" | "replayed";
    readonly all: "skipped" | "rejected" | "replayed";
  };
}

/** An operation, as far as its errors need it. What is missing is not documented. */
export interface Operation {
  readonly method?: string;
  readonly path?: string;
  /** `read`: repeating it changes nothing. */
  readonly kind: "read" | "write";
  /** Its idempotency key, by name. */
  readonly idempotency?: string;
  /** The operation that looks up what happened to it. */
  readonly lookup?: string;
  /** `harmless`: a second execution changes nothing more. */
  readonly repeat?: "harmless";
  /** Whether a signature is refused the second time. */
  readonly replayChecked?: true;
}

/** What keeps an outage from being met by a storm of retries. The state, a number of tokens, is the caller's. */
export interface Budget {
  /** What a full budget holds. */
  readonly tokens: number;
  /** What a retry costs, where its rule does not say. */
  readonly cost: number;
  /** What a success gives back that took no retry. */
  readonly refund: number;
}

/** A circuit breaker of the vendor's; what is missing is not documented. */
export interface Breaker {
  readonly scope: Scope;
  /** How many failures open it. */
  readonly threshold?: number;
  /** In milliseconds. */
  readonly cooldownMs?: number;
}

/** Where a key goes in a request: a parameter of the query, a part of the path, a JSON pointer into the body, or a header. */
export type KeyPlace = Readonly<Partial<Record<"query" | "path" | "at" | "header", string>>>;

/** The operation that takes a write back by its key. */
export interface CancelByKey {
  readonly operation: string;
  readonly by?: KeyPlace;
}

/** How to find out what became of a write: the look-up, and what its answers prove. */
export interface LookUp {
  /** The operation that looks, by name: a read. */
  readonly operation: string;
  /** Where the key goes in its request. */
  readonly by?: KeyPlace;
  /** What stands between the keys of several items in one look-up; without it, each item has a look-up of its own. */
  readonly join?: string;
  /** How many characters of the key the vendor keeps. */
  readonly cut?: number;
  /** Where its response has what was found: a JSON pointer, to a list or to a single item. */
  readonly items: string;
  /** Where an item has its key and its status: JSON pointers within it. */
  readonly key?: string;
  readonly status?: string;
  /** Where it says, by any value but `false`, that it does not show all. */
  readonly more?: string;
  /** What it means that an item was found, by its status; or whatever its status is. */
  readonly found: Outcome | Readonly<Record<string, Outcome>>;
  /** The statuses that no copy still under way can change. */
  readonly final?: readonly string[];
  /** What it covers: everything, only what is open, or (in ms) only what is no older; missing when nobody knows. */
  readonly covers?: "all" | "open" | number;
  /** How long after the last copy was answered, or given up, something may still turn up, in ms. */
  readonly settleMs?: number;
  /** The same once every copy was answered, so that none is under way: how long until the look-up shows what was done, in ms. */
  readonly lagMs?: number;
  /** What it means that nothing was found once that time has passed. */
  readonly absent: "not-executed" | "unknown";
  /** The failures that say that there is none, by id. */
  readonly none?: readonly string[];
}
