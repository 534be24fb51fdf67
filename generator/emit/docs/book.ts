/** The pages of an API's entries. Those of a small API stand on its index; those of a large one have pages of their own. */
import { membersOf } from "./relations.js";
import type { Entry } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import type { Symbols } from "../target.js";
import { entryBlocks, overview } from "./entries.js";
import { type Book as Places, linksFrom } from "./links.js";

export interface Book extends Places {
  /** None if all entries stand on the index. */
  readonly pages: readonly EntryPage[];
}

export interface EntryPage {
  readonly path: string;
  readonly title: string;
  readonly family: Family;
  readonly entries: readonly Entry[];
}

/** How many bytes a person can still find their way in. */
const most = 80_000;

export function isLong(markdown: string): boolean {
  return Buffer.byteLength(markdown) > most;
}

export function bookOf(api: RecognisedApi, symbols: Symbols): Book {
  const index = `${api.id}/index.md`;
  const small = { index, pages: [], pageOf: () => index };
  const links = linksFrom(index, small);
  const members = membersOf(api);
  const sizes = new Map(
    api.entries.map((entry) => {
      const blocks = entryBlocks(entry, symbols.guard(api, entry), links, members);
      return [entry, Buffer.byteLength([overview([entry], links), ...blocks].join("\n\n"))];
    }),
  );
  const runs = runsOf(api.entries, (entry) => sizes.get(entry)!);
  if (runs.length <= 1) return small;
  const pages = byFamily(api.entries).flatMap(({ family, entries }) =>
    runsOf(entries, (entry) => sizes.get(entry)!).map((run, i) => ({
      path: `${api.id}/${family.key}${i === 0 ? "" : `-${i + 1}`}.md`,
      title: `${family.title} ${rangeOf(run)}`,
      family,
      entries: run,
    })),
  );
  const places = new Map(pages.flatMap(({ path, entries }) => entries.map((e) => [e, path])));
  return { index, pages, pageOf: (entry) => places.get(entry)! };
}

/** Entries that follow each other, as many to a page as it can hold. */
function runsOf(
  entries: readonly Entry[],
  sizeOf: (entry: Entry) => number,
): readonly (readonly Entry[])[] {
  const runs: Entry[][] = [];
  let left = 0;
  for (const entry of entries) {
    left -= sizeOf(entry);
    if (left >= 0) runs.at(-1)!.push(entry);
    else {
      runs.push([entry]);
      left = most - sizeOf(entry);
    }
  }
  return runs;
}

function rangeOf(run: readonly Entry[]): string {
  const [first, last] = [run[0]!, run.at(-1)!].map(nameOf);
  return first === last ? first! : `${first} to ${last}`;
}

/** What the entries are sorted by: a number, or else the name. */
function nameOf({ family, match, name }: Entry): string {
  const first = family.isByStatus ? match.statuses[0] : match.codes[0]?.first;
  return typeof first === "number" ? String(first) : name;
}
