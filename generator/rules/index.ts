/** Every rule that judges the model, in order. */
import type { DiagnosticLog } from "../diagnostics.js";
import type { Catalog } from "../model.js";
import { examples } from "./examples.js";
import { recognisable } from "./recognition.js";
import type { Rule } from "./rule.js";

const rules: readonly Rule[] = [recognisable, examples];

export function judge(catalog: Catalog, log: DiagnosticLog): void {
  for (const rule of rules) rule(catalog, log);
}
