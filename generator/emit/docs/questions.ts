/** The page of what an API's documents leave open: gaps, contradictions, questions and silence. */
import { posix } from "node:path";
import type { Named, Trace, Traced } from "../../model/trace.js";
import { nodesOf, sections } from "../../sections/index.js";
import type { Api } from "../../sections/catalog.js";
import {
  bold,
  code,
  heading,
  type Inline,
  join,
  line,
  link,
  list,
  page,
  tableOf,
  text,
} from "../markdown.js";
import { type Book, isLong } from "./book.js";
import { linksFrom } from "./links.js";
import { citation, silentOf } from "./trace.js";

export function openQuestions(api: Api, book: Book): string {
  const links = linksFrom(`${api.id}/questions.md`, book);
  const nodes: readonly (Named | Traced)[] = sections.flatMap((section) => nodesOf(api, section));
  const ofEntries = api.entries.map((entry) => ({ name: links.entry(entry), trace: entry.trace }));
  const ofOthers = nodes.flatMap((node) =>
    "trace" in node ? [{ name: code(node.name), trace: node.trace }] : [],
  );
  const isFull = book.pages.length > 0 && isLong(asked(ofEntries).join("\n\n"));
  return page(
    `${api.title}: open questions`,
    `What the documents of the ${api.title} promise, contradict or leave out.`,
    [
      heading(1, text(`${api.title}: open questions`)),
      line`What the documents promise but never say, where they disagree, and what to ask the vendor. Back to the ${link(text("reference"), "index.md")}.`,
      ...section(
        "Promised and not said",
        api.gaps.flatMap((gap) => [
          heading(3, code(gap.name)),
          list([
            line`${bold(text("Promised"))}: ${text(gap.promised)}`,
            line`${bold(text("Found"))}: ${text(gap.found)}`,
            line`${bold(text("Where"))}: ${join(gap.cites.map(citation))}`,
            ...gap.questions.map((question) => line`${bold(text("Open"))}: ${text(question)}`),
          ]),
        ]),
      ),
      ...section(
        "Contradictions",
        api.conflicts.flatMap((conflict) => [
          heading(3, code(conflict.name)),
          text(conflict.about),
          list([
            ...conflict.between.map(
              ({ says, cites }) => line`${join(cites.map(citation))}: ${text(says)}`,
            ),
            line`${bold(text("Our reading"))}: ${text(conflict.reading)}`,
            ...conflict.questions.map((question) => line`${bold(text("Open"))}: ${text(question)}`),
          ]),
        ]),
      ),
      ...(isFull
        ? [...section("On the pages of the entries", [counts(book)]), ...asked(ofOthers)]
        : asked([...ofEntries, ...ofOthers])),
    ],
  );
}

interface Asked {
  readonly name: Inline;
  readonly trace: Trace;
}

const section = (title: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [heading(2, text(title)), ...blocks];

function asked(of: readonly Asked[]): readonly string[] {
  const questions = of.flatMap(({ name, trace }) =>
    trace.questions.map((question) => line`${name}: ${text(question)}`),
  );
  const silent = of.flatMap(({ name, trace }) => {
    const leaves = silentOf(trace);
    return leaves.length === 0 ? [] : [[name, join(leaves.map((leaf) => code(leaf.path)))]];
  });
  return [
    ...section("Questions for the vendor", questions.length === 0 ? [] : [list(questions)]),
    ...section(
      "Not documented",
      silent.length === 0 ? [] : [tableOf(["Where", "What"].map(text), silent)],
    ),
  ];
}

/** What is too much to repeat stands with the entries; here is how much of it there is. */
function counts({ pages }: Book): string {
  const total = (numbers: readonly number[]): Inline =>
    text(String(numbers.reduce((sum, n) => sum + n, 0)));
  return tableOf(
    ["Page", "Questions for the vendor", "Not documented"].map(text),
    pages.map(({ path, title, entries }) => [
      link(text(title), posix.basename(path)),
      total(entries.map(({ trace }) => trace.questions.length)),
      total(entries.map(({ trace }) => silentOf(trace).length)),
    ]),
  );
}
