/** The four families of entries. */
import { compare, type DiagnosticLog, type Place } from "../diagnostics.js";
import { httpStatuses } from "../http-statuses.js";
import { holeTypes, parseTemplate, type TemplateProblem } from "../match/template.js";
import type { Channel, Codes, Entry, Field, Match, Message, RetryRule, Shape } from "../model.js";
import { title } from "../names.js";
import { nearest } from "../nearest.js";
import type { Family } from "../runtime/vocabulary.js";
import type { EntrySyntax } from "../syntax.js";
import { categories } from "../taxonomy.js";
import type { Draft } from "./rules.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

const maxRange = 1_000;

/** What entries may refer to. */
export interface EntryContext {
  readonly api: string;
  readonly codes: "integer" | "string" | null;
  /** `null` for a channel that was reported. */
  readonly channels: ReadonlyMap<string, Channel | null>;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly retry: ReadonlyMap<string, RetryRule>;
  readonly tracer: Tracer;
  readonly leaves: readonly string[];
  /** What the API lacks and an entry has reported: it is missed by many, and said once. */
  readonly lacking: Set<string>;
  readonly log: DiagnosticLog;
}

type EntryItem = Item<EntrySyntax>;
export type EntryDraft = Draft<Omit<Entry, "match" | "deprecated">> & {
  readonly item: EntryItem;
  match: Draft<Match>;
  deprecated: Entry["deprecated"];
};

/** The name of an entry: its key, or for a status its registered name. */
export function entryName(family: Family, item: EntryItem, log: DiagnosticLog): string {
  if (family !== "statuses") return item.name;
  const name = item.value.name ?? httpStatuses[Number(item.name)];
  if (name === undefined) log.report("status/unregistered", item.place, { status: item.name });
  return name ?? `status-${item.name}`;
}

/** An entry with its references to other entries still open. */
export function resolveEntry(
  family: Family,
  name: string,
  item: EntryItem,
  context: EntryContext,
): EntryDraft | null {
  const { value, place } = item;
  const { log, retry, tracer } = context;
  const channel = resolveChannel(family, item, context);
  const success = value.success === true;
  const facts = { outcome: "outcome", category: "category", retry: "retry rule" } as const;
  const keys = ["outcome", "category", "retry"] as const;
  const wanted = success ? keys.slice(0, 1) : keys;
  const missing = wanted.filter((key) => value[key] === undefined).map((key) => facts[key]);
  if (missing.length > 0) log.report("entry/incomplete", place, { missing });
  for (const key of keys)
    if (value[key] !== undefined && !wanted.includes(key))
      log.report("entry/success", item.key(key), { key: facts[key] });
  const prior = value["if-prior-unknown"];
  const priorRetry =
    prior === undefined
      ? null
      : refer(retry, prior.retry, "retry rule", item.at("if-prior-unknown", "retry"), log);
  const rule =
    value.retry === undefined
      ? null
      : refer(retry, value.retry, "retry rule", item.at("retry"), log);
  const trace = tracer.trace(item, context.leaves);
  const shape =
    value.shape === undefined
      ? null
      : refer(context.shapes, value.shape, "shape", item.at("shape"), log);
  const statuses = family === "statuses" ? [Number(item.name)] : resolveStatuses(item, log);
  const codes = resolveCodes(item, context);
  const messages = resolveMessages(item, log);
  for (const what of ["code", "message"] as const)
    if (
      value[what] !== undefined &&
      channel?.[what].length === 0 &&
      once(context, `${channel.name} ${what}`)
    )
      log.report("channel/unplaced", item.key(what), { channel: channel.name, what }, [
        { place: channel.place, note: "the channel" },
      ]);
  const features = [value.code, value.message, value.shape, value.where];
  if (family !== "statuses" && features.every((feature) => feature === undefined))
    log.report("entry/unrecognisable", place);
  if (channel === null || (!success && (value.category === undefined || rule === null)))
    return null;
  const match: Match = {
    channel,
    statuses,
    codes,
    messages,
    shape,
    where: Object.entries(value.where ?? {})
      .map(([at, values]) => ({
        at,
        values: Array.isArray(values) ? values : [values],
      }))
      .sort((a, b) => compare(a.at, b.at)),
    overrides: [],
  };
  const id = `${context.api}.${name}`;
  return {
    item,
    name,
    place,
    trace,
    family,
    id,
    anchor: id.replace(".", "-"),
    title: value.title ?? title(name),
    match,
    success,
    category: value.category ?? null,
    actor: value.actor ?? (value.category === undefined ? null : categories[value.category].actor),
    outcome: value.outcome ?? "unknown",
    retry: rule,
    ifPriorUnknown:
      prior === undefined || priorRetry === null
        ? null
        : { outcome: prior.outcome, retry: priorRetry },
    fields: resolveFields(item),
    summary: value.summary,
    remedy: value.remedy ?? null,
    since: value.since ?? null,
    deprecated: null,
    removed: value.removed ?? null,
    examples: (value.examples ?? []).map((example, i) => ({
      ...example,
      place: item.at("examples", i),
    })),
  };
}

