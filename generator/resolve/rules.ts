/** What an API has besides entries and retry rules: operations, keys, deadlines, limits, breakers and modes. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { millisecondsOrNull } from "../model/durations.js";
import type {
  Breaker,
  Deadline,
  Entry,
  Idempotency,
  Limit,
  Mode,
  Operation,
} from "../model/model.js";
import type {
  BreakerSyntax,
  DeadlineSyntax,
  IdempotencySyntax,
  LimitSyntax,
  ModeSyntax,
  OperationSyntax,
} from "../read/syntax.js";
import { checkOnePlace } from "./places.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

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
  log: DiagnosticLog,
): Draft<Idempotency> {
  const { name, value, place } = item;
  checkOnePlace(value, place, log);
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    at: value.at ?? null,
    header: value.header?.toLowerCase() ?? null,
    windowMs: millisecondsOrNull(value.window),
    slackMs: millisecondsOrNull(value.slack),
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
    defaultMs: millisecondsOrNull(value.default),
    maxMs: millisecondsOrNull(value.max),
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
    perMs: millisecondsOrNull(value.per),
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
    cooldownMs: millisecondsOrNull(value.cooldown),
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
