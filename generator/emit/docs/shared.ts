/** The page that compares the APIs, and the index for machines. */
import type { Api, Catalog } from "../../sections/catalog.js";
import {
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
import { actors, categories, outcomes } from "../../model/taxonomy.js";
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedCatalog } from "../../recognise/recognise.js";
import type { Symbols } from "../target.js";
import { type Book, isLong } from "./book.js";
import { linksFrom } from "./links.js";
import { retryLibraries } from "./libraries.js";
import { sessions } from "./sessions.js";

type Books = ReadonlyMap<Api, Book>;

export function sharedDocs(
  catalog: RecognisedCatalog,
  books: Books,
  symbols: Symbols,
): readonly OutputFile[] {
  return [
    { path: "docs/index.md", text: comparison(catalog, books) },
    { path: "docs/sessions.md", text: sessions(catalog, symbols) },
    { path: "docs/retries.md", text: retryLibraries(catalog, symbols) },
    { path: "docs/llms.txt", text: machineIndex(catalog) },
  ];
}

function comparison({ package: { name, description }, apis }: Catalog, books: Books): string {
  return page(name, description, [
    heading(1, text(name)),
    text(description),
    tableOf(
      ["API", "After a failure", "Open"].map(text),
      apis.map((api) => [
        link(text(api.title), `${api.id}/index.md`),
        link(text("what to do next"), `${api.id}/retries.md`),
        link(text("questions"), `${api.id}/questions.md`),
      ]),
    ),
    ...vocabularies(apis),
    line`To carry a write through until it is known what became of it, see ${link(text("sessions"), "sessions.md")}; to follow the advice with a retry library, see ${link(text("retry libraries"), "retries.md")}.`,
    heading(2, text("By category")),
    text("The same meaning in each API, and who acts."),
    byCategory(apis, books),
    heading(2, text("How a response is read")),
    list([
      line`The body counts before the status. A code, message, shape or condition identifies its entry under any status; if the entry does not list the status that came, ${code("unexpected")} is ${code("status")}.`,
      line`If only the status is known, its entry gives the category and the wait. If the body is a proxy's page, or has a code or message that is not in the catalog, ${code("unexpected")} is ${code("body")} and the outcome of a write is ${code("unknown")}.`,
      line`A response is a success only if the places for codes and messages are empty, or if what they hold identifies a success. It proves no more than its outcome: ${code("accepted")} is not yet ${code("executed")}.`,
      line`If a body has several errors, the one that calls for the most caution leads, and the others are under ${code("also")}.`,
      line`Everything else is ${code("unknown")}, with the reason why.`,
    ]),
    heading(2, text("Words")),
    list(
      Object.entries(categories).map(
        ([category, { means }]) => line`${code(category)}: ${text(means)}`,
      ),
    ),
    text("Who acts:"),
    list(Object.entries(actors).map(([actor, who]) => line`${code(actor)}: ${text(who)}`)),
    text("What happened to a write:"),
    list(
      Object.entries(outcomes).map(([outcome, means]) => line`${code(outcome)}: ${text(means)}`),
    ),
    text(
      "Categories, and who acts, are this catalog's. Every other fact is documented by the vendor unless it is marked as inferred (read between the lines, with the reason), chosen here (our policy, with the reason) or not documented.",
    ),
  ]);
}

/** Which APIs answer alike. */
function vocabularies(apis: readonly Api[]): readonly string[] {
  const bases = [...new Set(apis.flatMap((api) => [...api.bases.values()]))];
  return bases.map((base) => {
    const sharing = apis.filter(({ bases }) => [...bases.values()].includes(base));
    const links = sharing.map(({ id, title }) => link(text(title), `${id}/index.md`));
    return line`What the catalog's folder ${code(base)} says is the same in ${join(links, ", ")}, except where the API says otherwise.`;
  });
}

/** A row for each entry, so that two branches that add one each merge; if those are too many, how many there are. */
function byCategory(apis: readonly Api[], books: Books): string {
  const table = (rowsOf: (api: Api, entries: readonly Entry[]) => Rows): string =>
    tableOf(
      ["Category", "API", "Entry", "Who acts"].map(text),
      Object.keys(categories).flatMap((category) =>
        apis.flatMap((api) =>
          rowsOf(
            api,
            api.entries.filter((entry) => entry.category === category),
          ).map(([name, actor]) => [code(category), text(api.title), name, text(actor)]),
        ),
      ),
    );
  const whole = table((api, entries) => {
    const links = linksFrom("index.md", books.get(api)!);
    return entries.map((entry) => [links.entry(entry), entry.actor!]);
  });
  if (!isLong(whole)) return whole;
  return table((api, entries) =>
    Object.keys(actors).flatMap((actor): Rows => {
      const count = entries.filter((entry) => entry.actor === actor).length;
      return count === 0
        ? []
        : [[link(text(count === 1 ? "1 entry" : `${count} entries`), `${api.id}/index.md`), actor]];
    }),
  );
}

type Rows = readonly (readonly [name: Inline, actor: string])[];

function machineIndex({ package: { name, description }, apis }: Catalog): string {
  return (
    [
      heading(1, text(name)),
      line`> ${text(description)}`,
      list(
        apis.flatMap((api) => [
          line`${link(text(api.title), `${api.id}/index.md`)}: ${text(api.summary)}`,
          line`${link(text(`${api.title}, what to do next`), `${api.id}/retries.md`)}: when to send again, look up or stop`,
          line`${link(text(`${api.title}, open questions`), `${api.id}/questions.md`)}: what its documents leave out`,
        ]),
      ),
      line`${link(text("Sessions"), "sessions.md")}: how a write is carried through until it is known what became of it`,
      line`${link(text("Retry libraries"), "retries.md")}: the advice with fetch, cockatiel, p-retry, ky, got and axios-retry`,
      line`${link(text("catalog.json"), "../catalog.json")}: all of it as data`,
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}
