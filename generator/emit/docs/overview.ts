/** The first page of an API: what it is, its decisions as a picture and in words, and what leads to each entry. */
import type { OutputFile } from "../../model/output-file.js";
import { asked } from "../../model/wording.js";
import type { Api } from "../../sections/catalog.js";
import {
  code,
  heading,
  type Inline,
  join,
  line,
  list,
  own,
  page,
  tableOf,
  text,
} from "../markdown.js";
import { apiLinksFrom, type ApiLinks, apiPages } from "./address.js";
import { counted, sendAgain, wentThrough } from "./answers.js";
import type { Book } from "./book.js";
import { entryTable, listPages } from "./listing.js";
import { decisionPicture } from "./pictures/decision.js";
import { picture } from "./pictures/index.js";
import { condition, seenAs } from "./recognition.js";
import { type Case, type Group, groupsOf } from "./ways.js";

export function overview(book: Book): readonly OutputFile[] {
  const { api } = book;
  const path = apiPages.index(api);
  const links = apiLinksFrom(path, api);
  const successes = api.living.filter(({ success }) => success);
  const removed = api.entries.filter((entry) => entry.removed !== null);
  const blocks = [
    heading(1, text(api.title)),
    text(api.summary),
    picture(decisionPicture, api),
    ...noRetryBlocks(api),
    ...groupsOf(api).flatMap((group) => groupBlocks(group, book, links)),
    ...(successes.length === 0
      ? []
      : [
          heading(2, own("Successes")),
          own("A success proves no more than its page says."),
          ...(book.isLarge
            ? [counted(successes.length, "entry", "entries")]
            : [entryTable(successes, links)]),
        ]),
    ...(removed.length === 0
      ? []
      : [
          heading(2, own("Removed")),
          ...(book.isLarge
            ? [counted(removed.length, "entry", "entries")]
            : [entryTable(removed, links)]),
        ]),
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

/** One heading for all failures that are answered alike; what differs is in the table. */
function groupBlocks(group: Group, book: Book, links: ApiLinks): readonly string[] {
  const { api } = book;
  const { outcome, rule, cases } = group;
  const again = sendAgain(api, rule, outcome);
  return [
    heading(2, line`${headOf(group)}: ${code(rule.name)}`),
    line`Did it go through? ${wentThrough[outcome]} Send it again? ${again} ${rule.builtIn ? own("") : links.to(own("The rule"), `${apiPages.next(api)}#retry--${rule.name}`)}`,
    book.isLarge && cases.length > few
      ? counted(cases.length, "failure", "failures")
      : tableOf(
          [own("You see"), own("It is")],
          cases.map((one) => caseRow(one, links)),
        ),
  ];
}

/** So many rows of a group are shown where the API is large. */
const few = 20;

/** A few words for a group. */
export function headOf({ outcome }: Pick<Group, "outcome">): Inline {
  return own(
    {
      "not-executed": "Not executed",
      accepted: "Accepted, decided later",
      executed: "Executed",
      partial: "Partly executed",
      "prior-received": "Already received",
      unknown: "Unknown whether it was executed",
    }[outcome],
  );
}

function caseRow({ of }: Case, links: ApiLinks): readonly Inline[] {
  if ("transport" in of)
    return [line`no answer: ${code(of.transport.name)}`, text(of.transport.summary)];
  const on = of.operation === null ? own("") : line` in answer to ${code(of.operation.name)}`;
  return [line`${join(seenAs(of.entry), " or ")}${on}`, links.entry(of.entry)];
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
