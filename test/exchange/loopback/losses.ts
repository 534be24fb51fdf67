/** Requests that got no answer, and calls that the caller ended. */
import { accounts, done, down, fine, json, place, type Scenario, sixMm } from "./calls.js";

// An end of the connection that is no reset looks like one to most clients.
const lost = { timeout: /^timeout$/, reset: /^reset$/, closed: /^(reset|closed)$/ } as const;
const unanswered = (["timeout", "reset", "closed"] as const).flatMap((how): readonly Scenario[] => [
  {
    title: `ABP, ${how}: a placement with a key is sent again with the same one`,
    ...place({ keyed: true }),
    answers: [{ lost: how }, done],
    waits: [500],
    ends: "success",
    failure: lost[how],
  },
  {
    title: `ABP, ${how}: a placement without a key is not sent again`,
    ...place(),
    answers: [{ lost: how }],
    ends: "reconcile: outcome",
    failure: lost[how],
  },
  {
    title: `6mm, ${how}: a read is sent again, with a new signature`,
    ...sixMm("read"),
    answers: [{ lost: how }, fine],
    waits: [500],
    ends: "success",
    failure: lost[how],
  },
  {
    title: `6mm, ${how}: an order is not sent again`,
    ...sixMm("order-request", { singleSend: true }),
    answers: [{ lost: how }],
    ends: "reconcile: outcome",
    failure: lost[how],
  },
]);

/** Requests that were lost in each of the ways, and then calls that were aborted. */
export const lostAndAborted: readonly Scenario[] = [
  ...unanswered,
  {
    title: "ABP, a reset on a read: sent again",
    ...accounts,
    answers: [{ lost: "reset" }, json(200, [])],
    waits: [500],
    ends: "success",
    failure: lost.reset,
  },
  {
    title: "an abort while a write is under way: nobody knows what became of it",
    ...place({ keyed: true }),
    answers: [{ lost: "timeout" }],
    abortAfterMs: 30,
    builds: 1,
    ends: "reconcile: attempts",
    failure: /^closed$/,
  },
  {
    title: "an abort while a read is under way",
    ...accounts,
    answers: [{ lost: "timeout" }],
    abortAfterMs: 30,
    builds: 1,
    ends: "stop: attempts",
    failure: /^closed$/,
  },
  {
    title: "an abort in the wait after a 503: the next request is not sent",
    ...place({ keyed: true }),
    answers: [down],
    abortAfterMs: 150,
    ends: "reconcile: attempts",
    failure: /^unsent$/,
  },
];
