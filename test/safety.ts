/**
 * When a request may be sent again, said once more and from the outside: from the table in DESIGN section 5, and not from
 * the code that gives the advice. Every advice that a test sees can be held against it.
 */
import type {
  Advice,
  Deadline,
  IdempotencyKey,
  Operation,
  Outcome,
  Resend,
  Retry,
  RetryRule,
} from "trading-api-errors";

/** A failure as the catalog records it. */
export interface Recorded {
  readonly outcome: Outcome;
  readonly rule: RetryRule;
  /** What it means after an earlier copy of which nobody knows what became. */
  readonly ifPriorUnknown: { readonly outcome: Outcome; readonly rule: RetryRule } | null;
}

/** What a response says about the wait; `Infinity` where it asks for one that nobody can measure. */
export interface Told {
  readonly fieldMs: number | null;
  readonly headerMs: number | null;
}

/** All that the table asks about. */
export interface Situation extends Recorded {
  readonly operation: Pick<Operation, "kind" | "replayChecked">;
  /** The operation's documented key. */
  readonly key: Pick<IdempotencyKey, "windowMs" | "slackMs"> | null;
  readonly keyAgeMs: number | undefined;
  /** Whether another copy may have been executed: the truth, whatever the caller says. */
  readonly open: boolean;
  readonly attempt: number;
  readonly done: readonly string[];
  readonly singleSend: boolean | undefined;
  readonly told: Told;
  readonly elapsedMs: number;
  /** The deadline that the rule names, and the caller's own. */
  readonly deadline: Pick<Deadline, "defaultMs" | "maxMs"> | null;
  readonly deadlineMs: number | undefined;
  readonly tokens: number | undefined;
  readonly cost: number;
}

/** Whether there may be another copy: an earlier one, or one that something below the caller sent. */
export function mayBeTwo(open: boolean, singleSend: boolean | undefined): boolean {
  return open || singleSend === false;
}

/** What became of all copies of the write together. */
export function whatHappened({
  outcome,
  ifPriorUnknown,
  open,
}: Pick<Situation, "outcome" | "ifPriorUnknown" | "open">): Outcome {
  // A part that was carried out is a fact, and no earlier copy makes it less of one.
  if (!open || outcome === "partial") return outcome;
  if (ifPriorUnknown !== null) return ifPriorUnknown.outcome;
  // That this copy was turned away says nothing of the earlier one.
  return outcome === "not-executed" ? "unknown" : outcome;
}

/** The rule that holds now. */
export function ruleNow({ outcome, rule, ifPriorUnknown }: Recorded, open: boolean): RetryRule {
  return open && outcome !== "partial" && ifPriorUnknown !== null ? ifPriorUnknown.rule : rule;
}

/** What a rule says of the next request; nothing where there is none. */
export function resendOf(rule: RetryRule): Resend {
  return rule.verdict === "retry" || rule.verdict === "after" ? rule : {};
}

/** The shortest wait that the rule's sources allow, before any jitter; a series ends with the rule's last try. */
function floorMs(rule: RetryRule, asked: number, told: Told): number {
  const counted = Number.isInteger(asked) && asked >= 1;
  const { delay = [], combine, maxAttempts = 1 } = rule.verdict === "never" ? {} : rule;
  const attempt = counted ? Math.min(asked, maxAttempts) : 1;
  const waits: number[] = [];
  for (const source of delay) {
    if (source.source === "fixed") waits.push(source.ms);
    else if (source.source === "exponential") {
      let ms = source.initialBackoffMs;
      for (let i = 1; i < attempt; i++) ms *= source.multiplier;
      waits.push(Math.min(ms, source.maxBackoffMs ?? Infinity));
    } else {
      const ms = source.source === "field" ? told.fieldMs : told.headerMs;
      if (ms !== null) waits.push(heardMs(rule, ms));
    }
  }
  const own = combine === "longest" ? Math.max(0, ...waits) : (waits[0] ?? 0);
  // Whatever the rule reads: a Retry-After is kept.
  return Math.max(own, heardMs(rule, told.headerMs ?? 0));
}

/** What cannot be read counts as the rule's longest wait, or as a minute. */
function heardMs(rule: RetryRule, ms: number): number {
  return ms === Infinity ? (resendOf(rule).maxDelayMs ?? 60_000) : ms;
}

