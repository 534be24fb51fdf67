/**
 * Every advice on the three real APIs: each failure that can be decoded, on each operation, in each situation. And every
 * history: from the first failure along `next` through all failures that can follow, until no advice is to send again.
 */
import { describe, expect, it } from "vitest";
import type * as root from "trading-api-errors";
import { abp, type Advise, type Case, mm, sixMm, type Subject } from "./advise-subjects.js";
import { mayBeTwo, resendOf, ruleNow, type Situation, violations } from "./safety.js";

const subjects = [mm, abp, sixMm];

/** What the caller brings besides the failure and the history. */
type Circumstances = Pick<
  root.AdviceInput,
  "elapsedMs" | "random" | "keyAgeMs" | "singleSend" | "tokens"
>;

/** Times around the ends of the window and of the deadline, for every wait that a rule may make. */
const waits = [500, 750, 1_000, 1_250, 2_000, 2_250];

function circumstances({ api }: Subject, operation: root.Operation): readonly Circumstances[] {
  const key = api.idempotency.find(({ name }) => name === operation.idempotency);
  const forgotten = (key?.windowMs ?? 0) - (key?.slackMs ?? 0);
  const ages =
    key === undefined
      ? [0]
      : [0, ...around(forgotten), forgotten, key.windowMs! - 1, key.windowMs!, 1e9, NaN, -1];
  const ends = api.deadlines.flatMap(({ defaultMs }) => [...around(defaultMs!), defaultMs!]);
  return [0, 0.999].flatMap((random) =>
    [true, false, undefined].flatMap((singleSend): Circumstances[] => {
      const sent = singleSend === undefined ? {} : { singleSend };
      const plain = { random, ...sent, elapsedMs: 0 };
      return [
        plain,
        ...ages.map((keyAgeMs) => ({ ...plain, keyAgeMs })),
        ...ends.map((elapsedMs) => ({ ...plain, elapsedMs, keyAgeMs: 0 })),
        ...[0, 9, 10].map((tokens) => ({ ...plain, tokens, keyAgeMs: 0 })),
      ];
    }),
  );
}

function around(end: number): readonly number[] {
  return waits.flatMap((wait) => [end - wait - 1, end - wait]);
}

interface State {
  readonly attempt: number;
  readonly prior: "none" | "unknown";
  readonly done: readonly string[];
  /** Whether a copy may have been executed, counted apart from what the advice says. */
  readonly open: boolean;
}

/** The situation, but for the circumstances. */
function situation(
  { api }: Subject,
  operation: root.Operation,
  one: Case,
  { attempt, done, open }: State,
): Situation {
  const isRead = operation.kind === "read";
  const recorded = isRead && one.onRead !== null ? { ...one, rule: one.onRead } : one;
  const fields = "fields" in one.failure ? one.failure.fields : {};
  const told = fields["retryAfterMs"] as number | null | undefined;
  const rule = resendOf(ruleNow(recorded, open && operation.kind === "write"));
  return {
    ...{ ...recorded, operation, attempt, done, open, elapsedMs: 0, singleSend: undefined },
    ...{ keyAgeMs: undefined, deadlineMs: undefined, tokens: undefined },
    key: api.idempotency.find(({ name }) => name === operation.idempotency) ?? null,
    told: { fieldMs: told ?? null, headerMs: null },
    deadline: api.deadlines.find(({ name }) => name === rule.deadline) ?? null,
    cost: api.budgets.find(({ name }) => name === rule.budget)?.cost ?? 0,
  };
}

const longestHistory = 50;

