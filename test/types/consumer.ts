/** What the emitted types promise to a consumer. Checked by typecheck.test.ts under the strictest settings. */
import {
  AbpDecline,
  type AbpDeclineValue,
  type AbpId,
  type AbpDeclinedOrderBody,
  type AbpFailure,
  type AbpPlacementReply,
  adviseAbp,
  abpErrors,
  abpStatuses,
  abpWords,
  decodeAbp,
  decodeAbpPlacement,
  isAbpRateLimitExceeded,
  isAbpDecline,
  isAbpStatus,
  isAbpValidationBody,
  type AbpStatus,
  type AbpValidationBody,
} from "../../generated/src/abp/index.js";
import { SixMmCode } from "../../generated/src/6mm/index.js";
import {
  type Advice,
  CatalogError,
  type Category,
  type Entry,
  type Failure,
  isCatalogError,
  failureOf,
  isFailure,
  isThrottled,
  startCall,
  type UnknownFailure,
} from "../../generated/src/index.js";
import { decodeMmSocket, type MmFailure } from "../../generated/src/mm/index.js";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <_ extends true>(): void => {};

// A decline is one of the documented texts; a value from the wire may be any text.
"Invalid odds" satisfies AbpDecline;
"a text of tomorrow" satisfies AbpDeclineValue;
AbpDecline.InvalidOdds satisfies AbpDeclineValue;
yes<Equal<typeof AbpDecline.StakeExceedsLimit, "Stake exceeds limit">>();
// @ts-expect-error: not one of the documented texts
"a text of tomorrow" satisfies AbpDecline;
// @ts-expect-error: no reason is a number
7 satisfies AbpDeclineValue;
// @ts-expect-error: no such reason
void AbpDecline.StakeTooOdd;
// The open type is no plain string: the documented texts are still offered for completion.
yes<Equal<Extract<AbpDeclineValue, "Invalid odds">, "Invalid odds">>();
yes<Equal<Equal<AbpDeclineValue, string>, false>>();

// Guards narrow, also what came from the wire as unknown.
export function whatToDo(status: number, reason: unknown): string {
  if (isAbpStatus(status)) status satisfies AbpStatus;
  // @ts-expect-error: a number is no status yet
  status satisfies AbpStatus;
  if (!isAbpDecline(reason)) return "unknown";
  switch (reason) {
    case AbpDecline.BookmakerNotAvailable:
    case AbpDecline.CurrencyConversionFailed:
    case AbpDecline.InvalidOdds:
    case AbpDecline.NoActiveAccounts:
      return "decide anew";
    case AbpDecline.OddsTemporarilyUnavailable:
      return "wait";
    case AbpDecline.StakeBelowMinimum:
    case AbpDecline.StakeExceedsLimit:
      return "change the stake";
    default:
      // What is left is a text with changing parts, which no member of the enum can be.
      yes<
        Equal<
          typeof reason,
          `Order stake ${string} ${string} exceeds available limit ${string} ${string}`
        >
      >();
      return "change the stake";
  }
}

export function incomplete(reason: AbpDecline): string {
  switch (reason) {
    case "Invalid odds":
      return "decide anew";
    default:
      // @ts-expect-error: six reasons are left
      reason satisfies never;
      return reason;
  }
}

// A body's guard gives the whole shape, readonly to its leaves.
export function firstFault(body: unknown): string | number | undefined {
  if (!isAbpValidationBody(body)) return undefined;
  body satisfies AbpValidationBody;
  const fault = body.detail[0];
  // @ts-expect-error: the list may be empty
  void fault.msg;
  // @ts-expect-error: what the vendor sent is not ours to change
  body.detail = [];
  // @ts-expect-error: nor are the items of a list
  body.detail[0] = { loc: [], msg: "", type: "" };
  return fault?.loc[0];
}

type Declined = AbpDeclinedOrderBody;
({ requestUuid: "u", declineReason: "d" }) satisfies Declined;
// @ts-expect-error: a field that may be missing is not undefined when it is there
({ requestUuid: "u", declineReason: "d", outcomeId: undefined }) satisfies Declined;

// Codes are literals, each of a range as well.
SixMmCode.ConditionOrderParameter3105 satisfies 3105;
yes<Equal<Extract<SixMmCode, 3105>, 3105>>();
// @ts-expect-error: not documented
1005 satisfies SixMmCode;

// Tables know their keys, and what they hold has the shared vocabulary's types.
abpErrors["abp.no-odds-found"] satisfies Entry;
abpStatuses["abp.too-many-requests"].category satisfies Category | undefined;
abpWords["abp.no-odds-found" satisfies AbpId].title satisfies string;
// @ts-expect-error: no such entry
void abpErrors["abp.no-such-entry"];
// @ts-expect-error: tables are readonly
abpErrors["abp.no-odds-found"] = abpErrors["abp.validation-failed"];

