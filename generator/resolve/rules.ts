/** Everything that is a rule rather than an entry: retry rules, limits, keys, deadlines, breakers and modes. */
import type { DiagnosticLog, Place } from "../diagnostics.js";
import { milliseconds } from "../durations.js";
import type {
  Breaker,
  Budget,
  Deadline,
  Entry,
  Idempotency,
  Limit,
  Mode,
  Operation,
  RetryRule,
  Transport,
} from "../model.js";
import type { DelaySource, Transport as TransportKind } from "../runtime/vocabulary.js";
import type {
  BreakerSyntax,
  BudgetSyntax,
  DeadlineSyntax,
  IdempotencySyntax,
  LimitSyntax,
  ModeSyntax,
  OperationSyntax,
  RetrySyntax,
  TransportSyntax,
} from "../syntax.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

const orNull = (duration: string | undefined): number | null =>
  duration === undefined ? null : milliseconds(duration);

const nothing = {
  delay: [],
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
      delay: (value.delay ?? []).map(delaySource),
      combine: value.combine ?? null,
      capMs: orNull(value.cap),
      overCap: value["over-cap"] ?? null,
      jitterMs: orNull(value.jitter),
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
  if (source.header !== undefined) return { from: "header", header: source.header };
  if (source.field !== undefined) return { from: "field", field: source.field };
  if (source.fixed !== undefined) return { from: "fixed", ms: milliseconds(source.fixed) };
  const { base, factor, cap } = source.exponential!;
  return {
    from: "exponential",
    baseMs: milliseconds(base),
    factor,
    capMs: orNull(cap),
  };
}

/** Operations refer to each other, so all are resolved at once. */
export function resolveOperations(
  items: ReadonlyMap<string, Item<OperationSyntax>>,
  idempotency: ReadonlyMap<string, Idempotency>,
  tracer: Tracer,
  leaves: readonly string[],
  log: DiagnosticLog,
): ReadonlyMap<string, Operation> {
  type Draft = { -readonly [K in keyof Operation]: Operation[K] };
  const drafts = new Map<string, Draft>();
  for (const item of items.values()) {
    const { name, value, place } = item;
    const [, method, path] = /^(?:([A-Z]+) )?(.*)$/s.exec(value.request ?? "")!;
    drafts.set(name, {
      name,
      place,
      trace: tracer.trace(item, [...leaves, "method"]),
      method: method ?? null,
      path: path === undefined || path === "" ? null : path,
      kind: value.kind,
      items: value.items ?? null,
      idempotency:
        value.idempotency === undefined
          ? null
          : refer(idempotency, value.idempotency, "idempotency key", item.at("idempotency"), log),
      lookup: null,
      replayChecked: value.signature === "replay-checked",
      summary: value.summary,
    });
  }
  for (const item of items.values())
    if (item.value.lookup !== undefined)
      drafts.get(item.name)!.lookup = refer(
        drafts,
        item.value.lookup,
        "operation",
        item.at("lookup"),
        log,
      );
  return drafts;
}

export function resolveIdempotency(
  item: Item<IdempotencySyntax>,
  tracer: Tracer,
  leaves: readonly string[],
): Draft<Idempotency> {
  const { name, value, place } = item;
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    at: value.at,
    windowMs: orNull(value.window),
    slackMs: orNull(value.slack),
    duplicate: value.duplicate,
    answer: null,
    summary: value.summary,
  };
}

export function resolveDeadline(
  item: Item<DeadlineSyntax>,
  tracer: Tracer,
  leaves: readonly string[],
): Deadline {
  const { name, value, place } = item;
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    at: value.at ?? null,
    defaultMs: orNull(value.default),
    maxMs: orNull(value.max),
    from: value.from ?? null,
    then: value.then ?? null,
    summary: value.summary,
  };
}

export function resolveLimit(
  item: Item<LimitSyntax>,
  answer: Entry | null,
  tracer: Tracer,
  leaves: readonly string[],
): Limit {
  const { name, value, place } = item;
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    count: value.count,
    perMs: orNull(value.per),
    of: value.of ?? "requests",
    scope: value.scope,
    configurable: value.configurable ?? null,
    answer,
    summary: value.summary,
  };
}

export function resolveBreaker(
  item: Item<BreakerSyntax>,
  answer: Entry | null,
  tracer: Tracer,
  leaves: readonly string[],
): Breaker {
  const { name, value, place } = item;
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    scope: value.scope,
    opens: value.opens ?? null,
    closes: value.closes ?? null,
    threshold: value.threshold ?? null,
    cooldownMs: orNull(value.cooldown),
    answer,
    summary: value.summary,
  };
}

export function resolveMode(
  item: Item<ModeSyntax>,
  answer: Entry | null,
  tracer: Tracer,
  leaves: readonly string[],
): Mode {
  const { name, value, place } = item;
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    announced: value.announced ?? null,
    effect: value.effect ?? null,
    answer,
    summary: value.summary,
  };
}

/** A node whose references are filled in once all entries exist. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