/** Judges every advice in every one of some states, and adds the states that it leads to if they are to be followed. */
function judge(subject: Subject, from: readonly State[], follow: boolean, enough = Infinity) {
  const found = { advices: 0, states: 0, requests: 0, retry: 0, reconcile: 0, stop: 0 };
  const wrong: string[] = [];
  for (const operation of subject.operations) {
    const all = circumstances(subject, operation);
    const states = [...from];
    const seen = new Set(states.map((state) => JSON.stringify(state)));
    // The list grows while it is walked.
    for (const state of states) {
      found.states++;
      found.requests = Math.max(found.requests, state.attempt);
      const { attempt, prior, done } = state;
      for (const one of subject.cases) {
        const [alone, beside] = [state.open, true].map((open) =>
          situation(subject, operation, one, { ...state, open }),
        ) as [Situation, Situation];
        for (const given of all) {
          const two = mayBeTwo(state.open, given.singleSend);
          const before = two ? beside : alone;
          const open = operation.kind === "write" && (two || one.outcome !== "not-executed");
          const input = { ...given, attempt, prior, done, operation: operation.name };
          const advice = subject.advise(one.failure, input);
          found.advices++;
          found[advice.do]++;
          for (const what of violations({ ...before, ...given }, advice))
            wrong.push(`${operation.name}: ${one.label}: ${what} ${JSON.stringify(input)}`);
          if (wrong.length >= enough) return { found, wrong };
          if (!follow || advice.do !== "retry") continue;
          const after: State = { ...advice.next, open };
          const name = JSON.stringify(after);
          if (after.attempt > longestHistory) wrong.push(`${one.label}: never ends`);
          else if (!seen.has(name)) {
            seen.add(name);
            states.push(after);
          }
        }
      }
    }
  }
  return { found, wrong };
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return names.reduce<string[][]>((sets, n) => [...sets, ...sets.map((s) => [...s, n])], [[]]);
}

/** Every state, whether a history leads to it or not. */
function grid({ steps }: Subject): readonly State[] {
  return Array.from({ length: 9 }, (_, i) => i + 1).flatMap((attempt) =>
    (["none", "unknown"] as const).flatMap((prior) =>
      subsets(steps).map((done) => ({ attempt, prior, done, open: prior === "unknown" })),
    ),
  );
}

const start: readonly State[] = [{ attempt: 1, prior: "none", done: [], open: false }];

describe("the walk over every situation", () => {
  it.each(subjects)("knows every failure of $name", ({ api, cases }) => {
    const wanted = api.entries.filter(({ success }) => !success).map(({ id }) => id);
    expect(cases.map(({ label }) => label)).toEqual(expect.arrayContaining(wanted));
    expect(cases.length).toBeGreaterThanOrEqual(wanted.length + 5);
  });

  it.each([
    { subject: mm, atLeast: 60_000 },
    { subject: abp, atLeast: 200_000 },
    { subject: sixMm, atLeast: 200_000 },
  ])("finds no advice on $subject.name that the table forbids", ({ subject, atLeast }) => {
    const { found, wrong } = judge(subject, grid(subject), false);
    console.log(`${subject.name}: ${found.advices} advices in ${found.states} states`, found);
    expect(wrong).toEqual([]);
    expect(found.advices).toBeGreaterThan(atLeast);
    for (const kind of ["retry", "reconcile", "stop"] as const)
      expect(found[kind], kind).toBeGreaterThan(1_000);
  });

  it("sends an order again up to the last millisecond of its window, and of its deadline", () => {
    const ask = (keyAgeMs: number, elapsedMs: number): string =>
      abp.advise(
        { transport: "timeout" },
        { operation: "place-orders", attempt: 1, random: 0, keyAgeMs, elapsedMs },
      ).do;
    expect([ask(1_739_499, 0), ask(1_739_500, 0)]).toEqual(["retry", "reconcile"]);
    expect([ask(0, 4_499), ask(0, 4_500)]).toEqual(["retry", "reconcile"]);
  });
});

describe("the walk over every history", () => {
  it.each([
    { subject: mm, requests: 7, states: 30 },
    { subject: abp, requests: 5, states: 20 },
    { subject: sixMm, requests: 5, states: 60 },
  ])("of $subject.name ends after $requests requests", ({ subject, requests, states }) => {
    const { found, wrong } = judge(subject, start, true);
    console.log(
      `${subject.name}: histories of up to ${found.requests} requests through ${found.states} states, ${found.advices} advices`,
    );
    expect(wrong).toEqual([]);
    expect(found.requests).toBe(requests);
    expect(found.states).toBeGreaterThan(states);
  });
});

