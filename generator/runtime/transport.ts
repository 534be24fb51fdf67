/** How a request ended that got no response, from the error that it ended with. */
import type { Reconcile, Stop, TransportFailure } from "./advice.js";
import { chainOf } from "./guards.js";

/**
 * Nothing was sent. `why`: the call is `finished`; it is `shared`, with another attempt of it under way; or, as its `advice`
 * says, it is too late for the `deadline` or the `window` of the key, or the `budget` is empty.
 */
export class CallRefused extends Error {
  override readonly name: string = "CallRefused";
  /** What is left of it in the error of a host that names no cause. */
  readonly code: string = "CallRefused";
  readonly why: string;
  /** What to do now; `null` while another attempt is under way. */
  readonly advice: Reconcile | Stop | null;

  constructor(why: string, advice: Reconcile | Stop | null) {
    super(`Nothing was sent: ${sentences[why] ?? `the ${why} does not allow it`}`);
    this.why = why;
    this.advice = advice;
  }
}

const sentences: Readonly<Record<string, string>> = {
  finished: "this call has ended. Begin another one with startCall",
  shared: "another attempt of this call is under way. Begin a call for each request",
};

/** Whether a value, or one of its causes, is a {@link CallRefused}, even of another copy of this package. */
export function isRefusal(error: unknown): boolean {
  return namesOf(error).includes("CallRefused");
}

/**
 * How a request ended, from the error that it ended with. `unsent`: the connection was refused, the host does not
 * exist, or something in front, such as an open circuit breaker, let nothing through. A connect that took too long is a
 * `timeout`. Every error that is none of these, no timeout and no reset is `closed`.
 */
export function transportFailure(error: unknown): TransportFailure {
  const names = namesOf(error);
  const is = (known: ReadonlySet<string>): boolean => names.some((name) => known.has(name));
  if (is(unsent) || isRefusal(error) || [...chainOf(error)].some(isHeldBack))
    return { transport: "unsent" };
  if (is(timeouts)) return { transport: "timeout" };
  if (is(resets)) return { transport: "reset" };
  return { transport: "closed" };
}

const unsent: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"],
  "EOPENBREAKER",
  // As Bun names a refused connection.
  "ConnectionRefused",
]);
const timeouts: ReadonlySet<string> = new Set([
  ...["TimeoutError", "ETIMEDOUT", "ECONNABORTED"],
  ...["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"],
]);
const resets: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Whether nothing was let through: as a breaker and a bulkhead of cockatiel say it. */
function isHeldBack({ isBrokenCircuitError, isBulkheadRejectedError }: Chained): boolean {
  return isBrokenCircuitError === true || isBulkheadRejectedError === true;
}

type Chained = Readonly<Record<string, unknown>>;

/** Whether the caller ended it. The write may have been executed all the same; nobody wants another attempt. */
export function isAbort(error: unknown): boolean {
  return namesOf(error).some((name) =>
    ["AbortError", "CancelError", "ERR_CANCELED", "TaskCancelledError"].includes(name),
  );
}

/** The name and the code of an error and of its causes. */
function namesOf(error: unknown): readonly string[] {
  return [...chainOf(error)]
    .flatMap(({ name, code }) => [name, code])
    .filter((value) => typeof value === "string");
}
