/** One call by fetch, with all of its attempts: for whoever has no retry library. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";
import { readResponse, type ResponseLike } from "../fetch.js";
import { CatalogError } from "../guards.js";
import {
  defaultTimeoutMs,
  heard,
  patience,
  pause,
  type PlatformSignal,
  throwIfAborted,
} from "../patience.js";

/** The platform's own fetch, where it has one. */
export type PlatformFetch = typeof globalThis extends { fetch: infer F extends Fetch }
  ? F
  : (input: unknown, init?: object) => Promise<ResponseLike>;

// Parameters are compared in neither direction here.
type Fetch = (...args: never[]) => Promise<ResponseLike>;

/** What the next request is made of, as fetch takes it. */
export interface NextRequest<F extends Fetch = PlatformFetch> {
  input: Parameters<F>[0];
  init: NonNullable<Parameters<F>[1]>;
}

export interface FetchOptions<F extends Fetch = PlatformFetch> {
  /** What sends; default: the platform's fetch. */
  readonly fetch?: F;
  /** For each attempt with its body, in ms; default: 10 s. */
  readonly timeoutMs?: number;
  /**
   * Changes what the next request is made of, after the wait: it makes the steps of the advice, gives the request a fresh
   * idempotency key or re-signs it.
   */
  readonly prepare?: (next: NextRequest<F>, advice: Retry) => void | Promise<void>;
}

/**
 * A fetch for one call: `advisedFetch(call, decode)(url, { method: "POST", body })`. It makes the attempts that are advised,
 * follows no redirect, and resolves with a successful response, of which the body is still to be read. Rejects with a
 * `CatalogError` for a failure, with fetch's own error where no answer came, with the reason of the caller's signal after
 * an abort, and with `CallRefused` where nothing was sent. A body that is a stream cannot be sent twice.
 */
export function advisedFetch<F extends Fetch = PlatformFetch>(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  options: FetchOptions<F> = {},
): F {
  const { timeoutMs = defaultTimeoutMs, prepare } = options;
  const send = async (request: Asked, caller: PlatformSignal | null): Promise<ResponseLike> => {
    const time = patience(timeoutMs, caller);
    const init = { ...request.init, redirect: "manual", signal: time.signal };
    const fetch = (options.fetch ?? platform.fetch) as unknown as PlainFetch;
    try {
      // A request with a body can be sent once.
      const response = await time.race(fetch(copyOf(request.input), init));
      const reply = decode(await time.race(readResponse(response.clone())));
      if (!reply.ok) throw new CatalogError(reply.failure);
      return response;
    } finally {
      time.done();
    }
  };
  const advised = async (input: unknown, init: Asked["init"] = {}): Promise<ResponseLike> => {
    const next: Asked = { input, init: { ...init } };
    const caller = signalOf(next);
    for (;;) {
      throwIfAborted(caller);
      try {
        return await call.attempt(() => send(next, caller));
      } catch (error) {
        const advice = heard(call, error, caller);
        if (advice.do !== "retry") throw error;
        await pause(advice.delayMs, caller);
        await prepare?.(next as unknown as NextRequest<F>, advice);
      }
    }
  };
  return advised as unknown as F;
}

interface Asked {
  input: unknown;
  init: { readonly signal?: PlatformSignal | null };
}

type PlainFetch = (input: unknown, init: object) => Promise<Cloned>;

type Cloned = ResponseLike & { clone(): ResponseLike };

/** A caller's signal is in the init, or in a request. */
function signalOf({ input, init }: Asked): PlatformSignal | null {
  if (init.signal !== undefined) return init.signal;
  return (input as { readonly signal?: PlatformSignal }).signal ?? null;
}

function copyOf(input: unknown): unknown {
  const { clone } = input as { readonly clone?: unknown };
  return typeof clone === "function" ? (clone.call(input) as unknown) : input;
}

/** What every platform has, and neither the language nor the types used here. */
const platform = globalThis as unknown as { readonly fetch: PlatformFetch };
