/** The order of the pages, as the tools that publish them show it beside each page. */
import { byFamily } from "../../../sections/families/index.js";
import { addressOf } from "../../address.js";
import { apiPages } from "../address.js";
import type { Book, Library } from "../book.js";
import { listPages } from "../listing.js";

/** A page, by its path in the folder of the docs, or pages under a title. */
export type Outline = Page | Chapter;

export interface Page {
  readonly title: string;
  readonly path: string;
}

export interface Chapter {
  readonly title: string;
  readonly parts: readonly Outline[];
}

/** The file of a tool that publishes docs, with an outline in the way that the tool wants it. */
export interface Navigator {
  /** The file, such as `vitepress.json`. */
  readonly file: string;
  readonly print: (outline: readonly Outline[]) => object;
}

export function outlineOf({ books, catalog }: Library): readonly Outline[] {
  return [
    { title: catalog.package.name, path: "index.md" },
    ...books.map(chapterOf),
    {
      title: "All APIs",
      parts: [
        { title: "The same fault, other APIs", path: "compare.md" },
        { title: "Sessions", path: "sessions.md" },
        { title: "Retry libraries", path: "retries.md" },
        { title: "Words", path: "glossary.md" },
      ],
    },
  ];
}

/** Of a large API, nobody reads through all entries: the pages that list them are there in their place. */
function chapterOf(book: Book): Chapter {
  const { api, isLarge } = book;
  const entries: readonly Chapter[] = isLarge
    ? [{ title: "Every entry", parts: listPages(book) }]
    : byFamily(api.entries).map(({ family, entries }) => ({
        title: family.title,
        parts: entries.map((entry) => ({ title: entry.title, path: addressOf(entry) })),
      }));
  return {
    title: api.title,
    parts: [
      { title: "Overview", path: apiPages.index(api) },
      ...entries,
      { title: "What to do next", path: apiPages.next(api) },
      { title: "Limits and windows", path: apiPages.limits(api) },
      { title: "Reference", path: apiPages.reference(api) },
      { title: "Open questions", path: apiPages.questions(api) },
    ],
  };
}

/** A page's path as tools name it that know no file endings. */
export function slugOf({ path }: Page): string {
  return path.replace(/\.md$/, "");
}
