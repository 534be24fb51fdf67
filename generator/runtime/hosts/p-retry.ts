/** Retries by p-retry, versions 5 to 9. */
import type { Call } from "../call.js";
import { heard, pause, type PlatformSignal } from "../patience.js";

/** What the hooks of p-retry get: the error itself, or from version 7 on a context with it. */
type Failed = Error | { readonly error: Error };

/** The options of p-retry that {@link advisedRetry} sets. */
export interface RetryOptions {
  readonly retries: number;
  readonly minTimeout: number;
  readonly factor: number;
  readonly shouldRetry: (failed: Failed) => boolean | Promise<boolean>;
  readonly onFailedAttempt: (failed: Failed) => Promise<void>;
}

/**
 * Options for one call, of which each attempt is taken by `call.attempt`: `pRetry(() => call.attempt(send),
 * advisedRetry(call, signal))`. Throw a `CatalogError` for a failure, and read `call.advice` to build the next request. An
 * abort of the signal, which the request needs as well, ends the wait, and nothing more is sent. A `TypeError` that is
 * not fetch's own ends the call unasked, as p-retry takes it for a mistake in the program.
 */
export function advisedRetry(call: Call, signal?: PlatformSignal): RetryOptions {
  const mayRetry = async (error: Error): Promise<boolean> => {
    const advice = heard(call, error, signal);
    if (advice.do === "retry") await pause(advice.delayMs, signal);
    return advice.do === "retry";
  };
  return {
    // The advice counts the attempts. Not Infinity: before version 7 p-retry makes a list of as many waits.
    retries: 1_000,
    // The wait is not the same for all of them.
    minTimeout: 0,
    factor: 1,
    // One of the two asks: before version 7 the second, as version 5 does not have the first.
    shouldRetry: (failed) => failed instanceof Error || mayRetry(failed.error),
    onFailedAttempt: async (failed) => {
      if (failed instanceof Error && !(await mayRetry(failed))) throw failed;
    },
  };
}
