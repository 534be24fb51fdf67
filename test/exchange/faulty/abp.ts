/**
 * A venue like ABP: batches of orders, each with a UUID that is remembered for 30 minutes. Where the vendor's page is
 * silent it does what is least convenient: a declined UUID may be remembered or not, a request that is out of luck leaves
 * UUIDs behind whose orders were never placed, and UUIDs may come back in the other letter case.
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
import type { Venue, VenueAnswer, VenueRequest } from "../venue.js";

export interface AbpOrder {
  readonly requestUuid: string;
  /** The intent behind it, which does not change when a copy gets a fresh UUID. */
  readonly reference: string;
  readonly orderStake: string;
  /** In ISO form; without it an order lives for five seconds after its receipt. */
  readonly expiresAt?: string;
}

const abpWindowMs = 30 * 60_000;

const reasons = [
  "Order stake 15000.00 USD exceeds available limit 5000.00 USD",
  "Stake exceeds limit",
  "Stake below minimum",
  "Invalid odds",
  "No active accounts",
  "Bookmaker not available",
  "Price moved against the order",
] as const;

interface Kept {
  readonly status: "FILLED" | "PARTIALLY_FILLED" | "REJECTED";
  readonly doneMs: number;
  readonly visibleMs: number;
}

export function abpVenue(plan: Plan, ledger: Ledger): Venue {
  const received = new Map<string, number>();
  const kept = new Map<string, Kept>();
  const remembersDeclined = chance(plan, 0.5);
  const created = pick(plan, [200, 201]);
  const shouts = chance(plan, 0.2);
  const spell = (uuid: string): string => {
    if (shouts) met(plan, "abp: UUIDs in another letter case");
    return shouts ? uuid.toUpperCase() : uuid;
  };

  const limited = (nowMs: number): VenueAnswer => {
    const detail = { detail: "Rate limit exceeded", limit: "100" };
    const draw = plan.random();
    const absurd = draw < 0.1;
    // Mostly the one second of the page; a number, or one in a text, or a part of a second.
    const told = absurd ? 1_900 : draw < 0.7 ? 1 : draw < 0.8 ? "2" : draw < 0.85 ? 0.4 : null;
    const longer = absurd ? null : headerSeconds(plan);
    throttle(ledger, nowMs, () => Math.max(Number(told ?? 1), longer ?? 0) * 1_000);
    const seconds = longer ?? (told === null ? null : Math.ceil(Number(told)));
    const withHeader = longer !== null || chance(plan, 0.3);
    const headers = retryAfter(withHeader ? seconds : null);
    if (told === null)
      return (met(plan, "throttles and tells no wait"), json(429, detail, headers));
    met(plan, absurd ? "throttles and tells an absurd wait" : "throttles and tells the wait");
    return json(429, { ...detail, retry_after: told }, headers);
  };
  const failed = (): VenueAnswer =>
    chance(plan, 0.5)
      ? json(500, { detail: "Internal Server Error" })
      : json(503, { detail: "Service Unavailable" });

  const keep = (order: AbpOrder, status: Kept["status"], nowMs: number): void => {
    const slow = chance(plan, 0.1);
    if (slow) met(plan, "a lookup that lags");
    const doneMs = nowMs + (slow ? between(plan, 0, 1_500) : 0);
    kept.set(order.requestUuid, { status, doneMs, visibleMs: doneMs });
    if (status !== "REJECTED") execute(ledger, order.reference, nowMs);
  };

  const place = (orders: readonly AbpOrder[], nowMs: number): VenueAnswer => {
    const late = orders.findIndex(({ expiresAt }) => Date.parse(expiresAt ?? "") <= nowMs);
    if (late >= 0) {
      met(plan, "abp: expired on arrival");
      const msg = "Input should be in the future";
      const loc = ["body", "orders", late, "expiresAt"];
      return json(422, { detail: [{ loc, msg, type: "datetime_future" }] });
    }
    const known = orders.filter(({ requestUuid }) => {
      const at = received.get(requestUuid);
      if (at !== undefined && nowMs - at >= abpWindowMs)
        met(plan, "abp: UUID forgotten, and sent again");
      return at !== undefined && nowMs - at < abpWindowMs;
    });
    if (known.length === orders.length) {
      met(plan, "abp: all duplicates");
      const uuids = known.map(({ requestUuid }) => requestUuid);
      const busy = (uuid: string): boolean => (kept.get(uuid)?.doneMs ?? 0) > nowMs;
      if (uuids.some(busy)) met(plan, "abp: still in progress");
      const detail = {
        error: "All orders are duplicates",
        duplicateUuids: uuids.filter((uuid) => !busy(uuid)).map(spell),
        inProgressUuids: uuids.filter(busy).map(spell),
      };
      return json(409, { detail });
    }
    if (known.length > 0) met(plan, "abp: duplicates skipped");
    const fresh = orders.filter((order) => !known.includes(order));
    for (const { requestUuid } of fresh) received.set(requestUuid, nowMs);
    if (chance(plan, 0.02)) {
      met(plan, "abp: batch executed in part");
      const part = Math.floor(plan.random() * fresh.length);
      for (const order of fresh.slice(0, part)) keep(order, "FILLED", nowMs);
      return chance(plan, 0.5) ? failed() : { lost: "timeout" };
    }
    const acceptedOrders: unknown[] = [];
    const declinedOrders: unknown[] = [];
    for (const order of fresh) {
      const { requestUuid } = order;
      const draw = plan.random();
      const decline = (declineReason: string, bets: readonly unknown[]): void => {
        met(plan, bets.length === 0 ? "abp: declined" : "abp: declined with bets");
        keep(order, bets.length === 0 ? "REJECTED" : "PARTIALLY_FILLED", nowMs);
        if (bets.length === 0 && !remembersDeclined) received.delete(requestUuid);
        declinedOrders.push({ requestUuid: spell(requestUuid), declineReason, bets });
      };
      if (draw < 0.1) decline("Odds temporarily unavailable", []);
      else if (draw < 0.15) decline(pick(plan, reasons), []);
      else if (draw < 0.16) decline(pick(plan, reasons), [{ betId: "bet-1", stake: "10.00" }]);
      else {
        keep(order, "FILLED", nowMs);
        acceptedOrders.push({ requestUuid: spell(requestUuid) });
      }
    }
    const status =
      declinedOrders.length === 0
        ? "accepted"
        : acceptedOrders.length === 0
          ? "declined"
          : "partial-success";
    return spoiled(plan, json(created, { status, acceptedOrders, declinedOrders }), failed);
  };

  const lookUp = (uuids: readonly string[], nowMs: number): VenueAnswer => {
    const orders = uuids.flatMap((requestUuid) => {
      const order = kept.get(requestUuid);
      return order !== undefined && order.visibleMs <= nowMs
        ? [{ requestUuid: spell(requestUuid), orderStatus: order.status }]
        : [];
    });
    return json(200, { orders, hasMore: false, nextCursor: null });
  };

  return {
    handle({ path, body }: VenueRequest, nowMs) {
      // Who comes too soon after a refusal is refused again, as often as not.
      const soon = nowMs < ledger.notBeforeMs && chance(plan, 0.5);
      const what = soon ? "throttles" : obstacle(plan, nowMs, ledger.throttled);
      if (what === "throttles") return limited(nowMs);
      serve(ledger);
      if (what === "paused") return json(503, { detail: "Order processing is paused" });
      if (what === "fails") return failed();
      if (what !== null) return what;
      if (plan.keyRefused) {
        met(plan, "refuses the key");
        return json(401, { error: "Invalid or inactive API key" });
      }
      const query = path.split("requestUuids=")[1];
      if (query !== undefined) return lookUp(query.split(","), nowMs);
      return place((JSON.parse(body) as { orders: AbpOrder[] }).orders, nowMs);
    },
  };
}
