/** What an API's documents say, or do not say, of all its entries: said once, and taken by whoever says nothing. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { type Infer, traced } from "../read/language.js";
import type { Checked } from "../read/validate.js";
import { type Item, itemAt, reportTwice } from "../resolve/item.js";
import { takenFacts } from "./families/entry-syntax.js";

export const defaultsSchema = traced([], takenFacts, {
  description:
    "What every entry takes that neither it nor its class nor its status says. What no source gives is listed as undocumented; a value beside it is what to assume. A success takes the examples, and an outcome only where that is undocumented.",
});

export type DefaultsSyntax = Infer<typeof defaultsSchema>;

/** The defaults of one of the files. */
export function defaultsOf(
  documents: readonly Checked<{ readonly defaults?: DefaultsSyntax }>[],
  log: DiagnosticLog,
): Item<DefaultsSyntax> | null {
  const [first, ...others] = documents.flatMap((document) =>
    document.value.defaults === undefined
      ? []
      : [itemAt(document, ["defaults"], document.value.defaults)],
  );
  for (const other of others) reportTwice(other, first!, "sections", log);
  return first ?? null;
}
