/** No retry rule asks for a write to be sent twice, and none for a signature to be used twice. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Api } from "../sections/catalog.js";
import type { Category, Outcome } from "../runtime/vocabulary.js";
import { noticesCopies, retries, sendsAgain, type Use, usesOf, writes } from "../recognise/uses.js";
import { operationName, pathOf } from "./path.js";
import type { Check } from "./check.js";

export const safeResends: Check = ({ apis }, log) => {
  for (const api of apis) {
    for (const use of usesOf(api)) checkResend(api, use, log);
    checkSignatures(api, log);
    checkPriors(api, log);
  }
};

/** What a second copy of a write does, by what happened to the first one. */
const done: Readonly<Partial<Record<Outcome, string>>> = {
  executed: "it was executed",
  accepted: "it was accepted, to be executed later",
  partial: "part of it was executed",
  "prior-received": "an earlier copy has arrived",
};

function checkResend(api: Api, { failure, outcome, rule, place }: Use, log: DiagnosticLog): void {
  if (!sendsAgain(rule) || outcome === "not-executed") return;
  const operation = operationName(api);
  const related = [{ place: rule.place, note: "the rule" }];
  const path = (again: string): string =>
    pathOf(operation, `${failure} (${outcome})`, rule.name, again);
  if (rule.data.identity === "fresh") {
    const both = path(`${operation} under a fresh key`);
    log.report("retry/fresh-identity", place, { rule: rule.name, path: both }, related);
    return;
  }
  // What has arrived, or may have, is noticed by its key.
  const isSame = rule.data.identity === "same";
  const isNoticed = isSame && noticesCopies(api);
  const why =
    outcome === "prior-received" && isNoticed
      ? null
      : (done[outcome] ?? (isSame && !isNoticed ? unnoticed : null));
  if (why !== null)
    log.report("retry/unsafe-resend", place, { why, path: path(`${operation} again`) }, related);
}

const unnoticed =
  "it may have been executed, and no idempotency key with a documented window would reveal the copy";

function checkSignatures(api: Api, log: DiagnosticLog): void {
  const checked = api.operations.find(({ replayChecked }) => replayChecked);
  if (checked === undefined) return;
  for (const rule of retries(api).filter(({ data }) => data.reSign !== true))
    log.report(
      "retry/replayed-signature",
      rule.place,
      {
        operation: checked.name,
        path: pathOf(checked.name, rule.name, `${checked.name} with the same signature`, "refused"),
      },
      [{ place: checked.place, note: "the operation" }],
    );
}

/** Failures that may be the work of an earlier copy of the same write. */
const telling: ReadonlySet<Category> = new Set(["duplicate", "not-found", "state-conflict"]);

function checkPriors(api: Api, log: DiagnosticLog): void {
  const [write] = writes(api);
  if (write === undefined) return;
  for (const { id, category, outcome, ifPriorUnknown, removed, place } of api.entries)
    if (
      category !== null &&
      telling.has(category) &&
      outcome === "not-executed" &&
      ifPriorUnknown === null &&
      removed === null
    )
      log.report("retry/prior-unsaid", place, {
        path: pathOf(write.name, "no answer", `${write.name} again`, id),
      });
}
