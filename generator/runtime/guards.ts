/** Guards on the category of a failure, across APIs, and an error to throw for those who throw. */
import { type Failure, isFailure } from "./failure.js";
import type { Category } from "./vocabulary.js";

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

/** The same of the failures of some APIs. */
export function isCatalogErrorOf(value: unknown, apis: readonly string[]): boolean {
  return isCatalogError(value) && apis.includes(value.failure.id.split(".")[0]!);
}

/** An error and its causes, of which there may be a circle. */
export function* chainOf(error: unknown): Iterable<Readonly<Record<string, unknown>>> {
  let at = error;
  for (let depth = 0; depth < 5 && typeof at === "object" && at !== null; depth++) {
    yield at as Record<string, unknown>;
    at = (at as { readonly cause?: unknown }).cause;
  }
}

/**
 * The failure that a value is, or that was thrown with it: as a {@link CatalogError}, or as the cause of another error,
 * since hosts wrap what they catch.
 */
export function failureOf<F extends Failure>(value: Caught<F>): F;
export function failureOf(value: unknown): Failure | null;
export function failureOf(value: unknown): Failure | null {
  try {
    for (const at of chainOf(value)) {
      if (isFailure(at)) return at;
      const { message, failure } = at;
      // A reply has a failure too, and was not thrown.
      if (typeof message === "string" && isFailure(failure)) return failure;
    }
  } catch {
    // A getter or a proxy's trap threw.
  }
  return null;
}

/** A failure, as itself or as it was thrown: `failureOf(caught)` is the failure in both cases. */
export type Caught<F extends Failure> = F | CatalogError<F>;

/** Whether a value, or what was thrown with it, is the failure of one entry. */
export function hasId(value: unknown, id: string): boolean {
  return failureOf(value)?.id === id;
}

/** Whether a value, or what was thrown with it, is a failure with one of these ids. */
export function hasIdIn(value: unknown, ids: readonly string[]): boolean {
  return ids.includes(failureOf(value)?.id ?? "");
}

/** What a guard leaves: of a union the members of the category, of anything else a failure of it or an error that has one. */
type Of<F, C extends Category> = unknown extends F
  ? Caught<Failure<string, C>>
  : F extends Error
    ? F & CatalogError<Failure<string, C>>
    : F & { readonly category: C };

function hasCategory(value: unknown, category: Category): boolean {
  return failureOf(value)?.category === category;
}

/** Whether the category of a failure, or of one that was thrown, is `credentials`. */
export function isCredentials<F>(failure: F): failure is F & Of<F, "credentials"> {
  return hasCategory(failure, "credentials");
}

/** Whether the category of a failure, or of one that was thrown, is `session-expired`. */
export function isSessionExpired<F>(failure: F): failure is F & Of<F, "session-expired"> {
  return hasCategory(failure, "session-expired");
}

/** Whether the category of a failure, or of one that was thrown, is `permission`. */
export function isPermission<F>(failure: F): failure is F & Of<F, "permission"> {
  return hasCategory(failure, "permission");
}

/** Whether the category of a failure, or of one that was thrown, is `clock-skew`. */
export function isClockSkew<F>(failure: F): failure is F & Of<F, "clock-skew"> {
  return hasCategory(failure, "clock-skew");
}

/** Whether the category of a failure, or of one that was thrown, is `duplicate`. */
export function isDuplicate<F>(failure: F): failure is F & Of<F, "duplicate"> {
  return hasCategory(failure, "duplicate");
}

/** Whether the category of a failure, or of one that was thrown, is `validation`. */
export function isValidation<F>(failure: F): failure is F & Of<F, "validation"> {
  return hasCategory(failure, "validation");
}

/** Whether the category of a failure, or of one that was thrown, is `not-found`. */
export function isNotFound<F>(failure: F): failure is F & Of<F, "not-found"> {
  return hasCategory(failure, "not-found");
}

/** Whether the category of a failure, or of one that was thrown, is `state-conflict`. */
export function isStateConflict<F>(failure: F): failure is F & Of<F, "state-conflict"> {
  return hasCategory(failure, "state-conflict");
}

/** Whether the category of a failure, or of one that was thrown, is `funds-or-limits`. */
export function isFundsOrLimits<F>(failure: F): failure is F & Of<F, "funds-or-limits"> {
  return hasCategory(failure, "funds-or-limits");
}

/** Whether the category of a failure, or of one that was thrown, is `market-unavailable`. */
export function isMarketUnavailable<F>(failure: F): failure is F & Of<F, "market-unavailable"> {
  return hasCategory(failure, "market-unavailable");
}

/** Whether the category of a failure, or of one that was thrown, is `throttled`. */
export function isThrottled<F>(failure: F): failure is F & Of<F, "throttled"> {
  return hasCategory(failure, "throttled");
}

/** Whether the category of a failure, or of one that was thrown, is `unavailable`. */
export function isUnavailable<F>(failure: F): failure is F & Of<F, "unavailable"> {
  return hasCategory(failure, "unavailable");
}

/** Whether the category of a failure, or of one that was thrown, is `internal`. */
export function isInternal<F>(failure: F): failure is F & Of<F, "internal"> {
  return hasCategory(failure, "internal");
}

/** Whether the category of a failure, or of one that was thrown, is `partial-failure`. */
export function isPartialFailure<F>(failure: F): failure is F & Of<F, "partial-failure"> {
  return hasCategory(failure, "partial-failure");
}

/** Whether the category of a failure, or of one that was thrown, is `unsupported`. */
export function isUnsupported<F>(failure: F): failure is F & Of<F, "unsupported"> {
  return hasCategory(failure, "unsupported");
}

/** Whether the category of a failure, or of one that was thrown, is `unknown`. */
export function isUnknown<F>(failure: F): failure is F & Of<F, "unknown"> {
  return hasCategory(failure, "unknown");
}
