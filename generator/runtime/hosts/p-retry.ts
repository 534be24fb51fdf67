/** Retries by p-retry, version 7. */
import type { Options } from "p-retry";
import { type Call, wait } from "../call.js";

/**
 * Options for one call: throw a `CatalogError` for a failure, and read `call.advice` to build the next request. A
 * `TypeError` that is not fetch's own ends the call unasked, as p-retry takes it for a mistake in the program.
 */
export function advisedRetry(call: Call): Options {
  return {
    // The advice counts the attempts, and the wait is not the same for all of them.
    retries: Infinity,
    minTimeout: 0,
    factor: 1,
    shouldRetry: async ({ error }) => {
      const advice = call.threw(error);
      if (advice.do === "retry") await wait(advice.delayMs);
      return advice.do === "retry";
    },
  };
}
