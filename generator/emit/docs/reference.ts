/** The page of all that an API has besides entries, rules and limits: operations, channels, bodies, tags and sources. */
import type { OutputFile } from "../../model/output-file.js";
import { sections } from "../../sections/index.js";
import type { Api } from "../../sections/catalog.js";
import { code, heading, line, link, list, own, page, text } from "../markdown.js";
import { apiLinksFrom, apiPages } from "./address.js";
import type { Book } from "./book.js";
import { tagBlocks } from "./relations.js";
import { sectionBlocks } from "./sections.js";

/** The sections that have pages of their own. */
const elsewhere = new Set([
  ...["retry", "transport", "steps", "budgets"],
  ...["limits", "idempotency", "deadlines", "breakers", "modes"],
]);

export function reference({ api, symbols }: Book): readonly OutputFile[] {
  const path = apiPages.reference(api);
  const links = apiLinksFrom(path, api);
  const keys = sections.map(({ key }) => key).filter((key) => !elsewhere.has(key));
  return [
    {
      path: `docs/${path}`,
      text: page(
        `${api.title}: reference`,
        `The operations, channels and bodies of the ${api.title}, and the documents they are from.`,
        [
          heading(1, text(`${api.title}: reference`)),
          line`${own("What the catalog has besides failures.")} Back to ${links.to(text(api.title), apiPages.index(api))}.`,
          ...sectionBlocks(api, symbols, links, keys),
          ...tagBlocks(api, links),
          ...sourceBlocks(api),
        ],
      ),
    },
  ];
}

function sourceBlocks({ sources }: Api): readonly string[] {
  if (sources.length === 0) return [];
  return [
    heading(2, text("Sources")),
    list(
      sources.map(({ title, url, read, sha256 }) => {
        const hash = sha256 === null ? text("") : line`, SHA-256 ${code(sha256)}`;
        return line`${link(text(title), url)}, read ${text(read)}${hash}`;
      }),
    ),
  ];
}
