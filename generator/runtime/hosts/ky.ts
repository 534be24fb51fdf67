/** Retries by ky, version 1. */
import type { Options } from "ky";
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { readResponse } from "../fetch.js";
import { CatalogError } from "../guards.js";

type Awaitable<T> = T | Promise<T>;

/**
 * Options for one call, which ends in a `CatalogError` if it fails. `prepare` makes the next request from the last one,
 * after the wait: it makes the steps of the advice, gives the request a fresh idempotency key or signs it anew. Whoever
 * needs another body returns `new Request(request, { headers, body })`.
 */
export function advisedRetry(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (request: Request, advice: Retry) => Awaitable<Request | void>,
): Options {
  return {
    // Every response is read below, whatever its status; a failure is thrown as a CatalogError.
    throwHttpErrors: false,
    retry: {
      // The advice counts the attempts and knows the methods; ky's own list of statuses is not asked.
      limit: Infinity,
      methods: ["get", "post", "put", "patch", "head", "delete", "options", "trace"],
      shouldRetry: ({ error }) => call.threw(error).do === "retry",
      delay: () => (call.advice?.do === "retry" ? call.advice.delayMs : 0),
    },
    hooks: {
      afterResponse: [
        async (_request, _options, response) => {
          const reply = decode(await readResponse(response));
          if (!reply.ok) throw new CatalogError(reply.failure);
        },
      ],
      beforeRetry: [
        ({ request }) =>
          call.advice?.do === "retry" ? prepare?.(request, call.advice) : undefined,
      ],
    },
  };
}
