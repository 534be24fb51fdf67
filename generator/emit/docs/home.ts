/** The first page of the docs. It starts from what people have: a text, a code, a status, or no answer at all. */
import type { OutputFile } from "../../model/output-file.js";
import type { Entry } from "../../model/entry.js";
import { statusText } from "../../model/spans.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import {
  bold,
  code,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  page,
  text,
} from "../markdown.js";
import { apiPages, type Links, linksFrom } from "./address.js";
import { type Book, type Library } from "./book.js";
import { listPages } from "./listing.js";
import { codeRange } from "./trace.js";

const path = "index.md";

export function home(library: Library): readonly OutputFile[] {
  const {
    package: { name, description },
    apis,
  } = library.catalog;
  const links = linksFrom(path);
  const { books } = library;
  const blocks = [
    heading(1, text(name)),
    text(description),
    ...part("You have a text", byText(books, links)),
    ...part("You have a code", byValue(books, links, codesOf)),
    ...part("You have only a status", byValue(books, links, statusesOf)),
    ...part("You have no answer", [
      list(
        apis.map(
          (api) =>
            line`${links.to(text(api.title), apiPages.next(api))}: what to do when no answer came`,
        ),
      ),
    ]),
    heading(2, own("You have an API")),
    list(
      apis.map(
        (api) =>
          line`${links.to(text(api.title), apiPages.index(api))}: ${text(api.summary)} ${links.to(own("Limits"), apiPages.limits(api))}, ${links.to(own("reference"), apiPages.reference(api))}, ${links.to(own("open questions"), apiPages.questions(api))}.`,
      ),
    ),
    ...vocabularies(apis, links),
    heading(2, own("More")),
    list([
      line`${links.to(own("The same fault, other APIs"), "compare.md")}: what each API answers, and what follows`,
      line`${links.to(own("Words"), "glossary.md")}: categories, outcomes, and how a response is read`,
      line`${links.to(own("Sessions"), "sessions.md")}: how a write is carried through until it is known what became of it`,
      line`${links.to(own("Retry libraries"), "retries.md")}: the advice with fetch, cockatiel, p-retry, ky, got and axios-retry`,
      line`${links.to(own("catalog.json"), "../catalog.json")}: all of it as data`,
      line`${code("npx errata explain <id>")}: what a diagnostic of errata means, for those who write the catalog`,
    ]),
  ];
  return [{ path: `docs/${path}`, text: page(name, description, blocks) }];
}

/** A heading with what there is below it; nothing where there is nothing. */
function part(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.length === 0 ? [] : [heading(2, own(title)), ...blocks];
}

const headed = (api: RecognisedApi): Inline => bold(line`${text(api.title)}:`);

/** The texts of each API, in the order of the alphabet; those of a large one stand on its own pages. */
function byText(books: readonly Book[], links: Links): readonly string[] {
  return books.flatMap((book) => {
    const texts = book.api.living.flatMap((entry) =>
      entry.match.messages.map(({ literal, template }) => ({ entry, shown: literal ?? template })),
    );
    if (texts.length === 0) return [];
    if (book.isLarge) return [list([line`${headed(book.api)} ${listed(book, links)}`])];
    texts.sort((a, b) => (a.shown.toLowerCase() < b.shown.toLowerCase() ? -1 : 1));
    return [
      line`${headed(book.api)}`,
      list(texts.map(({ entry, shown }) => links.entry(entry, code(shown)))),
    ];
  });
}

type Value = readonly [entry: Entry, shown: Inline];

function codesOf(entry: Entry): readonly Value[] {
  return entry.match.codes.map((codes) => [entry, codeRange(codes)]);
}

function statusesOf(entry: Entry): readonly Value[] {
  if (!entry.family.isByStatus) return [];
  return entry.match.statuses.map((status) => [entry, code(statusText(status))]);
}

/** The values of each API in one line. */
function byValue(
  books: readonly Book[],
  links: Links,
  valuesOf: (entry: Entry) => readonly Value[],
): readonly string[] {
  const lines = books.flatMap((book) => {
    const values = book.api.living.flatMap(valuesOf);
    if (values.length === 0) return [];
    const shown = book.isLarge
      ? listed(book, links)
      : join(
          values.map(([entry, value]) => links.entry(entry, value)),
          " · ",
        );
    return [line`${headed(book.api)} ${shown}`];
  });
  return lines.length === 0 ? [] : [list(lines)];
}

function listed(book: Book, links: Links): Inline {
  return join(listPages(book).map(({ path, title }) => links.to(text(title), path)));
}

/** Which APIs answer alike. */
function vocabularies(apis: readonly RecognisedApi[], links: Links): readonly string[] {
  const bases = [...new Set(apis.flatMap((api) => [...api.bases.values()]))];
  return bases.map((base) => {
    const sharing = apis.filter(({ bases }) => [...bases.values()].includes(base));
    const named = sharing.map((api) => links.to(text(api.title), apiPages.index(api)));
    return line`What the catalog's folder ${code(base)} says is the same in ${join(named)}, except where the API says otherwise.`;
  });
}
