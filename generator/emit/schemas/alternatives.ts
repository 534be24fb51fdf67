/** Any of some entries. Of many, a validator should not have to try each, nor to compile it. */
import type { Codes, Entry, Message } from "../../model/entry.js";
import { responseSchema } from "../entry-schemas.js";
import type { Schema } from "../json-schema.js";

/** So many alternatives are tried one after the other. */
const few = 32;

/** The entries of one family, each behind a reference, as long as they are few. */
export function alternatives(
  entries: readonly Entry[],
  refTo: (entry: Entry) => Schema,
): readonly Schema[] {
  if (entries.length <= few) return entries.map(refTo);
  const own = new Set(entries);
  const schemaOf = (entry: Entry): Schema =>
    own.has(entry) ? refTo(entry) : responseSchema(entry);
  const merged = mergedBy("messages", mergedBy("codes", entries));
  const channels = [...new Set(merged.map(({ match }) => match.channel))];
  return channels.flatMap((channel) =>
    ([...identities, null] as const).flatMap((by) => {
      const alike = merged.filter((e) => e.match.channel === channel && identityOf(e) === by);
      return by === null ? alike.map(schemaOf) : narrowed(alike, by, schemaOf);
    }),
  );
}

/** What an entry may be known by, the first that it has before the other. */
const identities = ["codes", "messages"] as const;

type Identity = (typeof identities)[number];

function identityOf({ match }: Entry): Identity | null {
  return identities.find((by) => match[by].length > 0) ?? null;
}

/** One code, or one text, that stands for any. */
function sample(by: Identity, { place }: Entry): readonly (Codes | Message)[] {
  return by === "codes"
    ? [{ first: "", last: "", place }]
    : [{ template: "", parts: [], literal: "", part: null, fold: false, place }];
}

/** Entries that differ in nothing but their codes, or their texts, become one that has them all. */
function mergedBy(by: Identity, entries: readonly Entry[]): readonly Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { id, match } = entry;
    const rest = { ...entry, match: { ...match, [by]: sample(by, entry) } };
    const key = match[by].length === 0 ? id : JSON.stringify(responseSchema(rest));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Entry];
    return group.length === 1
      ? first
      : { ...first, match: { ...first.match, [by]: allOf(by, group) } };
  });
}

function allOf(by: Identity, entries: readonly Entry[]): readonly (Codes | Message)[] {
  return entries.flatMap(({ match }): readonly (Codes | Message)[] => match[by]);
}

/** A code or a text says first which ones it may be. In `if`, a validator writes down no errors. */
function narrowed(
  entries: readonly Entry[],
  by: Identity,
  schemaOf: (entry: Entry) => Schema,
): readonly Schema[] {
  if (entries.length <= few) return entries.map(schemaOf);
  const size = Math.max(few, Math.ceil(entries.length / few));
  const parts = Array.from({ length: Math.ceil(entries.length / size) }, (_, i) =>
    entries.slice(i * size, (i + 1) * size),
  );
  return parts.map((part) => ({
    if: identitySchema(part, by),
    then: { anyOf: narrowed(part, by, schemaOf) },
    else: false,
  }));
}

/** What is true of each of some entries of one family and channel: one of their codes, or their texts, is there. */
function identitySchema(entries: readonly Entry[], by: Identity): Schema {
  const first = entries[0]!;
  const nothing = { statuses: [], codes: [], messages: [], shape: null, where: [] };
  const match = { ...first.match, ...nothing, [by]: allOf(by, entries) };
  return responseSchema({ ...first, success: false, match });
}
