/**
 * Every history that an item of a write can have in a session: each answer, loss, look-up and message that can follow, from
 * the first copy to the end. What may have been executed is kept beside it by a model of its own, made from the design: a
 * copy that nobody answered may have been; one that was refused was not, but something below may have made another one; and
 * only a look-up that could have shown it proves that nothing was.
 */
import { describe, expect, it } from "vitest";
import type { Retry } from "trading-api-errors";
import { abpWrites } from "trading-api-errors/abp";
import { sixMmWrites } from "trading-api-errors/6mm";
import { mmWrites } from "trading-api-errors/mm";
import { begun, type Item, type Moment, type Terms } from "../generator/runtime/item.js";
import type { Found } from "../generator/runtime/look.js";
import type { LookUp } from "../generator/runtime/vocabulary.js";
import * as session from "../generator/runtime/session.js";
import { abp, type Case, mm, sixMm, type Subject } from "./advise-subjects.js";

type Machine = typeof session;

const writes = [
  { name: "abp", write: abpWrites["place-orders"], subject: abp },
  { name: "mm", write: mmWrites["cancel-order"], subject: mm },
  { name: "6mm", write: sixMmWrites["place-order"], subject: sixMm },
] as const;

const lookForMs = 20_000;

/** What the caller says: whether nothing repeats requests, whether there is a look-up, and whose key it is. */
const manners = [
  { singleSend: false, canLook: true, keepsKey: false },
  { singleSend: true, canLook: true, keepsKey: false },
  { singleSend: false, canLook: false, keepsKey: false },
  { singleSend: true, canLook: false, keepsKey: false },
  { singleSend: false, canLook: true, keepsKey: true },
].flatMap((one) => [
  { ...one, rounds: 2, lookForMs },
  { ...one, rounds: 2, lookForMs, deadlineMs: 3_600_000 },
]) satisfies readonly Terms[];

/** A refusal of these holds for each copy, as the same request is refused in the same way. */
const ofEveryCopy = new Set(["credentials", "permission", "unsupported"]);

/** What a session does with an advice. */
interface Said extends Omit<Retry, "do"> {
  readonly do: string;
  readonly why: string;
}

/** One failure of each kind: those that a session cannot tell apart are one. */
function kinds({ cases, advise }: Subject, operation: string): readonly Case[] {
  const seen = new Map<string, Case>();
  for (const one of cases) {
    const input = { operation, attempt: 1, elapsedMs: 0, random: 0, keyAgeMs: 0 };
    const advices = [true, false].flatMap((singleSend) =>
      (["none", "unknown"] as const).map((prior) =>
        advise(one.failure, { ...input, singleSend, prior }),
      ),
    );
    const said = advices.map(({ do: what, why, identity, before, budget }: Partial<Said>) => [
      ...[what, why, identity, before, budget],
    ]);
    const isEvery = "category" in one.failure && ofEveryCopy.has(one.failure.category);
    seen.set(JSON.stringify([said, one.outcome, isEvery]), one);
  }
  return [...seen.values()];
}

const finds: readonly (Found | null)[] = [
  null,
  ...(["executed", "partial", "accepted", "unknown", "absent", "not-executed"] as const).map(
    (outcome) => ({ outcome, isFinal: false }),
  ),
  { outcome: "not-executed", isFinal: true },
];

/** What may have been executed, by what the answers tell. */
interface Truth {
  /** A copy of the session's own, and one that something below made. */
  readonly own: boolean;
  readonly hidden: boolean;
  /** Whether a copy since the last proof has no answer that tells what became of it. */
  readonly unanswered: boolean;
  /** When the key was first sent, and the last copy left. */
  readonly keyMs: number;
  readonly sentMs: number;
  readonly heardMs: number;
}

interface State {
  readonly item: Item;
  readonly truth: Truth;
  readonly atMs: number;
}

const most = 400_000;

