/** The real libraries' ways to send a request, with the network of a run in place of the socket. */
import { Readable } from "node:stream";
import axios, { AxiosError, type AxiosAdapter, type AxiosResponse, CanceledError } from "axios";
import type { OptionsInit } from "got";
import type { HttpResponse } from "trading-api-errors";
import type { Network } from "./network.js";
import type { VenueAnswer, VenueRequest } from "../venue.js";

export const origin = "http://venue.test";

const pathOf = (url: string): string => url.slice(origin.length);

/** As fetch ends without a response, with `AbortSignal.timeout` for its patience. */
function fetchError(lost: "timeout" | "reset" | "closed"): Error {
  if (lost === "timeout")
    return new DOMException("The operation was aborted due to timeout", "TimeoutError");
  const cause =
    lost === "reset"
      ? Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })
      : Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  return new TypeError("fetch failed", { cause });
}

/** What code around fetch does: send, and read the body. */
export async function fetchText(network: Network, request: VenueRequest): Promise<HttpResponse> {
  const answer = await network.send(request);
  if ("lost" in answer) throw fetchError(answer.lost);
  return answer;
}

/** A fetch, for the `fetch` option of ky, which keeps the time itself. */
export function fetchOf(network: Network): typeof fetch {
  return async (input) => {
    const request = input as Request;
    const answer = await network.send(
      {
        method: request.method,
        path: pathOf(request.url),
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      },
      Infinity,
    );
    if ("lost" in answer) throw fetchError(answer.lost);
    // These statuses must not have a body.
    return new Response(answer.status === 204 ? null : answer.body, answer);
  };
}

/** For the `request` option of got. The body is not among what got hands over there, so it is taken from `bodyOf`. */
export function gotRequest(
  network: Network,
  bodyOf: () => string,
): NonNullable<OptionsInit["request"]> {
  return (async (url: URL, { method = "GET", headers }: RequestInit & { headers: object }) => {
    const lower = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]);
    const answer = await network.send({
      method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(lower) as Record<string, string>,
      body: bodyOf(),
    });
    if (!("lost" in answer)) return incoming(answer);
    // As got's own timeout and Node's sockets name them.
    const code = answer.lost === "timeout" ? "ETIMEDOUT" : "ECONNRESET";
    throw Object.assign(new Error(answer.lost), { code });
  }) as never;
}

function incoming(answer: Exclude<VenueAnswer, { lost: string }>): Readable {
  const stream = new Readable({ read() {} });
  stream.push(answer.body);
  stream.push(null);
  return Object.assign(stream, { statusCode: answer.status, headers: { ...answer.headers } });
}

/** For the `adapter` option of axios. */
export function axiosAdapter(network: Network): AxiosAdapter {
  return async (config) => {
    const sent = network.send(
      {
        method: (config.method ?? "get").toUpperCase(),
        path: pathOf(config.url ?? ""),
        headers: config.headers.toJSON() as Record<string, string>,
        body: (config.data as string | undefined) ?? "",
      },
      // To axios none is 0.
      config.timeout === 0 ? Infinity : config.timeout,
    );
    const canceled = new Promise<never>((_, reject) => {
      config.signal?.addEventListener?.("abort", () =>
        reject(new CanceledError(undefined, config)),
      );
    });
    const answer = await Promise.race([sent, canceled]);
    if ("lost" in answer) {
      // As the adapter for Node.js words them.
      if (answer.lost === "timeout")
        throw new AxiosError(`timeout of ${config.timeout}ms exceeded`, "ECONNABORTED", config);
      const text = answer.lost === "reset" ? "read ECONNRESET" : "socket hang up";
      throw new AxiosError(text, "ECONNRESET", config);
    }
    const { status, headers, body } = answer;
    const response: AxiosResponse = {
      status,
      statusText: "",
      headers: axios.AxiosHeaders.from({ ...headers }),
      data: body,
      config,
    };
    if (config.validateStatus?.(status) ?? true) return response;
    const code = status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
    throw new AxiosError(`Request failed with status code ${status}`, code, config, null, response);
  };
}
