/** What a check is. It reports; only generate.ts decides to stop. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Catalog } from "../model/model.js";

export type Check = (catalog: Catalog, log: DiagnosticLog) => void;
