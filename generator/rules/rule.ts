/** What a rule is. It reports; only generate.ts decides to stop. */
import type { DiagnosticLog } from "../diagnostics.js";
import type { Catalog } from "../model.js";

export type Rule = (catalog: Catalog, log: DiagnosticLog) => void;
