/** Guards on the category of a failure, across APIs, and an error to throw for those who throw. */
import { type Failure, isFailure, type Marked, marker } from "./failure.js";
import type { Category } from "./vocabulary.js";

/** What a guard leaves: of a union the members of the category, of anything else a failure of it. */
type Of<F, C extends Category> = F &
  (unknown extends F ? Failure<string, C> : { readonly category: C });

/** Whether a value is the failure of one entry. */
export function hasId(value: unknown, id: string): boolean {
  try {
    return (value as Marked)[marker] === id;
  } catch {
    // It is `null` or `undefined`, or a proxy's trap threw.
    return false;
  }
}

function hasCategory(value: unknown, category: Category): boolean {
  try {
    return marker in (value as Marked) && (value as Failure).category === category;
  } catch {
    return false;
  }
}

/** Whether a failure's category is `credentials`. */
export function isCredentials<F>(failure: F): failure is Of<F, "credentials"> {
  return hasCategory(failure, "credentials");
}

/** Whether a failure's category is `session-expired`. */
export function isSessionExpired<F>(failure: F): failure is Of<F, "session-expired"> {
  return hasCategory(failure, "session-expired");
}

/** Whether a failure's category is `permission`. */
export function isPermission<F>(failure: F): failure is Of<F, "permission"> {
  return hasCategory(failure, "permission");
}

/** Whether a failure's category is `clock-skew`. */
export function isClockSkew<F>(failure: F): failure is Of<F, "clock-skew"> {
  return hasCategory(failure, "clock-skew");
}

/** Whether a failure's category is `duplicate`. */
export function isDuplicate<F>(failure: F): failure is Of<F, "duplicate"> {
  return hasCategory(failure, "duplicate");
}

/** Whether a failure's category is `validation`. */
export function isValidation<F>(failure: F): failure is Of<F, "validation"> {
  return hasCategory(failure, "validation");
}

/** Whether a failure's category is `not-found`. */
export function isNotFound<F>(failure: F): failure is Of<F, "not-found"> {
  return hasCategory(failure, "not-found");
}

/** Whether a failure's category is `state-conflict`. */
export function isStateConflict<F>(failure: F): failure is Of<F, "state-conflict"> {
  return hasCategory(failure, "state-conflict");
}

/** Whether a failure's category is `funds-or-limits`. */
export function isFundsOrLimits<F>(failure: F): failure is Of<F, "funds-or-limits"> {
  return hasCategory(failure, "funds-or-limits");
}

/** Whether a failure's category is `market-unavailable`. */
export function isMarketUnavailable<F>(failure: F): failure is Of<F, "market-unavailable"> {
  return hasCategory(failure, "market-unavailable");
}

/** Whether a failure's category is `throttled`. */
export function isThrottled<F>(failure: F): failure is Of<F, "throttled"> {
  return hasCategory(failure, "throttled");
}

/** Whether a failure's category is `unavailable`. */
export function isUnavailable<F>(failure: F): failure is Of<F, "unavailable"> {
  return hasCategory(failure, "unavailable");
}

/** Whether a failure's category is `internal`. */
export function isInternal<F>(failure: F): failure is Of<F, "internal"> {
  return hasCategory(failure, "internal");
}

/** Whether a failure's category is `partial-failure`. */
export function isPartialFailure<F>(failure: F): failure is Of<F, "partial-failure"> {
  return hasCategory(failure, "partial-failure");
}

/** Whether a failure's category is `unsupported`. */
export function isUnsupported<F>(failure: F): failure is Of<F, "unsupported"> {
  return hasCategory(failure, "unsupported");
}

/** Whether a failure's category is `unknown`. */
export function isUnknown<F>(failure: F): failure is Of<F, "unknown"> {
  return hasCategory(failure, "unknown");
}
/** A failure as an error that can be thrown. */
export class CatalogError<F extends Failure = Failure> extends Error {
  override readonly name: string = "CatalogError";
  readonly failure: F;

  constructor(failure: F, options?: { readonly cause?: unknown }) {
    super(`${failure.id}${failure.text === null ? "" : `: ${failure.text}`}`, options);
    this.failure = failure;
  }
}

/** Whether a value is a {@link CatalogError}, even of another copy of this package. */
export function isCatalogError(value: unknown): value is CatalogError {
  try {
    return (
      value instanceof Error &&
      value.name === "CatalogError" &&
      "failure" in value &&
      isFailure(value.failure)
    );
  } catch {
    // A proxy's trap threw.
    return false;
  }
}
