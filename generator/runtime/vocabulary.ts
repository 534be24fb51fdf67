/** The words every catalog shares. They mean the same for every API, so code can act on them across vendors. */

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

/** What became of a write that was answered this way; `accepted` is taken, and decided later. */
export const Outcome = {
  NotExecuted: "not-executed",
  Accepted: "accepted",
  Executed: "executed",
  Partial: "partial",
  PriorReceived: "prior-received",
  Unknown: "unknown",
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/**
 * What a retry rule says: give up (`never`), send again (`retry`), send again after the steps in `before`
 * (`after`), or find out first what happened (`reconcile`).
 */
export const Verdict = {
  Never: "never",
  Retry: "retry",
  After: "after",
  Reconcile: "reconcile",
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** How a request can end without a response. */
export const Transport = {
  Timeout: "timeout",
  Reset: "reset",
  Closed: "closed",
} as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/** The four kinds of entry. */
export const Family = {
  Statuses: "statuses",
  Errors: "errors",
  Declines: "declines",
  Sockets: "sockets",
} as const;
export type Family = (typeof Family)[keyof typeof Family];

/** `T`, or a value that the vendor added after this release. Completion still offers `T`. */
export type Open<T extends string | number> = T | (T extends string ? string & {} : number & {});

/** One place a delay may come from. Delays are in milliseconds. */
export type DelaySource =
  | { readonly from: "header"; readonly header: string }
  | { readonly from: "field"; readonly field: string }
  | {
      readonly from: "exponential";
      readonly baseMs: number;
      readonly factor: number;
      readonly capMs: number | null;
    }
  | { readonly from: "fixed"; readonly ms: number };

/** Something to do before the next try. */
export interface Step {
  readonly do: string;
  /** What to do instead when it was done and did not help. */
  readonly or: string | null;
  /** The operation to call for it, if the API has one. */
  readonly with: string | null;
}

/** A retry rule as the catalog states it; `null` means that nobody documented it and nobody chose it. */
export interface RetryRule {
  readonly verdict: Verdict;
  /** Tried in this order. */
  readonly delay: readonly DelaySource[] | null;
  /** Which delay counts when several sources answer. */
  readonly combine: "first" | "longest" | null;
  /** The longest wait worth making; what happens to a longer one is `overCap`. */
  readonly capMs: number | null;
  readonly overCap: "give-up" | null;
  /** Added to the delay at random, never subtracted. */
  readonly jitterMs: number | null;
  /** How often the request may be sent in all, the first call included; under `reconcile`, how often to look. */
  readonly attempts: number | null;
  /** Whether the next request carries the same idempotency key, a fresh one, or none exists. */
  readonly identity: "same" | "fresh" | "none" | null;
  /** Whether the next request needs a new timestamp and signature. */
  readonly resign: boolean;
  /** `single-send`: a write goes out again only if nothing below the caller may have sent it twice. */
  readonly requires: "single-send" | null;
  readonly before: readonly Step[];
  /** Whose other calls must wait as well, such as `api-key` or `client`. */
  readonly pause: string | null;
  /** The deadline that ends the tries, by its name in the catalog. */
  readonly deadline: string | null;
  /** The budget that each retry is paid from, by its name in the catalog. */
  readonly budget: string | null;
}

/** What the catalog says about one entry, words apart. */
export interface Entry {
  /** Whether it is a success, which has an outcome and no more. */
  readonly success?: true;
  readonly category?: Category;
  readonly actor?: Actor;
  readonly outcome: Outcome;
  /** The name of its retry rule. */
  readonly retry?: string;
}

/** What the catalog says about one entry, in words. */
export interface Words {
  readonly title: string;
  readonly summary: string;
  readonly remedy: string | null;
}

/** How many are allowed: in a time, or (`perMs: null`) at once. */
export interface Limit {
  readonly count: number;
  /** In milliseconds. */
  readonly perMs: number | null;
  readonly of: string;
  /** Whose they are counted by, such as `api-key`. */
  readonly scope: string;
  /** Whether the vendor sets it per scope; `null` when not documented. */
  readonly configurable: boolean | null;
}

/** A time after which something ends by itself. All in milliseconds; `null` when not documented. */
export interface Deadline {
  readonly defaultMs: number | null;
  readonly maxMs: number | null;
  /** The state that follows, as the wire names it. */
  readonly then: string | null;
}

/** Where an idempotency key stands in the request, and how long it is remembered. */
export interface IdempotencyKey {
  /** A JSON pointer; `*` stands for every item of an array. `null` where the key is in a header. */
  readonly at: string | null;
  readonly header: string | null;
  /** In milliseconds; `null` when not documented. */
  readonly windowMs: number | null;
  /** How long before the end of the window a key counts as forgotten. */
  readonly slackMs: number | null;
  /** What happens to a request of which some, or all, items are duplicates. */
  readonly duplicate: {
    readonly some: "skipped" | "rejected" | "replayed";
    readonly all: "skipped" | "rejected" | "replayed";
  };
}

/** An operation, as far as its errors need it. `null` where it is not documented. */
export interface Operation {
  readonly method: string | null;
  readonly path: string | null;
  /** `read`: repeating it changes nothing. */
  readonly kind: "read" | "write";
  /** Its idempotency key, by name. */
  readonly idempotency: string | null;
  /** The operation that tells what became of it. */
  readonly lookup: string | null;
  /** Whether a signature is refused the second time. */
  readonly replayChecked: boolean;
}

/** What keeps an outage from being met by a storm of retries. The state, a number of tokens, is the caller's. */
export interface Budget {
  /** What a full budget holds. */
  readonly tokens: number;
  /** What a retry costs. */
  readonly cost: number;
  /** What a success gives back. */
  readonly refund: number;
}

/** A circuit breaker of the vendor's; `null` when not documented. */
export interface Breaker {
  readonly scope: string;
  /** How many failures open it. */
  readonly threshold: number | null;
  /** In milliseconds. */
  readonly cooldownMs: number | null;
}