/** Fills in what one entry says of others: `overrides` and `deprecated.use`. */
export function linkEntry(
  draft: EntryDraft,
  entries: ReadonlyMap<string, Entry | null>,
  log: DiagnosticLog,
): void {
  const { item } = draft;
  draft.match.overrides = (item.value.overrides ?? []).flatMap((name, i) => {
    const other = refer(entries, name, "entry", item.at("overrides", i), log);
    return other === null ? [] : [other];
  });
  const { deprecated } = item.value;
  if (deprecated === undefined) return;
  const use =
    deprecated.use === undefined
      ? null
      : refer(entries, deprecated.use, "entry", item.at("deprecated", "use"), log);
  draft.deprecated = {
    since: deprecated.since,
    reason: deprecated.reason,
    use,
  };
}

function resolveChannel(family: Family, item: EntryItem, context: EntryContext): Channel | null {
  const { log, channels } = context;
  if (item.value.channel !== undefined)
    return refer(channels, item.value.channel, "channel", item.at("channel"), log);
  const kind = family === "declines" ? "items" : family === "sockets" ? "socket" : "http";
  const all = [...channels.values()];
  const fit = all.filter((channel) => channel?.kind === kind);
  if (fit.length === 1) return fit[0]!;
  // A channel with a mistake may be the one that is missing.
  if (fit.length > 1 || (!all.includes(null) && once(context, kind)))
    log.report("channel/undecided", item.place, { family, count: fit.length });
  return null;
}

function once({ lacking }: EntryContext, what: string): boolean {
  return lacking.size < lacking.add(what).size;
}

function resolveCodes(item: EntryItem, context: EntryContext): readonly Codes[] {
  const { code } = item.value;
  const { log, codes: kind } = context;
  if (code === undefined) return [];
  const at = (i: number): Place => (Array.isArray(code) ? item.at("code", i) : item.at("code"));
  if (kind === null) {
    if (once(context, "codes")) log.report("code/undeclared", at(0));
    return [];
  }
  const found = ([] as (number | string)[]).concat(code).flatMap((value, i): Codes[] => {
    const place = at(i);
    if (kind === "string") {
      if (typeof value === "string") return [{ first: value, last: value, place }];
      log.report("code/kind", place, { code: String(value), kind });
      return [];
    }
    if (typeof value === "number") return [{ first: value, last: value, place }];
    const [, a, b] = /^(-?(?:0|[1-9][0-9]*))\.\.(-?(?:0|[1-9][0-9]*))$/.exec(value) ?? [];
    if (a === undefined || b === undefined) {
      log.report("code/kind", place, { code: JSON.stringify(value), kind });
      return [];
    }
    const [first, last] = [Number(a), Number(b)];
    const problem =
      !Number.isSafeInteger(first) || !Number.isSafeInteger(last)
        ? "goes beyond 9007199254740991, the last integer that JSON holds exactly"
        : last < first
          ? "holds nothing, as it ends before it begins"
          : last - first >= maxRange
            ? "is too long"
            : null;
    if (problem === null) return [{ first, last, place }];
    log.report("code/range", place, { range: value, problem });
    return [];
  });
  return withoutRepeats(found, (a, b) => a.first <= b.last && b.first <= a.last, log);
}

