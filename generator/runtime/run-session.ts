/** Carries a write through until it is known what became of each of its items: sends, waits, and looks it up. */
import type { Advice, AdviceInput, TransportFailure } from "./advice.js";
import { asked } from "./again.js";
import type { Batch, ItemReply } from "./batch.js";
import { stopwatch } from "./call.js";
import type { Failure, HttpResponse, Reply } from "./failure.js";
import type { Gate } from "./gate.js";
import { failureOf } from "./guards.js";
import { type Found, foundIn } from "./look.js";
import { begun, type Ending, type Item, type Moment, type Proof, type Terms } from "./item.js";
import {
  type Answer,
  answered,
  dropped,
  held,
  hindered,
  looked,
  sent,
  type Taken,
  told,
} from "./session.js";
import { bell, cancellable } from "./timers.js";
import { transportFailure } from "./transport.js";
import type {
  CancelByKey,
  Certainty,
  IdempotencyKey,
  LookUp,
  Operation,
  Outcome,
  Step,
} from "./vocabulary.js";

/** A write of a catalog, with all that a session has to know of it. */
export interface Write {
  readonly operation: string;
  readonly facts: Operation;
  /** How it is looked up, and how it is taken back by its key, as far as that is known. */
  readonly look: LookUp | null;
  readonly cancel: CancelByKey | null;
  readonly key: IdempotencyKey | null;
  advise(failure: Failure | TransportFailure, input: AdviceInput): Advice;
  decode(response: HttpResponse): Reply;
  /** Of a write with several items: what a response says of each, by its key. */
  items?(sent: Iterable<string>, response: HttpResponse): Pick<Batch, "reply" | "items">;
}

/** One copy of an item, to be sent or looked up. */
export interface Copy<T> {
  readonly item: T;
  /** Its idempotency key, or the reference that it is looked up by. It has to be in the request. */
  readonly key: string;
}

/** What a request has to mind. */
export interface Sending {
  /** Aborts once the answer would come too late. */
  readonly signal: PlatformSignal;
  /** Whether it needs a new timestamp and signature. */
  readonly reSign: boolean;
}

/** How to talk to the API: what the catalog does not know. */
export interface Client<T> {
  /** Sends one copy of each in one request, with redirects off. It rejects if no response comes, and makes no retries. */
  send(copies: readonly Copy<T>[], sending: Sending): PromiseLike<HttpResponse>;
  /** Asks what became of them, as the catalog's look-up says; without it, what is not known stays so. */
  lookUp?(copies: readonly Copy<T>[], sending: Sending): PromiseLike<HttpResponse>;
  /** Makes a step of an advice, such as the refresh of a token; with a gate, once for all who need it. It rejects if it failed. */
  step?(step: Step): PromiseLike<unknown>;
}

export interface SessionOptions<T> {
  /** What all sessions and calls of one account share. */
  readonly gate?: Gate;
  /** When the items are no longer wanted, in ms after the start; default: the catalog's deadline. */
  readonly deadlineMs?: number;
  /** Whether nothing below, such as a library or a proxy, may send a request twice. Default: nobody knows. */
  readonly singleSend?: boolean;
  /** The key of an item that has one of its own, such as the id of an order to be cancelled; it stays. */
  readonly keyOf?: (item: T) => string;
  /** Default: `crypto.randomUUID`. */
  readonly newKey?: () => string;
  /** How long to wait for the answer to one request, its body included, in ms; default: 10 seconds. */
  readonly timeoutMs?: number;
  /** How often an item may begin anew, once it is proved that no copy was executed; default: 5. */
  readonly rounds?: number;
  /** For how long to look up what is unknown, in ms; default: 10 minutes. */
  readonly lookForMs?: number;
  /** Ends the session: nothing more is sent. */
  readonly signal?: PlatformSignal;
  readonly now?: () => number;
  readonly wall?: () => number;
  readonly random?: () => number;
}

/** What became of an item. */
export interface Settled<T> extends Copy<T> {
  /**
   * `placed`: executed. `partly`: a part of it was. `accepted`: taken, and decided later. `declined`, `not-executed`: no copy
   * was executed. `unknown`: a person has to find out.
   */
  readonly is: Ending;
  /** What says so, and how that is known. */
  readonly by: Proof;
  readonly certainty: Certainty;
  /** The latest that went wrong. */
  readonly failure: Failure | TransportFailure | null;
  /** The operation that tells what became of it, if one is known. */
  readonly lookup: string | null;
}

