/** Retry rules and what they refer to: budgets, and the rules for requests that nobody answers. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { milliseconds, millisecondsOrNull } from "../model/durations.js";
import type { Budget, Deadline, Operation, RetryRule, Transport } from "../model/model.js";
import type { DelaySource, Transport as TransportKind } from "../runtime/vocabulary.js";
import type { BudgetSyntax, RetrySyntax, TransportSyntax } from "../read/syntax.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

const nothing = {
  delay: null,
  combine: null,
  capMs: null,
  overCap: null,
  jitterMs: null,
  attempts: null,
  identity: null,
  resign: false,
  requires: null,
  before: [],
  pause: null,
  deadline: null,
  budget: null,
} as const;

/** The rules that every API has without writing them. */
export function builtInRules(place: Place): readonly RetryRule[] {
  const trace = { cites: [], leaves: [], questions: [] };
  return [
    {
      name: "never",
      place,
      trace,
      builtIn: true,
      summary: "Do not send it again.",
      data: { verdict: "never", ...nothing },
    },
    {
      name: "reconcile",
      place,
      trace,
      builtIn: true,
      summary: "Find out first what became of it.",
      data: { verdict: "reconcile", ...nothing },
    },
  ];
}

export function resolveRetry(
  item: Item<RetrySyntax>,
  operations: ReadonlyMap<string, Operation>,
  deadlines: ReadonlyMap<string, Deadline>,
  budgets: ReadonlyMap<string, Budget>,
  tracer: Tracer,
  leaves: readonly string[],
  log: DiagnosticLog,
): RetryRule {
  const { name, value, place } = item;
  value.before?.forEach((step, i) => {
    if (step.with !== undefined)
      refer(operations, step.with, "operation", item.at("before", i, "with"), log);
  });
  if (value.deadline !== undefined)
    refer(deadlines, value.deadline, "deadline", item.at("deadline"), log);
  if (value.budget !== undefined) refer(budgets, value.budget, "budget", item.at("budget"), log);
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    builtIn: false,
    summary: value.summary,
    data: {
      verdict: value.verdict,
      delay: value.delay?.map(delaySource) ?? null,
      combine: value.combine ?? null,
      capMs: millisecondsOrNull(value.cap),
      overCap: value["over-cap"] ?? null,
      jitterMs: millisecondsOrNull(value.jitter),
      attempts: value.attempts ?? null,
      identity: value.identity ?? null,
      resign: value.resign ?? false,
      requires: value.requires ?? null,
      before: (value.before ?? []).map((step) => ({
        do: step.do,
        or: step.or ?? null,
        with: step.with ?? null,
      })),
      pause: value.pause ?? null,
      deadline: value.deadline ?? null,
      budget: value.budget ?? null,
    },
  };
}

/** What to do when no response comes; `null` when its rule was reported. */
export function resolveTransport(
  item: Item<TransportSyntax>,
  retry: ReadonlyMap<string, RetryRule>,
  tracer: Tracer,
  leaves: readonly string[],
  log: DiagnosticLog,
): Transport | null {
  const { name, value, place } = item;
  const rule = refer(retry, value.retry, "retry rule", item.at("retry"), log);
  const trace = tracer.trace(item, leaves);
  if (rule === null) return null;
  const { summary, remedy = null } = value;
  return { name: name as TransportKind, place, trace, retry: rule, summary, remedy };
}

export function resolveBudget(
  item: Item<BudgetSyntax>,
  tracer: Tracer,
  leaves: readonly string[],
): Budget {
  const { name, value, place } = item;
  const { tokens, cost, refund, summary } = value;
  return { name, place, trace: tracer.trace(item, leaves), tokens, cost, refund, summary };
}

function delaySource(source: NonNullable<RetrySyntax["delay"]>[number]): DelaySource {
  if (source.header !== undefined) return { from: "header", header: source.header.toLowerCase() };
  if (source.field !== undefined) return { from: "field", field: source.field };
  if (source.fixed !== undefined) return { from: "fixed", ms: milliseconds(source.fixed) };
  const { base, factor, cap } = source.exponential!;
  return {
    from: "exponential",
    baseMs: milliseconds(base),
    factor,
    capMs: millisecondsOrNull(cap),
  };
}
