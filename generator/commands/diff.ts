/** `errata diff`: what changed between two catalogs, and what that means for who uses the package. */
import { diff, fails } from "../diff/diff.js";
import type { Level } from "../diff/rating.js";
import { markdownDifference, prettyDifference } from "../diff/report.js";
import { presentSide, readSide } from "./sides.js";

export interface DiffFlags {
  readonly catalog: string | undefined;
  readonly failOn: Level;
  readonly format: "pretty" | "json" | "markdown";
}

export async function runDiff(
  old: string,
  now: string | undefined,
  { catalog, failOn, format }: DiffFlags,
): Promise<number> {
  const before = await readSide(old, catalog);
  if (typeof before === "number") return before;
  const after = now === undefined ? await presentSide(catalog) : await readSide(now, catalog);
  if (typeof after === "number") return after;
  const difference = diff(before, after);
  if (format === "json") console.log(JSON.stringify(difference, null, 2));
  else if (format === "markdown") console.log(markdownDifference(difference).trimEnd());
  else console.log(prettyDifference(difference));
  return fails(difference, failOn) ? 1 : 0;
}
