/** The four families of entries. */
import { compare, type DiagnosticLog } from "../diagnostics.js";
import { httpStatuses } from "../http-statuses.js";
import type { Channel, Entry, Field, Match, Message } from "../model.js";
import { pascal, title } from "../names.js";
import type { Family } from "../runtime/vocabulary.js";
import { categories } from "../taxonomy.js";
import {
  type EntryContext,
  type EntryItem,
  once,
  resolveCodes,
  resolveMessages,
  resolveStatuses,
} from "./features.js";
import type { Draft } from "./rules.js";
import { refer } from "./sections.js";

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
  checkProperties(item, messages, log);
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
    guard: success ? null : context.exports.take(`is${context.prefix}${pascal(name)}`, place),
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
    const [own, others] = [draft.match.channel, other?.match.channel];
    if (others !== undefined && others !== own)
      log.report("match/override-elsewhere", item.at("overrides", i), {
        other: name,
        channel: others.name,
        own: own.name,
      });
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

/** A field of the body and a hole of a text become properties of one object. */
function checkProperties(item: EntryItem, messages: readonly Message[], log: DiagnosticLog): void {
  const holes = new Map(
    messages.flatMap(({ parts, place }) =>
      parts.flatMap((part) => (typeof part === "string" ? [] : [[part[0], place] as const])),
    ),
  );
  for (const { property, place } of resolveFields(item)) {
    const hole = holes.get(property);
    if (hole !== undefined)
      log.report("name/collision", place, { name: property }, [
        { place: hole, note: "the text that has a hole of this name" },
      ]);
  }
}

function resolveFields(item: EntryItem): readonly Field[] {
  return Object.entries(item.value.fields ?? {})
    .map(([name, field]) => ({
      name,
      place: item.at("fields", name),
      at: field.at,
      type: field.type,
      unit: field.unit ?? null,
      property: field.type === "duration" ? `${name}Ms` : name,
      marks: field.marks ?? null,
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
