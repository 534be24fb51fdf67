/** Every check that judges the model, in order. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { RecognisedCatalog } from "../recognise/recognise.js";
import { examples } from "./examples.js";
import { recognisable } from "./recognition.js";
import { provenAbsence } from "./look-ups.js";
import { safeResends } from "./retry-safety.js";
import { boundedWaits } from "./retry-waits.js";
import type { Check } from "./check.js";
import { statusEvidence } from "./status-evidence.js";
import { shownFields } from "./unseen.js";
import { usedNames } from "./unused.js";

const checks: readonly Check[] = [
  recognisable,
  examples,
  statusEvidence,
  shownFields,
  usedNames,
  safeResends,
  boundedWaits,
  provenAbsence,
];

export function runChecks(catalog: RecognisedCatalog, log: DiagnosticLog): void {
  for (const check of checks) check(catalog, log);
}
