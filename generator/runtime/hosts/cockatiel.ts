/** Retries by cockatiel, version 3. */
import { DelegateBackoff, handleWhen, retry, type RetryPolicy } from "cockatiel";
import type { Call } from "../call.js";

/**
 * A policy for one call: throw a `CatalogError` for a failure, and read `call.advice` to build the next request. It can
 * be wrapped with other policies, such as a circuit breaker; wrap it in no other retry.
 */
export function advisedRetry(call: Call): RetryPolicy {
  return retry(
    handleWhen((error) => call.threw(error).do === "retry"),
    {
      // The advice counts the attempts.
      maxAttempts: Infinity,
      backoff: new DelegateBackoff(() => (call.advice?.do === "retry" ? call.advice.delayMs : 0)),
    },
  );
}
