/** The four families of entries. */
import { compare, type DiagnosticLog, type Place } from "../diagnostics/log.js";
import { httpStatuses } from "./http-statuses.js";
import type { Channel, Entry, Field, Match, Message } from "../model/model.js";
import { pascal, title } from "../model/names.js";
import type { Family } from "../runtime/vocabulary.js";
import { categories } from "../model/taxonomy.js";
import {
  type EntryContext,
  type EntryItem,
  once,
  resolveCodes,
  resolveMessages,
  resolveStatuses,
} from "./features.js";
import { checkOnePlace, checkSingle, resolveConditions } from "./places.js";
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

/** The ids that decoders give to what is no entry. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["unknown", "every response that matches no entry"],
  ["frame", "every frame that reports no error"],
]);

/** An entry with its references to other entries still open. */
export function resolveEntry(
  family: Family,
  name: string,
  item: EntryItem,
  context: EntryContext,
): EntryDraft | null {
  const { value, place } = item;
  const { log, retry, tracer } = context;
  if (reserved.has(name))
    log.report("name/reserved", place, {
      name,
      why: `${context.api}.${name} is the id of ${reserved.get(name)}`,
      instead: `choose another, such as ${name === "unknown" ? "vendor-unknown" : "plain-frame"}; the wire value stays as it is.`,
    });
  const channels = resolveChannels(family, item, context);
  const channel = channels?.[0] ?? null;
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
  for (const { name, place, ...channel } of channels ?? [])
    for (const what of ["code", "message"] as const)
      if (
        value[what] !== undefined &&
        channel[what].length === 0 &&
        once(context, `${name} ${what}`)
      )
        log.report("channel/unplaced", item.key(what), { channel: name, what }, [
          { place, note: "the channel" },
        ]);
  checkProperties(item, messages, log);
  const features = [value.code, value.message, value.shape, value.where, value.headers];
  if (family !== "statuses" && features.every((feature) => feature === undefined))
    log.report("entry/unrecognisable", place);
  if (
    channels === null ||
    channel === null ||
    (!success && (value.category === undefined || rule === null))
  )
    return null;
  const match: Match = {
    channel,
    channels,
    statuses,
    codes,
    messages,
    shape,
    where: [...resolveConditions(value.where, "at"), ...resolveConditions(value.headers, "header")],
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
    fields: resolveFields(item, log),
    summary: value.summary,
    remedy: value.remedy ?? null,
    since: value.since ?? null,
    deprecated: null,
    removed: value.removed ?? null,
    examples: (value.examples ?? []).map((example, i) => ({
      ...example,
      channel: exampleChannel(item, i, channels, channel, log),
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
    const { channels, channel } = draft.match;
    if (other !== null && !other.match.channels.some((its) => channels.includes(its)))
      log.report("match/override-elsewhere", item.at("overrides", i), {
        other: name,
        channel: other.match.channel.name,
        own: channel.name,
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

/** Where an entry arrives; `null` when that was reported. */
function resolveChannels(
  family: Family,
  item: EntryItem,
  context: EntryContext,
): readonly Channel[] | null {
  const { log, channels } = context;
  const { channel } = item.value;
  if (channel !== undefined) {
    const found = ([] as string[])
      .concat(channel)
      .map((name, i) =>
        refer(
          channels,
          name,
          "channel",
          item.at("channel", ...(Array.isArray(channel) ? [i] : [])),
          log,
        ),
      );
    return found.includes(null) ? null : [...new Set(found as Channel[])];
  }
  const kind = family === "declines" ? "items" : family === "sockets" ? "socket" : "http";
  const all = [...channels.values()];
  const fit = all.filter((channel) => channel?.kind === kind);
  if (fit.length === 1) return [fit[0]!];
  // A channel with a mistake may be the one that is missing.
  if (fit.length > 1 || (!all.includes(null) && once(context, kind)))
    log.report("channel/undecided", item.place, { family, count: fit.length });
  return null;
}

function exampleChannel(
  item: EntryItem,
  i: number,
  channels: readonly Channel[],
  first: Channel,
  log: DiagnosticLog,
): Channel {
  const name = item.value.examples?.[i]?.channel;
  if (name === undefined) return first;
  const known = new Map(channels.map((channel) => [channel.name, channel]));
  return (
    refer(known, name, "channel of this entry", item.at("examples", i, "channel"), log) ?? first
  );
}

/** A field of the body and a hole of a text become properties of one object. */
function checkProperties(item: EntryItem, messages: readonly Message[], log: DiagnosticLog): void {
  const holes = new Map(
    messages.flatMap(({ parts, place }) =>
      parts.flatMap((part) => (typeof part === "string" ? [] : [[part[0], place] as const])),
    ),
  );
  for (const { property, place } of resolveFields(item, null)) {
    const hole = holes.get(property);
    if (hole !== undefined)
      log.report("name/collision", place, { name: property }, [
        { place: hole, note: "the message with a placeholder of this name" },
      ]);
  }
}

function resolveFields(item: EntryItem, log: DiagnosticLog | null): readonly Field[] {
  return Object.entries(item.value.fields ?? {})
    .map(([name, field]) => {
      const place = item.at("fields", name);
      if (log !== null) {
        checkOnePlace(field, place, log);
        const at = (): Place => item.at("fields", name, "at");
        if (field.type !== "strings")
          checkSingle(
            [field.at ?? ""],
            "expected a single value (for a list, use type: strings)",
            at,
            log,
          );
      }
      return {
        name,
        place,
        at: field.header === undefined ? (field.at ?? "") : null,
        header: field.header?.toLowerCase() ?? null,
        type: field.type,
        unit: field.unit ?? null,
        property: field.type === "duration" ? `${name}Ms` : name,
        marks: field.marks ?? null,
        summary: field.summary ?? null,
      };
    })
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
