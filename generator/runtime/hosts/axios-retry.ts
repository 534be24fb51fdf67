/** Retries by axios-retry, from version 4.3 on. */
import type { Retry } from "../advice.js";
import type { Call } from "../call.js";
import { wait } from "../timers.js";
import type { HttpResponse, Reply } from "../failure.js";

/** What is needed of the response of axios. */
interface AxiosResponse {
  readonly status: number;
  readonly headers: unknown;
  readonly data: unknown;
}

/** The parts of the next request that `prepare` may change: the config of axios has more. */
export interface NextConfig {
  url?: string | undefined;
  headers?: object | undefined;
  data?: unknown;
}

/** The options of axios-retry that {@link advisedRetry} sets. */
export interface RetryOptions<Config extends NextConfig> {
  readonly retries: number;
  readonly shouldResetTimeout: boolean;
  readonly validateResponse: (response: AxiosResponse) => boolean;
  readonly retryCondition: (error: Error & { readonly response?: AxiosResponse }) => boolean;
  readonly retryDelay: () => number;
  readonly onRetry: (count: number, error: unknown, config: Config) => Promise<void>;
}

/**
 * The `"axios-retry"` of the config of one request, made by an instance that has axios-retry; it ends in an `AxiosError` if
 * it fails. `prepare` changes the config of the next one, after the wait: it makes the steps of the advice, gives the
 * request a fresh idempotency key or re-signs it. The `data` has become a text by then, and what replaces it has to be a
 * text as well.
 */
export function advisedRetry<Config extends NextConfig>(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (config: Config, advice: Retry) => void | Promise<void>,
): RetryOptions<Config> {
  const read = ({ status, headers, data }: AxiosResponse): Reply =>
    decode({ status, headers, body: data });
  return {
    // The advice counts the attempts; the conditions of axios-retry are not asked.
    retries: Infinity,
    shouldResetTimeout: true,
    validateResponse: (response) => read(response).ok,
    retryCondition: (error) => {
      const reply = error.response === undefined ? null : read(error.response);
      const advice = reply === null || reply.ok ? call.threw(error) : call.failed(reply.failure);
      return advice.do === "retry";
    },
    // axios-retry prepares before it waits, and a signature would grow old; so the wait is in here.
    retryDelay: () => 0,
    onRetry: async (_count, _error, config) => {
      if (call.advice?.do !== "retry") return;
      await wait(call.advice.delayMs);
      // It is the last body's, and axios would keep it.
      delete (config.headers as Record<string, unknown> | undefined)?.["Content-Length"];
      await prepare?.(config, call.advice);
    },
  };
}
