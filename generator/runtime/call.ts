/** One call to an API, with all of its attempts: what a retry library asks before and after each of them. */
import type {
  Advice,
  AdviceInput,
  AnyOperation,
  Reconcile,
  Retry,
  Stop,
  TransportFailure,
} from "./advice.js";
import type { Failure } from "./failure.js";
import { failureOf } from "./guards.js";
import { CallRefused, isAbort, isRefusal, transportFailure } from "./transport.js";

export interface CallOptions {
  /** Whether the requests carry the operation's idempotency key, made for this call and kept unless the advice says `fresh`. */
  readonly keyed?: boolean;
  /** When the answer is no longer wanted, in ms after the start; default for a write: the catalog's deadline. */
  readonly deadlineMs?: number;
  /** `unknown` if an earlier call for the same write ended with an unknown outcome; default: `none`. */
  readonly prior?: "none" | "unknown";
  /** Whether nothing below, such as a library or a proxy, may send a request twice. */
  readonly singleSend?: boolean;
  /** The retry budget, shared by many calls. A retry takes tokens, and gives them back if it succeeds. */
  readonly bucket?: { tokens: number };
  /** What all calls of one account share. It keeps the budget, so that no `bucket` is needed. */
  readonly gate?: CallGate;
  /** In ms; it must not go back. Default: `performance.now`. */
  readonly now?: () => number;
  /**
   * In ms since 1970. It goes on while a machine sleeps, and a moment that a response without a date asks to wait for is
   * counted from it. Default: `Date.now`.
   */
  readonly wall?: () => number;
  /** From 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What a call asks of the gate that it shares with others. */
export interface CallGate {
  /** `null` once the request may leave, and otherwise why it must not. */
  enter(leaving: {
    readonly operation: string;
    /** How many items of a batch it carries. */
    readonly items?: number;
    readonly late: () => string | null;
    readonly budget: string | null;
    readonly cost: number;
  }): Promise<string | null>;
  heard(failure: Failure | TransportFailure, advice: Advice, operation: string): void;
  succeeded(operation: string, retried?: Pick<Retry, "budget" | "cost">, headers?: unknown): void;
}

/**
 * A call under way. Make one for each call, not for each attempt: it counts them. What it knows only grows: once an attempt
 * may have been executed, no later failure makes it say otherwise, and a call that has ended answers nothing more.
 */
export interface Call {
  /** The latest advice: read it to build the next request. */
  readonly advice: Advice | null;
  /** What the latest advice is about. */
  readonly failure: Failure | TransportFailure | null;
  /**
   * Takes the next attempt, directly before its request leaves: waits at the gate, and looks at the clocks once more. Rejects
   * with {@link CallRefused} if nothing may be sent: the call has ended, another attempt of it is under way, or it is too
   * late. Adapters do this by themselves.
   */
  sending(): Promise<void>;
  /** Tells that the attempt succeeded. The headers of the response may say what is left of the limits: they are for the gate. */
  succeeded(headers?: unknown): void;
  /**
   * Makes one attempt: {@link sending}, the request itself, and {@link succeeded} with the `headers` of what it resolves with.
   * What it throws is for {@link threw}.
   */
  attempt<T>(send: () => PromiseLike<T> | T): Promise<T>;
  /** Asks what to do after a failure. Throws {@link CallRefused} if the call has ended. */
  failed(failure: Failure | TransportFailure): Advice;
  /** The same after an error: that of a {@link CatalogError}, or of a request that ended without a response. */
  threw(error: unknown): Advice;
  /**
   * What to do when the host has given up, with the error that it ended with. As a rule it is the latest advice; but a host
   * that was aborted, or whose next request could not be built, gives up while the advice says `retry`, or unasked.
   */
  ended(error: unknown): Reconcile | Stop;
}

/** What is asked otherwise than it is: about a call that ends. */
type Over = Partial<Pick<AdviceInput, "attempt" | "tokens">>;

/** Begins a call, such as `startCall(advisePayments, "create-payment", { keyed: true })`. */
export function startCall<F, Op extends string>(
  advise: (failure: F | TransportFailure, input: AdviceInput<Op>) => Advice,
  operation: AnyOperation<Op>,
  options: CallOptions = {},
): Call {
  const { keyed = false, bucket, gate, random = Math.random } = options;
  const elapsed = stopwatch(options);
  let keySince = 0;
  let next: Retry["next"] = { attempt: 1, prior: options.prior ?? "none", done: [] };
  let last: { readonly about: Failure | TransportFailure; readonly input: Retry["next"] } | null =
    null;
  let advice: Advice | null = null;
  let adviceAt = 0;
  let paid: Pick<Retry, "budget" | "cost"> | undefined;
  let state: "ready" | "waiting" | "under-way" | "succeeded" | "ended" = "ready";
  /** Whether the host takes its attempts; one that does not is not told apart from one that shares the call. */
  let takes = false;

  const ask = (about: Failure | TransportFailure, from: Retry["next"], over: Over = {}): Advice => {
    const elapsedMs = elapsed();
    return advise(about as F | TransportFailure, {
      ...from,
      ...(keyed ? { keyAgeMs: elapsedMs - keySince } : {}),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      ...(options.singleSend === undefined ? {} : { singleSend: options.singleSend }),
      ...(bucket === undefined ? {} : { tokens: bucket.tokens }),
      operation,
      elapsedMs,
      nowMs: calendar(options),
      random: random(),
      ...over,
    });
  };
  const take = (about: Failure | TransportFailure, over: Over = {}): Advice => {
    if (state === "ended") throw refusal("finished");
    last = { about, input: next };
    advice = ask(about, next, over);
    adviceAt = elapsed();
    if (advice.do === "retry") {
      ({ next } = advice);
      if (advice.identity === "fresh") keySince = adviceAt;
      if (bucket !== undefined) bucket.tokens -= advice.cost;
      state = "ready";
    } else state = "ended";
    gate?.heard(about, advice, operation);
    return advice;
  };
  const refusal = (why: string): CallRefused =>
    new CallRefused(why, advice === null || advice.do === "retry" ? null : advice);
  /** Why the request is not wanted any more, now that it could leave. */
  const late = (): "deadline" | "window" | null => {
    if (!(elapsed() < (options.deadlineMs ?? Infinity))) return "deadline";
    if (advice?.do !== "retry" || elapsed() - adviceAt < advice.withinMs) return null;
    return "window";
  };
  /** Ends a call of which the next request must not leave. */
  const end = (why: string): void => {
    state = "ended";
    if (last === null) return;
    const over = why === "budget" ? { tokens: -1 } : {};
    const again = ask(last.about, last.input, over);
    advice = again.do === "retry" ? ask(last.about, last.input, { attempt: NaN }) : again;
  };
  const askAfter = (error: unknown, isOver: boolean): Advice => {
    const failure = failureOf(error);
    // Between two attempts nothing was sent: it is the next request that could not be made.
    const unmade = takes && state === "ready" && advice !== null;
    const about =
      failure ?? (unmade ? ({ transport: "unsent" } as const) : transportFailure(error));
    return take(about, isOver || isAbort(error) ? { attempt: NaN } : {});
  };
  const call: Call = {
    get advice() {
      return advice;
    },
    get failure() {
      return last?.about ?? null;
    },
    async sending() {
      if (state === "succeeded" || state === "ended") throw refusal("finished");
      if (state !== "ready") throw refusal("shared");
      state = "waiting";
      takes = true;
      const { budget = null, cost = 0 } = advice?.do === "retry" ? advice : {};
      const why = gate === undefined ? late() : await gate.enter({ operation, late, budget, cost });
      if (why !== null) {
        end(why);
        throw refusal(advice !== null && advice.do !== "retry" ? advice.why : why);
      }
      paid = advice?.do === "retry" ? { budget, cost } : undefined;
      state = "under-way";
    },
    succeeded(headers) {
      state = "succeeded";
      if (bucket !== undefined) bucket.tokens += paid?.cost ?? 0;
      gate?.succeeded(operation, paid, headers);
    },
    async attempt(send) {
      await call.sending();
      const value = await send();
      call.succeeded(headersIn(value));
      return value;
    },
    failed: (about) => take(about),
    threw: (error) => {
      if (isRefusal(error)) {
        // Nothing was sent, and what it says has been said.
        if (state === "ended" && advice !== null && advice.do !== "retry") return advice;
        throw error;
      }
      return askAfter(error, false);
    },
    ended: (error) => {
      if (advice !== null && advice.do !== "retry") return advice;
      // It went through, and whatever ended afterwards says nothing of that.
      const open = { ...next, prior: "unknown" } as const;
      if (state === "succeeded")
        return ask({ transport: "closed" }, open, { attempt: NaN }) as Reconcile | Stop;
      // After the last attempt there is no retry.
      if (state === "ended") return ask({ transport: "unsent" }, next, { attempt: NaN }) as Stop;
      return askAfter(error, true) as Reconcile | Stop;
    },
  };
  return call;
}

/**
 * The time since it was made, in ms, by one of two clocks: one stands still while a machine sleeps, and the other may be set.
 * The one that says that more has passed decides what is too late; with `Math.min`, the other one what is too early. `NaN`,
 * which counts as infinitely long, where the clock that must not go back does.
 */
export function stopwatch(
  { now, wall = Date.now }: Pick<CallOptions, "now" | "wall">,
  pick: (one: number, other: number) => number = Math.max,
): () => number {
  const monotonic = now ?? (() => clock.performance.now());
  const [start, startWall] = [monotonic(), wall()];
  return () => {
    const ms = monotonic() - start;
    return ms < 0 ? NaN : pick(ms, wall() - startWall);
  };
}

/** How far the caller's calendar may be ahead of the vendor's: what is waited for comes no sooner for it. */
const skewMs = 1_000;

/** The vendor's time by the caller's calendar, in ms since 1970. */
export function calendar({ wall = Date.now }: Pick<CallOptions, "wall">): number {
  return wall() - skewMs;
}

/** The headers of a response, if it is one. */
function headersIn(value: unknown): unknown {
  try {
    return (value as { readonly headers?: unknown } | null | undefined)?.headers;
  } catch {
    // A getter threw.
    return undefined;
  }
}

/** The platform's clock, which neither the language nor the types used here have. */
const clock = globalThis as unknown as { readonly performance: { now(): number } };
