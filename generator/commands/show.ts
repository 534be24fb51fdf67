/** How the commands show what is wrong with a catalog. */
import type { Diagnostic } from "../diagnostics/log.js";
import { pretty } from "../diagnostics/pretty.js";
import { addressOf } from "./pages.js";

/** Prints diagnostics, and where the first of them is explained. */
export function show(diagnostics: readonly Diagnostic[]): void {
  const { id } = diagnostics[0]!;
  console.error(
    `${pretty(diagnostics)}More about ${id}: errata explain ${id}, or ${addressOf(id)}`,
  );
}
