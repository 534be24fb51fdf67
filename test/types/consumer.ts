/** What the emitted types promise to a consumer. Checked by typecheck.test.ts under the strictest settings. */
import {
  AbpDecline,
  type AbpDeclineValue,
  type AbpId,
  type AbpPlacementBody,
  abpErrors,
  abpStatuses,
  abpWords,
  isAbpDecline,
  isAbpStatus,
  isAbpValidationBody,
  type AbpStatus,
  type AbpValidationBody,
} from "../../generated/src/abp/index.js";
import { SixMmCode } from "../../generated/src/6mm/index.js";
import type { Category, Entry } from "../../generated/src/index.js";

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
      reason satisfies never;
      return reason;
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
  body.detail[0] = { loc: [], msg: "", type: "" };
  return fault?.loc[0];
}

type Declined = AbpPlacementBody["declinedOrders"][number];
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
abpStatuses["abp.too-many-requests"].category satisfies Category | null;
abpWords["abp.no-odds-found" satisfies AbpId].title satisfies string;
// @ts-expect-error: no such entry
void abpErrors["abp.no-such-entry"];
// @ts-expect-error: tables are readonly
abpErrors["abp.no-odds-found"] = abpErrors["abp.validation-failed"];
