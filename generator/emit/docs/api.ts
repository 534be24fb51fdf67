/** The pages of each API: its index, its entries if they do not stand there, and the open questions. */
import { posix } from "node:path";
import type { Entry } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import type { OutputFile } from "../../model/output-file.js";
import { asked } from "../../model/wording.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import { code, heading, join, line, link, list, page, tableOf, text } from "../markdown.js";
import type { Symbols } from "../target.js";
import type { Book, EntryPage } from "./book.js";
import { entryBlocks, overview } from "./entries.js";
import { type Links, linksFrom } from "./links.js";
import { openQuestions } from "./questions.js";
import { membersOf, tagBlocks } from "./relations.js";
import { sectionBlocks } from "./sections.js";

export function apiDocs(api: RecognisedApi, book: Book, symbols: Symbols): readonly OutputFile[] {
  return [
    { path: `docs/${book.index}`, text: reference(api, book, symbols) },
    ...book.pages.map((part) => ({
      path: `docs/${part.path}`,
      text: entryPage(api, part, linksFrom(part.path, book), symbols),
    })),
    { path: `docs/${api.id}/questions.md`, text: openQuestions(api, book) },
  ];
}

function reference(api: RecognisedApi, book: Book, symbols: Symbols): string {
  const links = linksFrom(book.index, book);
  const isWhole = book.pages.length === 0;
  return page(
    `${api.title}: errors`,
    `Every error of the ${api.title}: how to recognise it, what happened and what to do.`,
    [
      heading(1, text(`${api.title}: errors`)),
      text(api.summary),
      line`Other pages: ${link(text("all APIs"), "../index.md")}, ${link(text("what to do next"), "retries.md")}, ${link(text("open questions"), "questions.md")}. Categories, and who acts, are this catalog's own words; other facts are documented by the vendor unless a note says that they are inferred or chosen here.`,
      ...noRetryBlocks(api),
      ...byFamily(api.entries).flatMap(({ family, entries }) => [
        heading(2, text(family.title)),
        isWhole ? overview(entries, links) : contents(book, family),
      ]),
      ...(isWhole ? blocksOf(api, api.entries, links, symbols) : []),
      ...tagBlocks(api, links),
      ...sectionBlocks(api, symbols, links),
      ...sourceBlocks(api),
    ],
  );
}

function noRetryBlocks({ noRetry }: RecognisedApi): string[] {
  if (noRetry.length === 0) return [];
  const said = noRetry.map(asked).map(({ of, verb, values }) => {
    const wanted = values.length === 0 ? [] : [line` ${join(values.map(code), " or ")}`];
    return line`${code(of)} ${text(verb)}${join(wanted, "")}`;
  });
  return [
    line`The same request is not sent again, whatever the entry says, where the header ${join(said, " or ")}.`,
  ];
}

/** The pages of a family. */
function contents({ pages }: Book, of: Family): string {
  return tableOf(
    ["Page", "Entries"].map(text),
    pages
      .filter(({ family }) => family === of)
      .map(({ path, title, entries }) => [
        link(text(title), posix.basename(path)),
        text(String(entries.length)),
      ]),
  );
}

function entryPage(
  api: RecognisedApi,
  { title, family, entries }: EntryPage,
  links: Links,
  symbols: Symbols,
): string {
  return page(
    `${api.title}: ${title}`,
    `${entries.length} of the entries of the ${api.title}: how to recognise each, what happened and what to do.`,
    [
      heading(1, text(`${api.title}: ${title}`)),
      line`Other pages: ${link(text("every error"), "index.md")}, ${link(text("what to do next"), "retries.md")}, ${link(text("open questions"), "questions.md")}.`,
      heading(2, text(family.title)),
      overview(entries, links),
      ...blocksOf(api, entries, links, symbols),
    ],
  );
}

function blocksOf(
  api: RecognisedApi,
  entries: readonly Entry[],
  links: Links,
  symbols: Symbols,
): readonly (string | null)[] {
  const members = membersOf(api);
  return entries.flatMap((entry) => entryBlocks(entry, symbols.guard(api, entry), links, members));
}

function sourceBlocks(api: RecognisedApi): string[] {
  if (api.sources.length === 0) return [];
  return [
    heading(2, text("Sources")),
    list(
      api.sources.map(({ title, url, read, sha256 }) => {
        const hash = sha256 === null ? text("") : line`, SHA-256 ${code(sha256)}`;
        return line`${link(text(title), url)}, read ${text(read)}${hash}`;
      }),
    ),
  ];
}
