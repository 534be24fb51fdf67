/** Whether another copy of an item may go out, and when. */
import type { Advice, AdviceInput, TransportFailure } from "./advice.js";
import type { Failure } from "./failure.js";
import { type Item, type Moment, type Proof, ready, refused } from "./item.js";

/** What is advised about a failure. */
export function asked(
  item: Item,
  { rules, terms, atMs, nowMs, random }: Moment,
  failure: Failure | TransportFailure,
  over: Partial<AdviceInput> = {},
): Advice {
  const { deadlineMs, singleSend } = terms;
  return rules.advise(failure, {
    operation: rules.operation,
    ...{
      attempt: item.attempt,
      prior: item.prior,
      done: item.done,
      elapsedMs: atMs,
      nowMs,
      random,
    },
    ...(rules.key === null ? {} : { keyAgeMs: atMs - item.keyMs }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(singleSend ? { singleSend } : {}),
    ...over,
  });
}

/** What would be advised if no copy had been executed: what a refusal says holds, and else it is as if nothing was sent. */
function supposed(item: Item, moment: Moment, attempt: number): Advice {
  const { failure } = item;
  const ask = (about: Failure | TransportFailure, over: number): Advice =>
    asked(item, moment, about, { attempt: over, prior: "none", singleSend: true });
  if (wasRefused(item)) {
    const advice = ask(failure!, Math.max(1, item.attempt));
    if (!isTooFew(advice)) return advice;
  }
  return ask({ transport: "unsent" }, attempt);
}

/** Whether the latest answer was a refusal, which says by its rule whether another try is worth it. */
export function wasRefused({ failure }: Item): boolean {
  return failure !== null && !("transport" in failure) && failure.outcome === "not-executed";
}

/** Whether a second execution changes nothing more. */
export function isHarmless({ rules }: Moment): boolean {
  return rules.facts.repeat === "harmless";
}

/** Whether all that it takes is time, and the attempts were too few. */
export function isTooFew(advice: Advice): boolean {
  return advice.do === "stop" && advice.actor === "wait" && advice.why === "attempts";
}

/** No copy was executed: the item begins anew under another key, if it is still wanted, and otherwise ends. */
export function anew(item: Item, moment: Moment, by: Proof): Item {
  const { rounds, keepsKey } = moment.terms;
  const proved: Item = { ...item, prior: "none" };
  const advice = supposed(proved, moment, 1);
  if (advice.do !== "retry" || item.round >= rounds)
    return refused(proved, by, by === "look-up" ? "policy" : "inferred");
  const next: Item = {
    ...proved,
    // Of a refusal the attempts are counted on; whatever else it was begins with the first.
    ...{ attempt: advice.next.attempt - 1, round: item.round + 1, done: [] },
    ...{ lookMs: null, looks: 0, isUnanswered: false, isUnsure: false },
  };
  return ready(next, advice, moment, keepsKey ? "same" : "fresh");
}

/** Another copy while it is open, which the vendor would notice, or which would change nothing more; `null` where neither is so. */
export function copied(item: Item, moment: Moment): Item | null {
  const { failure } = item;
  const { rules, terms, atMs } = moment;
  // It has arrived; a copy would only be told so.
  if (failure === null || (!("transport" in failure) && failure.outcome === "prior-received"))
    return null;
  const harmless = isHarmless(moment);
  const advice = supposed(item, moment, harmless ? 1 : item.attempt);
  if (advice.do !== "retry") return null;
  if (harmless) {
    const next = { ...item, round: item.round + 1 };
    return item.round < terms.rounds ? ready(next, advice, moment, "same") : null;
  }
  const { windowMs = 0, slackMs = 0 } = rules.key ?? {};
  const knownMs = windowMs - slackMs - (atMs - item.keyMs);
  if (!(advice.delayMs < knownMs)) return null;
  const withinMs = Math.min(advice.withinMs, knownMs);
  return ready(item, { ...advice, withinMs }, moment, "same");
}
