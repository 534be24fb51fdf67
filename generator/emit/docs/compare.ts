/** The page that compares the APIs: the same fault, and what each API's answer to it means. */
import type { Category } from "../../runtime/vocabulary.js";
import { categories } from "../../model/taxonomy.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
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
import { counted, sendAgain, wentThrough } from "./answers.js";
import type { Library } from "./book.js";
import { casesOf, grouped } from "./ways.js";

const path = "compare.md";
/** So many entries are named in one line. */
const named = 6;

export function compare({ catalog: { apis } }: Library): readonly OutputFile[] {
  const links = linksFrom(path);
  const all = Object.keys(categories) as Category[];
  const blocks = [
    heading(1, own("The same fault, other APIs")),
    own("Each category is one fault. What its answer means for a write differs from API to API."),
    ...all.flatMap((category) => categoryBlocks(category, apis, links)),
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

function categoryBlocks(
  category: Category,
  apis: readonly RecognisedApi[],
  links: Links,
): readonly string[] {
  const lines = apis.flatMap((api) => answersOf(category, api, links));
  if (lines.length === 0) return [];
  return [
    anchor(category),
    heading(2, code(category)),
    text(categories[category].means),
    list(lines),
  ];
}

/** What an API answers to a fault: a line for all entries that mean the same. */
function answersOf(category: Category, api: RecognisedApi, links: Links): readonly Inline[] {
  const cases = casesOf(api).flatMap(({ of, outcome, rule }) =>
    "entry" in of && of.operation === null && of.entry.category === category
      ? [{ entry: of.entry, outcome, rule }]
      : [],
  );
  return grouped(cases, ({ outcome, rule }) => `${outcome} ${rule.name}`).map((alike) => {
    const { outcome, rule } = alike[0]!;
    const shown = alike.slice(0, named).map(({ entry }) => links.entry(entry));
    const rest = alike.length - named;
    const more = rest > 0 ? [links.to(counted(rest, "more", "more"), apiPages.index(api))] : [];
    return line`${bold(text(api.title))}: ${join([...shown, ...more])}. Did it go through? ${wentThrough[outcome]} Send it again? ${sendAgain(api, rule, outcome)}`;
  });
}
