/**
 * What becomes of one item of a write, from its first copy until it is known: a state machine without clock, chance or
 * network. Each event gives the next state, which says what to do; `run-session.ts` does it.
 *
 * | the item        | event                               | next                                                        |
 * | --------------- | ----------------------------------- | ----------------------------------------------------------- |
 * | `send`          | a copy leaves                       | `wait` for what comes back                                  |
 * | `wait`          | taken, or carried out in part       | `end`: placed, accepted, partly                             |
 * | `wait`          | a failure after which it may go out | `send`, later: under its key, or under a fresh one          |
 * | `wait`          | a refusal that is proof             | `end`: declined, not-executed                               |
 * | `wait`          | anything else, or nothing           | `look`                                                      |
 * | `look`          | found                               | `end`: placed, accepted, partly                             |
 * | `look`          | nothing yet                         | `look`, later; or `send`, if the vendor would notice a copy |
 * | `look`          | proof that no copy was executed     | `send` under a fresh key; or `end`: declined, not-executed  |
 * | `look`          | found, and the vendor refused it    | `end`: declined                                             |
 * | `look`          | no answer, for too long             | `end`: unknown                                              |
 * | any             | a message from elsewhere            | `end`, or `look`                                            |
 *
 * An item whose copy may have been executed is never sent under a fresh key, and never ends as not executed, before a look-up
 * has proved it.
 */
import type { Advice, TransportFailure } from "./advice.js";
import { anew, asked, copied, isHarmless, isTooFew, wasRefused } from "./again.js";
import type { Failure } from "./failure.js";
import { ended, type Item, looking, type Moment, ready, refused } from "./item.js";
import type { Found } from "./look.js";
import type { Category, Certainty, LookUp, Outcome } from "./vocabulary.js";

/** A copy leaves. */
export function sent(item: Item, { atMs }: Moment): Item {
  const isFirst = item.sentMs === null || (item.todo.do === "send" && item.todo.key === "fresh");
  const keyMs = isFirst ? atMs : item.keyMs;
  return { ...item, todo: { do: "wait" }, attempt: item.attempt + 1, sentMs: atMs, keyMs };
}

/** What came back of an item. */
export type Answer =
  | { readonly outcome: Taken; readonly certainty: Certainty }
  /** It failed, or the whole request did; `null`: what came back says nothing of the item. */
  | { readonly failure: Failure | TransportFailure | null; readonly isItems: boolean };

/** What a success proves. */
export type Taken = keyof typeof endings;

const endings = { executed: "placed", accepted: "accepted", partial: "partly" } as const;

/** Something came back, or nothing did. */
export function answered(item: Item, answer: Answer, moment: Moment): Item {
  if ("outcome" in answer) return ended(item, endings[answer.outcome], "answer", answer.certainty);
  const { failure, isItems } = answer;
  const isUnanswered = item.isUnanswered || !isTold(failure);
  const isUnsure = item.isUnsure || !(moment.terms.singleSend || isOfEveryCopy(failure));
  const heardMs = moment.sureMs;
  const now: Item = { ...item, failure, isItems, isUnanswered, isUnsure, heardMs };
  // Nothing was said of it: it may have been left out as a copy of one that arrived.
  if (failure === null) return looking(now, moment);
  const advice = asked(now, moment, failure);
  if (advice.do === "retry") return resent(now, advice, moment);
  const { outcome, certainty } = advice;
  if (outcome === "executed" || outcome === "partial")
    return ended(now, endings[outcome], "answer", certainty);
  const hasToLook = isUnsure && moment.terms.canLook;
  if (advice.do === "reconcile" || hasToLook) return looking(now, moment);
  const by = isUnsent(failure) && now.attempt === 1 ? "unsent" : "answer";
  return isTooFew(advice) && !isUnsure ? anew(now, moment, by) : refused(now, by, certainty);
}

/** The advice is to send again: that is done where nothing could come of it, and else after a look. */
function resent(item: Item, advice: Extract<Advice, { do: "retry" }>, moment: Moment): Item {
  const { terms } = moment;
  const isNoticed = advice.identity === "same" || isHarmless(moment);
  const key = advice.identity === "fresh" ? "fresh" : "same";
  const isFixed = key === "fresh" && terms.keepsKey;
  if ((isNoticed || !item.isUnsure) && !isFixed) return ready(item, advice, moment, key);
  // With nobody to ask it is left at the refusal.
  return terms.canLook || item.prior === "unknown"
    ? looking(item, moment)
    : refused(item, "answer", "inferred");
}

/** A copy that was due must not leave any more. */
export function held(item: Item, moment: Moment): Item {
  if (item.sentMs === null) return refused(item, "unsent", "documented");
  return item.prior === "unknown" || (item.isUnsure && moment.terms.canLook)
    ? looking(item, moment)
    : refused(item, "answer", "inferred");
}

