/** What a check is. It reports; only generate.ts decides to stop. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { RecognisedCatalog } from "../recognise/recognise.js";

export type Check = (catalog: RecognisedCatalog, log: DiagnosticLog) => void;
