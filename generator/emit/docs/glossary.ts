/** The words of the docs, and how a response is read. */
import type { OutputFile } from "../../model/output-file.js";
import { actors, categories, outcomes } from "../../model/taxonomy.js";
import { code, heading, type Inline, line, list, own, page, text } from "../markdown.js";

export function glossary(): readonly OutputFile[] {
  const blocks = [
    heading(1, own("Words")),
    heading(2, own("How a response is read")),
    list([
      line`The body counts before the status. A code, message, shape or condition identifies its entry under any status; if the entry does not list the status that came, ${code("unexpected")} is ${code("status")}.`,
      line`If only the status is known, its entry gives the category and the wait. If the body is a proxy's page, or has a code or message that is not in the catalog, ${code("unexpected")} is ${code("body")} and the outcome of a write is ${code("unknown")}.`,
      line`A response is a success only if the places for codes and messages are empty, or if what they hold identifies a success. It proves no more than its outcome: ${code("accepted")} is not yet ${code("executed")}.`,
      line`If a body has several errors, the one that calls for the most caution leads, and the others are under ${code("also")}.`,
      line`Everything else is ${code("unknown")}, with the reason why.`,
    ]),
    heading(2, own("What happened to a write")),
    defined(Object.entries(outcomes)),
    heading(2, own("Who acts")),
    defined(Object.entries(actors)),
    heading(2, own("Categories")),
    defined(Object.entries(categories).map(([category, { means }]) => [category, means])),
    heading(2, own("How a fact is known")),
    own(
      "Categories, and who acts, are this catalog's. Every other fact is documented by the vendor unless it is marked:",
    ),
    list([
      own("Inferred: read between the lines of the vendor's documents, with the reason."),
      own("Our choice: a policy of this catalog, with the reason."),
      own("Not documented: the vendor's documents do not say."),
    ]),
    heading(2, own("Sending again")),
    list([
      line`Rule: whether, when and how often a request is sent again. ${code("never")} and ${code("reconcile")} (look it up first) always exist.`,
      own(
        "Key: what the vendor knows a copy of the same request by. Under the same key a second copy changes nothing; a fresh key makes a new request.",
      ),
      own("Jitter: a random time that is added to a wait, never subtracted."),
      own("Budget: what retries are paid from, so that an outage is not met by a storm of them."),
      own("Deadline: the moment after which a request is not wanted any more."),
    ]),
  ];
  return [
    {
      path: "docs/glossary.md",
      text: page(
        "Words",
        "The categories, outcomes and rules of these docs, and how a response is read.",
        blocks,
      ),
    },
  ];
}

function defined(rows: readonly (readonly [word: string, means: string])[]): Inline {
  return own(list(rows.map(([word, means]) => line`${code(word)}: ${text(means)}`)));
}
