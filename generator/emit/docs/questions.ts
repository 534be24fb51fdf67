/** The page of what an API's documents leave open: gaps, contradictions, questions and silence. */
import type { Named, Traced } from "../../model/trace.js";
import { nodesOf, sections } from "../../sections/index.js";
import type { Api } from "../../sections/catalog.js";
import { bold, code, heading, join, line, link, list, page, tableOf, text } from "../markdown.js";
import { anchorOf, citation } from "./trace.js";

export function openQuestions(api: Api): string {
  const nodes: readonly (Named | Traced)[] = sections.flatMap((section) => nodesOf(api, section));
  const asked = [
    ...api.entries.map((entry) => ({
      name: link(text(entry.title), `index.md#${anchorOf(entry)}`),
      trace: entry.trace,
    })),
    ...nodes.flatMap((node) =>
      "trace" in node ? [{ name: code(node.name), trace: node.trace }] : [],
    ),
  ];
  const questions = asked.flatMap(({ name, trace }) =>
    trace.questions.map((question) => line`${name}: ${text(question)}`),
  );
  const silent = asked.flatMap(({ name, trace }) => {
    const leaves = trace.leaves.filter((leaf) => leaf.known === "undocumented");
    return leaves.length === 0 ? [] : [[name, join(leaves.map((leaf) => code(leaf.path)))]];
  });
  const section = (title: string, blocks: readonly string[]): string[] =>
    blocks.length === 0 ? [] : [heading(2, text(title)), ...blocks];
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
      ...section("Questions for the vendor", questions.length === 0 ? [] : [list(questions)]),
      ...section(
        "Not documented",
        silent.length === 0 ? [] : [tableOf(["Where", "What"].map(text), silent)],
      ),
    ],
  );
}
