/**
 * What to do after a failure: send again, look up what happened, or stop. Pure and total: the same input gives the same
 * advice, there is no clock, timer or chance in here, and nothing throws.
 *
 * A write goes out again only if it was certainly not executed, or if nobody can tell and the next copy carries the same
 * idempotency key while the vendor still remembers it. In every other case the advice is to look first.
 */
import { delayOf, type Delay } from "./delay.js";
import type { Failure } from "./failure.js";
import type {
  Actor,
  Budget,
  Deadline,
  IdempotencyKey,
  Operation,
  Outcome,
  RetryRule,
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
  /** How often the request was sent, the first call included: 1 after the first failure. Anything else ends the tries. */
  readonly attempt: number;
  /** The time since the first send, in ms. Take it from a clock that cannot go back. */
  readonly elapsedMs: number;
  /** From 0 up to 1, for the jitter. */
  readonly random: number;
  /**
   * Whether an earlier attempt ended in a way that leaves open what became of it. `next` of the advice before says so;
   * if nobody does, `none` after the first attempt and `unknown` after any other.
   */
  readonly prior?: "none" | "unknown";
  /** The steps that were made already for this request, from `next` of the advice before. */
  readonly done?: readonly string[];
  /** How long ago the request's idempotency key was first sent, in ms. Without it the request counts as having none. */
  readonly keyAgeMs?: number;
  /** When the answer is no longer wanted, in ms after the first send; default for a write: the catalog's deadline. */
  readonly deadlineMs?: number;
  /** Whether nothing below the caller, such as a library or a proxy, may have sent the request twice. */
  readonly singleSend?: boolean;
  /** The server's time, in ms since 1970, for a header that has a date. A `Date` header beside it comes first. */
  readonly nowMs?: number;
  /** What is left of the retry budget; without it no budget is kept. */
  readonly tokens?: number;
}

/**
 * Why there is no retry: the `rule` says so; what became of the write is not known or not harmless (`outcome`); all
 * `attempts` or `steps` are used up; the `deadline` or the `window` of the key would pass; the vendor's wait is
 * `too-long`; the `budget` is empty; or nobody says that the request was a `single-send`.
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
  readonly delayFrom: Delay["from"];
  /** The idempotency key of the next copy; `none` where the operation has none. */
  readonly identity: "same" | "fresh" | "none";
  /** Whether the next copy needs a new timestamp and signature. */
  readonly resign: boolean;
  /** What to do first. */
  readonly before: readonly Step[];
  /** Whose other calls must wait as well, such as `api-key` or `client`. */
  readonly pause: string | null;
  /** How many tokens of the budget it costs. */
  readonly cost: number;
  /** What belongs into the next input. */
  readonly next: {
    readonly attempt: number;
    readonly prior: "none" | "unknown";
    readonly done: readonly string[];
  };
}

/** Find out what became of the write before anything else. */
export interface Reconcile {
  readonly do: "reconcile";
  readonly why: Why;
  readonly outcome: Outcome;
  /** The operation that tells; `null` where none is documented. */
  readonly lookup: string | null;
  /** How often to look, and how long to wait between the looks; `null` when nobody documented or chose it. */
  readonly looks: number | null;
  readonly everyMs: number | null;
  readonly remedy: string | null;
}

/** Give the failure back: a write was certainly not executed, or the operation was a read. */
export interface Stop {
  readonly do: "stop";
  readonly why: Why;
  readonly outcome: Outcome;
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
  readonly priors: Readonly<Record<string, { readonly outcome: Outcome; readonly retry: string }>>;
  readonly transport: Readonly<
    Partial<Record<Transport, { readonly retry: string; readonly remedy: string | null }>>
  >;
  readonly words: Readonly<Record<string, Words>>;
}

