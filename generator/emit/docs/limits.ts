/** The page of an API's limits and windows: how much may be sent, and how long keys, orders and pauses last. */
import type { OutputFile } from "../../model/output-file.js";
import { heading, line, own, page, text } from "../markdown.js";
import { apiLinksFrom, apiPages } from "./address.js";
import type { Book } from "./book.js";
import { picture } from "./pictures/index.js";
import { windowsPicture } from "./pictures/windows.js";
import { sectionBlocks } from "./sections.js";

export function limits(book: Book): readonly OutputFile[] {
  const { api, symbols } = book;
  const path = apiPages.limits(api);
  const links = apiLinksFrom(path, api);
  const sections = sectionBlocks(api, symbols, links, [
    "limits",
    "idempotency",
    "deadlines",
    "breakers",
    "modes",
  ]);
  return [
    {
      path: `docs/${path}`,
      text: page(
        `${api.title}: limits and windows`,
        `How much may be sent to the ${api.title}, and how long keys, orders and pauses last.`,
        [
          heading(1, text(`${api.title}: limits and windows`)),
          sections.length === 0
            ? own("The catalog has no limits, idempotency keys or deadlines of this API.")
            : line`${own("How much may be sent, and how long things last.")} Back to ${links.to(text(api.title), apiPages.index(api))}.`,
          picture(windowsPicture, book),
          ...sections,
        ],
      ),
    },
  ];
}