/** What is wrong with an advice; nothing, if it is allowed. */
export function violations(s: Situation, advice: Advice): readonly string[] {
  const wrong: string[] = [];
  const forbid = (is: boolean, what: string): void => {
    if (is) wrong.push(what);
  };
  const write = s.operation.kind === "write";
  const happened = whatHappened(s);
  const rule = ruleNow(s, s.open && write);
  const sends = rule.verdict === "retry" || rule.verdict === "after";
  const { requires, identity } = resendOf(rule);
  // Nothing would reveal a second copy under a fresh key.
  const telling = requires === "single-send" || identity === "fresh";
  const perhapsTwice = write && telling && s.singleSend !== true;
  if (advice.do !== "retry") {
    const asked = floorMs(rule, s.attempt, s.told);
    // A rule that looks waits between the looks, and before the first only as long as it is told to.
    const leastMs = rule.verdict === "reconcile" ? heardMs(rule, s.told.headerMs ?? 0) : asked;
    // No timer can be set for longer.
    const most = Math.min(leastMs, 2_000_000_000);
    forbid(!(advice.pauseMs >= most), "does not say for how long no request is wanted");
  }
  if (advice.do === "reconcile") forbid(!write, "looks up a read");
  else if (advice.do === "stop") {
    const settled = happened === "not-executed" || happened === "executed";
    forbid(write && !settled, "gives up a write that may have been executed");
    forbid(sends && perhapsTwice && happened !== "executed", "gives up what may be sent twice");
    forbid(write && advice.outcome !== happened, "reports another outcome");
    forbid((advice.actor as string) === "reconcile", "names nobody who can act");
  } else {
    // What has arrived, or may have: a copy under the same key is noticed.
    const again = write && (happened === "unknown" || happened === "prior-received");
    forbid(!sends, "sends again against the rule");
    forbid(write && !again && happened !== "not-executed", "sends again what has arrived");
    forbid(again && !isNoticed(s, rule, advice), "sends a copy that nobody will notice");
    forbid(write && advice.identity === "fresh" && happened !== "not-executed", "a fresh key");
    forbid(perhapsTwice, "sends again what may be sent twice");
    const isUnread = s.told.headerMs === Infinity && resendOf(rule).maxDelayMs === undefined;
    forbid(isUnread, "waits for what cannot be read, and nobody says for how long");
    forbid(isLate(s, rule, advice.delayMs), "sends what is no longer wanted");
    forbid(advice.next.attempt !== s.attempt + 1, "does not count the attempt");
    forbid(advice.next.prior !== (again ? "unknown" : "none"), "forgets what is not known");
    checkBounds(s, rule, advice, forbid);
    checkSteps(s, rule, advice, forbid);
  }
  return wrong;
}

type Forbid = (is: boolean, what: string) => void;

/** Whether the vendor will notice that the next copy is one. */
function isNoticed(s: Situation, rule: RetryRule, { identity, delayMs }: Retry): boolean {
  if (identity !== "same" || resendOf(rule).identity !== "same") return false;
  const windowMs = s.key?.windowMs ?? null;
  if (windowMs === null) return false;
  if (s.keyAgeMs === undefined || !(s.keyAgeMs >= 0)) return false;
  return s.keyAgeMs + delayMs + (s.key?.slackMs ?? 0) < windowMs;
}

/** Whether nobody wants it any more by then: the caller, or for a write the catalog, which may set the caller a limit. */
function isLate(s: Situation, rule: RetryRule, delayMs: number): boolean {
  const stated =
    s.operation.kind === "write" && resendOf(rule).deadline !== undefined ? s.deadline : null;
  const ends = [s.deadlineMs ?? stated?.defaultMs ?? Infinity, stated?.maxMs ?? Infinity];
  const sent = s.elapsedMs >= 0 ? s.elapsedMs + delayMs : Infinity;
  return ends.some((end) => end !== Infinity && !(sent < end));
}

function checkBounds(s: Situation, rule: RetryRule, advice: Retry, forbid: Forbid): void {
  const { delayMs, reSign, cost } = advice;
  const { maxAttempts = 0, jitterMs = 0, maxDelayMs = Infinity } = resendOf(rule);
  const least = floorMs(rule, s.attempt, s.told);
  const counted = Number.isInteger(s.attempt) && s.attempt >= 1;
  forbid(!counted || s.attempt >= maxAttempts, "more attempts than the rule has");
  forbid(!(Number.isSafeInteger(delayMs) && delayMs >= 0), "a delay that no timer can make");
  forbid(!(delayMs >= least), "sends earlier than told");
  forbid(!(delayMs <= Math.ceil(least + jitterMs)), "more jitter than the rule has");
  forbid(least > maxDelayMs, "a wait over the longest");
  forbid(
    (resendOf(rule).reSign === true || s.operation.replayChecked === true) && !reSign,
    "uses a signature twice",
  );
  forbid(s.tokens !== undefined && !(s.tokens >= s.cost), "spends a token that is not there");
  forbid(cost !== s.cost, "does not pay");
}

function checkSteps(
  { done }: Situation,
  rule: RetryRule,
  { before, next }: Retry,
  forbid: Forbid,
): void {
  const steps = rule.verdict === "after" ? rule.before : [];
  const names: readonly string[] = before.map((step) => step.do);
  const stated = (name: string): boolean =>
    steps.some((step) => step.do === name || (step.fallback === name && done.includes(step.do)));
  forbid(!names.every(stated), "a step that the rule does not have");
  forbid(
    names.some((name, i) => done.includes(name) || names.indexOf(name) < i),
    "a step twice",
  );
  forbid(![...done, ...names].every((name) => next.done.includes(name)), "forgets a step");
  const idle = steps.length > 0 && resendOf(rule).delay === undefined && names.length === 0;
  forbid(idle, "the same again, without a step or a wait");
}
