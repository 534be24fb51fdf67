/** The page of what an API's documents leave open: gaps, contradictions, questions and silence. */
import type { OutputFile } from "../../model/output-file.js";
import type { Named, Trace, Traced } from "../../model/trace.js";
import { nodesOf, sections } from "../../sections/index.js";
import { bold, code, heading, type Inline, join, line, list, page, text } from "../markdown.js";
import { apiPages, linksFrom } from "./address.js";
import { type Book, pagePath, runsOf } from "./book.js";
import { citation, silentOf } from "./trace.js";
import { grouped } from "./ways.js";

export function openQuestions({ api }: Book): readonly OutputFile[] {
  const path = apiPages.questions(api);
  const links = linksFrom(path);
  const nodes: readonly (Named | Traced)[] = sections.flatMap((section) => nodesOf(api, section));
  const asked: readonly Asked[] = [
    ...api.entries.map((entry) => ({ name: links.entry(entry), trace: entry.trace })),
    ...nodes.flatMap((node) =>
      "trace" in node ? [{ name: code(node.name), trace: node.trace }] : [],
    ),
  ];
  const blocks = [
    ...gapBlocks(api),
    ...conflictBlocks(api),
    ...questionBlocks(asked),
    ...silenceBlocks(asked),
  ];
  const runs = runsOf(blocks, (block) => Buffer.byteLength(block));
  return (runs.length === 0 ? [[]] : runs).map((run, i, { length }) => {
    const part = i === 0 ? "" : `, part ${i + 1}`;
    const own = pagePath(path, i);
    const next =
      i + 1 < length
        ? [line`${linksFrom(own).to(text("The next part"), pagePath(path, i + 1))}`]
        : [];
    return {
      path: `docs/${own}`,
      text: page(
        `${api.title}: open questions${part}`,
        `What the documents of the ${api.title} promise, contradict or leave out.`,
        [
          heading(1, text(`${api.title}: open questions${part}`)),
          line`What the documents promise but never say, where they disagree, and what to ask the vendor. Back to ${links.to(text(api.title), apiPages.index(api))}.`,
          ...run,
          ...next,
        ],
      ),
    };
  });
}

type Api = Book["api"];

interface Asked {
  readonly name: Inline;
  readonly trace: Trace;
}

const section = (title: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [heading(2, text(title)), ...blocks];

function gapBlocks({ gaps }: Api): readonly string[] {
  return section(
    "Promised and not said",
    gaps.flatMap((gap) => [
      heading(3, code(gap.name)),
      list([
        line`${bold(text("Promised"))}: ${text(gap.promised)}`,
        line`${bold(text("Found"))}: ${text(gap.found)}`,
        line`${bold(text("Where"))}: ${join(gap.cites.map(citation))}`,
        ...gap.questions.map((question) => line`${bold(text("Open"))}: ${text(question)}`),
      ]),
    ]),
  );
}

function conflictBlocks({ conflicts }: Api): readonly string[] {
  return section(
    "Contradictions",
    conflicts.flatMap((conflict) => [
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
  );
}

/** A question that several leave open is asked once. */
function questionBlocks(all: readonly Asked[]): readonly string[] {
  const open = all.flatMap(({ name, trace }) =>
    trace.questions.map((question) => ({ name, question })),
  );
  return section(
    "Questions for the vendor",
    grouped(open, ({ question }) => question).flatMap((alike) =>
      listed(
        text(alike[0]!.question),
        alike.map(({ name }) => name),
      ),
    ),
  );
}

/** What is not documented of several is named once. */
function silenceBlocks(all: readonly Asked[]): readonly string[] {
  const silent = all.flatMap(({ name, trace }) =>
    silentOf(trace).map(({ path }) => ({ name, path })),
  );
  return section(
    "Not documented",
    grouped(silent, ({ path }) => path).flatMap((alike) =>
      listed(
        code(alike[0]!.path),
        alike.map(({ name }) => name),
      ),
    ),
  );
}

/** So many are named in one line. */
const many = 50;

/** What is open, and of what; in several lines where that is much. */
function listed(open: Inline, names: readonly Inline[]): readonly string[] {
  const lines = Array.from({ length: Math.ceil(names.length / many) }, (_, i) =>
    join(names.slice(i * many, (i + 1) * many)),
  );
  return lines.map((line_, i) => list([i === 0 ? line`${open} ${line_}` : line_]));
}
