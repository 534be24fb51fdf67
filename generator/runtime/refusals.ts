/** How long a failure makes everybody wait, given how often in a row the vendor has refused. */
import type { Advice, TransportFailure } from "./advice.js";
import { delayOf } from "./delay.js";
import type { Failure } from "./failure.js";
import { longestPauseMs } from "./gate-state.js";
import type { RetryRule } from "./vocabulary.js";

export interface Refusals {
  /** How many refusals there were in a row, in this process. */
  readonly row: number;
  /** How long nobody should send after this failure, in ms; 0 if nobody else is concerned. `nowMs` is the time, if known. */
  after(failure: Failure | TransportFailure, advice: Advice, nowMs: number | null): number;
  /** Something went through. */
  end(): void;
}

/** `windowMs` is the longest window of the limits; 0 if there is none. */
export function countRefusals(
  rules: Readonly<Record<string, RetryRule>>,
  windowMs: number,
): Refusals {
  let row = 0;
  const ruleOf = ({ retry }: Failure): RetryRule =>
    Object.hasOwn(rules, retry) ? rules[retry]! : { verdict: "never" };
  return {
    get row() {
      return row;
    },
    end: () => {
      row = 0;
    },
    after: (failure, advice, nowMs) => {
      const response = "transport" in failure ? null : failure;
      const throttled = response?.category === "throttled";
      // What ended without an answer says nothing about the row.
      if (response !== null) row = throttled ? row + 1 : 0;
      const rule = response === null ? { verdict: "never" as const } : ruleOf(response);
      const also = (response?.also ?? []).map((one) => [ruleOf(one), one] as const);
      const delay = delayOf(rule, row, response, nowMs, also);
      // A rule that looks has the time between the looks as its delay.
      const looks = rule.verdict === "reconcile" && !throttled;
      const asked = !looks && (delay.from === "header" || delay.from === "field");
      const told = asked || delay.toldMs > 0;
      if (!throttled && !told && advice.pause === null) return 0;

      const waits = [advice.do === "retry" ? advice.delayMs : advice.pauseMs];
      if (throttled || told) waits.push(looks ? delay.toldMs : delay.ms);
      const most = "maxAttempts" in rule ? (rule.maxAttempts ?? Infinity) : Infinity;
      const gaveUp = advice.do !== "retry" && advice.why === "attempts";
      if (throttled && (row >= most || gaveUp)) {
        // The series was not long enough: a whole window passes before the next one, or as long as the series would go on.
        waits.push(windowMs, 2 * delay.ms);
        row = 0;
      }
      const longest = "maxDelayMs" in rule ? rule.maxDelayMs : undefined;
      const unread = longest ?? (windowMs > 0 ? windowMs : 60_000);
      const ms = Math.max(...waits.map((one) => (Number.isFinite(one) ? one : unread)));
      return Math.min(Math.max(0, Math.ceil(ms)), longestPauseMs);
    },
  };
}
