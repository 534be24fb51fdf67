/** Carries a write through until it is known what became of each of its items: sends, waits, and looks it up. */
import type { Advice, TransportFailure } from "./advice.js";
import { asked } from "./again.js";
import { answersOf, replyOf, type Result } from "./answers.js";
import { calendar, stopwatch } from "./call.js";
import type { Client, Sending, Session, SessionOptions, Settled, Write } from "./client.js";
import type { Failure, HttpResponse } from "./failure.js";
import { failureOf } from "./guards.js";
import { begun, type Ending, type Item, type Moment, type Proof, type Terms } from "./item.js";
import { type Found, foundIn } from "./look.js";
import { isAborted, onAbort, patience, type PlatformSignal } from "./patience.js";
import { answered, dropped, held, hindered, looked, sent, told } from "./session.js";
import { bell, cancellable } from "./timers.js";
import type { Certainty, Step } from "./vocabulary.js";

/** Begins a session, such as `startSession(shopWrites["place-orders"], orders, { send, lookUp }, { gate })`. */
export function startSession<T>(
  write: Write,
  wanted: readonly T[],
  client: Client<T>,
  options: SessionOptions<T> = {},
): Session<T> {
  const { gate, keyOf, signal, random = Math.random } = options;
  const timeoutMs = finite(options.timeoutMs, 10_000);
  const newKey = options.newKey ?? (() => platform.crypto.randomUUID());
  const { look } = write;
  const elapsed = stopwatch(options);
  const sure = stopwatch(options, Math.min);
  const terms: Terms = {
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    singleSend: options.singleSend === true,
    keepsKey: keyOf !== undefined,
    canLook: look !== null && client.lookUp !== undefined,
    rounds: finite(options.rounds, 5),
    lookForMs: finite(options.lookForMs, 600_000),
  };
  const rows = wanted.map((item) => ({
    item,
    key: keyOf?.(item) ?? newKey(),
    keys: [] as string[],
    state: begun(),
  }));
  type Row = (typeof rows)[number];
  /** The results of the steps, such as a token, that the last request of each had. */
  const had = new Map<Row, ReadonlyMap<string, unknown>>();
  /** Rings when something else has told, or the caller has ended it. */
  const news = bell();
  const own = signal === undefined ? {} : { signal };

  const moment = (): Moment => ({
    ...{
      rules: write,
      terms,
      atMs: elapsed(),
      sureMs: sure(),
      nowMs: calendar(options),
      random: random(),
    },
  });
  /** The same moment for all of them, so that those that go on together stay together. */
  const moveAll = (
    group: readonly Row[],
    from: Item["todo"]["do"],
    to: (state: Item, moment: Moment, key: string) => Item,
  ): void => {
    const now = moment();
    for (const row of group)
      if (row.state.todo.do === from) row.state = to(row.state, now, row.key);
  };
  /** Waits for the time of what is to be done, as long as there is something to do. */
  const waitFor = async (group: readonly Row[], what: "send" | "look"): Promise<readonly Row[]> => {
    const { todo } = group[0]!.state;
    for (;;) {
      const rest = group.filter(({ state }) => state.todo.do === what);
      const left = "fromMs" in todo ? todo.fromMs - elapsed() : 0;
      if (left <= 0 || rest.length === 0 || isAborted(signal)) return rest;
      const timer = cancellable(left);
      await Promise.race([timer.over, news.next()]);
      timer.cancel();
    }
  };
  /** What a function of the caller's comes to, within the time that it has. */
  const timed = async <R>(work: (within: PlatformSignal) => PromiseLike<R> | R): Promise<R> => {
    const time = patience(timeoutMs, signal);
    try {
      return await time.race((async () => work(time.signal))());
    } finally {
      time.done();
    }
  };
  /** Asks with a time limit that covers the body. */
  const ask = async (
    make: (sending: Sending) => PromiseLike<HttpResponse>,
    reSign: boolean,
  ): Promise<Result> => {
    try {
      return { response: await timed((within) => make({ signal: within, reSign })) };
    } catch (error) {
      return { error };
    }
  };

  /** Makes steps, and says whether that worked. Whoever `had` an older result than there is takes that one. */
  const made = async (
    steps: readonly Step[],
    had: ReadonlyMap<string, unknown> | undefined,
  ): Promise<boolean> => {
    try {
      for (const step of steps) {
        const run = async (): Promise<unknown> => {
          const operation = step.operation ?? step.do;
          await gate?.enter({ operation, ...own });
          return (await timed(() => client.step?.(step))) ?? {};
        };
        await (gate === undefined ? run() : gate.once(step.do, had?.get(step.do), run));
      }
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (failure !== null) hear(failure, "read");
      return false;
    }
  };
  /** Lets the gate hear of the failure of a read. */
  const hear = (
    failure: Failure | TransportFailure,
    operation: string,
    done: readonly string[] = [],
  ): Advice => {
    const nowMs = calendar(options);
    const input = { operation, attempt: 1, elapsedMs: 0, nowMs, random: random(), done };
    const advice = write.advise(failure, input);
    gate?.heard(failure, advice, operation);
    return advice;
  };
  const send = async (group: readonly Row[]): Promise<void> => {
    const { todo } = group[0]!.state;
    if (todo.do !== "send" || (await waitFor(group, "send")).length === 0) return;
    if (!(await made(todo.steps, had.get(group[0]!)))) {
      moveAll(group, "send", (state, moment) => hindered(state, moment));
      return;
    }
    const beforeMs = Math.min(todo.beforeMs, terms.deadlineMs ?? Infinity);
    const { operation } = write;
    const late = (): string | null => (elapsed() < beforeMs ? null : "deadline");
    const { budget, cost } = todo;
    const why =
      gate === undefined
        ? late()
        : await gate.enter({ operation, items: group.length, late, budget, cost, ...own });
    // A message may have told in the meantime.
    const rest = group.filter(({ state }) => state.todo.do === "send");
    if (isAborted(signal) || rest.length === 0) return;
    if (why !== null) {
      moveAll(rest, "send", (state, moment) => held(state, moment));
      return;
    }
    if (todo.key === "fresh")
      for (const row of rest) {
        row.keys.push(row.key);
        row.key = newKey();
      }
    moveAll(rest, "send", sent);
    if (gate !== undefined) for (const row of rest) had.set(row, gate.results());
    const copies = rest.map(({ item, key }) => ({ item, key }));
    const result = await ask((sending) => client.send(copies, sending), todo.reSign);
    // An abort has a reason of the caller's, which is no answer.
    if ("error" in result && isAborted(signal)) return;
    const answers = answersOf(write, rest, result);
    const { failure, answerOf } = answers;
    if (failure === null)
      gate?.succeeded(operation, cost > 0 ? { budget, cost } : undefined, headersOf(result));
    else {
      const advice = asked(rest[0]!.state, moment(), failure);
      gate?.heard(failure, advice, operation);
    }
    moveAll(rest, "wait", (state, moment, key) => answered(state, answerOf(key), moment));
  };

  let lookSteps = noSteps();
  let lookHad: ReadonlyMap<string, unknown> | undefined;
  const lookUp = async (group: readonly Row[]): Promise<void> => {
    const todo = group[0]!.state.todo;
    if (todo.do !== "look" || look === null) return;
    if ((await waitFor(group, "look")).length === 0) return;
    const { operation } = look;
    if (await made(lookSteps.next, lookHad)) lookSteps.next = [];
    const late = (): null => null;
    await gate?.enter({ operation, late, budget: null, cost: 0, ...own });
    const rest = group.filter(({ state }) => state.todo.do === "look");
    if (isAborted(signal) || rest.length === 0) return;
    const copies = rest.map(({ item, key }) => ({ item, key }));
    lookHad = gate?.results();
    const askedAt = moment();
    const result = await ask((sending) => client.lookUp!(copies, sending), true);
    if ("error" in result && isAborted(signal)) return;
    const reply = replyOf(write, result);
    const keys = copies.map(({ key }) => key);
    const found = "transport" in reply ? none : foundIn(look, keys, reply);
    const failure = "transport" in reply ? reply : reply.ok ? null : reply.failure;
    if (failure === null || found.size > 0) {
      lookSteps = noSteps();
      gate?.succeeded(operation, undefined, headersOf(result));
    } else {
      const advice = hear(failure, operation, lookSteps.done);
      // The machine says when to look again; what has to be done first, such as to refresh a token, only the advice.
      lookSteps =
        advice.do === "retry" ? { next: advice.before, done: advice.next.done } : noSteps();
    }
    moveAll(rest, "look", (state, moment, key) =>
      looked(state, found.get(key) ?? null, moment, askedAt),
    );
  };

  /** Carries on items that do the same thing at the same time, until they part. */
  const run = async (group: readonly Row[]): Promise<void> => {
    if (isAborted(signal)) for (const row of group) row.state = dropped(row.state);
    const groups = new Map<unknown, Row[]>();
    for (const row of group) {
      const { todo } = row.state;
      if (todo.do === "end") continue;
      const isAlone =
        todo.do === "send"
          ? todo.key === "fresh" || write.items === undefined
          : look?.join === undefined;
      const name = isAlone
        ? row
        : `${todo.do} ${"fromMs" in todo ? todo.fromMs : ""} ${todo.do === "look" ? Math.floor(rows.indexOf(row) / mostKeys) : ""}`;
      groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    await Promise.all(
      [...groups.values()].map(async (rows) => {
        try {
          await (rows[0]!.state.todo.do === "look" ? lookUp(rows) : send(rows));
          await run(rows);
        } catch {
          // A function of the caller's threw that never should: nothing more is sent.
          for (const row of rows) row.state = dropped(row.state);
        }
      }),
    );
  };
  const off = onAbort(signal, news.ring);
  const settled = run(rows).then(() => {
    off();
    return rows.map(({ item, key, state }): Settled<T> => {
      const { is, by, certainty } = endOf(dropped(state));
      const lookup = write.facts.lookup ?? null;
      return { item, key, is, by, certainty, failure: state.failure, lookup };
    });
  });
  return {
    settled,
    tell(key, outcome) {
      // A message about an earlier copy is news as well.
      for (const row of rows)
        if ([row.key, ...row.keys].some((one) => isSame(one, key)))
          row.state = told(row.state, outcome, moment());
      news.ring();
    },
  };
}

function headersOf(result: Result): unknown {
  return "response" in result ? result.response.headers : undefined;
}

function isSame(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
}

/** How many keys one look-up asks for: an address has to fit into a request. */
const mostKeys = 50;

/** A number that a timer can be set for, or what is meant without one. */
function finite(value: number | undefined, otherwise: number): number {
  return value !== undefined && value >= 0 && value < Infinity ? value : otherwise;
}

function endOf({ todo }: Item): { is: Ending; by: Proof; certainty: Certainty } {
  return todo.do === "end" ? todo : { is: "unknown", by: "answer", certainty: "policy" };
}

/** The steps to make before the next look-up, and those that were made since the last one that worked. */
const noSteps = (): { next: readonly Step[]; done: readonly string[] } => ({ next: [], done: [] });

const none: ReadonlyMap<string, Found> = new Map();

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  readonly crypto: { randomUUID(): string };
};
