/** What the scenarios are made of: the calls, and the answers of the venues. */
import {
  advise,
  type AdviceData,
  type Call,
  type CallOptions,
  type Failure,
  type HttpResponse,
  type Reply,
  type RetryRule,
  startCall,
} from "trading-api-errors";
import {
  abpDeadlines,
  abpIdempotency,
  abpOperations,
  abpRetry,
  abpWords,
  adviseAbp,
  decodeAbp,
  decodeAbpPlacement,
} from "trading-api-errors/abp";
import { abpFixtures } from "trading-api-errors/abp/fixtures";
import { adviseMm, decodeMm, type MmOperation } from "trading-api-errors/mm";
import { adviseSixMm, decodeSixMm, type SixMmOperation } from "trading-api-errors/6mm";
import type { ScriptedAnswer } from "../server.js";
import type { VenueAnswer } from "../venue.js";

/** What is called, and how. */
export interface Kind {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Whether each attempt has to be signed anew. */
  readonly signed: boolean;
  readonly start: () => Call;
  /** `uuid` is the key of the order that was sent. */
  readonly decode: (response: HttpResponse, uuid: string) => Reply;
}

export interface Scenario extends Kind {
  readonly title: string;
  readonly answers: readonly ScriptedAnswer[];
  /** The least time in ms between an answer and the next request, for each request but the first; default: there is one. */
  readonly waits?: readonly number[];
  /** The paths of all requests; default: each is the same one. */
  readonly paths?: readonly string[];
  /** How many keys of orders reach the venue; default 1. */
  readonly uuids?: number;
  /** How the call ends: with a success, or with an advice and its reason. */
  readonly ends: "success" | `${"reconcile" | "stop"}: ${string}` | RegExp;
  /** The id of the last failure, or the ways in which the last request may be said to have got no answer. */
  readonly failure: string | RegExp | null;
  /** When the caller aborts, after the first request has arrived. */
  readonly abortAfterMs?: number;
  /** How many requests are built, where some might be built in vain. */
  readonly builds?: number;
}

// Without jitter the waits are the shortest that there can be.
export const random = (): number => 0;

/** No write here may be late for its venue, however busy the machine is: what comes of that is asked of the advice alone. */
export const deadlineMs = 3_600_000;

export const place = (options: CallOptions = {}): Kind => ({
  method: "POST",
  path: "/place-orders",
  signed: false,
  start: () => startCall(adviseAbp, "place-orders", { deadlineMs, ...options, random }),
  decode: decodeAbp,
});
export const accounts: Kind = {
  method: "GET",
  path: "/accounts",
  signed: false,
  start: () => startCall(adviseAbp, "read-accounts", { random }),
  decode: decodeAbp,
};
export const mm = (method: "GET" | "POST", path: string, operation: MmOperation): Kind => ({
  method,
  path,
  signed: false,
  start: () => startCall(adviseMm, operation, { random }),
  decode: decodeMm,
});
export const sixMm = (operation: SixMmOperation | "read", options: CallOptions = {}): Kind => ({
  method: operation === "order-request" ? "POST" : "GET",
  path: operation === "order-request" ? "/orders" : "/balances",
  signed: true,
  start: () => startCall(adviseSixMm, operation, { ...options, random }),
  decode: decodeSixMm,
});

/** No catalog has a wait in a header so far: the rules of ABP, as if its 429 had one. */
const inHeader: AdviceData = {
  rules: {
    ...abpRetry,
    "wait-as-told": {
      ...(abpRetry["wait-as-told"] as Extract<RetryRule, { verdict: "retry" }>),
      delay: [{ source: "header", header: "retry-after" }],
    },
  },
  operations: abpOperations,
  keys: abpIdempotency,
  deadlines: abpDeadlines,
  budgets: {},
  priors: {},
  transport: {},
  words: abpWords,
};

export const placeWithHeader: Kind = {
  ...place(),
  start: () =>
    startCall<Failure, string>(
      (failure, input) => advise(inHeader, failure, input),
      "place-orders",
      { deadlineMs, random },
    ),
};

/** An order that was declined counts as the failure of the request, which had no other. */
export function decodeOnlyOrder(response: HttpResponse, uuid: string): Reply {
  const { reply, items } = decodeAbpPlacement([uuid], response);
  const item = items.get(uuid)!;
  return item.is === "declined" ? { ok: false, failure: item.failure } : reply;
}

export const json = (status: number, body: unknown, headers = {}): VenueAnswer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});
export const done = json(200, { acceptedOrders: [], declinedOrders: [] });
export const limited = (seconds: number): VenueAnswer =>
  json(429, { detail: "Rate limit exceeded", limit: 100, retry_after: seconds });
export const fixture = (id: keyof typeof abpFixtures): VenueAnswer =>
  json(abpFixtures[id][0]!.status, abpFixtures[id][0]!.body ?? {});
export const down = fixture("abp.service-unavailable");
export const crash: VenueAnswer = {
  status: 500,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "Internal Server Error",
};
export const failed = (status: number): VenueAnswer =>
  json(status, { detail: "Something is wrong" });
/** 6mm's codes, with a status that says nothing: which one they come with is not documented. */
export const code = (code: number, message = "Some text"): VenueAnswer =>
  json(200, { code, message, requestId: "req-00000001" });
export const fine = code(0, "Success");
export const token = (name: string): VenueAnswer => json(200, { token: name });
export const skewed = code(1003, "Timestamp outside of tolerance window");
export const declined: ScriptedAnswer = ({ body }) => {
  const [order] = (JSON.parse(body) as { orders: { requestUuid: string }[] }).orders;
  const item = { ...order, declineReason: "Odds temporarily unavailable", bets: [] };
  return json(200, { acceptedOrders: [], declinedOrders: [item] });
};
