/** A file to a page. */
import { isHtml, readForeign } from "../read/foreign.js";
import { type Page, PageProblem, PageWriter } from "./page.js";

/** Reads a page; what it cannot be read as is thrown as a `PageProblem`. */
export async function readPage(path: string, encoding?: string): Promise<Page> {
  const document = await readForeign(path, encoding);
  if (document.unread !== undefined)
    throw new PageProblem(`${document.unread}; ${document.help.replace(/\.$/, "")}`);
  const { text, sha256 } = document;
  const page = new PageWriter();
  const format = isHtml(text) ? "HTML" : "Markdown";
  if (format === "HTML" || /\.x?html?$/i.test(path)) {
    const { writeHtml } = await import("./html.js");
    writeHtml(text, page);
  } else {
    const { writeMarkdown } = await import("./markdown.js");
    writeMarkdown(text, page);
  }
  const { blocks, bodies } = page;
  return { format, sha256, blocks, bodies };
}