export interface Session<T> {
  /** In the order of the items. Never rejects. */
  readonly settled: Promise<readonly Settled<T>[]>;
  /** Something else said what became of the item with this key, such as a frame on a socket: it ends a wait for a retry. */
  tell(key: string, outcome: Outcome): void;
}

/** Begins a session, such as `startSession(shopWrites["place-orders"], orders, { send, lookUp }, { gate })`. */
export function startSession<T>(
  write: Write,
  wanted: readonly T[],
  client: Client<T>,
  options: SessionOptions<T> = {},
): Session<T> {
  const { gate, keyOf, timeoutMs = 10_000, signal, random = Math.random } = options;
  const newKey = options.newKey ?? (() => platform.crypto.randomUUID());
  const { look } = write;
  const elapsed = stopwatch(options);
  const terms: Terms = {
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    singleSend: options.singleSend === true,
    keepsKey: keyOf !== undefined,
    canLook: look !== null && client.lookUp !== undefined,
    rounds: options.rounds ?? 5,
    lookForMs: options.lookForMs ?? 600_000,
  };
  const rows = wanted.map((item) => ({ item, key: keyOf?.(item) ?? newKey(), state: begun() }));
  type Row = (typeof rows)[number];
  /** The results of the steps, such as a token, that the last request of each had. */
  const had = new Map<Row, ReadonlyMap<string, unknown>>();
  /** Rings when something else has told, or the caller has ended it. */
  const news = bell();

  const moment = (): Moment => ({ rules: write, terms, atMs: elapsed(), random: random() });
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
      if (left <= 0 || rest.length === 0 || signal?.aborted === true) return rest;
      const timer = cancellable(left);
      await Promise.race([timer.over, news.next()]);
      timer.cancel();
    }
  };
  /** Asks with a time limit that covers the body. */
  const ask = async (
    make: (sending: Sending) => PromiseLike<HttpResponse>,
    reSign: boolean,
  ): Promise<{ response: HttpResponse } | { error: unknown }> => {
    const controller = new platform.AbortController();
    const timer = cancellable(timeoutMs);
    let isOver = false;
    const late = timer.over.then(() => {
      if (!isOver) controller.abort(timedOut());
      throw timedOut();
    });
    late.catch(() => {});
    try {
      const sending = { signal: controller.signal, reSign };
      return { response: await Promise.race([make(sending), late]) };
    } catch (error) {
      return { error };
    } finally {
      isOver = true;
      timer.cancel();
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
          await gate?.enter({ operation });
          return (await client.step?.(step)) ?? {};
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
    const input = { operation, attempt: 1, elapsedMs: 0, random: random(), done };
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
        : await gate.enter({ operation, items: group.length, late, budget, cost });
    // A message may have told in the meantime.
    const rest = group.filter(({ state }) => state.todo.do === "send");
    if (signal?.aborted === true || rest.length === 0) return;
    if (why !== null) {
      moveAll(rest, "send", (state, moment) => held(state, moment));
      return;
    }
    if (todo.key === "fresh") for (const row of rest) row.key = newKey();
    moveAll(rest, "send", sent);
    if (gate !== undefined) for (const row of rest) had.set(row, gate.results());
    const copies = rest.map(({ item, key }) => ({ item, key }));
    const result = await ask((sending) => client.send(copies, sending), todo.reSign);
    const answers = answersOf(write, rest, result);
    const { failure, answerOf } = answers;
    if (failure === null) gate?.succeeded(operation, cost > 0 ? { budget, cost } : undefined);
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
    await gate?.enter({ operation, late, budget: null, cost: 0 });
    const rest = group.filter(({ state }) => state.todo.do === "look");
    if (signal?.aborted === true || rest.length === 0) return;
    const copies = rest.map(({ item, key }) => ({ item, key }));
    lookHad = gate?.results();
    const result = await ask((sending) => client.lookUp!(copies, sending), true);
    const reply = replyOf(write, result);
    const keys = copies.map(({ key }) => key);
    const found = "transport" in reply ? none : foundIn(look, keys, reply);
    const failure = "transport" in reply ? reply : reply.ok ? null : reply.failure;
    if (failure === null || found.size > 0) {
      lookSteps = noSteps();
      gate?.succeeded(operation);
    } else {
      const advice = hear(failure, operation, lookSteps.done);
      // The machine says when to look again; what has to be done first, such as to refresh a token, only the advice.
      lookSteps =
        advice.do === "retry" ? { next: advice.before, done: advice.next.done } : noSteps();
    }
    moveAll(rest, "look", (state, moment, key) => looked(state, found.get(key) ?? null, moment));
  };

  /** Carries on items that do the same thing at the same time, until they part. */
  const run = async (group: readonly Row[]): Promise<void> => {
    if (signal?.aborted === true) for (const row of group) row.state = dropped(row.state);
    const groups = new Map<unknown, Row[]>();
    for (const row of group) {
      const { todo } = row.state;
      if (todo.do === "end") continue;
      const isAlone =
        todo.do === "send"
          ? todo.key === "fresh" || write.items === undefined
          : look?.join === undefined;
      const name = isAlone ? row : `${todo.do} ${"fromMs" in todo ? todo.fromMs : ""}`;
      groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    await Promise.all(
      [...groups.values()].map(async (rows) => {
        await (rows[0]!.state.todo.do === "look" ? lookUp(rows) : send(rows));
        await run(rows);
      }),
    );
  };
  signal?.addEventListener("abort", news.ring);
  const settled = run(rows).then(() => {
    signal?.removeEventListener("abort", news.ring);
    return rows.map(({ item, key, state }): Settled<T> => {
      const { is, by, certainty } = endOf(dropped(state));
      const lookup = write.facts.lookup ?? null;
      return { item, key, is, by, certainty, failure: state.failure, lookup };
    });
  });
  return {
    settled,
    tell(key, outcome) {
      for (const row of rows) if (row.key === key) row.state = told(row.state, outcome, moment());
      news.ring();
    },
  };
}

function endOf({ todo }: Item): { is: Ending; by: Proof; certainty: Certainty } {
  return todo.do === "end" ? todo : { is: "unknown", by: "answer", certainty: "policy" };
}

/** The steps to make before the next look-up, and those that were made since the last one that worked. */
const noSteps = (): { next: readonly Step[]; done: readonly string[] } => ({ next: [], done: [] });

const none: ReadonlyMap<string, Found> = new Map();

type Result = { readonly response: HttpResponse } | { readonly error: unknown };

function replyOf({ decode }: Pick<Write, "decode">, result: Result): Reply | TransportFailure {
  if ("response" in result) return decode(result.response);
  const failure = failureOf(result.error);
  return failure === null ? transportFailure(result.error) : { ok: false, failure };
}

/** What a request came to: the failure of the whole, if it failed, and what it says of each item. */
function answersOf(
  write: Write,
  rows: readonly { readonly key: string }[],
  result: Result,
): {
  readonly failure: Failure | TransportFailure | null;
  readonly answerOf: (key: string) => Answer;
} {
  const whole = replyOf(write, result);
  const failure = "transport" in whole ? whole : whole.ok ? null : whole.failure;
  if ("response" in result && write.items !== undefined) {
    const keys = rows.map(({ key }) => key);
    const { items } = write.items(keys, result.response);
    return { failure, answerOf: (key) => ofItem(items.get(key)) };
  }
  const answer: Answer =
    "transport" in whole || !whole.ok
      ? { failure, isItems: false }
      : isTaken(whole.outcome)
        ? { outcome: whole.outcome, certainty: "documented" }
        : nothing;
  return { failure, answerOf: () => answer };
}

const nothing: Answer = { failure: null, isItems: false };

function isTaken(outcome: Outcome): outcome is Taken {
  return outcome === "executed" || outcome === "accepted" || outcome === "partial";
}

function ofItem(reply: ItemReply | undefined): Answer {
  if (reply === undefined || reply.is === "skipped") return nothing;
  if (reply.is === "accepted")
    return isTaken(reply.outcome) ? { outcome: reply.outcome, certainty: "documented" } : nothing;
  if (reply.is === "declined") return { failure: reply.failure, isItems: true };
  // A refusal of which it is not clear whether it is this item's.
  if (reply.is === "unknown" && reply.failure?.outcome === "not-executed") return nothing;
  return { failure: reply.failure, isItems: false };
}

function timedOut(): Error {
  return Object.assign(new Error("No answer in time"), { name: "TimeoutError" });
}

/** The platform's own AbortSignal, where it has one. */
export type PlatformSignal = typeof globalThis extends {
  AbortSignal: { prototype: infer S };
}
  ? S
  : {
      readonly aborted: boolean;
      addEventListener(type: "abort", listener: () => void): void;
      removeEventListener(type: "abort", listener: () => void): void;
    };

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  readonly AbortController: new () => { readonly signal: PlatformSignal; abort(why: Error): void };
  readonly crypto: { randomUUID(): string };
};
