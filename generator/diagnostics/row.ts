/** A row of the table of diagnostics. */

/** How grave a diagnostic is. All are errors so far. */
export type Severity = "error" | "warning";

/** One mistake in words: what is wrong, and how to fix it. */
export interface Explanation {
  readonly says: string;
  readonly help?: string;
}

/** One diagnostic. */
export interface Row<Params extends readonly unknown[]> {
  readonly severity: Severity;
  /** What goes wrong for a user of the catalog if the mistake stays. */
  readonly why: string;
  readonly explain: (...params: Params) => Explanation;
}

/** The row of an error. */
export function error<Params extends readonly unknown[]>(
  why: string,
  explain: (...params: Params) => Explanation,
): Row<Params> {
  return { severity: "error", why, explain };
}
