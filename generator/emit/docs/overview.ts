/** The first page of an API: what it is, its decisions as a picture and in words, and what leads to each entry. */
import type { OutputFile } from "../../model/output-file.js";
import { asked } from "../../model/wording.js";
import type { Api } from "../../sections/catalog.js";
import {
  code,
  fence,
  heading,
  type Inline,
  bold,
  join,
  line,
  list,
  own,
  page,
  text,
} from "../markdown.js";
import { apiLinksFrom, type ApiLinks, apiPages } from "./address.js";
import { counted, inBrief, sendAgain, wentThrough } from "./answers.js";
import type { Book } from "./book.js";
import { entryLine, listPages } from "./listing.js";
import { decisionPicture } from "./pictures/decision.js";
import { picture } from "./pictures/index.js";
import { condition } from "./recognition.js";
import { snippetOf } from "./snippet.js";
import { type Case, type Group, grouped } from "./ways.js";

export function overview(book: Book): readonly OutputFile[] {
  const { api } = book;
  const path = apiPages.index(api);
  const links = apiLinksFrom(path, api);
  const successes = api.living.filter(({ success }) => success);
  const removed = api.entries.filter((entry) => entry.removed !== null);
  const blocks = [
    heading(1, text(api.title)),
    text(api.summary),
    picture(decisionPicture, book),
    ...noRetryBlocks(api),
    ...grouped(book.groups, ({ outcome, rule }) => inBrief(api, rule, outcome)).flatMap((groups) =>
      sectionOf(groups, book, links),
    ),
    ...(successes.length === 0
      ? []
      : [
          heading(2, own("Successes")),
          own("A success proves no more than its page says."),
          ...(book.isLarge
            ? [counted(successes.length, "entry", "entries")]
            : [list(successes.map((entry) => entryLine(entry, links)))]),
        ]),
    ...(removed.length === 0
      ? []
      : [
          heading(2, own("Removed")),
          ...(book.isLarge
            ? [counted(removed.length, "entry", "entries")]
            : [list(removed.map((entry) => entryLine(entry, links)))]),
        ]),
    ...codeBlocks(book),
    ...listBlocks(book, links),
    heading(2, own("More of this API")),
    list([
      line`${links.to(own("What to do next"), apiPages.next(api))}: the life of a call, the waits, and the rules`,
      line`${links.to(own("Limits and windows"), apiPages.limits(api))}: how much may be sent, and how long things last`,
      line`${links.to(own("Reference"), apiPages.reference(api))}: operations, channels, bodies and sources`,
      line`${links.to(own("Open questions"), apiPages.questions(api))}: what the vendor's documents leave open`,
    ]),
  ];
  return [
    {
      path: `docs/${path}`,
      text: page(api.title, `What the ${api.title} can answer, and what to do then.`, blocks),
    },
  ];
}

/** One heading for all failures that lead the same way; what the rules differ in is below it. */
function sectionOf(groups: readonly Group[], book: Book, links: ApiLinks): readonly string[] {
  const { api } = book;
  const { outcome, rule } = groups[0]!;
  return [
    heading(2, inBrief(api, rule, outcome)),
    line`${bold(own("Did it go through?"))} ${wentThrough[outcome]}`,
    ...groups.flatMap((group) => groupBlocks(group, book, links)),
  ];
}

function groupBlocks(
  { outcome, rule, cases }: Group,
  book: Book,
  links: ApiLinks,
): readonly string[] {
  const { api } = book;
  const shown = book.isLarge ? cases.slice(0, few) : cases;
  const rest = cases.length - shown.length;
  const named = rule.builtIn ? own("") : line` Rule ${links.rule(rule)}.`;
  return [
    line`${bold(own("Send it again?"))} ${sendAgain(api, rule, outcome)}${named}`,
    list([
      ...shown.map((one) => caseLine(one, links)),
      ...(rest > 0 ? [line`and ${counted(rest, "more", "more")}`] : []),
    ]),
  ];
}

/** So many failures of a group are shown where the API is large. */
const few = 20;

function caseLine({ of }: Case, links: ApiLinks): Inline {
  if ("transport" in of)
    return line`No answer, ${code(of.transport.name)}: ${text(of.transport.summary)}`;
  const on = of.operation === null ? own("") : line` in answer to ${code(of.operation.name)}`;
  return line`${entryLine(of.entry, links)}${on}`;
}

/** The code of a large API's first failure, which stands for those whose pages have none. */
function codeBlocks(book: Book): readonly string[] {
  if (!book.isLarge) return [];
  const failure = book.api.living.find(({ success }) => !success);
  const snippet = failure === undefined ? null : snippetOf(failure, book);
  return snippet === null ? [] : [heading(2, own("In your code")), fence("ts", snippet)];
}

function listBlocks(book: Book, links: ApiLinks): readonly string[] {
  const pages = listPages(book);
  if (pages.length === 0) return [];
  return [
    heading(2, own("Every entry")),
    list(
      pages.map(
        ({ path, title, entries }) =>
          line`${links.to(text(title), path)}, ${counted(entries.length, "entry", "entries")}`,
      ),
    ),
  ];
}

/** What a response says that is not to be answered by sending again. */
export function noRetryBlocks({ noRetry }: Api): readonly string[] {
  if (noRetry.length === 0) return [];
  return [
    line`The same request is not sent again, whatever the entry says, where ${join(noRetry.map(asked).map(condition), " or ")}.`,
  ];
}
