/** What leads to the pages of entries; on pages of its own where an API has too many for one. */
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import {
  code,
  heading,
  type Inline,
  join,
  line,
  link,
  own,
  page,
  tableOf,
  text,
} from "../markdown.js";
import { apiPages, hrefFrom, type Links, linksFrom } from "./address.js";
import { wentThrough } from "./answers.js";
import { type Book, pagePath, runsOf } from "./book.js";
import { seenAs } from "./recognition.js";

type Row = readonly Inline[];

/** An entry by what is seen of it, and its title where that says more. */
export function entryLine(entry: Entry, links: Links): Inline {
  const seen = seenAs(entry).filter((one) => one !== code(entry.title));
  const title = links.entry(entry);
  return seen.length === 0 ? title : line`${join(seen, " or ")}: ${title}`;
}

function rowOf(entry: Entry, links: Links): Row {
  return [join(seenAs(entry), " or "), links.entry(entry)];
}

/** A page of a large API's entries. */
interface ListPage {
  readonly path: string;
  /** Such as `10000 to 10870`. */
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** The pages of all entries of a large API; none of a small one, whose index has them. */
export function listPages({ api, isLarge }: Book): readonly ListPage[] {
  if (!isLarge) return [];
  const path = `${api.id}/entries.md`;
  const links = linksFrom(path);
  const runs = runsOf(api.entries, (entry) => Buffer.byteLength(rowOf(entry, links).join()) + 40);
  return runs.map((entries, i) => ({
    path: pagePath(path, i),
    title: rangeOf(entries),
    entries,
  }));
}

export function listing(book: Book): readonly OutputFile[] {
  const { api } = book;
  return listPages(book).map(({ path, title, entries }) => {
    const links = linksFrom(path);
    return {
      path: `docs/${path}`,
      text: page(`${api.title}: ${title}`, `The entries of the ${api.title} from ${title}.`, [
        heading(1, text(`${api.title}: ${title}`)),
        line`What you see, what it is, and whether a write went through. ${link(text(api.title), hrefFrom(path, apiPages.index(api)))} has an overview.`,
        tableOf(
          ["You see", "It is", "Did it go through?"].map(own),
          entries.map((entry) => [...rowOf(entry, links), briefly(entry)]),
        ),
      ]),
    };
  });
}

function briefly({ outcome }: Entry): Inline {
  return own(/^[^.]+/.exec(wentThrough[outcome])![0]);
}

function rangeOf(entries: readonly Entry[]): string {
  const [first, last] = [entries[0]!, entries.at(-1)!].map(nameOf);
  return first === last ? first! : `${first} to ${last}`;
}

/** What the entries are sorted by: a number, or else the name. */
function nameOf({ family, match, name }: Entry): string {
  const first = family.isByStatus ? match.statuses[0] : match.codes[0]?.first;
  return typeof first === "number" ? String(first) : name;
}
