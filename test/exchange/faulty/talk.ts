/** How a client talks to each venue: what the README leaves to the user. */
import { CatalogError, type HttpResponse, type Step } from "trading-api-errors";
import { decodeSixMm } from "trading-api-errors/6mm";
import { sign } from "./six-mm.js";
import { fetchText } from "./transports.js";
import { abpOrderOf, type Intent, type World } from "./world.js";
import type { VenueRequest } from "../venue.js";

/** A copy of what somebody wants, under its key at present. */
export interface Copy {
  readonly item: Intent;
  readonly key: string;
}

export interface Talk {
  /** The request that sends, or that looks up. */
  send(copies: readonly Copy[]): VenueRequest;
  lookUp(copies: readonly Copy[]): VenueRequest;
  /** What the session gets of the answer to a look-up. */
  found?(copies: readonly Copy[], response: HttpResponse): HttpResponse;
  step?(step: Step): Promise<void>;
}

export const talks: Readonly<Record<"abp" | "mm" | "6mm", (world: World) => Talk>> = {
  abp: () => {
    const headers = { "content-type": "application/json", "x-api-key": "not-a-key" };
    return {
      send: (copies) => {
        const orders = copies.map(({ item, key }) => abpOrderOf(item, key));
        return { method: "POST", path: "/place-orders", headers, body: JSON.stringify({ orders }) };
      },
      lookUp: (copies) => {
        const path = `/orders?requestUuids=${copies.map(({ key }) => key).join()}`;
        return { method: "GET", path, headers, body: "" };
      },
    };
  },
  mm: () => {
    const headers = { "x-api-key": "00000000-0000-4000-8000-000000000001" };
    const path = "/api/v1/orders";
    return {
      send: ([copy]) => ({
        method: "POST",
        path: `${path}/${copy!.key}/cancel`,
        headers,
        body: "",
      }),
      lookUp: ([copy]) => ({
        method: "GET",
        path: `${path}?order=${copy!.key}`,
        headers,
        body: "",
      }),
      // The catalog cannot say where in the list an order is, so it is picked out here.
      found: ([copy], response) => {
        if (response.status !== 200) return response;
        const { orders } = parsed<{ orders?: { orderId: string }[] }>(response) ?? {};
        const own = orders?.filter(({ orderId }) => orderId === copy!.key);
        return own === undefined ? response : { ...response, body: own };
      },
    };
  },
  "6mm": (world) => {
    const { network } = world;
    let { token } = world;
    let offsetMs = 0;
    const ask = async <T>(path: string): Promise<T> => {
      const method = path === "/v1/time" ? "GET" : "POST";
      const response = await fetchText(network, { method, path, headers: {}, body: "" });
      const reply = decodeSixMm(response);
      if (!reply.ok) throw new CatalogError(reply.failure);
      return parsed<{ data: T }>(response)!.data;
    };
    const steps: Readonly<Partial<Record<Step["do"], () => Promise<void>>>> = {
      "refresh-token": async () => {
        token = (await ask<{ token: string }>("/v1/auth/refresh")).token;
      },
      "log-in": async () => {
        token = (await ask<{ token: string }>("/v1/auth/login")).token;
      },
      "sync-clock": async () => {
        const { timestampMs } = await ask<{ timestampMs: number }>("/v1/time");
        offsetMs = timestampMs - (Date.now() + world.skewMs);
      },
    };
    return {
      send: ([copy]) => {
        const { key: clientOrderId, item } = copy!;
        const body = JSON.stringify({ clientOrderId, reference: item.reference, quantity: "1" });
        return signed(world, token, offsetMs, ["POST", "/v1/private/order/place", body]);
      },
      lookUp: ([copy]) => {
        const path = `/v1/private/order?clientOrderId=${copy!.key}`;
        return signed(world, token, offsetMs, ["GET", path, ""]);
      },
      step: async (step) => {
        await steps[step.do]?.();
      },
    };
  },
};

export function signed(
  { skewMs }: Pick<World, "skewMs">,
  token: string,
  offsetMs: number,
  [method, path, body]: readonly [method: string, path: string, body: string],
): VenueRequest {
  const timestamp = String(Date.now() + skewMs + offsetMs);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "x-timestamp": timestamp,
    "x-signature": sign(method, path, timestamp, body),
  };
  return { method, path, headers, body };
}

/** UUIDs that depend on the seed alone. */
export function keysOf({ seed }: World): () => string {
  let count = 0;
  return () => `abcdef00-0000-4000-8000-${String(seed * 100 + ++count).padStart(12, "0")}`;
}

/** The end of the wish, in ms from now; `null` where it is wanted until it is done. */
export function wantedFor({ intents }: World): number | null {
  const untilMs = Math.min(...intents.map((intent) => intent.untilMs));
  return untilMs === Infinity ? null : untilMs - Date.now();
}

function parsed<T>({ body }: HttpResponse): T | null {
  try {
    return (typeof body === "string" ? JSON.parse(body) : body) as T;
  } catch {
    return null;
  }
}
