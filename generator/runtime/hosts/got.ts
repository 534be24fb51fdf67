/** Retries by got, version 14. */
import type { Method, OptionsInit, Response, RequestError, Options } from "got";
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { CatalogError } from "../guards.js";

/**
 * Options for one call, which ends in got's `RequestError` if it fails, with the `CatalogError` as its `cause`. `prepare`
 * changes the options of the next request, after the wait: it makes the steps of the advice, gives the request a fresh
 * idempotency key or signs it anew. A `json` has become the text of `body` by then, and what replaces it has to be a text
 * as well. After an abort got asks nobody, so `call.advice` is not the last word then, and `call.ended` is.
 */
export function advisedRetry(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (options: Options, advice: Retry) => void | Promise<void>,
): Pick<OptionsInit, "retry" | "hooks" | "throwHttpErrors"> {
  return {
    // Every response is read below; a failure is thrown as a CatalogError.
    throwHttpErrors: false,
    retry: {
      limit: Infinity,
      methods: ["GET", "POST", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS", "TRACE"] as Method[],
      calculateDelay: ({ error }: { error: RequestError }) => {
        // A response that was read as a success, in spite of its status: got resolves with it.
        if (error.name === "HTTPError") return 0;
        const advice = call.threw(error);
        // To got a delay of 0 means that there is no retry.
        return advice.do === "retry" ? Math.max(1, advice.delayMs) : 0;
      },
    },
    hooks: {
      afterResponse: [
        (response: Response) => {
          const { statusCode: status, headers, body } = response;
          const reply = decode({ status, headers, body });
          if (!reply.ok) throw new CatalogError(reply.failure);
          return response;
        },
      ],
      beforeRetry: [
        async ({ options }: RequestError) => {
          if (call.advice?.do !== "retry") return;
          // It is the last body's, and got would keep it.
          delete options.headers["content-length"];
          await prepare?.(options, call.advice);
        },
      ],
    },
  };
}
