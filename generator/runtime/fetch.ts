/** Between fetch and the decoders, and back. Types of fetch are taken from wherever this is used; none are needed here. */
import type { HttpResponse } from "./failure.js";
import { headerOf } from "./headers.js";

/** What is needed of a fetch Response. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: unknown;
  readonly body?: unknown;
  text(): Promise<string>;
}

/**
 * A fetch Response with its body read. A body that is no text by its content type is left alone, to be read from the
 * Response by whoever wants it. Rejects only if reading the body does.
 */
export async function readResponse(response: ResponseLike): Promise<HttpResponse> {
  const { status, headers, body } = response;
  const [type = ""] = headerOf(headers, "content-type");
  const isText = type === "" || /^text\/|json|xml|javascript|x-www-form-urlencoded/i.test(type);
  return { status, headers, body: isText ? await response.text() : body };
}

/** An example of the catalog's, as data. */
export interface Fixture {
  readonly title?: string;
  /** The documented status; 200 where none is documented. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, item or frame; `null` when there is none. */
  readonly body: unknown;
}

/** The platform's own Response, where it has one. */
export type PlatformResponse = typeof globalThis extends {
  Response: { new (...args: never[]): infer R };
}
  ? R
  : unknown;

interface Platform {
  readonly Response: new (
    body: string | null,
    init: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  ) => PlatformResponse;
}

/** A fixture as a Response, for tests that answer a request with it. */
export function toResponse({ status, headers = {}, body }: Fixture): PlatformResponse {
  const { Response } = globalThis as unknown as Platform;
  // These statuses must not have a body.
  const bodiless = body === null || status === 204 || status === 205 || status === 304;
  return bodiless
    ? new Response(null, { status, headers })
    : new Response(JSON.stringify(body), {
        status,
        headers: { "content-type": "application/json", ...headers },
      });
}
