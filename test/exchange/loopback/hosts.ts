/** One client for each of the adapters: what a user of that library would write, and no more. */
import type axios from "axios";
import type { AxiosRequestConfig } from "axios";
import type axiosRetry from "axios-retry";
import type * as cockatiel from "cockatiel";
import type got from "got";
import type ky from "ky";
import type pRetry from "p-retry";
import {
  type Call,
  CatalogError,
  type HttpResponse,
  readResponse,
  type Reply,
  type Retry,
} from "trading-api-errors";
import { advisedRetry as byAxiosRetry } from "trading-api-errors/axios-retry";
import { advisedRetry as byCockatiel } from "trading-api-errors/cockatiel";
import { advisedFetch } from "trading-api-errors/fetch";
import { advisedRetry as byGot } from "trading-api-errors/got";
import { advisedRetry as byKy } from "trading-api-errors/ky";
import { advisedRetry as byPRetry } from "trading-api-errors/p-retry";

export interface Built {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** One call, whatever makes it. */
export interface Task {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** For each attempt. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly call: Call;
  readonly decode: (response: HttpResponse) => Reply;
  /** The first request; or, after the steps of an advice, the next one. */
  readonly build: (advice: Retry | null) => Promise<Built>;
}

export interface Host {
  readonly name: string;
  /** The name of the error that a failure in a response ends with. */
  readonly rejects: string;
  send(task: Task): Promise<unknown>;
}

/** The libraries, in any version that an adapter is for. */
export interface Libraries {
  readonly axios: typeof axios;
  readonly axiosRetry: typeof axiosRetry;
  readonly cockatiel: Pick<typeof cockatiel, "noop" | "wrap">;
  readonly got: typeof got;
  readonly ky: typeof ky;
  readonly pRetry: typeof pRetry;
}

/** One attempt with fetch, for the two hosts that repeat a function. */
async function attempt(task: Task): Promise<unknown> {
  const { call, url, method, signal, timeoutMs } = task;
  const request = await task.build(call.advice?.do === "retry" ? call.advice : null);
  // Not AbortSignal.any: of a timeout in it Node.js 20 keeps no hold, and once that is collected nothing ends the wait
  // (nodejs/node#57736). A timeout that somebody listens to is kept.
  const either = new AbortController();
  for (const one of [signal, AbortSignal.timeout(timeoutMs)])
    one.addEventListener("abort", () => either.abort(one.reason));
  const init = { method, ...request, redirect: "manual", signal: either.signal } as const;
  const response = await fetch(url, init);
  const reply = task.decode(await readResponse(response));
  if (!reply.ok) throw new CatalogError(reply.failure);
  return reply.body;
}

export const hostsOf = ({
  axios,
  axiosRetry,
  cockatiel,
  got,
  ky,
  pRetry,
}: Libraries): readonly Host[] => [
  {
    name: "cockatiel",
    rejects: "CatalogError",
    send(task) {
      const policy = cockatiel.wrap(byCockatiel(task.call), cockatiel.noop);
      return policy.execute(() => attempt(task), task.signal);
    },
  },
  {
    name: "p-retry",
    rejects: "CatalogError",
    send: (task) =>
      pRetry(
        () =>
          task.call.attempt(() => {
            // cockatiel does not begin an attempt after an abort; here fetch is told of it.
            task.signal.throwIfAborted();
            return attempt(task);
          }),
        byPRetry(task.call, task.signal),
      ),
  },
  {
    name: "ky",
    rejects: "CatalogError",
    async send({ url, method, timeoutMs, signal, call, decode, build }) {
      const response = await ky(url, {
        method,
        timeout: timeoutMs,
        signal,
        ...(await build(null)),
        ...byKy(call, decode, async (request, advice) => {
          return new Request(request, await build(advice));
        }),
      });
      return response.text();
    },
  },
  {
    name: "got",
    rejects: "RequestError",
    async send({ url, method, timeoutMs, signal, call, decode, build }) {
      const { headers, body } = await build(null);
      const response = await got(url, {
        method,
        timeout: { request: timeoutMs },
        signal,
        headers,
        // As `json`, which got turns into the text of `body`.
        ...(body === null ? {} : { json: JSON.parse(body) as unknown }),
        ...byGot(call, decode, async (options, advice) => {
          const next = await build(advice);
          Object.assign(options.headers, next.headers);
          if (next.body !== null) options.body = next.body;
        }),
      });
      return response.body;
    },
  },
  {
    name: "axios-retry",
    rejects: "AxiosError",
    async send({ url, method, timeoutMs, signal, call, decode, build }) {
      const client = axios.create();
      axiosRetry(client);
      const { headers, body } = await build(null);
      const prepare = async (config: AxiosRequestConfig, advice: Retry): Promise<void> => {
        const next = await build(advice);
        config.headers = { ...config.headers, ...next.headers };
        if (next.body !== null) config.data = next.body;
      };
      const response = await byAxiosRetry(
        call,
        decode,
        (sealed) =>
          client.request<unknown>({
            url,
            method,
            headers,
            ...(body === null ? {} : { data: JSON.parse(body) as unknown }),
            ...sealed,
          }),
        { timeoutMs, signal, prepare },
      );
      return response.data;
    },
  },
  {
    name: "fetch",
    rejects: "CatalogError",
    async send({ url, method, timeoutMs, signal, call, decode, build }) {
      const response = await advisedFetch(call, decode, {
        timeoutMs,
        prepare: async ({ init }, advice) => void Object.assign(init, await build(advice)),
      })(url, { method, signal, ...(await build(null)) });
      return response.text();
    },
  },
];
