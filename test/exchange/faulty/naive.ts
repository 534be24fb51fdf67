/** The libraries as people use them today: an error is retried as the library likes, and what is thrown has failed. */
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import got from "got";
import ky from "ky";
import pRetry from "p-retry";
import type { HttpResponse } from "trading-api-errors";
import { type Network, patienceMs } from "./network.js";
import { axiosAdapter, fetchOf, fetchText, gotRequest, origin } from "./transports.js";
import type { VenueRequest } from "../venue.js";

/** Makes the request; a client that signs or numbers its requests in one place does so for every copy. */
export type Build = () => VenueRequest;

/** Sends until a response counts as a success, and throws otherwise. */
export type Sender = (network: Network, build: Build) => Promise<HttpResponse>;

interface Signing extends InternalAxiosRequestConfig {
  readonly build?: Build;
}

/** Signed requests are commonly signed in an interceptor, which runs again for each retry. */
function signing(instance: AxiosInstance): AxiosInstance {
  instance.interceptors.request.use((config: Signing) => {
    const request = config.build?.();
    if (request === undefined) return config;
    for (const [name, value] of Object.entries(request.headers)) config.headers.set(name, value);
    config.data = request.body;
    return config;
  });
  return instance;
}

function axiosSender(instance: AxiosInstance, eachCopy: boolean): Sender {
  return async (network, build) => {
    const { method, path, headers, body } = build();
    const { status, ...response } = await instance.request<unknown>({
      url: origin + path,
      method,
      headers: { ...headers },
      data: body,
      adapter: axiosAdapter(network),
      timeout: patienceMs,
      ...(eachCopy ? { build } : {}),
    });
    return { status, headers: response.headers, body: response.data };
  };
}

const plain = axios.create();
const byDefault = signing(axios.create());
axiosRetry(byDefault);
const always = signing(axios.create());
axiosRetry(always, { retryCondition: () => true });

/** One request, and no retry. */
export const once: Sender = axiosSender(plain, false);
export const axiosRetryDefaults = (eachCopy: boolean): Sender => axiosSender(byDefault, eachCopy);
export const axiosRetryAlways = (eachCopy: boolean): Sender => axiosSender(always, eachCopy);

export const gotDefaults: Sender = async (network, build) => {
  const { method, path, headers, body } = build();
  const response = await got(origin + path, {
    method: method as "POST",
    headers: { ...headers },
    body,
    request: gotRequest(network, () => body),
  });
  return { status: response.statusCode, headers: response.headers, body: response.body };
};

export const kyDefaults: Sender = async (network, build) => {
  const { method, path, headers, body } = build();
  const response = await ky(origin + path, {
    method,
    headers: { ...headers },
    body,
    fetch: fetchOf(network),
    timeout: patienceMs,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

/** What a response says that is none of success: people throw, and p-retry does the rest, ten times by default. */
export type Check = (response: HttpResponse) => void | Promise<void>;

const okOnly = ({ status }: HttpResponse): void => {
  if (status < 200 || status > 299) throw new Error(`HTTP ${status}`);
};

/** `eachCopy`: the request is built within the function that is retried, so every copy is a new one. */
export function pRetryAround(eachCopy: boolean, check: Check = () => {}): Sender {
  return (network, build) => {
    const first = build();
    let copies = 0;
    return pRetry(async () => {
      const response = await fetchText(network, eachCopy && copies++ > 0 ? build() : first);
      await check(response);
      okOnly(response);
      return response;
    });
  };
}
