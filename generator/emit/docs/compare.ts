/** The page that compares the APIs: the same fault, and what each API's answer to it means. */
import type { Category, Outcome } from "../../runtime/vocabulary.js";
import type { Api } from "../../sections/catalog.js";
import { categories } from "../../model/taxonomy.js";
import type { OutputFile } from "../../model/output-file.js";
import {
  anchor,
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
import { counted, happened, inBrief, sendAgain } from "./answers.js";
import type { Book, Library } from "./book.js";
import { alike, grouped } from "./ways.js";
import { sendsAgain } from "../../recognise/uses.js";
import type { RetryRule } from "../../model/retry.js";

const path = "compare.md";
/** So many entries are named in one line. */
const named = 6;

export function compare({ books }: Library): readonly OutputFile[] {
  const links = linksFrom(path);
  const all = Object.keys(categories) as Category[];
  const said = books.flatMap((book) => linesOf(book, links));
  const linesOn = (category: Category): readonly Inline[] =>
    said.flatMap(([of, words]) => (of === category ? [words] : []));
  const blocks = [
    heading(1, own("The same fault, other APIs")),
    own("Each category is one fault. What its answer means for a write differs from API to API."),
    ...all.flatMap((category) => categoryBlocks(category, linesOn(category))),
  ];
  return [
    {
      path: `docs/${path}`,
      text: page(
        "The same fault, other APIs",
        "What each API answers to the same fault, whether a write went through, and whether to send it again.",
        blocks,
      ),
    },
  ];
}

function categoryBlocks(category: Category, lines: readonly Inline[]): readonly string[] {
  if (lines.length === 0) return [];
  return [
    anchor(category),
    heading(2, code(category)),
    text(categories[category].means),
    list(lines),
  ];
}

/** What an API answers to each fault: a line for all entries that mean the same. */
function linesOf({ api, cases }: Book, links: Links): readonly (readonly [Category, Inline])[] {
  const whole = cases.flatMap(({ of, outcome, rule }) =>
    "entry" in of && of.operation === null ? [{ entry: of.entry, outcome, rule }] : [],
  );
  return grouped(whole, (one) => `${one.entry.category} ${alike(one)}`).map((group) => {
    const { entry, outcome, rule } = group[0]!;
    const shown = group.slice(0, named).map(({ entry }) => links.entry(entry));
    const rest = group.length - named;
    const more = rest > 0 ? [links.to(counted(rest, "more", "more"), apiPages.index(api))] : [];
    return [
      entry.category!,
      line`${bold(text(api.title))}. ${answer(api, rule, outcome)} ${join([...shown, ...more])}`,
    ];
  });
}

/** In brief; or, where some request may be sent again, which and when. */
function answer(api: Api, rule: RetryRule, outcome: Outcome): Inline {
  if (!sendsAgain(rule)) return line`${inBrief(api, rule, outcome)}.`;
  return line`${own(happened[outcome])}. Send it again? ${sendAgain(api, rule, outcome)}`;
}
