/** How the retry rules of an API are used: by which failures, and with which waits. */
import type { Place } from "../diagnostics/log.js";
import type { Entry } from "../model/entry.js";
import type { Operation, RetryRule } from "../model/retry.js";
import type { Api } from "../sections/catalog.js";
import { delayOf } from "../runtime/delay.js";
import type { Outcome, Resend } from "../runtime/vocabulary.js";
import type { RecognisedApi } from "./recognise.js";

/** A failure, what became of a write that ends in it, and the rule that then holds. */
export interface Use {
  /** The entry; `null` when no response came. */
  readonly entry: Entry | null;
  /** In words, such as `shop.conflict after an unknown attempt`. */
  readonly failure: string;
  /** Whether it is what the entry means after an attempt with an unknown outcome. */
  readonly afterUnknown: boolean;
  readonly outcome: Outcome;
  readonly rule: RetryRule;
  readonly place: Place;
}

export function usesOf({ living, transport }: Api): readonly Use[] {
  return [
    ...living.flatMap((entry): Use[] => {
      const { id, outcome, retry, ifPriorUnknown, place } = entry;
      const uses: Use[] = [];
      if (retry !== null)
        uses.push({ entry, failure: id, afterUnknown: false, outcome, rule: retry, place });
      for (const { operation, outcome, retry, place } of entry.on)
        uses.push({
          ...{ entry, afterUnknown: false, outcome, rule: retry, place },
          failure: `${id} on ${operation.name}`,
        });
      if (ifPriorUnknown !== null)
        uses.push({
          entry,
          failure: `${id} after an unknown attempt`,
          afterUnknown: true,
          outcome: ifPriorUnknown.outcome,
          rule: ifPriorUnknown.retry,
          place,
        });
      return uses;
    }),
    ...transport.map(({ name, retry, place }): Use => ({
      entry: null,
      failure: `no answer, ${name}`,
      afterUnknown: false,
      outcome: "unknown",
      rule: retry,
      place,
    })),
  ];
}

/** A rule that sends again. */
export interface ResendRule extends RetryRule {
  readonly data: Extract<RetryRule["data"], { readonly verdict: "retry" | "after" }>;
}

/** The rules that send again. */
export function retries({ retry }: Api): readonly ResendRule[] {
  return retry.filter(sendsAgain);
}

export function sendsAgain(rule: RetryRule): rule is ResendRule {
  return rule.data.verdict === "retry" || rule.data.verdict === "after";
}

export function writes({ operations }: Api): readonly Operation[] {
  return operations.filter(({ kind }) => kind === "write");
}

/** What a session can carry through: a write that is answered over HTTP. */
export function writesOf(api: RecognisedApi): readonly Operation[] {
  return api.recognition.some(({ channel }) => channel.kind === "http") ? writes(api) : [];
}

/** Whether the vendor would notice a second copy of some write, for a time that is documented. */
export function noticesCopies(api: Api): boolean {
  return writes(api).some(({ idempotency }) => (idempotency?.windowMs ?? null) !== null);
}

/** How often a rule sends in all, the first call included: steps come once each, and without a delay nothing else changes. */
export function attemptsOf({ data }: ResendRule): number {
  const most = data.maxAttempts ?? 1;
  if (data.verdict !== "after" || data.delay !== undefined) return most;
  const steps = data.before.reduce((sum, { fallback }) => sum + (fallback ? 2 : 1), 0);
  return Math.min(most, 1 + steps);
}

/** The waits of a rule before its second and each later attempt: the shortest that it makes, or the longest. */
export function waitsOf(rule: ResendRule, which: "shortest" | "longest"): readonly number[] {
  const { data } = rule;
  const most = isTold(data) ? (data.maxDelayMs ?? 0) : 0;
  return Array.from({ length: attemptsOf(rule) - 1 }, (_, i) => {
    const scheduled = delayOf(data, i + 1, null, null).ms;
    if (which === "shortest") return scheduled;
    return Math.max(scheduled, most) + (data.jitterMs ?? 0);
  });
}

/** Whether a response may say how long to wait. */
function isTold({ delay = [] }: Resend): boolean {
  return delay.some(({ source }) => source === "header" || source === "field");
}
