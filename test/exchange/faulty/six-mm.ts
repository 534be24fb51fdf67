/**
 * A venue like 6mm: signed orders, a clock that has to agree, a signature that works once, and a token that ends. It
 * does not know a second copy of an order: what is signed anew is executed anew. The calls that renew a token are made
 * up.
 */
import { createHmac } from "node:crypto";
import {
  between,
  chance,
  headerSeconds,
  json,
  met,
  obstacle,
  pick,
  type Plan,
  retryAfter,
  spoiled,
} from "./faults.js";
import { execute, type Ledger, serve, throttle } from "./ledger.js";
import type { Venue, VenueAnswer, VenueRequest } from "../venue.js";

const secret = "not-a-secret";
const toleranceMs = 10_000;
/** The page gives no limit; this venue counts by the second. */
const limitMs = 1_000;

export function sign(method: string, path: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret)
    .update(`${method}\n${path}\n${timestamp}\n${body}`)
    .digest("base64url");
}

export function sixMmVenue(plan: Plan, ledger: Ledger): Venue & { readonly firstToken: string } {
  const signatures = new Set<string>();
  const seenFrom = new Map<string, number>();
  // The page leaves open with which status a business error comes.
  const statuses = chance(plan, 0.5);
  const skewCode = pick(plan, [1003, 2002]);
  const refuses = chance(plan, 0.1);
  const poor = chance(plan, 0.02);
  let tokens = 1;
  let tokenEndsMs = chance(plan, 0.1) ? plan.startMs + between(plan, -1_000, 4_000) : Infinity;

  const business = (status: number, code: number, message: string, headers = {}): VenueAnswer =>
    json(statuses ? status : 200, { code, message, requestId: "req-1" }, headers);
  const success = (data: unknown): VenueAnswer =>
    json(200, { code: 0, message: "success", requestId: "req-1", data });
  const failed = (): VenueAnswer =>
    chance(plan, 0.5)
      ? business(500, 5001, "Internal server error")
      : business(503, 5002, "Service temporarily unavailable");

  const order = (body: string, nowMs: number): VenueAnswer => {
    const { clientOrderId, reference = clientOrderId } = JSON.parse(body) as {
      clientOrderId: string;
      /** The intent behind it, which does not change when a copy gets another id. */
      reference?: string;
    };
    if (poor) return business(400, 3001, "Insufficient balance");
    const lags = chance(plan, 0.1);
    if (lags) met(plan, "a lookup that lags");
    execute(ledger, reference, nowMs);
    const from = nowMs + (lags ? between(plan, 0, 1_500) : 0);
    seenFrom.set(clientOrderId, Math.min(from, seenFrom.get(clientOrderId) ?? Infinity));
    return spoiled(plan, success({ clientOrderId, status: "FILLED" }), failed);
  };

  /** A new token, from a refresh or a login. */
  const renew = (login: boolean): VenueAnswer => {
    if (!login && refuses) {
      met(plan, "6mm: refresh refused");
      return business(401, 1004, "Token revoked");
    }
    tokenEndsMs = Infinity;
    return success({ token: `token-${++tokens}` });
  };

  const signed = (request: VenueRequest, nowMs: number): VenueAnswer => {
    const { method, path, headers, body } = request;
    const { authorization, "x-timestamp": timestamp = "", "x-signature": signature = "" } = headers;
    if (authorization !== `Bearer token-${tokens}` || nowMs >= tokenEndsMs) {
      met(plan, "6mm: token expired");
      return business(401, 1002, "Token expired");
    }
    if (sign(method, path, timestamp, body) !== signature)
      return business(401, 1003, "Invalid signature");
    if (Math.abs(Number(timestamp) - nowMs) > toleranceMs) {
      met(plan, "6mm: clock off");
      return business(401, skewCode, "Timestamp outside of tolerance window");
    }
    const used = signatures.has(signature);
    signatures.add(signature);
    if (used) {
      met(plan, "6mm: signature used twice");
      return business(400, 3004, "Duplicate request");
    }
    // The page leaves open what else counts as a duplicate. With a proxy nobody could tell it from a repeated one.
    if (!plan.proxy && chance(plan, 0.004)) {
      met(plan, "6mm: new signature taken for a duplicate");
      return business(400, 3004, "Duplicate request");
    }
    if (method === "POST") return order(body, nowMs);
    const id = path.split("clientOrderId=")[1] ?? "";
    const found = (seenFrom.get(id) ?? Infinity) <= nowMs;
    return found
      ? success({ clientOrderId: id, status: "FILLED" })
      : business(404, 3003, "Order not found");
  };

  const handle = (request: VenueRequest, nowMs: number): VenueAnswer => {
    const { path } = request;
    const soon = nowMs < ledger.notBeforeMs && chance(plan, 0.5);
    const what = soon ? "throttles" : obstacle(plan, nowMs, ledger.throttled);
    if (what === "throttles") {
      met(plan, "throttles and tells no wait");
      const longer = headerSeconds(plan);
      throttle(ledger, nowMs, () => (longer === null ? limitMs : longer * 1_000));
      // An answer with status 429 need not have the envelope.
      return chance(plan, 0.3)
        ? { status: 429, headers: retryAfter(longer), body: "" }
        : business(429, 5003, "Rate limit triggered", retryAfter(longer));
    }
    serve(ledger);
    if (what === "paused") return business(503, 5002, "Service temporarily unavailable");
    if (what === "fails") return failed();
    if (what !== null) return what;
    if (path === "/v1/time") return success({ timestampMs: nowMs });
    if (path.startsWith("/v1/auth/")) return renew(path.endsWith("login"));
    if (plan.keyRefused) {
      met(plan, "refuses the key");
      return business(401, 1006, "Source IP mismatch");
    }
    return signed(request, nowMs);
  };
  return { handle, firstToken: "token-1" };
}
