/** Places a signed order at 6mm with the advice of the package, and tells what became of it. */
import type { Retry } from "trading-api-errors";
import { adviseSixMm, decodeSixMm, type SixMmOperation } from "trading-api-errors/6mm";
import { agentOf, type Api, bodyOf, lookUntil } from "./advised.js";
import type { Host } from "./hosts.js";
import { flightMs } from "./network.js";
import { sign, toleranceMs } from "./six-mm.js";
import type { Client, Report, World } from "./world.js";
import type { VenueRequest } from "../venue.js";

const api: Api<SixMmOperation> = {
  advise: adviseSixMm,
  decode: decodeSixMm,
  quietMs: (_, row) => 1_000 * 2 ** Math.min(row - 1, 3),
  // The page gives no limit.
  windowMs: 1_000,
};

/** How long the venue may take to show an order, at most. */
const lagMs = 2_000;
/** How often to begin anew, once it is certain that the last call's order was not executed. */
const rounds = 6;

/** The venue does not take a signature that is older than its tolerance, and the two clocks may differ by as much. */
const lastingMs = 2 * toleranceMs + flightMs + lagMs;

export function signed(
  world: Pick<World, "skewMs">,
  token: string,
  offsetMs: number,
  [method, path, body]: readonly [method: string, path: string, body: string],
): VenueRequest {
  const timestamp = String(Date.now() + world.skewMs + offsetMs);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "x-timestamp": timestamp,
    "x-signature": sign(method, path, timestamp, body),
  };
  return { method, path, headers, body };
}

export function advisedSixMm(host: Host): Client {
  return async (world) => {
    const [{ reference }] = world.intents;
    const agent = agentOf(api, host, world);
    let { token } = world;
    let offsetMs = 0;

    /** A step that fails leaves things as they are: the next answer says so, and the advice knows what comes then. */
    const ask = async <T>(
      operation: "read" | "read-server-time",
      path: string,
    ): Promise<T | null> => {
      const method = path === "/v1/time" ? "GET" : "POST";
      const request = { method, path, headers: {}, body: "" };
      const response = await agent.run(agent.begin(operation), () => request);
      return response === null ? null : bodyOf<{ data: T }>(response).data;
    };
    const steps: Readonly<Record<string, () => Promise<void>>> = {
      "refresh-token": async () => {
        token = (await ask<{ token: string }>("read", "/v1/auth/refresh"))?.token ?? token;
      },
      "log-in": async () => {
        token = (await ask<{ token: string }>("read", "/v1/auth/login"))?.token ?? token;
      },
      "sync-clock": async () => {
        const time = await ask<{ timestampMs: number }>("read-server-time", "/v1/time");
        if (time !== null) offsetMs = time.timestampMs - (Date.now() + world.skewMs);
      },
      // The only calls are those of this run, and they wait already.
      "reduce-rate": async () => {},
    };

    const sender = (method: string, path: string, body: string) => {
      let request: VenueRequest | null = null;
      return async (advice: Retry | null): Promise<VenueRequest> => {
        for (const step of advice?.before ?? []) await steps[step.do]!();
        await agent.quiet();
        if (request === null || advice?.reSign === true)
          request = signed(world, token, offsetMs, [method, path, body]);
        return request;
      };
    };

    /** `null`: there is no such order, and none can come any more; another one may be sent. */
    const round = async (): Promise<Report | null> => {
      const body = JSON.stringify({ clientOrderId: reference, quantity: "1" });
      const call = agent.begin("order-request");
      const response = await agent.run(call, sender("POST", "/v1/order", body));
      if (response !== null) return "executed";
      const advice = call.advice!;
      // It was not executed; where all that it takes is time, the next call waits first.
      if (advice.do === "stop") return advice.actor === "wait" ? null : "failed";
      if (advice.do === "retry") throw new Error("The call has not ended");
      const look = async (): Promise<boolean | null> => {
        const path = `/v1/order?clientOrderId=${reference}`;
        const found = await agent.run(agent.begin("read"), sender("GET", path, ""));
        return found === null
          ? null
          : bodyOf<{ data: { orders: unknown[] } }>(found).data.orders.length > 0;
      };
      const finalMs = world.network.lastSentMs + lastingMs;
      const seen = await lookUntil(advice, finalMs, look, (found, final) =>
        found ? "executed" : final ? "none" : null,
      );
      return seen === "none" ? null : (seen ?? "unresolved");
    };

    for (let i = 0; i < rounds; i++) {
      const report = await round();
      if (report !== null) return new Map([[reference, report]]);
    }
    // It is proved of the last try as well.
    return new Map([[reference, "failed"]]);
  };
}
