/** Every retry ends, none comes earlier than the vendor asks, and the waits fit the windows that they are for. */
import type { Entry } from "../model/entry.js";
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Api } from "../sections/catalog.js";
import { spell } from "../model/durations.js";
import { type ResendRule, retries, usesOf, waitsOf, writes } from "../recognise/uses.js";
import { isWaitForm } from "../runtime/waits.js";
import { operationName, pathOf, schedulePath } from "./path.js";
import type { Check } from "./check.js";

export const boundedWaits: Check = ({ apis }, log) => {
  for (const api of apis)
    for (const rule of retries(api)) {
      checkEnd(api, rule, log);
      checkSources(api, rule, log);
      if (rule.data.maxAttempts === undefined) continue;
      checkFields(api, rule, log);
      checkWindows(api, rule, log);
    }
};

function checkEnd(api: Api, rule: ResendRule, log: DiagnosticLog): void {
  const { data, place, name } = rule;
  if (data.maxAttempts === undefined) {
    const failure = usesOf(api).find((use) => use.rule === rule)?.failure ?? "a failure";
    const once = [operationName(api), failure, name];
    log.report("retry/endless", place, { path: pathOf(...once, ...once, "…") });
  }
  if (data.maxAttempts === 1) log.report("retry/untried", place, { rule: name });
  if (api.sources.length === 0) return;
  const said = (leaf: string): boolean => rule.trace.leaves.some(({ path }) => path === leaf);
  const silent = [
    ...(data.delay === undefined && !said("delay") ? ["delay"] : []),
    ...(data.identity === undefined && !said("identity") ? ["identity"] : []),
  ];
  if (silent.length > 0) log.report("retry/unsaid", place, { rule: name, leaves: silent });
}

/** What a response says has to be heard, within bounds; and when it says nothing there is still a wait. */
function checkSources(api: Api, { data, place, name }: ResendRule, log: DiagnosticLog): void {
  const { combine, maxDelayMs } = data;
  const delay = data.delay ?? [];
  const isScheduled = (from: string): boolean => from !== "header" && from !== "field";
  const early = (problem: string, help: string, ...steps: string[]): void =>
    log.report("retry/early", place, {
      rule: name,
      problem,
      help,
      path: pathOf(operationName(api), ...steps),
    });
  const told = delay.findLastIndex(({ source }) => !isScheduled(source));
  const scheduled = delay.findIndex(({ source }) => isScheduled(source));
  if (told >= 0 && scheduled < 0)
    early(
      "has no wait when the response gives none",
      "add a fixed: or exponential: wait as the last source.",
      "a failure without a wait",
      `${operationName(api)} at once`,
    );
  if (scheduled >= 0 && told > scheduled && combine !== "longest")
    early(
      "ignores the wait in the response, because an earlier source always gives one",
      "put the wait in the response first, or add combine: longest.",
      "a failure that asks for a long wait",
      "a shorter wait",
    );
  for (const delaySource of delay)
    if (
      delaySource.source === "exponential" &&
      delaySource.maxBackoffMs !== undefined &&
      delaySource.maxBackoffMs < delaySource.initialBackoffMs
    )
      early(
        `cuts its first wait from ${spell(delaySource.initialBackoffMs)} to ${spell(delaySource.maxBackoffMs)}`,
        "make max-backoff: at least as long as initial-backoff:.",
        `wait ${spell(delaySource.maxBackoffMs)}`,
        operationName(api),
      );
  if (told >= 0 && maxDelayMs === undefined)
    log.report("retry/unbounded-wait", place, {
      rule: name,
      path: pathOf(operationName(api), "a failure that asks for a day", "wait 24 h"),
    });
}

/** A rule that reads a field is of use only to failures that have it. */
function checkFields(api: Api, rule: ResendRule, log: DiagnosticLog): void {
  const wanted = (rule.data.delay ?? []).flatMap((source) =>
    source.source === "field" ? [source.field] : [],
  );
  for (const { entry, rule: used, place } of usesOf(api))
    for (const field of entry !== null && used === rule ? wanted : [])
      if (!hasWait(entry!, field))
        log.report(
          "retry/early",
          place,
          {
            rule: rule.name,
            problem: `takes its wait from the field ${field}, but this entry has no such wait`,
            help: `add fields: { ${field}: { at: …, type: seconds } } to the entry, or use another rule.`,
            path: pathOf(operationName(api), entry!.id, "its wait is not read"),
          },
          [{ place: rule.place, note: "the rule" }],
        );
}

/** Whether an entry has a wait of this name, in a field or in a placeholder of its messages. */
function hasWait({ fields, match }: Entry, wanted: string): boolean {
  const placeholders = match.messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (typeof part === "string" ? [] : [{ name: part[0], type: part[1] }])),
  );
  return [...fields, ...placeholders].some(({ name, type }) => name === wanted && isWaitForm(type));
}

function checkWindows(api: Api, rule: ResendRule, log: DiagnosticLog): void {
  const { data, place, name } = rule;
  const waits = waitsOf(rule, "shortest");
  const [path, totalMs] = [schedulePath(waits), sum(waits)];
  for (const limit of api.limits)
    if (limit.perMs !== null && limit.answer?.retry === rule && totalMs < limit.perMs)
      log.report(
        "retry/futile",
        place,
        { rule: name, limit: limit.name, window: spell(limit.perMs), total: spell(totalMs), path },
        [{ place: limit.place, note: "the limit" }],
      );
  const deadline = api.deadlines.find((d) => d.name === data.deadline);
  if (deadline !== undefined && deadline.defaultMs !== null && totalMs >= deadline.defaultMs)
    log.report(
      "retry/outlives",
      place,
      { rule: name, what: `the deadline ${deadline.name}`, end: spell(deadline.defaultMs), path },
      [{ place: deadline.place, note: "the deadline" }],
    );
  if (data.identity !== "same") return;
  const worst = waitsOf(rule, "longest");
  for (const key of new Set(writes(api).flatMap(({ idempotency }) => idempotency ?? [])))
    if (key.windowMs !== null && sum(worst) >= key.windowMs - (key.slackMs ?? 0))
      log.report(
        "retry/outlives",
        place,
        {
          rule: name,
          what: `the window of the key ${key.name}`,
          end: spell(key.windowMs),
          path: schedulePath(worst),
        },
        [{ place: key.place, note: "the key" }],
      );
}

function sum(waits: readonly number[]): number {
  return waits.reduce((total, ms) => total + ms, 0);
}
