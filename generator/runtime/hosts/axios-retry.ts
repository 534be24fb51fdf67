/** Retries by axios-retry, version 4. */
import type { AxiosRequestConfig } from "axios";
import type { IAxiosRetryConfig } from "axios-retry";
import type { Retry } from "../advice.js";
import { type Call, wait } from "../call.js";
import type { HttpResponse, Reply } from "../failure.js";

/**
 * The `"axios-retry"` of the config of one request, made by an instance that has axios-retry; it ends in an `AxiosError` if
 * it fails. `prepare` changes the config of the next one, after the wait: it makes the steps of the advice, gives the
 * request a fresh idempotency key or signs it anew. The `data` has become a text by then, and what replaces it has to be a
 * text as well.
 */
export function advisedRetry(
  call: Call,
  decode: (response: HttpResponse) => Reply,
  prepare?: (config: AxiosRequestConfig, advice: Retry) => void | Promise<void>,
): IAxiosRetryConfig {
  const read = ({
    status,
    headers,
    data,
  }: {
    status: number;
    headers: unknown;
    data: unknown;
  }): Reply => decode({ status, headers, body: data });
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
      delete config.headers?.["Content-Length"];
      await prepare?.(config, call.advice);
    },
  };
}
