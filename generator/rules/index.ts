/** Every rule that judges the model, in order. A rule reports; only generate.ts decides to stop. */
import type { DiagnosticLog } from "../diagnostics.js";
import type { Catalog } from "../model.js";
import { codes } from "./codes.js";
import { examples } from "./examples.js";

export type Rule = (catalog: Catalog, log: DiagnosticLog) => void;

const rules: readonly Rule[] = [codes, examples];

export function judge(catalog: Catalog, log: DiagnosticLog): void {
  for (const rule of rules) rule(catalog, log);
}
