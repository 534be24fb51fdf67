/** One difference between a catalog and a page. */
import type { Place } from "../diagnostics/log.js";

type Kind = "missing" | "gone" | "changed" | "heading" | "page";

/** Something of the catalog that a difference is about. */
export interface Touched {
  readonly of: string;
  readonly what: string;
  readonly place: Place;
}

export interface Difference {
  readonly kind: Kind;
  /** Of the page; where something is gone, the line before which it stood. */
  readonly line: number;
  /** Its line when it was read; `null` where that is not recorded. */
  readonly wasLine: number | null;
  /** The innermost heading there. */
  readonly under: string | null;
  /** What is literal in it: what is no longer there, and what is new. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What is literal in it and as it was, such as the code of a row whose words have changed. */
  readonly beside: readonly string[];
  readonly touches: readonly Touched[];
}
