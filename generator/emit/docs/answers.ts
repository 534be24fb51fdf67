/** What people ask first of a failure, answered: did it go through, who acts, and is it sent again, and when. */
import { spell } from "../../model/durations.js";
import type { RetryRule } from "../../model/retry.js";
import { attemptsOf, type ResendRule, sendsAgain, waitsOf } from "../../recognise/uses.js";
import type { Actor, Outcome } from "../../runtime/vocabulary.js";
import type { Api } from "../../sections/catalog.js";
import { code, type Inline, join, line, own, text } from "../markdown.js";
import { waysOf, type Way } from "./ways.js";

export const wentThrough: Readonly<Record<Outcome, Inline>> = {
  "not-executed": own("No. Nothing was executed."),
  accepted: own("It was taken, and is decided later."),
  executed: own("Yes. It was executed."),
  partial: own("A part of it was executed."),
  "prior-received": own("An earlier copy of it had already arrived."),
  unknown: own("Unknown. This answer does not show it."),
};

export const whoActs: Readonly<Record<Actor, Inline>> = {
  client: own("Your program, by changing the request."),
  operator: own("A person, on your side or the vendor's."),
  wait: own("Nobody. Time has to pass."),
  "re-authenticate": own("Your program, by renewing its session."),
  "re-sign": own("Your program, by signing the request again."),
  reconcile: own("Your program, by looking up what happened."),
};

/** What happened, in a word or two. */
export const happened: Readonly<Record<Outcome, string>> = {
  "not-executed": "Not executed",
  accepted: "Decided later",
  executed: "Executed",
  partial: "Partly executed",
  "prior-received": "Already received",
  unknown: "Maybe executed",
};

/** `Maybe executed: send it again or look it up` */
export function inBrief(api: Api, rule: RetryRule, outcome: Outcome): Inline {
  const says = { again: "send it again", look: "look it up", stop: "do not send it again" };
  const ways = waysOf(api, rule, outcome).filter(
    ({ to }, _, all) => to !== "stop" || all.length === 1,
  );
  return own(`${happened[outcome]}: ${ways.map(({ to }) => says[to]).join(" or ")}`);
}

/** `A read: yes, after 500 ms. A write: look it up first.` */
export function sendAgain(api: Api, rule: RetryRule, outcome: Outcome): Inline {
  const ways = waysOf(api, rule, outcome);
  return join(
    ways.map((way) => sentence(way, rule, api)),
    " ",
  );
}

function sentence({ who, to }: Way, rule: RetryRule, api: Api): Inline {
  const says = {
    again: () => line`yes${how(rule as ResendRule, isNamed(who) ? null : api)}.`,
    look: () => line`look it up first${lookedUp(rule)}.`,
    stop: () => own("no."),
  }[to]();
  if (who === null) return capital(says);
  return line`${own(`${/^[aeio]/.test(who) ? "Any" : "A"} ${who.replace(" or ", ", or a ")}`)}: ${says}`;
}

/** Whether it is said already that the key is the same. */
function isNamed(who: string | null): boolean {
  return who !== null && who.includes("key");
}

function capital(words: Inline): Inline {
  return own(words.charAt(0).toUpperCase() + words.slice(1));
}

/** Under which key if the API has any, after which steps and waits, and how often. */
function how(rule: ResendRule, api: Api | null): Inline {
  const { data } = rule;
  const isKeyed = api !== null && api.idempotency.length > 0 && data.identity !== undefined;
  const key =
    isKeyed && data.identity !== "none" ? own(`, a write under ${keys[data.identity!]}`) : own("");
  const steps =
    data.verdict === "after"
      ? line`, after ${join(data.before.map((step) => code(step.do)))}`
      : own("");
  const signed = data.reSign === true ? own(", signed again") : own("");
  return line`${key}${steps}${signed}${waits(rule)}${own(`; at most ${attemptsOf(rule)} requests in all`)}`;
}

const keys = { same: "the same key", fresh: "a fresh key", none: "" } as const;

/** `, after 500 ms, then 1 s, or as the header says if that is longer`. */
function waits(rule: ResendRule): Inline {
  const all = waitsOf(rule, "shortest");
  const asked = askedIn(rule);
  if (rule.data.delay === undefined || all.length === 0)
    return rule.data.verdict === "after" ? own("") : own(", at once");
  const isEven = all.every((ms) => ms === all[0]);
  const spelled =
    isEven && all.length > 1 ? `${spell(all[0]!)} each time` : all.map(spell).join(", then ");
  return line`, after ${own(spelled)}${asked.length === 0 ? own("") : line`, or as ${join(asked, " or ")} asks${own(rule.data.combine === "longest" ? " if that is longer" : "")}`}`;
}

/** The headers and fields in which a response may say how long to wait. */
export function askedIn({ data: { delay } }: ResendRule): readonly Inline[] {
  return (delay ?? []).flatMap((source) => {
    if (source.source === "header") return [code(source.header)];
    return source.source === "field" ? [code(source.field)] : [];
  });
}

function lookedUp(rule: RetryRule): Inline {
  if (sendsAgain(rule) || rule.data.verdict !== "reconcile") return own("");
  const { maxAttempts } = rule.data;
  return maxAttempts === undefined ? own("") : own(`, ${maxAttempts} times at most`);
}

/** A count and what is counted. */
export function counted(count: number, one: string, several: string): Inline {
  return text(count === 1 ? `1 ${one}` : `${count} ${several}`);
}