/** A step that comes before the next copy failed: nothing was sent, and the step is to be made again. */
export function hindered(item: Item, moment: Moment): Item {
  const steps = item.todo.do === "send" ? item.todo.steps.map((step) => step.do as string) : [];
  const done = item.done.filter((name) => !steps.includes(name));
  const unsent = { failure: { transport: "unsent" }, isItems: false } as const;
  return answered({ ...item, attempt: item.attempt + 1, done }, unsent, moment);
}

/** The caller wants no more of it: nothing is sent and nobody is asked. */
export function dropped(item: Item): Item {
  if (item.todo.do === "end") return item;
  return item.sentMs === null
    ? refused(item, "unsent", "documented")
    : ended(item, "unknown", "answer", "policy");
}

/** A look-up was answered; `null`: in vain. What it proves, it proves of the moment at which it was `begun`. */
export function looked(
  item: Item,
  found: Found | null,
  moment: Moment,
  begun: Moment = moment,
): Item {
  const { rules, terms, atMs, sureMs } = moment;
  const look = rules.look!;
  const { outcome = null, isFinal = false } = found ?? {};
  const settlesMs = item.heardMs + settlesIn(look, item);
  const isSettled = begun.sureMs >= settlesMs;
  if (outcome === "executed" || outcome === "partial")
    return ended(item, endings[outcome], "look-up", "documented");
  if (outcome === "accepted" && (isFinal || isSettled))
    return ended(item, "accepted", "look-up", "documented");
  // The vendor decided against it. Only a refusal that told why may say that another try is worth it.
  const isDecided =
    outcome === "not-executed" && (isFinal || !(isHarmless(moment) || wasRefused(item)));
  if (outcome === "not-executed" && (isFinal || isSettled))
    return isDecided
      ? ended(item, isHarmless(moment) ? "not-executed" : "declined", "look-up", "documented")
      : anew(item, moment, "look-up");
  if (outcome === "absent" && isSettled && look.absent === "not-executed")
    return anew(item, moment, "look-up");
  const again = { ...item, looks: item.looks + 1 };
  if ((outcome === "absent" || outcome === "not-executed") && !isDecided) {
    const copy = copied(again, moment);
    if (copy !== null) return copy;
  }
  const overMs = (item.lookMs ?? atMs) + terms.lookForMs;
  // A pause that the vendor asked for may have taken all the time: then it is looked a few times more.
  const wasHeld = item.todo.do === "look" && atMs - item.todo.fromMs > longestMs;
  const isOver = atMs >= overMs && (!wasHeld || again.looks >= leastLooks);
  if (isOver || (outcome !== null && isSettled))
    return ended(again, "unknown", "look-up", "policy");
  // Later each time; and once more as soon as absence is a proof, and at the end.
  const nextMs = atMs + Math.min(1_000 * 2 ** item.looks, longestMs);
  const marks = [atMs + settlesMs - sureMs, overMs].filter((ms) => ms > atMs);
  return { ...again, todo: { do: "look", fromMs: Math.min(nextMs, ...marks) } };
}

/** How often to look at least, where pauses take the time. */
const leastLooks = 5;

/** No look-up waits longer for the next one. */
const longestMs = 30_000;

/** How long after the last answer what cannot be seen is not there: as long as a copy may be under way, or else stay unseen. */
function settlesIn({ settleMs = Infinity, lagMs = settleMs }: LookUp, item: Item): number {
  return item.isUnanswered ? settleMs : lagMs;
}

/** Something else says what became of it, such as a frame on a socket. What that leaves open is looked up. */
export function told(item: Item, outcome: Outcome, moment: Moment): Item {
  const { todo } = item;
  const isOpen = todo.do !== "end" || !["placed", "declined", "not-executed"].includes(todo.is);
  // Before its first copy nothing can be told of it.
  if (!isOpen || item.sentMs === null) return item;
  if (outcome === "executed" || outcome === "partial" || outcome === "accepted")
    return todo.do === "end" && todo.is === endings[outcome]
      ? item
      : ended(item, endings[outcome], "message", "documented");
  // It is of one copy, and another may be under way.
  const isOnly = moment.terms.singleSend && item.attempt === 1 && item.round === 1;
  if (outcome === "not-executed" && isOnly) return refused(item, "message", "documented");
  // What is under way is answered yet, or looked up already.
  return todo.do === "send" ? looking({ ...item, isUnanswered: true }, moment) : item;
}

/** Whether what became of one copy holds for every one that there may be. */
function isOfEveryCopy(failure: Failure | TransportFailure | null): boolean {
  if (failure === null || "transport" in failure) return isUnsent(failure);
  return ofEveryCopy.has(failure.category);
}

/** What is refused for one of these is refused each time. */
const ofEveryCopy: ReadonlySet<Category> = new Set(["credentials", "permission", "unsupported"]);

/** Whether a failure says what became of its copy, wherever that is. */
function isTold(failure: Failure | TransportFailure | null): boolean {
  if (failure === null || "transport" in failure) return isUnsent(failure);
  return failure.outcome === "not-executed";
}

function isUnsent(failure: Failure | TransportFailure | null): boolean {
  return failure !== null && "transport" in failure && failure.transport === "unsent";
}
