/** A client of any of the venues: it gives orders their identity, signs, and makes the steps that an advice asks for. */
import { createHmac } from "node:crypto";
import type { Retry } from "trading-api-errors";
import type { Built } from "./hosts.js";

export interface Trader {
  /** The key of the order at the moment. */
  readonly uuid: string;
  /** How far the venue's clock is ahead, as far as is known. */
  readonly offsetMs: number;
  /** How many requests were built. */
  readonly builds: number;
  build(advice: Retry | null): Promise<Built>;
}

export function sign(timestamp: string, body: string): string {
  return createHmac("sha256", "secret").update(`${timestamp}\n${body}`).digest("hex");
}

/** The page of 6mm names neither the calls that renew a token nor the headers of a signature; these are made up. */
const steps: Readonly<Record<string, string>> = {
  "refresh-token": "/refresh-token",
  "log-in": "/log-in",
  "sync-clock": "/v1/time",
};

export function startTrader(base: string, method: "GET" | "POST"): Trader {
  let orders = 0;
  let builds = 0;
  let uuid = "";
  let token = "token-0";
  let offsetMs = 0;
  let timestamp = 0;

  const make = async (step: string): Promise<void> => {
    // To send less often, a single call can only wait.
    if (step === "reduce-rate") return;
    const response = await fetch(base + steps[step]!);
    const told = (await response.json()) as { token?: string; time?: number };
    token = told.token ?? token;
    if (told.time !== undefined) offsetMs = told.time - performance.now();
  };
  return {
    get uuid() {
      return uuid;
    },
    get offsetMs() {
      return offsetMs;
    },
    get builds() {
      return builds;
    },
    async build(advice) {
      builds++;
      for (const step of advice?.before ?? []) await make(step.do);
      // Each of another length, so that the length of the last body is not that of the next one.
      if (advice === null || advice.identity === "fresh") uuid = `order-${"x".repeat(++orders)}`;
      const body = method === "GET" ? null : JSON.stringify({ orders: [{ requestUuid: uuid }] });
      if (advice === null || advice.reSign)
        timestamp = Math.max(timestamp + 1, Math.floor(performance.now() + offsetMs));
      const signature = sign(String(timestamp), body ?? "");
      const headers = {
        authorization: `Bearer ${token}`,
        "x-timestamp": String(timestamp),
        "x-signature": signature,
        ...(body === null ? {} : { "content-type": "application/json" }),
      };
      return { headers, body };
    },
  };
}
