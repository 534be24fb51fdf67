/** What an entry has to do with others: its class and its members, its tags and its severity; and the vendor's own page. */
import type { Entry } from "../../model/entry.js";
import type { Api } from "../../sections/catalog.js";
import { bold, code, heading, type Inline, join, line, link, list, text } from "../markdown.js";
import type { Links } from "./address.js";

/** So many are listed; nobody reads more in one line. */
const many = 50;

/** The entries of each class. */
export type Members = ReadonlyMap<Entry, readonly Entry[]>;

export function membersOf({ entries }: Api): Members {
  const members = new Map<Entry, Entry[]>();
  for (const entry of entries) {
    if (entry.class === null) continue;
    const own = members.get(entry.class);
    if (own === undefined) members.set(entry.class, [entry]);
    else own.push(entry);
  }
  return members;
}

export function relationFacts(entry: Entry, members: Members, links: Links): readonly Inline[] {
  const { ownCategory, severity, tags, reference } = entry;
  const own = members.get(entry) ?? [];
  return [
    ...(ownCategory === null
      ? []
      : [
          line`${bold(text("Own category"))}: ${code(ownCategory.name)}. ${text(ownCategory.summary)}`,
        ]),
    ...(severity === null ? [] : [line`${bold(text("Severity"))}: ${code(severity)}`]),
    ...(tags.length === 0 ? [] : [line`${bold(text("Tags"))}: ${join(tags.map(code))}`]),
    ...(entry.class === null ? [] : [line`${bold(text("Class"))}: ${links.entry(entry.class)}`]),
    ...(own.length === 0
      ? []
      : [
          line`${bold(text("Class of"))}: ${several(own, links)}. Whatever of it is not listed is this entry.`,
        ]),
    ...(reference === null
      ? []
      : [line`${bold(text("The vendor's page"))}: ${link(text(reference), reference)}`]),
  ];
}

/** The entries with each tag. */
export function tagBlocks({ entries }: Api, links: Links): readonly string[] {
  const tagged = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const tag of entry.tags) {
      const own = tagged.get(tag);
      if (own === undefined) tagged.set(tag, [entry]);
      else own.push(entry);
    }
  if (tagged.size === 0) return [];
  const rows = [...tagged].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    heading(2, text("Tags")),
    list(rows.map(([tag, own]) => line`${code(tag)}: ${several(own, links)}`)),
  ];
}

function several(entries: readonly Entry[], links: Links): Inline {
  const shown = join(entries.slice(0, many).map((entry) => links.entry(entry)));
  const rest = entries.length - many;
  return rest > 0 ? line`${shown} and ${text(String(rest))} more` : shown;
}