// A switch over a failure's id is exhaustive, and narrows its facts and fields.
export function waitMs(failure: AbpFailure): number | null {
  switch (failure.id) {
    case "abp.rate-limit-exceeded":
    case "abp.too-many-requests":
      yes<Equal<typeof failure.category, "throttled">>();
      yes<Equal<typeof failure.fields.retryAfterMs, number | null>>();
      // @ts-expect-error: it may be absent
      failure.fields.retryAfterMs.toFixed();
      return failure.fields.retryAfterMs;
    case "abp.all-orders-are-duplicates":
      yes<Equal<typeof failure.fields.duplicateUuids, readonly string[] | null>>();
      // @ts-expect-error: what was read is not ours to change
      failure.fields.duplicateUuids = null;
      return null;
    case "abp.unknown":
      failure satisfies UnknownFailure;
      yes<Equal<typeof failure.outcome, "unknown">>();
      failure.why satisfies "unread" | "not-json" | "code" | "message" | "shape" | "status";
      return null;
    case "abp.access-denied-to-endpoint":
    case "abp.client-not-resolved":
    case "abp.forbidden":
      yes<Equal<typeof failure.category, "permission">>();
      // @ts-expect-error: it has no fields
      void failure.fields.limit;
      return null;
    case "abp.bad-request":
    case "abp.conflict":
    case "abp.internal-server-error":
    case "abp.invalid-or-inactive-api-key":
    case "abp.missing-api-key-header":
    case "abp.no-odds-found":
    case "abp.not-found":
    case "abp.not-implemented":
    case "abp.service-unavailable":
    case "abp.unauthorized":
    case "abp.unprocessable-content":
    case "abp.validation-failed":
      return null;
    default:
      failure satisfies never;
      return failure;
  }
}

export function incompleteSwitch(failure: AbpFailure): string {
  switch (failure.category) {
    case "throttled":
    case "unknown":
      return failure.id;
    default:
      // @ts-expect-error: other categories are left
      failure satisfies never;
      // @ts-expect-error: none of those has this id
      return failure.id === "abp.rate-limit-exceeded" ? "" : failure.id;
  }
}

// A reply is a success or a failure; what is declined is a failure of the items' own.
export function became(status: number, body: unknown): string {
  const reply = decodeAbp({ status, body });
  if (reply.ok)
    return reply.id satisfies "abp.ok" | "abp.created" | "abp.no-content" | "abp.placement";
  // @ts-expect-error: a decline is an item of a placement, and no response
  if (reply.failure.id === "abp.invalid-odds") return "";
  const { items }: AbpPlacementReply = decodeAbpPlacement(["u"], { status, body });
  const item = items.get("u");
  if (item?.is !== "declined") return item?.is ?? "not sent";
  if (item.failure.id === "abp.stake-exceeds-limit") {
    // A capture is missing when the other text of the entry came.
    yes<Equal<typeof item.failure.fields.limit, string | undefined>>();
  }
  const frame = decodeMmSocket(body);
  // @ts-expect-error: its body has not been read
  decodeAbp(new Response("{}"));
  return frame.ok ? (frame.id satisfies "mm.frame") : frame.failure.id;
}

// Guards narrow: one entry from anything, a category within the failures that it is asked of.
export function guarded(caught: unknown, failure: AbpFailure | MmFailure): void {
  // Caught as itself or as it was thrown, and known in both cases.
  if (isAbpRateLimitExceeded(caught)) failureOf(caught).fields.limit satisfies number | null;
  if (caught instanceof Error && isAbpRateLimitExceeded(caught))
    failureOf(caught).fields.limit satisfies number | null;
  if (isAbpRateLimitExceeded(failure)) failure.fields.limit satisfies number | null;
  // @ts-expect-error: no entry has this id
  if (isCatalogError(caught) && caught.failure.id === "abp.rate-limit-exceded") return;
  if (isFailure(caught)) caught satisfies Failure;
  if (isThrottled(failure))
    yes<
      Equal<
        typeof failure.id,
        "abp.rate-limit-exceeded" | "abp.too-many-requests" | "mm.too-many-requests"
      >
    >();
  else {
    // @ts-expect-error: it is none of those
    if (failure.id === "mm.too-many-requests") return;
  }
  if (isCatalogError(caught) && isThrottled(caught.failure)) {
    yes<Equal<typeof caught.failure.category, "throttled">>();
    caught.failure satisfies Failure;
  }
  if (isThrottled(caught)) failureOf(caught) satisfies Failure<string, "throttled">;
  throw new CatalogError(failure, { cause: caught });
}

// Advice knows the operations of its API, and the failures of no other.
export function waitFor(failure: AbpFailure, foreign: MmFailure): number {
  const now = { attempt: 1, elapsedMs: 0, random: 0 };
  const advice: Advice = adviseAbp(failure, { ...now, operation: "place-orders" });
  adviseAbp({ transport: "timeout" }, { ...now, operation: "write", prior: "unknown" });
  // @ts-expect-error: an operation of no API
  adviseAbp(failure, { ...now, operation: "place-order" });
  // @ts-expect-error: the attempt is missing
  adviseAbp(failure, { operation: "place-orders", elapsedMs: 0, random: 0 });
  // @ts-expect-error: a failure of another API
  adviseAbp(foreign, { ...now, operation: "read" });
  // @ts-expect-error: no way for a request to end
  adviseAbp({ transport: "lost" }, { ...now, operation: "read" });
  startCall(adviseAbp, "read-accounts");
  // @ts-expect-error: an operation of no API
  startCall(adviseAbp, "cancel-order");
  // @ts-expect-error: only a retry has a delay
  void advice.delayMs;
  return advice.do === "retry" ? advice.delayMs : 0;
}