export function advise(
  data: AdviceData,
  failure: Failure | TransportFailure,
  input: AdviceInput,
): Advice {
  const { attempt, elapsedMs, random, done = [], keyAgeMs, deadlineMs, nowMs, tokens } = input;
  const operation = operationOf(data, input.operation);
  const write = operation.kind === "write";
  const prior = input.prior ?? (attempt === 1 ? "none" : "unknown");
  const { response, rule, outcome, actor, remedy } = meaningOf(
    data,
    failure,
    write && prior !== "none",
  );
  const key = own(data.keys, operation.idempotency);
  const settled = !write || outcome === "not-executed" || outcome === "executed";

  const give = (why: Why): Reconcile | Stop =>
    settled
      ? { do: "stop", why, outcome, actor, remedy }
      : lookUp(why, rule.verdict === "reconcile" ? rule : null);
  const lookUp = (why: Why, schedule: RetryRule | null): Reconcile => ({
    do: "reconcile",
    why,
    outcome: why === "single-send" ? "unknown" : outcome,
    lookup: operation.lookup,
    looks: schedule?.attempts ?? null,
    everyMs: schedule === null ? null : (delayOf(schedule, 1, response, null)?.ms ?? null),
    remedy,
  });

  if (rule.verdict === "never") return give("rule");
  if (rule.verdict === "reconcile") return write ? lookUp("rule", rule) : give("rule");
  const again = write && outcome === "unknown";
  if (write && outcome !== "not-executed" && (!again || rule.identity !== "same"))
    return give("outcome");
  if (again && (key?.windowMs ?? null) === null) return give("outcome");
  if (write && rule.requires === "single-send" && input.singleSend !== true)
    return lookUp("single-send", null);
  const spent = rule.attempts === null || !(Number.isInteger(attempt) && attempt >= 1);
  if (spent || attempt >= rule.attempts!) return give("attempts");

  const before = rule.before.flatMap((step): readonly Step[] => {
    if (!done.includes(step.do)) return [step];
    return step.or === null || done.includes(step.or) ? [] : [{ ...step, do: step.or, or: null }];
  });
  if (rule.before.length > 0 && before.length === 0 && rule.delay.length === 0)
    return give("steps");

  const delay = delayOf(rule, attempt, response, time(nowMs));
  if (delay === null) return give("too-long");
  const share = random >= 0 && random < 1 ? random : 1;
  const delayMs = Math.ceil(delay.ms + share * (rule.jitterMs ?? 0));
  const deadline = write ? own(data.deadlines, rule.deadline) : null;
  const end = Math.min(deadlineMs ?? deadline?.defaultMs ?? Infinity, deadline?.maxMs ?? Infinity);
  if (end !== Infinity && !((time(elapsedMs) ?? Infinity) + delayMs < end)) return give("deadline");
  if (again) {
    const forgotten = (key?.windowMs ?? 0) - (key?.slackMs ?? 0);
    if (!((time(keyAgeMs) ?? Infinity) + delayMs < forgotten)) return give("window");
  }
  const cost = own(data.budgets, rule.budget)?.cost ?? 0;
  if (tokens !== undefined && !(tokens >= cost)) return give("budget");
  return {
    do: "retry",
    delayMs,
    delayFrom: delay.from,
    identity: key === null ? "none" : rule.identity === "fresh" ? "fresh" : "same",
    resign: rule.resign || operation.replayChecked,
    before,
    pause: rule.pause,
    cost,
    next: {
      attempt: attempt + 1,
      prior: again ? "unknown" : "none",
      done: [...done, ...before.map((step) => step.do)],
    },
  };
}

/** What a budget holds after a retry or a success. */
export function budgetAfter(budget: Budget, tokens: number, event: "retry" | "success"): number {
  const after = event === "retry" ? tokens - budget.cost : tokens + budget.refund;
  return Math.max(0, Math.min(budget.tokens, after));
}

/** What is not known here is a write without a key. */
function operationOf({ operations }: AdviceData, name: string): Operation {
  const plain = { method: null, path: null, idempotency: null, lookup: null, replayChecked: false };
  return own(operations, name) ?? { ...plain, kind: name === "read" ? "read" : "write" };
}

interface Meaning {
  readonly response: Failure | null;
  readonly rule: RetryRule;
  readonly outcome: Outcome;
  readonly actor: Actor;
  readonly remedy: string | null;
}

/** What a failure means, given whether an earlier attempt of a write may have been executed. */
function meaningOf(
  data: AdviceData,
  failure: Failure | TransportFailure,
  afterUnknown: boolean,
): Meaning {
  const ruleOf = (name: string | null): RetryRule =>
    own(data.rules, name) ?? data.rules["reconcile"]!;
  if ("transport" in failure) {
    const { retry = null, remedy = null } = own(data.transport, failure.transport) ?? {};
    return { response: null, rule: ruleOf(retry), outcome: "unknown", actor: "operator", remedy };
  }
  const { id, outcome, actor, retry } = failure;
  const words = own(data.words, id);
  // Nobody knows it, so somebody has to look; a read has nothing to look up.
  if (words === null)
    return {
      response: failure,
      rule: ruleOf(null),
      outcome: "unknown",
      actor: "operator",
      remedy: null,
    };
  const told = { response: failure, actor: actor === "reconcile" ? "operator" : actor } as const;
  const { remedy } = words;
  const prior = afterUnknown ? own(data.priors, id) : null;
  if (prior !== null) return { ...told, rule: ruleOf(prior.retry), outcome: prior.outcome, remedy };
  // This copy was not executed, which says nothing of the earlier one.
  const joined = afterUnknown && outcome === "not-executed" ? "unknown" : outcome;
  return { ...told, rule: ruleOf(retry), outcome: joined, remedy };
}

function own<T>(record: Readonly<Record<string, T>>, name: string | null): T | null {
  return name !== null && Object.hasOwn(record, name) ? record[name]! : null;
}

/** A time, or `null` for what is none. */
function time(ms: number | undefined): number | null {
  return ms !== undefined && ms >= 0 ? ms : null;
}
