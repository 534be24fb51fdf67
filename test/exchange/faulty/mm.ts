/**
 * A venue like MM: one order, to be cancelled. A cancel of what is cancelled or filled already is refused, with a status
 * that the vendor's page leaves open. The list of the orders looks as nobody documented.
 */
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
import type { Venue, VenueAnswer } from "../venue.js";

export function mmVenue(plan: Plan, ledger: Ledger): Venue {
  const goneStatus = pick(plan, [404, 409]);
  const exists = !chance(plan, 0.01);
  const filledMs = chance(plan, 0.06) ? plan.startMs + between(plan, 0, 4_000) : Infinity;
  let limitedMs = -Infinity;
  let cancelledMs = Infinity;
  let visibleMs = Infinity;

  const failed = (): VenueAnswer => json(500, { detail: "Internal Server Error" });
  const cancelNow = (order: string, nowMs: number): void => {
    const lags = chance(plan, 0.1);
    if (lags) met(plan, "a lookup that lags");
    cancelledMs = nowMs;
    visibleMs = nowMs + (lags ? between(plan, 0, 1_500) : 0);
    execute(ledger, order, nowMs);
  };

  const cancel = (order: string, nowMs: number): VenueAnswer => {
    if (!exists) return json(404, { detail: "Order not found" });
    if (cancelledMs <= nowMs) {
      met(plan, "mm: cancelled before");
      return json(goneStatus, { detail: "Order is already cancelled" });
    }
    if (filledMs <= nowMs) {
      met(plan, "mm: filled before");
      return json(goneStatus, { detail: "Order is already filled" });
    }
    if (chance(plan, 0.025)) {
      // As for a cancel of several orders: this one may be among those that succeeded.
      met(plan, "mm: 502");
      if (chance(plan, 0.5)) cancelNow(order, nowMs);
      return json(502, { detail: "Cancelled in part" });
    }
    cancelNow(order, nowMs);
    return spoiled(plan, json(200, { orderId: order, status: "cancelled" }), failed);
  };

  const read = (order: string, nowMs: number): VenueAnswer => {
    const gone = cancelledMs < Infinity;
    const status =
      visibleMs <= nowMs ? "CANCELLED" : !gone && filledMs <= nowMs ? "FILLED" : "PLACED";
    return json(200, { orders: exists ? [{ orderId: order, status }] : [] });
  };

  return {
    handle({ path }, nowMs) {
      const what = nowMs < limitedMs ? "throttles" : obstacle(plan, nowMs, false);
      if (what === "throttles") {
        // Over the limit is over it until the minute ends.
        if (nowMs >= limitedMs) limitedMs = nowMs + between(plan, 0, 60_000);
        met(plan, "throttles and tells no wait");
        // The page asks for one second, two, four and so on, and the response for nothing.
        const longer = headerSeconds(plan);
        throttle(ledger, nowMs, (row) => 1_000 * Math.max(2 ** (row - 1), longer ?? 0));
        return json(429, { detail: "Too many requests" }, retryAfter(longer));
      }
      serve(ledger);
      if (what === "paused") return json(503, { detail: "Trading is paused" });
      if (what === "fails") return failed();
      if (what !== null) return what;
      if (plan.keyRefused) {
        met(plan, "refuses the key");
        return json(401, { detail: "Invalid or missing API key" });
      }
      const order = path.split("?order=")[1] ?? path.split("/")[4] ?? "";
      return path.endsWith("/cancel") ? cancel(order, nowMs) : read(order, nowMs);
    },
  };
}
