/** One difference between two catalogs. */
import type { Level, Rating } from "./rating.js";
import type { Response } from "./witness.js";

export type Kind =
  | "added"
  | "removed"
  | "renamed"
  | "wire"
  | "widened"
  | "narrowed"
  | "meaning"
  | "retry"
  | "field"
  | "changed"
  | "deprecated"
  | "words";

export interface Finding extends Rating {
  readonly kind: Kind;
  readonly level: Level;
  /** The API; `null` of the package. */
  readonly api: string | null;
  /** What differs: an entry's id, a section and a name such as `limits.requests`, or the API or package itself. */
  readonly of: string;
  /** Which of its facts, such as `outcome`; `null` for the whole. */
  readonly fact: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Of a matcher: a response that it took before and no longer takes, and one that it takes now and did not. */
  readonly lost?: Response;
  readonly gained?: Response;
  /** What to use instead, as an id, or why there is nothing. */
  readonly instead?: string;
}

export type Pair<T> = readonly [before: T, after: T];

/** What is said of a finding besides its kind, its rating and what it is of. */
export type Details = Partial<Omit<Finding, keyof Rating | "kind" | "level" | "api" | "of">>;

/** Takes down a finding about one entry. */
export type Say = (kind: Kind, rating: Rating, details: Details) => void;
