/** Retries by ky, versions 1.14 to 2. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { type PlatformResponse, readResponse, type ResponseLike } from "../fetch.js";
import { CatalogError } from "../guards.js";

type Awaitable<T> = T | Promise<T>;

/** The platform's own Request, where it has one. */
type PlatformRequest = typeof globalThis extends { Request: { new (...args: never[]): infer R } }
  ? R
  : unknown;

type Method = "get" | "post" | "put" | "patch" | "head" | "delete" | "options" | "trace";

/** What the hook after a response gets in version 2; in version 1 the response is the third argument. */
interface Answered {
  readonly response: ResponseLike;
}

/** What the hook before a retry gets. */
interface Retrying {
  readonly request: PlatformRequest;
  readonly error: Error;
}

/** The options of ky that {@link advisedRetry} sets. */
export interface RetryOptions {
  throwHttpErrors: () => boolean;
  retry: {
    limit: number;
    methods: Method[];
    shouldRetry: (failed: { readonly error: Error }) => boolean;
    delay: () => number;
  };
  hooks: {
    afterResponse: ((
      first: object,
      second?: unknown,
      third?: ResponseLike,
    ) => Promise<PlatformResponse | void>)[];
    beforeRetry: ((retrying: Retrying) => Awaitable<PlatformRequest | void>)[];
  };
}

/**
 * Options for one call, which ends in a `CatalogError` if it fails. `prepare` makes the next request from the last one,
 * after the wait: it makes the steps of the advice, gives the request a fresh idempotency key or re-signs it. Whoever
 * needs another body returns `new Request(request, { headers, body })`.
 */
export function advisedRetry(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (request: PlatformRequest, advice: Retry) => Awaitable<PlatformRequest | void>,
): RetryOptions {
  // Of the latest response. ky retries after its own error, which stands for this one.
  let failed: CatalogError | null = null;
  let asked = false;
  return {
    // Every response is read below, whatever its status.
    throwHttpErrors: () => failed !== null,
    retry: {
      // The advice counts the attempts and knows the methods; ky's own list of statuses is not asked. Not Infinity: version
      // 2.1 refuses it.
      limit: 1_000,
      methods: ["get", "post", "put", "patch", "head", "delete", "options", "trace"],
      shouldRetry: ({ error }) => {
        const about = failed ?? error;
        failed = null;
        asked = true;
        if (call.threw(about).do !== "retry") throw about;
        return true;
      },
      delay: () => (call.advice?.do === "retry" ? call.advice.delayMs : 0),
    },
    hooks: {
      afterResponse: [
        async (first, _second, third) => {
          const { response } = third === undefined ? (first as Answered) : { response: third };
          const reply = decode(await readResponse(response));
          if (reply.ok) return;
          failed = new CatalogError(reply.failure);
          return response.status < 300 ? refusal() : undefined;
        },
      ],
      beforeRetry: [
        ({ request, error }) => {
          // An older ky retries unasked: better no retry than one that nobody advised.
          if (!asked || call.advice?.do !== "retry") throw failed ?? error;
          asked = false;
          return prepare?.(request, call.advice);
        },
      ],
    },
  };
}

/** A response that ky takes for a failure, in place of one whose status says otherwise. */
function refusal(): PlatformResponse {
  const { Response } = globalThis as unknown as {
    readonly Response: new (body: null, init: { readonly status: number }) => PlatformResponse;
  };
  return new Response(null, { status: 500 });
}
