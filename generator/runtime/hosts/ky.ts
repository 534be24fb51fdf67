/** Retries by ky, versions 1.14 to 2. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { type PlatformResponse, readResponse, type ResponseLike } from "../fetch.js";
import { CatalogError } from "../guards.js";
import { defaultTimeoutMs, patience } from "../patience.js";

type Awaitable<T> = T | Promise<T>;

/** The platform's own Request, where it has one. */
type PlatformRequest = typeof globalThis extends { Request: { new (...args: never[]): infer R } }
  ? R
  : unknown;

type Method = "get" | "post" | "put" | "patch" | "head" | "delete" | "options" | "trace";

/** What is needed of ky's options. Version 2 shows the timeout to the `init` hook alone. */
interface Timed {
  readonly timeout?: number | false | undefined;
}

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
  redirect: "manual";
  throwHttpErrors: () => boolean;
  retry: {
    limit: number;
    methods: Method[];
    shouldRetry: (failed: { readonly error: Error }) => boolean;
    delay: () => number;
    backoffLimit: number;
    jitter: (delay: number) => number;
  };
  hooks: {
    init: ((options: object) => void)[];
    beforeRequest: (() => Promise<void>)[];
    afterResponse: ((
      first: object,
      second?: unknown,
      third?: ResponseLike,
    ) => Promise<PlatformResponse | void>)[];
    beforeRetry: ((retrying: Retrying) => Promise<PlatformRequest | void>)[];
  };
}

/**
 * Options for one call, which ends in a `CatalogError` if it fails. `prepare` makes the next request from the last one,
 * after the wait: it makes the steps of the advice, gives the request a fresh idempotency key or re-signs it. Whoever
 * needs another body returns `new Request(request, { headers, body })`. A redirect is not followed, and ky's `timeout`
 * holds for the body as well. A call that has ended rejects with `CallRefused`, and sends nothing.
 */
export function advisedRetry(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (request: PlatformRequest, advice: Retry) => Awaitable<PlatformRequest | void>,
): RetryOptions {
  // Of the latest response. ky retries after its own error, which stands for this one.
  let failed: Error | null = null;
  let asked = false;
  // Version 1 asks the hook before a request at each attempt, and version 2 at the first alone.
  let sendingSince: number | null = null;
  const claim = async (): Promise<void> => {
    if (sendingSince !== null) return;
    await call.sending();
    sendingSince = platform.performance.now();
  };
  let timeout: Timed["timeout"];
  const read = async (response: ResponseLike): Promise<Error | null> => {
    const spent = platform.performance.now() - (sendingSince ?? 0);
    const left = timeout === false ? Infinity : (timeout ?? defaultTimeoutMs) - spent;
    // ky's own timeout is over once the headers are there (sindresorhus/ky#647).
    const body = patience(left);
    try {
      const reply = decode(await body.race(readResponse(response)));
      return reply.ok ? null : new CatalogError(reply.failure);
    } catch (error) {
      return error as Error;
    } finally {
      body.done();
    }
  };
  return {
    redirect: "manual",
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
        sendingSince = null;
        if (call.threw(about).do !== "retry") throw about;
        return true;
      },
      delay: () => (call.advice?.do === "retry" ? call.advice.delayMs : 0),
      // Those of an instance would shorten the wait.
      backoffLimit: Infinity,
      jitter: (delay) => delay,
    },
    hooks: {
      init: [(options) => void ({ timeout } = options as Timed)],
      beforeRequest: [claim],
      afterResponse: [
        async (first, second, third) => {
          const { response } = third === undefined ? (first as Answered) : { response: third };
          if (third !== undefined) ({ timeout } = second as Timed);
          // In version 1 a hook of the instance that returns a request keeps ky from asking the one above.
          await claim();
          failed = await read(response);
          if (failed === null) {
            call.succeeded(response.headers);
            return undefined;
          }
          const shows = response.status >= 300 && failed instanceof CatalogError;
          return shows ? undefined : refusal();
        },
      ],
      beforeRetry: [
        async ({ request, error }) => {
          // An older ky retries unasked: better no retry than one that nobody advised.
          if (!asked || call.advice?.do !== "retry") throw failed ?? error;
          asked = false;
          const next = (await prepare?.(request, call.advice)) ?? request;
          await claim();
          return sealed(next, request);
        },
      ],
    },
  };
}

/** A next request that does not follow redirects either, and that ky can still end. */
function sealed(next: PlatformRequest, last: PlatformRequest): PlatformRequest | undefined {
  if (next === last) return undefined;
  const { signal } = last as { readonly signal: unknown };
  return new platform.Request(next, { redirect: "manual", signal });
}

/** A response that ky takes for a failure, in place of one whose status or body says otherwise. */
function refusal(): PlatformResponse {
  return new platform.Response(null, { status: 500 });
}

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as {
  readonly Request: new (
    from: PlatformRequest,
    init: { readonly redirect: "manual"; readonly signal: unknown },
  ) => PlatformRequest;
  readonly Response: new (body: null, init: { readonly status: number }) => PlatformResponse;
  readonly performance: { now(): number };
};
