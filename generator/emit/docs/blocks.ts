/** The blocks that owners can have in Markdown of their own. A new kind is a function, and a place in the list. */
import type { RecognisedApi } from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import { limits } from "../../sections/limits.js";
import { bold, code, join, line, list, own, tableOf, text } from "../markdown.js";
import type { ApiLinks } from "./address.js";
import { happened, sendAgain } from "./answers.js";
import { answers } from "./entry-pages.js";
import { headOf, seenAs } from "./recognition.js";
import { written } from "./sections.js";

/** A block by its name, such as `shop.errors`, and its Markdown with links from where it stands. */
export interface Block {
  readonly name: string;
  readonly api: RecognisedApi;
  readonly write: (links: ApiLinks) => string;
}

type Kind = (api: RecognisedApi) => readonly Block[];

/** Those of which an API has a few, and those of which it has many. */
const kinds: Readonly<Record<"few" | "many", readonly Kind[]>> = {
  few: [familyTable, limitList],
  many: [shortAnswer],
};

/** The blocks of some APIs by their names, and the names of those that one might list. */
export function blocksOf(apis: readonly RecognisedApi[]): {
  readonly blocks: ReadonlyMap<string, Block>;
  readonly few: readonly string[];
} {
  const of = (all: readonly Kind[]): readonly Block[] =>
    apis.flatMap((api) => all.flatMap((kind) => kind(api)));
  const few = of(kinds.few);
  const blocks = new Map([...few, ...of(kinds.many)].map((block) => [block.name, block]));
  return { blocks, few: few.map(({ name }) => name) };
}

/** `shop.errors`: what is seen, what it is, what happened and whether to send again. */
function familyTable(api: RecognisedApi): readonly Block[] {
  return byFamily(api.living).map(({ family, entries }) => ({
    name: `${api.id}.${family.key}`,
    api,
    write: (links) =>
      tableOf(
        ["You see", "It is", "Did it go through?", "Send it again?"].map(own),
        entries.map((entry) => [
          join(seenAs(entry), " or "),
          links.entry(entry),
          own(happened[entry.outcome]),
          entry.retry === null ? own("") : sendAgain(api, entry.retry, entry.outcome),
        ]),
      ),
  }));
}

/** `shop.limits`: how much may be sent. */
function limitList(api: RecognisedApi): readonly Block[] {
  if (api.limits.length === 0) return [];
  const write = (links: ApiLinks): string =>
    list(
      api.limits.map((limit) => {
        const facts = limits.docs!.facts(limit).map((fact) => written(fact, links));
        return line`${code(limit.name)}: ${text(limit.summary)} ${join(facts, ". ")}.`;
      }),
    );
  return [{ name: `${api.id}.limits`, api, write }];
}

/** `shop.errors.name-taken`: one entry, and what to know of it at once. */
function shortAnswer(api: RecognisedApi): readonly Block[] {
  return api.living.map((entry) => ({
    name: `${api.id}.${entry.family.key}.${entry.name}`,
    api,
    write: (links) =>
      [
        line`${join([...headOf(entry), bold(links.entry(entry))], " ")}: ${text(entry.summary)}`,
        list(answers(entry, api, links)),
      ].join("\n\n"),
  }));
}