function walk(
  { write, subject }: (typeof writes)[number],
  terms: Terms,
  machine: Machine,
  enough = Infinity,
) {
  const { look } = write;
  const { repeat } = write.facts;
  const failures = kinds(subject, write.operation);
  const wrong: string[] = [];
  const states: State[] = [
    {
      item: begun(),
      truth: { own: false, hidden: false, unanswered: false, keyMs: 0, sentMs: 0, heardMs: 0 },
      atMs: 0,
    },
  ];
  const seen = new Set<string>();
  let steps = 0;
  const endings = new Map<string, number>();

  const add = (from: State, item: Item, truth: Truth, atMs: number, what: string): void => {
    steps++;
    const state = { item, truth, atMs };
    for (const problem of judge(from, state)) wrong.push(`${what}: ${problem}`);
    const name = nameOf(state, look ?? {});
    if (seen.has(name)) return;
    seen.add(name);
    if (item.todo.do === "end") endings.set(item.todo.is, (endings.get(item.todo.is) ?? 0) + 1);
    else states.push(state);
  };

  /** What the design forbids. */
  const judge = (
    { item: before, truth: knew }: State,
    { item, truth }: State,
  ): readonly string[] => {
    const problems: string[] = [];
    const { todo } = item;
    const open = truth.own || truth.hidden;
    if (before.prior === "unknown" && item.prior === "none" && knew.own && truth.own)
      problems.push("forgets that a copy may have been executed");
    if (todo.do === "end" && (todo.is === "declined" || todo.is === "not-executed")) {
      // With nobody to ask, a refusal is believed; but never beside a copy that got no answer.
      const denies = terms.canLook ? open : truth.own;
      if (denies) problems.push(`${todo.is}, and a copy may have been executed`);
    }
    if (todo.do === "send" && item.sentMs !== null) {
      const isNoticed = todo.key === "same" && (write.key !== null || repeat === "harmless");
      if (open && !isNoticed) problems.push("sends what nobody would notice to be a copy");
      const { windowMs = 0, slackMs = 0 } = write.key ?? {};
      const isLate = todo.fromMs - truth.keyMs >= windowMs - slackMs;
      if (open && repeat !== "harmless" && isLate) problems.push("sends under a forgotten key");
      if (terms.keepsKey && todo.key === "fresh") problems.push("takes another key");
      if (terms.deadlineMs !== undefined && todo.fromMs >= terms.deadlineMs)
        problems.push("sends what is no longer wanted");
    }
    return problems;
  };

  const moment = (atMs: number): Moment => ({
    rules: write,
    terms,
    atMs,
    sureMs: atMs,
    nowMs: atMs,
    random: 0,
  });
  for (const state of states) {
    if (states.length > most || wrong.length >= enough) break;
    const { item, truth, atMs } = state;
    const { todo } = item;
    if (todo.do === "send") {
      const at = Math.max(atMs, todo.fromMs);
      const isFresh = todo.key === "fresh" || item.sentMs === null;
      const left: Truth = { ...truth, sentMs: at, ...(isFresh ? { keyMs: at } : {}) };
      add(state, machine.sent(item, moment(at)), left, at, "sent");
      add(state, machine.held(item, moment(at)), truth, at, "held");
      if (todo.steps.length > 0)
        add(state, machine.hindered(item, moment(at)), truth, at, "hindered");
      // A message in the wait for a retry: whatever it leaves open is as if no answer had come.
      if (item.sentMs !== null)
        for (const outcome of ["executed", "unknown"] as const)
          add(
            state,
            machine.told(item, outcome, moment(at)),
            { ...truth, unanswered: true },
            at,
            `told ${outcome}`,
          );
      continue;
    }
    if (todo.do === "wait") {
      for (const one of failures) {
        const isLost = "transport" in one.failure;
        const at = atMs + (isLost ? 2_000 : 50);
        const isRefused = one.outcome === "not-executed";
        const isEvery =
          (isLost && isRefused) ||
          ("category" in one.failure && ofEveryCopy.has(one.failure.category));
        const isTold = isRefused;
        const after: Truth = {
          ...truth,
          heardMs: at,
          own: truth.own || !isRefused,
          hidden: truth.hidden || (!terms.singleSend && !isEvery),
          unanswered: truth.unanswered || !isTold,
        };
        for (const isItems of [false, true]) {
          const answer = { failure: one.failure as never, isItems };
          add(state, machine.answered(item, answer, moment(at)), after, at, one.label);
        }
      }
      const open = { ...truth, own: true, unanswered: true, heardMs: atMs + 50 };
      const said = { failure: null, isItems: false };
      add(state, machine.answered(item, said, moment(atMs + 50)), open, atMs + 50, "nothing said");
      for (const outcome of ["executed", "accepted", "partial"] as const) {
        const answer = { outcome, certainty: "documented" } as const;
        add(state, machine.answered(item, answer, moment(atMs + 50)), open, atMs + 50, outcome);
      }
    }
    if (todo.do === "look") {
      const at = Math.max(atMs, todo.fromMs);
      const waitsMs = truth.unanswered ? look!.settleMs! : look!.lagMs!;
      for (const found of finds) {
        const isSettled = at - truth.heardMs >= waitsMs;
        const isProof =
          (found?.outcome === "not-executed" && (found.isFinal || isSettled)) ||
          (found?.outcome === "absent" && isSettled && look!.absent === "not-executed");
        const after = isProof ? { ...truth, own: false, hidden: false, unanswered: false } : truth;
        const what = found === null ? "looked in vain" : `found ${found.outcome}`;
        add(state, machine.looked(item, found, moment(at), moment(at)), after, at, what);
      }
    }
    // At any moment something else may tell; of one copy, where there may be several.
    for (const outcome of ["executed", "not-executed", "unknown"] as const) {
      const isOnly = outcome === "not-executed" && terms.singleSend && item.attempt === 1;
      const after = isOnly && item.round === 1 ? { ...truth, own: false } : truth;
      add(state, machine.told(item, outcome, moment(atMs)), after, atMs, `told ${outcome}`);
    }
  }
  return { wrong, states: states.length, steps, endings, isWhole: states.length <= most };
}

