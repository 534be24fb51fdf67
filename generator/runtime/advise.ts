/**
 * What to do after a failure: send again, look up what happened, or stop. Pure and total: the same input gives the same
 * advice, there is no clock, timer or chance in here, and nothing throws.
 *
 * A write goes out again only if it was not executed, or if that is unknown and the next copy carries the same idempotency
 * key while the vendor still remembers it. In every other case the advice is to look first.
 */
import type {
  Advice,
  AdviceData,
  AdviceInput,
  Reconcile,
  Retry,
  Stop,
  TransportFailure,
  Why,
} from "./advice.js";
import { type Delay, delayOf } from "./delay.js";
import type { Failure } from "./failure.js";
import { headerOf } from "./headers.js";
import type {
  Actor,
  Budget,
  Certainty,
  IdempotencyKey,
  Operation,
  Outcome,
  RetryRule,
  Step,
} from "./vocabulary.js";

export function advise(
  data: AdviceData,
  failure: Failure | TransportFailure,
  input: AdviceInput,
): Advice {
  const operation = operationOf(data, input.operation);
  const prior = input.prior ?? (input.attempt === 1 ? "none" : "unknown");
  // A copy that the caller does not know of counts as an earlier attempt without an answer.
  const afterUnknown = prior !== "none" || input.singleSend === false;
  const key = input.keyAgeMs === undefined ? null : own(data.keys, operation.idempotency ?? null);
  const unanswered = operation.kind === "write" && afterUnknown && !isReplay(key, failure);
  const said = meaningOf(data, failure, operation, unanswered);
  const meaning = isRefused(data, said.response)
    ? { ...said, rule: { verdict: "never" } as const }
    : said;
  const others = alsoIn(meaning.response).map((one) => [ruleOf(data, one.retry), one] as const);
  const delay = delayOf(meaning.rule, input.attempt, meaning.response, time(input.nowMs), others);
  const retry = retryOf(data, operation, meaning, delay, input);
  return typeof retry === "string" ? withoutRetry(operation, meaning, delay, retry) : retry;
}

/** Whether the vendor says in a header that sending again is of no use. */
function isRefused({ noRetry, holds }: AdviceData, response: Failure | null): boolean {
  return (
    response !== null && noRetry?.some((one) => holds!([one], null, response.headers)) === true
  );
}

/** What a budget holds after a retry, or after a success, which gives back the `cost` of its retry if it took one. */
export function budgetAfter(
  budget: Budget,
  tokens: number,
  event: "retry" | "success",
  cost?: number,
): number {
  const after =
    event === "retry" ? tokens - (cost ?? budget.cost) : tokens + (cost ?? budget.refund);
  return Math.max(0, Math.min(budget.tokens, after));
}

