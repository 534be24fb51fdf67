/** Retries by axios-retry, from version 4.3 on. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import type { Failure, HttpResponse, Reply } from "../failure.js";
import { CatalogError } from "../guards.js";
import {
  defaultTimeoutMs,
  heard,
  isAborted,
  patience,
  type Patience,
  pause,
  type PlatformSignal,
  reasonOf,
} from "../patience.js";

/** What is needed of the response of axios. */
interface AxiosResponse {
  readonly status: number;
  readonly headers: unknown;
}

/** What is needed of an `AxiosError`. */
type AxiosError = Error & {
  readonly response?: AxiosResponse | undefined;
  readonly config?: { readonly signal?: unknown } | undefined;
};

/** The parts of the next request that `prepare` may change: the config of axios has more. */
export interface NextConfig {
  url?: string | undefined;
  headers?: object | undefined;
  data?: unknown;
}

export interface RetryOptions<Config extends NextConfig> {
  /** For each attempt with its body, in ms; default: 10 s. That of axios does not end a body that goes on and on. */
  readonly timeoutMs?: number;
  /** The caller's. It takes the place of one in the config. */
  readonly signal?: PlatformSignal;
  /**
   * Changes the config of the next request, after the wait: it makes the steps of the advice, gives the request a fresh
   * idempotency key or re-signs it. The `data` has become a text by then, and what replaces it has to be a text as well.
   */
  readonly prepare?: (config: Config, advice: Retry) => void | Promise<void>;
}

/** The parts of the config that {@link advisedRetry} sets. */
export interface SealedConfig {
  "axios-retry": {
    readonly retries: number;
    readonly shouldResetTimeout: boolean;
    readonly validateResponse: (response: AxiosResponse) => boolean;
    readonly retryCondition: (error: AxiosError) => boolean;
    readonly retryDelay: () => number;
    readonly onRetry: (count: number, error: unknown, config: NextConfig) => Promise<void>;
    readonly onMaxRetryTimesExceeded: () => void;
  };
  maxRedirects: number;
  fetchOptions: { readonly redirect: "manual" };
  responseType: "text";
  transformResponse: ((data: unknown) => unknown)[];
  signal: PlatformSignal;
}

/**
 * One call by an instance that has axios-retry: `advisedRetry(call, decode, (sealed) => axios.post(url, data, sealed))`.
 * `send` makes the request once and spreads `sealed` last, if it sets something of its own. Resolves with the response;
 * rejects with an `AxiosError`, of which the `cause` is the `CatalogError`, or with `CallRefused` where nothing was sent. The
 * data of the response is JSON where it can be.
 */
export async function advisedRetry<R extends AxiosResponse, Config extends NextConfig>(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  send: (sealed: SealedConfig) => Promise<R>,
  { timeoutMs = defaultTimeoutMs, signal, prepare }: RetryOptions<Config> = {},
): Promise<R> {
  let attempt = null as Patience | null;
  /** What was read of the latest response; `undefined` where its body did not arrive as a whole. */
  let body: unknown;
  const begin = async (): Promise<Patience> => {
    await call.sending();
    body = undefined;
    return (attempt = patience(timeoutMs, signal));
  };
  const read = ({ status, headers }: AxiosResponse): Reply | null =>
    body === undefined ? null : decode({ status, headers, body });
  const failureIn = ({ response }: AxiosError): Failure | null => {
    const reply = response === undefined ? null : read(response);
    return reply === null || reply.ok ? null : reply.failure;
  };
  /** What ended it, in place of an error that only says that it was canceled. */
  const behind = (error: AxiosError): unknown => {
    const own = error.config?.signal as PlatformSignal | undefined;
    return isAborted(own) ? reasonOf(own) : error;
  };
  try {
    const { signal: first } = await begin();
    const response = await send({
      "axios-retry": {
        // The advice counts the attempts; the conditions of axios-retry are not asked.
        retries: Infinity,
        shouldResetTimeout: true,
        validateResponse: (answer) => read(answer)?.ok === true,
        retryCondition: (error) => {
          attempt?.done();
          const failure = failureIn(error);
          const about = failure === null ? behind(error) : new CatalogError(failure);
          if (about !== error) error.cause = about;
          return heard(call, about, signal).do === "retry";
        },
        // axios-retry prepares before it waits, and a signature would grow old; so the wait is in `onRetry`.
        retryDelay: () => 0,
        onRetry: async (_count, _error, config) => {
          if (call.advice?.do !== "retry") return;
          await pause(call.advice.delayMs, signal);
          // It is the last body's, and axios would keep it.
          delete (config.headers as Record<string, unknown> | undefined)?.["Content-Length"];
          await prepare?.(config as Config, call.advice);
          Object.assign(config, { signal: (await begin()).signal });
        },
        onMaxRetryTimesExceeded: () => {},
      },
      maxRedirects: 0,
      fetchOptions: { redirect: "manual" },
      responseType: "text",
      // In place of those of an instance, which could make anything of a body before it is read.
      transformResponse: [(data) => parsed((body = data))],
      signal: first,
    });
    // axios asks nobody where the instance does not have axios-retry.
    const reply = read(response);
    if (reply === null) throw new TypeError("The response has no body that was read");
    if (!reply.ok) throw new CatalogError(reply.failure);
    call.succeeded(response.headers);
    return response;
  } finally {
    attempt?.done();
  }
}

/** As axios itself reads a body. */
function parsed(data: unknown): unknown {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
