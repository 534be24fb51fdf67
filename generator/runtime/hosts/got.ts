/** Retries by got, versions 11 to 16. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { CatalogError } from "../guards.js";

/** What is needed of the response of got. */
interface GotResponse {
  readonly statusCode: number;
  readonly headers: unknown;
  /** The bytes, whatever an instance makes of them. */
  readonly rawBody: object;
}

/** The parts of the next request that `prepare` may change: the options of got have more. */
export interface NextOptions {
  url?: unknown;
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
  json?: unknown;
}

/** What the hook before a retry gets: the options, or from version 12 on an error with them. */
type BeforeRetry<Options> = Options | { readonly options: Options };

const methods = ["GET", "POST", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS", "TRACE"] as const;

/** The options of got that {@link advisedRetry} sets. */
export interface RetryOptions<Options extends NextOptions> {
  followRedirect: boolean;
  throwHttpErrors: boolean;
  retry: {
    limit: number;
    methods: (typeof methods)[number][];
    calculateDelay: (retry: { readonly error: Error }) => number;
  };
  hooks: {
    init: ((options: { retry?: unknown }, got?: { readonly retry: object }) => void)[];
    beforeRequest: (() => Promise<void>)[];
    afterResponse: (<R extends GotResponse>(response: R) => R)[];
    beforeRetry: ((retry: BeforeRetry<Options>) => Promise<void>)[];
  };
}

/**
 * Options for one call, which ends in got's `RequestError` if it fails, with the `CatalogError` as its `cause`. `prepare`
 * changes the options of the next request, after the wait: it makes the steps of the advice, gives the request a fresh
 * idempotency key or re-signs it. A `json` has become the text of `body` by then, and what replaces it has to be a text
 * as well. A redirect is not followed. A call that has ended rejects with `CallRefused` as the `code`, and sends nothing.
 * After an abort got asks nobody, so `call.advice` is not the last word then, and `call.ended` is.
 */
export function advisedRetry<Options extends NextOptions>(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (options: Options, advice: Retry) => void | Promise<void>,
): RetryOptions<Options> {
  // Of the latest attempt. Until version 14.1 the error that got makes of it has no cause.
  let thrown: unknown = null;
  return {
    followRedirect: false,
    // Every response is read below; a failure is thrown as a CatalogError.
    throwHttpErrors: false,
    retry: {
      limit: Infinity,
      methods: [...methods],
      calculateDelay: ({ error }) => {
        // A response that was read as a success, in spite of its status: got resolves with it.
        if (error.name === "HTTPError") return 0;
        if (thrown !== null) Object.assign(error, { cause: thrown });
        thrown = null;
        const advice = call.threw(error);
        // To got a delay of 0 means that there is no retry.
        return advice.do === "retry" ? Math.max(1, advice.delayMs) : 0;
      },
    },
    hooks: {
      init: [
        // From version 15 on nothing is asked otherwise; those that do not have it refuse it.
        (options, got) => {
          if (got !== undefined && "enforceRetryRules" in got.retry)
            options.retry = { ...(options.retry as object), enforceRetryRules: false };
        },
      ],
      // got asks it at each attempt, and takes the time of the request after it.
      beforeRequest: [
        async () => {
          try {
            await call.sending();
          } catch (error) {
            thrown = error;
            throw error;
          }
        },
      ],
      afterResponse: [
        (response) => {
          const { statusCode: status, headers, rawBody } = response;
          const reply = decode({ status, headers, body: textOf(rawBody) });
          if (!reply.ok) throw (thrown = new CatalogError(reply.failure));
          call.succeeded(headers);
          return response;
        },
      ],
      beforeRetry: [
        async (retry) => {
          if (call.advice?.do !== "retry") return;
          const options = "options" in retry ? retry.options : retry;
          // It is the last body's, and got would keep it.
          delete options.headers["content-length"];
          await prepare?.(options, call.advice);
          // Version 11 keeps it beside the body that replaces it, and takes no two.
          if (options.body !== undefined && options === retry) delete options.json;
        },
      ],
    },
  };
}

/** As got itself reads a text. */
function textOf(bytes: object): string {
  const { TextDecoder } = globalThis as unknown as {
    readonly TextDecoder: new () => { decode(bytes: object): string };
  };
  return new TextDecoder().decode(bytes);
}