/** The next attempt, or why there is none. */
function retryOf(
  data: AdviceData,
  operation: Operation,
  { rule, outcome }: Meaning,
  delay: Delay,
  input: AdviceInput,
): Retry | Why {
  const { attempt } = input;
  if (rule.verdict === "never" || rule.verdict === "reconcile") return "rule";

  const write = operation.kind === "write";
  // What has arrived, or may have, is not placed again by a copy that the vendor knows by its key.
  const unsure = write && (outcome === "unknown" || outcome === "prior-received");
  const key = own(data.keys, operation.idempotency ?? null);
  const windowMs = input.keyAgeMs === undefined ? null : (key?.windowMs ?? null);
  if (write && outcome !== "not-executed" && !unsure) return "outcome";
  if (unsure && (rule.identity !== "same" || windowMs === null)) return "outcome";
  const isTelling = rule.requires === "single-send" || rule.identity === "fresh";
  if (write && isTelling && input.singleSend !== true) return "single-send";

  if (!Number.isInteger(attempt) || attempt < 1) return "attempts";
  if (attempt >= (rule.maxAttempts ?? 0)) return "attempts";
  const done = Array.isArray(input.done) ? (input.done as readonly string[]) : [];
  const before = stepsLeft(rule.verdict === "after" ? rule.before : [], done);
  if (rule.verdict === "after" && before.length === 0 && rule.delay === undefined) return "steps";

  if (delay.tooLong) return "too-long";
  const { random } = input;
  const share = typeof random === "number" && random >= 0 && random < 1 ? random : 1;
  const delayMs = Math.ceil(delay.ms + share * (rule.jitterMs ?? 0));
  const deadline = write ? own(data.deadlines, rule.deadline ?? null) : null;
  const wanted = input.deadlineMs ?? deadline?.defaultMs ?? Infinity;
  const end = typeof wanted === "number" ? Math.min(wanted, deadline?.maxMs ?? Infinity) : NaN;
  const leftMs = end === Infinity ? Infinity : end - since(input.elapsedMs);
  if (!(delayMs < leftMs)) return "deadline";
  const knownMs = unsure ? windowMs! - (key?.slackMs ?? 0) - since(input.keyAgeMs) : Infinity;
  if (!(delayMs < knownMs)) return "window";
  const budget = own(data.budgets, rule.budget ?? null);
  const cost = budget === null ? 0 : (rule.cost ?? budget.cost);
  if (input.tokens !== undefined && !(input.tokens >= cost)) return "budget";

  return {
    do: "retry",
    delayMs,
    delayFrom: delay.from,
    identity: key === null ? "none" : rule.identity === "fresh" ? "fresh" : "same",
    reSign: rule.reSign === true || operation.replayChecked === true,
    before,
    pause: rule.pause ?? null,
    withinMs: Math.min(leftMs, knownMs),
    budget: rule.budget ?? null,
    cost,
    next: {
      attempt: attempt + 1,
      prior: unsure ? "unknown" : "none",
      done: [...done, ...before.map((step) => step.do)],
    },
  };
}

/** The advice on a write is to stop only if its outcome is known. */
function withoutRetry(
  operation: Operation,
  { rule, outcome, certainty, actor, remedy }: Meaning,
  delay: Delay,
  why: Why,
): Reconcile | Stop {
  const looks = rule.verdict === "reconcile";
  // A rule that looks waits between the looks, and even a look waits as long as the response asks.
  const pauseMs = Math.ceil(looks ? delay.toldMs : delay.ms);
  const pause = { pauseMs, pause: "pause" in rule ? (rule.pause ?? null) : null };
  const settled = outcome === "not-executed" || outcome === "executed";
  if (operation.kind === "read" || (settled && !looks && why !== "single-send"))
    return { do: "stop", why, outcome, certainty, actor, remedy, ...pause };
  // A second copy that nobody knows of may have got through.
  const unsure = why === "single-send";
  return {
    do: "reconcile",
    why,
    outcome: unsure ? "unknown" : outcome,
    certainty: unsure ? "policy" : certainty,
    lookup: operation.lookup ?? null,
    looks: looks ? (rule.maxAttempts ?? null) : null,
    everyMs: looks && rule.delay !== undefined ? delay.ms : null,
    remedy,
    ...pause,
  };
}

/** The steps that were not made yet, each once; for one that was made, what is to be done instead. */
function stepsLeft(all: readonly Step[], done: readonly string[]): readonly Step[] {
  const steps = all.flatMap((step): readonly Step[] => {
    if (!done.includes(step.do)) return [step];
    const { fallback, ...rest } = step;
    return fallback === undefined || done.includes(fallback) ? [] : [{ ...rest, do: fallback }];
  });
  return steps.filter((step, i) => steps.findIndex((other) => other.do === step.do) === i);
}

/** What is not known here is a write without a key. */
function operationOf({ operations }: AdviceData, name: string): Operation {
  return own(operations, name) ?? { kind: name === "read" ? "read" : "write" };
}

interface Meaning {
  readonly response: Failure | null;
  readonly rule: RetryRule;
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly actor: Actor;
  readonly remedy: string | null;
}

