/** A page for each entry: what to know at once, the body as it comes, code, how it is recognised, and how all that is known. */
import type { Entry, Example } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import { statusText } from "../../model/spans.js";
import type { Leaf } from "../../model/trace.js";
import {
  bold,
  code,
  fence,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  page,
  text,
} from "../markdown.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { addressOf } from "../address.js";
import { apiLinksFrom, apiPages, type ApiLinks } from "./address.js";
import { sendAgain, wentThrough, whoActs } from "./answers.js";
import type { Book } from "./book.js";
import { headOf, recognitionFacts } from "./recognition.js";
import { relationFacts } from "./relations.js";
import { hasFields, snippetOf } from "./snippet.js";
import { reasons, traceFacts } from "./trace.js";

export function entryPages(book: Book): readonly OutputFile[] {
  const { api } = book;
  return api.entries.map((entry) => ({
    path: `docs/${addressOf(entry)}`,
    text: entryPage(entry, book, apiLinksFrom(addressOf(entry), api)),
  }));
}

function entryPage(entry: Entry, book: Book, links: ApiLinks): string {
  const { api } = book;
  const heads = headOf(entry);
  return page(titleOf(entry), entry.summary, [
    heading(1, heads.length === 0 ? text(entry.title) : line`${join(heads)} ${text(entry.title)}`),
    line`${links.to(text(api.title), apiPages.index(api))}, ${own(entry.family.singular)} ${code(entry.id)}${category(entry, links)}`,
    text(entry.summary),
    list(answers(entry, api, links)),
    ...comesBack(entry),
    ...codeBlocks(entry, book, links),
    heading(2, own("Recognised by")),
    list(recognitionFacts(entry, api, links)),
    ...knownBlocks(entry),
    ...relatedBlocks(entry, book, links),
  ]);
}

/** The title with the code that people search for. */
function titleOf({ family, match, title }: Entry): string {
  const codes = match.codes.map(({ first }) => String(first));
  const statuses = family.isByStatus ? match.statuses.map(statusText) : [];
  return [...codes.slice(0, 1), ...statuses.slice(0, 1), title].join(" ");
}

/** What to know of an entry at once. */
export function answers(entry: Entry, api: RecognisedApi, links: ApiLinks): readonly Inline[] {
  const { trace, outcome, actor, retry, ifPriorUnknown, remedy, removed, deprecated } = entry;
  const known = (path: string): Inline => howKnown(trace.leaves, path);
  const lines: Inline[] = [];
  if (removed !== null)
    lines.push(line`${bold(own("Removed"))} in ${text(removed.since)}: ${text(removed.reason)}`);
  if (deprecated !== null) {
    const { since, reason, use } = deprecated;
    const instead = use === null ? own("") : line` Use ${links.entry(use)} instead.`;
    lines.push(line`${bold(own("Deprecated"))} since ${text(since)}: ${text(reason)}${instead}`);
  }
  lines.push(line`${bold(own("Did it go through?"))} ${wentThrough[outcome]}${known("outcome")}`);
  if (actor !== null)
    lines.push(line`${bold(own("Who acts?"))} ${whoActs[actor]}${known("actor")}`);
  if (retry !== null)
    lines.push(
      line`${bold(own("Send it again?"))} ${sendAgain(api, retry, outcome)}${retry.data.verdict === "never" ? own("") : line` Rule ${links.rule(retry)}.`}${known("retry")}`,
    );
  for (const { operation, outcome, retry } of entry.on)
    lines.push(
      line`${bold(line`In answer to ${code(operation.name)}`)}: ${wentThrough[outcome]} ${bold(own("Again?"))} ${sendAgain(api, retry, outcome)}${known("on")}`,
    );
  if (ifPriorUnknown !== null)
    lines.push(
      line`${bold(own("If an earlier copy got no answer"))}: ${wentThrough[ifPriorUnknown.outcome]} ${bold(own("Again?"))} ${sendAgain(api, ifPriorUnknown.retry, ifPriorUnknown.outcome)}${known("if-prior-unknown")}`,
    );
  if (remedy !== null)
    lines.push(line`${bold(own("What to do"))}: ${text(remedy)}${known("remedy")}`);
  return lines;
}