/** What a state is known by: of the times only whether they have passed what they are for. */
function nameOf(
  { item, truth, atMs }: State,
  { settleMs = 0, lagMs = 0 }: Partial<LookUp>,
): string {
  const { todo, failure, ...rest } = item;
  const past = (since: number | null, ...marks: readonly number[]): number =>
    marks.filter((mark) => since !== null && atMs - since >= mark).length;
  const times = [
    past(item.heardMs, lagMs, settleMs),
    past(item.lookMs, lookForMs),
    past(0, 1_000, 2_000, 3_000, 4_000, 5_000),
  ];
  const what = failure === null ? null : "transport" in failure ? failure.transport : failure.id;
  const next =
    "key" in todo ? [todo.key, todo.steps.length] : "is" in todo ? [todo.is, todo.by] : null;
  const { attempt, round, prior, done, looks, isItems, isUnanswered, isUnsure } = rest;
  const counts = [attempt, round, prior, done, Math.min(looks, 5)];
  const flags = [isItems, isUnanswered, isUnsure, truth.own, truth.hidden, truth.unanswered];
  return JSON.stringify([todo.do, next, what, times, counts, flags]);
}

describe("the walk over every history of an item", () => {
  it.each(writes)("of $name never lets go of what may have been executed", (one) => {
    const sizes = manners.map((terms) => {
      const { wrong, states, steps, endings, isWhole } = walk(one, terms, session);
      expect(wrong.slice(0, 5), JSON.stringify(terms)).toEqual([]);
      expect(isWhole).toBe(true);
      return { ...terms, states, steps, ...Object.fromEntries(endings) };
    });
    console.table(sizes);
    const all = new Set(sizes.flatMap((size) => Object.keys(size)));
    for (const ending of ["placed", "partly", "accepted", "not-executed", "unknown"])
      expect([...all]).toContain(ending);
  });
});

const changed = (change: Partial<Machine>): Machine => ({ ...session, ...change });

/** Wrong machines, each of which the walk has to find. */
const mistakes: readonly [what: string, machine: Machine][] = [
  [
    "takes a fresh key for every copy",
    changed({
      answered: (item, answer, moment) => {
        const next = session.answered(item, answer, moment);
        const { todo } = next;
        return todo.do === "send" ? { ...next, todo: { ...todo, key: "fresh" } } : next;
      },
    }),
  ],
  [
    "trusts an absence too early",
    changed({
      looked: (item, found, moment) => session.looked({ ...item, heardMs: -1e9 }, found, moment),
    }),
  ],
  [
    "takes every refusal for the end",
    changed({
      answered: (item, answer, moment) =>
        session.answered({ ...item, prior: "none" }, answer, {
          ...moment,
          terms: { ...moment.terms, singleSend: true },
        }),
    }),
  ],
  [
    "forgets that a copy got no answer",
    changed({
      looked: (item, found, moment) =>
        session.looked({ ...item, isUnanswered: false }, found, moment),
    }),
  ],
  [
    "gives up what is held",
    changed({
      held: (item) => ({
        ...item,
        todo: { do: "end", is: "not-executed", by: "answer", certainty: "inferred" },
      }),
    }),
  ],
];

describe("the walk can fail: it finds a machine that", () => {
  it.each(mistakes)("%s", (_, machine) => {
    const isFound = manners.some((terms) =>
      writes.some((one) => walk(one, terms, machine, 1).wrong.length > 0),
    );
    expect(isFound).toBe(true);
  });
});