/** What a failure means, given whether an earlier attempt of a write may have been executed. */
function meaningOf(
  data: AdviceData,
  failure: Failure | TransportFailure | null,
  { kind }: Operation,
  afterUnknown: boolean,
): Meaning {
  const response = isResponse(failure) ? failure : null;
  const nobodyKnows = {
    ...{ response, rule: ruleOf(data, null), remedy: null },
    ...({ outcome: "unknown", certainty: "policy", actor: "operator" } as const),
  };
  if (typeof failure !== "object" || failure === null) return nobodyKnows;
  if (!isResponse(failure)) return { ...nobodyKnows, ...unanswered(data, failure, afterUnknown) };
  const words = own(data.words, failure.id);
  // Somebody has to look; a read has nothing to look up, and what stands before the API may work again.
  if (words === null)
    return kind === "read" && isGateway(failure.status)
      ? { ...nobodyKnows, rule: ruleOf(data, own(data.transport, "closed")?.retry ?? null) }
      : nobodyKnows;
  const { id, category, outcome, retry } = failure;
  const certainty = failure.unexpected === "body" ? "policy" : certaintyOf(data, id);
  const actor = failure.actor === "reconcile" ? "operator" : failure.actor;
  const told = { response: failure, actor, rule: ruleOf(data, retry), outcome, certainty };
  // An item of which a part was carried out: the remedy is its entry's, which says to place it again.
  if (outcome === "partial" && category !== "partial-failure") return { ...told, remedy: null };
  const prior = afterUnknown ? own(data.priors, id) : null;
  if (prior !== null)
    return {
      ...told,
      rule: ruleOf(data, prior.retry),
      outcome: prior.outcome,
      certainty: prior.certainty ?? "inferred",
      remedy: words.remedy ?? null,
    };
  // That this copy was not executed says nothing of the earlier one, and its remedy may be to send another.
  if (afterUnknown && outcome === "not-executed")
    return { ...told, outcome: "unknown", certainty: "policy", remedy: null };
  return { ...told, remedy: words.remedy ?? null };
}

/** How the outcome of an entry is known. */
function certaintyOf({ certainty }: AdviceData, id: string): Certainty {
  if (certainty === undefined) return "inferred";
  return own(certainty.others, id) ?? certainty.most;
}

/** What it means that no response came. */
function unanswered(
  data: AdviceData,
  { transport }: TransportFailure,
  afterUnknown: boolean,
): Pick<Meaning, "rule" | "remedy"> & Partial<Meaning> {
  const unsent = transport === "unsent" ? own(data.transport, "unsent") : null;
  // Where the catalog does not tell it apart, what was not sent is what got no answer.
  const known = unsent ?? own(data.transport, transport === "unsent" ? "closed" : transport);
  const { retry = null, remedy = null } = known ?? {};
  const rule = ruleOf(data, retry);
  if (unsent === null || afterUnknown) return { rule, remedy };
  return { rule, remedy, outcome: "not-executed", actor: "wait" };
}

function isResponse(failure: Failure | TransportFailure | null): failure is Failure {
  return typeof failure === "object" && failure !== null && !("transport" in failure);
}

/** Whether an answer is the vendor's for the first copy under the same key, whatever came in between. */
function isReplay(key: IdempotencyKey | null, failure: Failure | TransportFailure): boolean {
  const header = key?.replayHeader;
  return (
    header !== undefined &&
    isResponse(failure) &&
    headerOf(failure.headers, header).some((value) => !/^(false|0|)$/i.test(value))
  );
}

/** Whether a status that the catalog does not have is as a rule a passing one, such as that of a proxy. */
function isGateway(status: number | null): boolean {
  return status !== null && (status >= 500 || [408, 425, 429].includes(status));
}

/** The other errors of the same body; what has been through JSON may hold anything. */
function alsoIn(failure: Failure | null): readonly Failure[] {
  const also: unknown = failure?.also;
  if (!Array.isArray(also)) return [];
  return also.filter((one): one is Failure => typeof one === "object" && one !== null);
}

function ruleOf({ rules }: AdviceData, name: string | null): RetryRule {
  return own(rules, name) ?? rules["reconcile"]!;
}

function own<T>(record: Readonly<Record<string, T>>, name: string | null): T | null {
  return name !== null && Object.hasOwn(record, name) ? record[name]! : null;
}

/** A time, or `null` for what is none. */
function time(ms: number | undefined): number | null {
  return typeof ms === "number" && ms >= 0 && ms < Infinity ? ms : null;
}

/** How long ago; anything that is not a time counts as infinitely long ago. */
function since(ms: number | undefined): number {
  return time(ms) ?? Infinity;
}