/** Wrong ways to advise, each of which some walk has to find. */
const mistakes: readonly [what: string, on: Subject, wrong: (right: Advise) => Advise][] = [
  ["sends again instead of looking", abp, changed("reconcile", asRetry)],
  ["sends again instead of looking", mm, changed("reconcile", asRetry)],
  ["gives up instead of looking", abp, changed("reconcile", asStop)],
  ["sends again what was refused for good", sixMm, changed("stop", asRetry)],
  ["takes a fresh key", abp, changed("retry", (retry) => ({ ...retry, identity: "fresh" }))],
  ["waits less than it was told", mm, changed("retry", (r) => ({ ...r, delayMs: r.delayMs - 1 }))],
  ["uses a signature twice", sixMm, changed("retry", (retry) => ({ ...retry, reSign: false }))],
  ["makes no step", sixMm, changed("retry", (retry) => ({ ...retry, before: [] }))],
  ["counts no attempts", abp, (right) => (f, input) => right(f, { ...input, attempt: 1 })],
  ["forgets steps", sixMm, (right) => (f, input) => right(f, { ...input, done: [] })],
  ["forgets the past", abp, (right) => (f, input) => right(f, { ...input, prior: "none" })],
  [
    "trusts old keys",
    abp,
    (right) =>
      (f, { keyAgeMs: _, ...i }) =>
        right(f, { ...i, keyAgeMs: 0 }),
  ],
  ["trusts libraries", sixMm, (right) => (f, input) => right(f, { ...input, singleSend: true })],
  ["ignores the deadline", abp, (right) => (f, input) => right(f, { ...input, elapsedMs: 0 })],
  [
    "ignores the budget",
    mm,
    (right) =>
      (f, { tokens: _, ...input }) =>
        right(f, input),
  ],
];

function changed<D extends root.Advice["do"]>(
  kind: D,
  change: (advice: Extract<root.Advice, { do: D }>, input: root.AdviceInput) => root.Advice,
): (right: Advise) => Advise {
  return (right) => (failure, input) => {
    const advice = right(failure, input);
    return advice.do === kind ? change(advice as Extract<root.Advice, { do: D }>, input) : advice;
  };
}

function asRetry(_: unknown, { attempt, prior = "none", done = [] }: root.AdviceInput): root.Retry {
  return {
    ...{ do: "retry", delayMs: 32_000, delayFrom: null, identity: "same", reSign: true },
    ...{
      before: [],
      pause: null,
      withinMs: Infinity,
      budget: null,
      cost: 0,
      next: { attempt: attempt + 1, prior, done },
    },
  } as const;
}

function asStop({ why, outcome, certainty, remedy, pause, pauseMs }: root.Reconcile): root.Stop {
  return { do: "stop", why, outcome, certainty, actor: "client", remedy, pause, pauseMs };
}

describe("the walks can fail: they find an advice that", () => {
  const named = mistakes.map(([what, on, wrong]) => [what, on.name, on, wrong] as const);
  it.each(named)("%s, on %s", (_, _name, subject, wrong) => {
    const wronged = { ...subject, advise: wrong(subject.advise) };
    const inGrid = judge(wronged, grid(subject), false, 1).wrong;
    expect(inGrid.length).toBeGreaterThan(0);
    expect(judge(wronged, start, true, 1).wrong.length).toBeGreaterThan(0);
  });

  it("ends no history", () => {
    const once: Advise = (failure, input) => mm.advise(failure, { ...input, attempt: 1 });
    const forever = changed("retry", (retry, { attempt }) => ({
      ...retry,
      next: { ...retry.next, attempt: attempt + 1 },
    }))(once);
    const { wrong } = judge({ ...mm, advise: forever }, start, true);
    expect(wrong).toContain("mm.too-many-requests: never ends");
  });
});
