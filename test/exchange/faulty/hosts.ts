/** One call through each of the adapters: the real libraries, and nothing but what their documentation shows. */
import axios, { type AxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import got, { type Options } from "got";
import ky from "ky";
import pRetry from "p-retry";
import {
  type Call,
  CatalogError,
  type HttpResponse,
  type Reply,
  readResponse,
  type Retry,
} from "trading-api-errors";
import { advisedRetry as byAxiosRetry } from "trading-api-errors/axios-retry";
import { advisedRetry as byCockatiel } from "trading-api-errors/cockatiel";
import { advisedFetch } from "trading-api-errors/fetch";
import { advisedRetry as byGot } from "trading-api-errors/got";
import { advisedRetry as byKy } from "trading-api-errors/ky";
import { advisedRetry as byPRetry } from "trading-api-errors/p-retry";
import { type Network, patienceMs } from "./network.js";
import { axiosAdapter, fetchOf, fetchText, gotRequest, origin } from "./transports.js";
import type { VenueRequest } from "../venue.js";

export interface Task {
  readonly network: Network;
  readonly call: Call;
  decode(response: HttpResponse): Reply;
  /** The first request, or the next one: it makes the steps of the advice, and signs where it is told to. */
  build(advice: Retry | null): Promise<VenueRequest>;
}

/** The successful response, or `null` when `call.advice` says that there is none to come. */
export type Host = (task: Task) => Promise<HttpResponse | null>;

const latest = ({ advice }: Call): Retry | null => (advice?.do === "retry" ? advice : null);

/** A host that ends a call against the advice is a bug, and must not pass for an answer. */
function ended({ advice }: Call, error?: unknown): null {
  if (advice !== null && advice.do !== "retry") return null;
  throw new Error("The library ended the call by itself", { cause: error });
}

async function settled(task: Task, response: Promise<HttpResponse>): Promise<HttpResponse | null> {
  try {
    const answer = await response;
    return task.decode(answer).ok ? answer : ended(task.call);
  } catch (error) {
    return ended(task.call, error);
  }
}

/** One attempt around fetch, for the hosts that call a function again. */
async function attempt({ network, call, decode, build }: Task): Promise<HttpResponse> {
  const response = await fetchText(network, await build(latest(call)));
  const reply = decode(response);
  if (!reply.ok) throw new CatalogError(reply.failure);
  return response;
}

const cockatiel: Host = (task) =>
  settled(
    task,
    byCockatiel(task.call).execute(() => attempt(task)),
  );

const pRetryHost: Host = (task) =>
  settled(
    task,
    pRetry(() => task.call.attempt(() => attempt(task)), byPRetry(task.call)),
  );

const kyHost: Host = async (task) => {
  const { network, call, decode, build } = task;
  const { method, path, headers, body } = await build(null);
  const next = async (_: Request, advice: Retry): Promise<Request> => {
    const request = await build(advice);
    return new Request(origin + request.path, bodied(request));
  };
  const response = ky(origin + path, {
    ...bodied({ method, path, headers, body }),
    fetch: fetchOf(network),
    timeout: patienceMs,
    ...byKy(call, decode, next),
  });
  return settled(task, response.then(readResponse));
};

const bodied = ({ method, headers, body }: VenueRequest): RequestInit & { method: string } => ({
  method,
  headers: { ...headers },
  ...(body === "" ? {} : { body }),
});

const gotHost: Host = async (task) => {
  const { network, call, decode, build } = task;
  let request = await build(null);
  const next = async (options: Options, advice: Retry): Promise<void> => {
    request = await build(advice);
    options.url = origin + request.path;
    options.headers = { ...request.headers };
    if (request.body !== "") options.body = request.body;
  };
  const response = got(origin + request.path, {
    method: request.method as "GET" | "POST",
    headers: { ...request.headers },
    ...(request.body === "" ? {} : { body: request.body }),
    request: gotRequest(network, () => request.body),
    ...byGot(call, decode, next),
  });
  return settled(
    task,
    response.then(({ statusCode: status, headers, body }) => ({ status, headers, body })),
  );
};

const client = axios.create();
axiosRetry(client);

const axiosHost: Host = async (task) => {
  const { network, call, decode, build } = task;
  const { method, path, headers, body } = await build(null);
  const prepare = async (config: AxiosRequestConfig, advice: Retry): Promise<void> => {
    const request = await build(advice);
    config.url = origin + request.path;
    config.headers = { ...request.headers };
    if (request.body !== "") config.data = request.body;
  };
  const response = byAxiosRetry(
    call,
    decode,
    (sealed) =>
      client.request<unknown>({
        url: origin + path,
        method,
        headers: { ...headers },
        ...(body === "" ? {} : { data: body }),
        adapter: axiosAdapter(network),
        ...sealed,
      }),
    { timeoutMs: patienceMs, prepare },
  );
  return settled(
    task,
    response.then(({ status, headers: received, data }) => ({
      status,
      headers: received,
      body: data,
    })),
  );
};

const fetchHost: Host = async (task) => {
  const { network, call, decode, build } = task;
  const { path, ...first } = await build(null);
  const send = fetchOf(network);
  const response = advisedFetch(call, decode, {
    fetch: async (input, init) => send(new Request(input, init)),
    timeoutMs: patienceMs,
    prepare: async (next, advice) => {
      const request = await build(advice);
      next.input = origin + request.path;
      next.init = bodied(request);
    },
  })(origin + path, bodied({ path, ...first }));
  return settled(task, response.then(readResponse));
};

export const hosts = {
  cockatiel,
  "p-retry": pRetryHost,
  ky: kyHost,
  got: gotHost,
  "axios-retry": axiosHost,
  fetch: fetchHost,
} as const satisfies Readonly<Record<string, Host>>;

export type HostName = keyof typeof hosts;
