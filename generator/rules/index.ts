/** Every rule that judges the model, in order. */
import type { DiagnosticLog } from "../diagnostics.js";
import type { Catalog } from "../model.js";
import { examples } from "./examples.js";
import { recognisable } from "./recognition.js";
import { safeResends } from "./retry-safety.js";
import { boundedWaits } from "./retry-waits.js";
import type { Rule } from "./rule.js";
import { statusEvidence } from "./status-evidence.js";
import { shownFields } from "./unseen.js";
import { usedNames } from "./unused.js";

const rules: readonly Rule[] = [
  recognisable,
  examples,
  statusEvidence,
  shownFields,
  usedNames,
  safeResends,
  boundedWaits,
];

export function judge(catalog: Catalog, log: DiagnosticLog): void {
  for (const rule of rules) rule(catalog, log);
}
