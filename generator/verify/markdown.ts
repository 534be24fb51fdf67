/** A Markdown page to blocks. Its HTML is read as such where it has headings, tables or code, and line by line elsewhere. */
import type { Nodes, Root, RootContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { writeHtml } from "./html.js";
import { collapsed, deepest, type Inline, PageProblem, type PageWriter } from "./page.js";

export function writeMarkdown(whole: string, page: PageWriter): void {
  const [matter = ""] = /^---\n[^]*?\n---(?=\n|$)/.exec(whole) ?? [];
  for (const [i, line] of matter.split("\n").entries()) page.text(raw(line), i + 1);
  // The lines stay where they are.
  const text = matter.replace(/[^\n]/g, " ") + whole.slice(matter.length);
  const root: Root = fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false })],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  });
  for (const node of root.children) block(node, text, page, true, 0);
}

/** A heading in a quotation or a list is no heading of the page. */
function block(
  node: RootContent,
  source: string,
  page: PageWriter,
  isOwn: boolean,
  depth: number,
): void {
  if (depth > deepest) throw new PageProblem("it is nested too deeply");
  const line = node.position!.start.line;
  switch (node.type) {
    case "heading":
      if (isOwn) page.heading(node.depth, inline(node), line);
      else page.text(inline(node), line);
      return;
    case "paragraph":
      return page.text(inline(node), line);
    case "code": {
      // A fence has a line of its own, and indented code has none.
      const [first] = source.slice(node.position!.start.offset).split("\n", 1);
      return page.code(node.value, line + (/^\s*(```|~~~)/.test(first!) ? 1 : 0));
    }
    case "table":
      return table(node, page);
    case "html":
      return html(node.value, line, page);
    case "blockquote":
    case "list":
    case "listItem":
      for (const child of node.children) block(child, source, page, false, depth + 1);
      return;
    default: {
      const { start, end } = node.position!;
      page.text(raw(source.slice(start.offset, end.offset)), line);
    }
  }
}

function table({ children: rows }: Table, page: PageWriter): void {
  const columns = rows[0]!.children.map((cell) => collapsed(inline(cell).text));
  for (const row of rows) {
    const cells = row.children
      .map(inline)
      .map(({ text, codes }) => ({ text: collapsed(text), codes }));
    page.row(cells, columns, row.position!.start.line);
  }
}

function html(value: string, line: number, page: PageWriter): void {
  if (/<(h[1-6]|table|pre)\b/i.test(value)) return writeHtml(value, page, line - 1);
  for (const [i, one] of value.split("\n").entries()) page.text(raw(one), line + i);
}

/** A text that nothing was parsed from: code stands between backticks or tags. */
function raw(text: string): Inline {
  const codes = Array.from(
    text.matchAll(/`([^`]+)`|<code>([^<]+)<\/code>/g),
    ([, a, b]) => a ?? b!,
  );
  return { text, codes };
}

/** A tag that says how something looks; a placeholder such as `<symbol>` is none. */
const lookOnly = /^<\/?(?:br|b|i|u|em|strong|span|small|sup|sub|font)\b[^>]*>$/i;

function inline(node: Nodes): Inline {
  const codes: string[] = [];
  const read = (one: Nodes, depth: number): string => {
    if (depth > deepest) throw new PageProblem("it is nested too deeply");
    if (one.type === "inlineCode") {
      codes.push(one.value);
      return `\`${one.value}\``;
    }
    if (one.type === "break") return " ";
    // What is struck out is no longer said.
    if (one.type === "delete") return "";
    if (one.type === "html" && lookOnly.test(one.value)) return /^<br/i.test(one.value) ? " " : "";
    if (one.type === "image") return `${one.alt ?? ""} (${one.url})`;
    if ("value" in one) return one.value;
    if (!("children" in one)) return "";
    const text = one.children.map((child) => read(child, depth + 1)).join("");
    return one.type === "link" ? `${text} (${one.url})` : text;
  };
  return { text: read(node, 0), codes };
}
