/** One call to an API, with all of its attempts: what a retry library asks after each of them. */
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
import { chainOf, failureOf } from "./guards.js";

export interface CallOptions {
  /** Whether the requests carry the operation's idempotency key, made for this call and kept unless the advice says `fresh`. */
  readonly keyed?: boolean;
  /** When the answer is no longer wanted, in ms after the start; default for a write: the catalog's deadline. */
  readonly deadlineMs?: number;
  /** `unknown` if an earlier call for the same write ended with an unknown outcome; default: `none`. */
  readonly prior?: "none" | "unknown";
  /** Whether nothing below, such as a library or a proxy, may send a request twice. */
  readonly singleSend?: boolean;
  /** The retry budget, shared by many calls; its tokens are taken from here. */
  readonly bucket?: { tokens: number };
  /** In ms; it must not go back. Default: `performance.now`. */
  readonly now?: () => number;
  /** From 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** A call under way. Make one for each call, not for each attempt: it counts them. */
export interface Call {
  /** The latest advice: read it to build the next request. */
  readonly advice: Advice | null;
  /** What the latest advice is about. */
  readonly failure: Failure | TransportFailure | null;
  /** Asks what to do after a failure. */
  failed(failure: Failure | TransportFailure): Advice;
  /** The same after an error: that of a {@link CatalogError}, or of a request that ended without a response. */
  threw(error: unknown): Advice;
  /**
   * What to do when the host has given up, with the error that it ended with. As a rule it is the latest advice; but a host
   * that was aborted, or whose next request could not be built, gives up while the advice says `retry`, or unasked.
   */
  ended(error: unknown): Reconcile | Stop;
}

/** Begins a call, such as `startCall(advisePayments, "create-payment", { keyed: true })`. */
export function startCall<F, Op extends string>(
  advise: (failure: F | TransportFailure, input: AdviceInput<Op>) => Advice,
  operation: AnyOperation<Op>,
  options: CallOptions = {},
): Call {
  const { keyed = false, bucket, random = Math.random } = options;
  const now = options.now ?? (() => clock.performance.now());
  const start = now();
  let keySince = start;
  let next: Retry["next"] = { attempt: 1, prior: options.prior ?? "none", done: [] };
  let advice: Advice | null = null;
  let failure: Failure | TransportFailure | null = null;

  const ask = (about: Failure | TransportFailure, ended: boolean): Advice => {
    const at = now();
    failure = about;
    advice = advise(about as F | TransportFailure, {
      ...next,
      ...(ended ? { attempt: NaN } : {}),
      ...(keyed ? { keyAgeMs: at - keySince } : {}),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      ...(options.singleSend === undefined ? {} : { singleSend: options.singleSend }),
      ...(bucket === undefined ? {} : { tokens: bucket.tokens }),
      operation,
      elapsedMs: at - start,
      random: random(),
    });
    if (advice.do === "retry") {
      ({ next } = advice);
      if (advice.identity === "fresh") keySince = at;
      if (bucket !== undefined) bucket.tokens -= advice.cost;
    }
    return advice;
  };
  const askAfter = (error: unknown, ended: boolean): Advice => {
    return ask(failureOf(error) ?? transportFailure(error), ended || isAbort(error));
  };
  return {
    get advice() {
      return advice;
    },
    get failure() {
      return failure;
    },
    failed: (about) => ask(about, false),
    threw: (error) => askAfter(error, false),
    ended: (error) => {
      const last = advice === null || advice.do === "retry" ? askAfter(error, true) : advice;
      // After the last attempt there is no retry.
      return last as Reconcile | Stop;
    },
  };
}

/** The platform's clock, which neither the language nor the types used here have. */
const clock = globalThis as unknown as { readonly performance: { now(): number } };

/** How a request ended, from the error that it ended with: every one that is neither a timeout nor a reset is `closed`. */
export function transportFailure(error: unknown): TransportFailure {
  const names = namesOf(error);
  const is = (...known: readonly string[]): boolean => names.some((name) => known.includes(name));
  if (is("TimeoutError", "ETIMEDOUT", "ECONNABORTED", "UND_ERR_HEADERS_TIMEOUT"))
    return { transport: "timeout" };
  if (is("UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT")) return { transport: "timeout" };
  if (is("ECONNRESET", "EPIPE", "UND_ERR_SOCKET")) return { transport: "reset" };
  return { transport: "closed" };
}

/** Whether the caller ended it. The write may have been executed all the same; nobody wants another attempt. */
function isAbort(error: unknown): boolean {
  return namesOf(error).some((name) =>
    ["AbortError", "CancelError", "ERR_CANCELED"].includes(name),
  );
}

/** The name and the code of an error and of its causes. */
function namesOf(error: unknown): readonly string[] {
  return [...chainOf(error)]
    .flatMap(({ name, code }) => [name, code])
    .filter((value) => typeof value === "string");
}

/** Waits. Hosts that have no place for a delay of each failure's own wait with this. */
export function wait(ms: number): Promise<void> {
  const { setTimeout } = globalThis as unknown as {
    setTimeout(done: () => void, ms: number): void;
  };
  return new Promise((done) => setTimeout(done, ms));
}