/** What a fact is worth that the vendor does not document; the reason stands further down. */
function howKnown(leaves: readonly Leaf[], path: string): Inline {
  const known = leaves.find((leaf) => leaf.path === path)?.known;
  if (known === undefined || known === "documented") return own("");
  return own(
    ` (${{ inferred: "inferred", policy: "our choice", undocumented: "not documented" }[known]})`,
  );
}

function comesBack(entry: Entry): readonly string[] {
  if (entry.examples.length === 0) return [];
  return [
    heading(2, own("What comes back")),
    ...entry.examples.flatMap((example) => exampleBlocks(entry, example)),
  ];
}

function exampleBlocks(entry: Entry, { title, status, headers, body }: Example): readonly string[] {
  const shown: Inline[] = title === undefined ? [] : [text(title)];
  if (entry.isMade) shown.push(own("an example made by errata"));
  if (status !== undefined) shown.push(line`status ${code(String(status))}`);
  for (const [name, value] of Object.entries(headers ?? {})) shown.push(code(`${name}: ${value}`));
  const head = capital(join(shown));
  if (body !== undefined)
    return [
      ...(shown.length === 0 ? [] : [line`${head}:`]),
      fence("json", JSON.stringify(body, null, 2)),
    ];
  const isSilent = entry.trace.leaves.some(
    ({ path, known }) => path === "body" && known === "undocumented",
  );
  const bodyless = isSilent ? "with a body that is not documented" : "without a body";
  return [shown.length === 0 ? line`${own(bodyless)}.` : line`${head}, ${own(bodyless)}.`];
}

/** Our own word at the beginning of a sentence. */
function capital(words: Inline): Inline {
  return own(
    words.replace(/^(?:status|an example)/, (first) => first[0]!.toUpperCase() + first.slice(1)),
  );
}

function fieldBlocks({ fields }: Entry): readonly string[] {
  if (fields.length === 0) return [];
  return [
    list(
      fields.map(({ name, type, at, header, unit, summary }) => {
        const where = header === null ? line`at ${code(at!)}` : line`in the header ${code(header)}`;
        const measured = unit === null ? own("") : line` in ${code(unit)}`;
        const said = summary === null ? own("") : line`. ${text(summary)}`;
        return line`${bold(own("Field"))} ${code(name)}: ${text(type)} ${where}${measured}${said}`;
      }),
    ),
  ];
}

function knownBlocks({ trace }: Entry): readonly string[] {
  const facts = [...traceFacts(trace), ...reasons(trace)];
  return facts.length === 0 ? [] : [heading(2, own("How this is known")), list(facts)];
}

function relatedBlocks(entry: Entry, { members }: Book, links: ApiLinks): readonly string[] {
  const facts = relationFacts(entry, members, links);
  return facts.length === 0 ? [] : [heading(2, own("Related")), list(facts)];
}

/** The category, which leads to what other APIs answer to the same fault. */
function category({ category }: Entry, links: ApiLinks): Inline {
  if (category === null) return own("");
  return line`, ${links.to(code(category), `compare.md#${category}`)}`;
}

/** In a large API, code without fields differs by the guard's name alone, and stands on the API's page. */
function codeBlocks(entry: Entry, book: Book, links: ApiLinks): readonly string[] {
  const { api, symbols, isLarge } = book;
  const guard = symbols.guard(api, entry);
  const snippet = snippetOf(entry, book);
  if (guard === null || snippet === null) return [];
  if (isLarge && !hasFields(entry))
    return [line`${links.to(own("Guard"), apiPages.index(api))} ${code(guard)}`];
  return [heading(2, own("In your code")), fence("ts", snippet), ...fieldBlocks(entry)];
}