/** The first of what is the same: listed twice it is a slip, and would be generated twice. */
function withoutRepeats<T extends { readonly place: Place }>(
  list: readonly T[],
  same: (a: T, b: T) => boolean,
  log: DiagnosticLog,
): readonly T[] {
  return list.filter((one) => {
    const first = list.find((other) => same(one, other))!;
    if (first !== one)
      log.report("entry/repeated", one.place, undefined, [
        { place: first.place, note: "first here" },
      ]);
    return first === one;
  });
}

const problems: Readonly<Record<TemplateProblem["problem"], string>> = {
  unclosed: "is not closed",
  untyped: "has no type",
  "unknown-type": "has a type that does not exist",
  unnamed: "needs a name in camelCase",
  repeated: "has the name of another hole",
};

function resolveMessages(item: EntryItem, log: DiagnosticLog): readonly Message[] {
  const { message } = item.value;
  if (message === undefined) return [];
  const found = ([] as string[]).concat(message).flatMap((template, i): Message[] => {
    const place = Array.isArray(message) ? item.at("message", i) : item.at("message");
    const parts = parseTemplate(template);
    if ("problem" in parts) {
      const known = Object.keys(holeTypes);
      const near = parts.problem === "unknown-type" ? nearest(parts.type, known) : undefined;
      const hole = parts.problem === "unclosed" ? `{${parts.hole}` : `{${parts.hole}}`;
      log.report("template/hole", holePlace(place, hole, parts.problem === "repeated"), {
        hole: hole.length > 40 ? `${hole.slice(0, 39)}…` : hole,
        problem: problems[parts.problem],
        near,
        known,
      });
      return [];
    }
    const literal = parts.every((part) => typeof part === "string") ? parts.join("") : null;
    return [{ template, parts, literal, place }];
  });
  return withoutRepeats(found, (a, b) => a.template === b.template, log);
}

function resolveStatuses(item: EntryItem, log: DiagnosticLog): readonly number[] {
  const { status } = item.value;
  if (!Array.isArray(status)) return status === undefined ? [] : [status];
  const found = status.map((value, i) => ({ value, place: item.at("status", i) }));
  return withoutRepeats(found, (a, b) => a.value === b.value, log).map(({ value }) => value);
}

/** Where a hole stands in a message; the whole message where line breaks or escapes hide it. */
function holePlace(place: Place, hole: string, last: boolean): Place {
  const text = place.source.text.slice(place.start, place.end);
  const at = last ? text.lastIndexOf(hole) : text.indexOf(hole);
  if (at < 0) return place;
  return { ...place, start: place.start + at, end: place.start + at + hole.length };
}

function resolveFields(item: EntryItem): readonly Field[] {
  return Object.entries(item.value.fields ?? {})
    .map(([name, field]) => ({
      name,
      place: item.at("fields", name),
      at: field.at,
      type: field.type,
      unit: field.unit ?? null,
      summary: field.summary ?? null,
    }))
    .sort((a, b) => compare(a.name, b.name));
}

const families: readonly Family[] = ["statuses", "errors", "declines", "sockets"];

/** Families in their order, then statuses and codes by number, then names. */
export function orderEntries(a: Entry, b: Entry): number {
  const number = (entry: Entry): number => {
    const first =
      entry.family === "statuses" ? entry.match.statuses[0] : entry.match.codes[0]?.first;
    return typeof first === "number" ? first : Infinity;
  };
  const [x, y] = [number(a), number(b)];
  return (
    families.indexOf(a.family) - families.indexOf(b.family) ||
    (x === y ? 0 : x - y) ||
    compare(a.name, b.name)
  );
}
