/** No look-up takes for absent what it could not have shown. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { spell } from "../model/durations.js";
import type { Operation } from "../model/retry.js";
import type { LookUp } from "../runtime/vocabulary.js";
import { pathOf } from "./path.js";
import type { Check } from "./check.js";

export const provenAbsence: Check = ({ apis }, log) => {
  for (const api of apis) for (const operation of api.operations) checkAbsence(operation, log);
};

/** What a UUID has. */
const uuidLength = 36;

function checkAbsence(write: Operation, log: DiagnosticLog): void {
  const { look, name, place } = write;
  if (look?.absent !== "not-executed") return;
  const problem = whyUnproven(look);
  if (problem === null) return;
  const [why, help] = problem;
  const path = pathOf(
    name,
    "executed, and no answer",
    look.operation,
    "nothing found",
    `${name} again`,
  );
  log.report("lookup/unproven", place, { why, help, path });
}

function whyUnproven(look: LookUp): readonly [why: string, help: string] | null {
  const { covers, settleMs, lagMs, cut } = look;
  const unknown = "write absent: unknown, or look it up elsewhere.";
  if (covers === "open")
    return [
      "it shows only what is open, and what was executed at once is not open any more",
      unknown,
    ];
  if (covers === undefined)
    return [
      "it does not say what it covers",
      "add covers: all if that is so, or write absent: unknown.",
    ];
  if (settleMs === undefined)
    return ["a copy may still be under way", "add settle:, the time after which none is any more."];
  if (typeof covers === "number" && covers <= settleMs)
    return [
      `it covers ${spell(covers)}, and something may turn up for ${spell(settleMs)}`,
      unknown,
    ];
  if (lagMs !== undefined && lagMs > settleMs)
    return [
      "lag: is longer than settle:, which includes it",
      "make settle: at least as long as lag:.",
    ];
  if (cut !== undefined && cut < uuidLength)
    return [`it knows only ${cut} characters of the key, and a UUID has ${uuidLength}`, unknown];
  return null;
}
