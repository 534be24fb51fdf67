/** What the site says of outcomes, of who acts and of what comes next: a few words, beside the sentences of the pages. */
import type { Actor, Advice, Outcome } from "trading-api-errors";
import type { Rule } from "./catalog.js";

/** Whether it went through, as a badge says it. */
export const wentThrough: Readonly<Record<Outcome, string>> = {
  "not-executed": "Did not go through",
  accepted: "Taken, decided later",
  executed: "Went through",
  partial: "Went through in part",
  "prior-received": "An earlier copy arrived",
  unknown: "Unknown if it went through",
};

/** How a badge looks: a write went through, did not, or nobody knows yet. */
export const tone: Readonly<Record<Outcome, "yes" | "no" | "open">> = {
  "not-executed": "no",
  accepted: "open",
  executed: "yes",
  partial: "open",
  "prior-received": "open",
  unknown: "open",
};

export const whoActs: Readonly<Record<Actor, string>> = {
  client: "Your program, by changing the request",
  operator: "A person, on your side or the vendor's",
  wait: "Nobody: time has to pass",
  "re-authenticate": "Your program, by renewing its session",
  "re-sign": "Your program, by signing the request again",
  reconcile: "Your program, by looking up what happened",
};

/** What a rule comes to after an outcome, as the pages have it. `noticesCopies`: of a write, by its key. */
export function whatNext(
  { verdict, identity, requires }: Rule,
  outcome: Outcome,
  noticesCopies: boolean,
): string {
  if (verdict === "never" && (outcome === "not-executed" || outcome === "executed"))
    return "Do not send it again.";
  if (verdict === "never" || verdict === "reconcile") return "Look it up first.";
  if (requires !== undefined) return "Send it again if it was sent once for certain.";
  if (outcome === "not-executed")
    return verdict === "after" ? "Send it again after a step." : "Send it again.";
  return outcome === "unknown" && identity === "same" && noticesCopies
    ? "Send it again with its key, or look it up first."
    : "Send a read again; look a write up first.";
}

/** An advice in a line. */
export function inWords(advice: Advice): string {
  if (advice.do === "stop") return "Do not send it again.";
  if (advice.do === "reconcile") {
    const { lookup, looks, everyMs } = advice;
    const often = looks === null ? "" : `, ${looks} times at most`;
    const every = everyMs === null ? "" : `, every ${spell(everyMs)}`;
    return `Look it up first${lookup === null ? "" : ` with ${lookup}`}${every}${often}.`;
  }
  const { delayMs, before, identity, reSign } = advice;
  const how = [
    delayMs === 0 ? "at once" : `after ${spell(delayMs)}`,
    ...before.map((step) => `after ${step.do}`),
    ...(reSign ? ["signed again"] : []),
    ...(identity === "none" ? [] : [`under ${identity === "same" ? "the same" : "a fresh"} key`]),
  ];
  return `Send it again ${how.join(", ")}.`;
}

/** A duration as people write it: `250 ms`, `1.5 s`, `2 min`. */
export function spell(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** A text of the catalog without the backticks around what is on the wire. */
export function plain(text: string): string {
  return text.replaceAll("`", "");
}
