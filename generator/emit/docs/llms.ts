/** The docs for machines that read: an index of the pages, and all that they say of failures in one file. */
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import { heading, type Inline, join, line, link, list, own, text } from "../markdown.js";
import { addressOf } from "../address.js";
import { apiPages } from "./address.js";
import { sendAgain, wentThrough, whoActs } from "./answers.js";
import { type Book, type Library } from "./book.js";
import { seenAs } from "./recognition.js";

export function llmsIndex({ catalog: { package: about, apis } }: Library): readonly OutputFile[] {
  const to = (words: string, path: string, says: string): Inline =>
    line`${link(text(words), path)}: ${text(says)}`;
  const blocks = [
    ...head(about),
    ...apis.flatMap((api) => [
      heading(2, text(api.title)),
      list([
        to(api.title, apiPages.index(api), api.summary),
        to("What to do next", apiPages.next(api), "when to send again, look up or stop"),
        to(
          "Limits and windows",
          apiPages.limits(api),
          "how much may be sent, and how long things last",
        ),
        to("Reference", apiPages.reference(api), "operations, channels, bodies and sources"),
        to("Open questions", apiPages.questions(api), "what its documents leave out"),
      ]),
    ]),
    heading(2, own("All APIs")),
    list([
      to("The same fault, other APIs", "compare.md", "what each answers, and what follows"),
      to("Words", "glossary.md", "categories, outcomes, and how a response is read"),
      to(
        "Sessions",
        "sessions.md",
        "how a write is carried through until it is known what became of it",
      ),
      to(
        "Retry libraries",
        "retries.md",
        "the advice with fetch, cockatiel, p-retry, ky, got and axios-retry",
      ),
      to("llms-full.txt", "llms-full.txt", "every entry in one file"),
      to("catalog.json", "../catalog.json", "all of it as data"),
    ]),
  ];
  return [{ path: "docs/llms.txt", text: joined(blocks) }];
}

/** Every entry in a few lines, or in one where there are many. */
export function llmsFull({ catalog, books }: Library): readonly OutputFile[] {
  const blocks = books.flatMap((book) => {
    const { api } = book;
    return [
      heading(2, text(api.title)),
      text(api.summary),
      ...(book.isLarge
        ? [list(api.living.map((entry) => briefly(entry)))]
        : api.living.flatMap((entry) => [
            heading(3, line`${link(text(entry.title), addressOf(entry))}`),
            text(entry.summary),
            list(facts(entry, book)),
          ])),
    ];
  });
  return [{ path: "docs/llms-full.txt", text: joined([...head(catalog.package), ...blocks]) }];
}

function head({ name, description }: Library["catalog"]["package"]): readonly string[] {
  return [heading(1, text(name)), line`> ${text(description)}`];
}

function joined(blocks: readonly string[]): string {
  return `${blocks.join("\n\n").trimEnd()}\n`;
}

function briefly(entry: Entry): Inline {
  const { outcome, retry } = entry;
  return line`${join(seenAs(entry), " or ")}: ${text(entry.id)}, ${text(entry.category ?? "success")}, ${text(outcome)}${retry === null ? own("") : line`, ${text(retry.name)}`}`;
}

function facts(entry: Entry, { api }: Book): readonly Inline[] {
  const { id, outcome, actor, retry, remedy } = entry;
  return [
    line`Seen as ${join(seenAs(entry), " or ")}; id ${text(id)}, ${text(entry.category ?? "success")}`,
    line`Did it go through? ${wentThrough[outcome]}`,
    ...(actor === null ? [] : [line`Who acts? ${whoActs[actor]}`]),
    ...(retry === null ? [] : [line`Send it again? ${sendAgain(api, retry, outcome)}`]),
    ...(remedy === null ? [] : [line`What to do: ${text(remedy)}`]),
  ];
}
