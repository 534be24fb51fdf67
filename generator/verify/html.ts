/** An HTML page to blocks: what is in its main part, or in all of it but what leads to other pages. */
import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";
import {
  type Cell,
  collapsed,
  deepest,
  type Inline,
  PageProblem,
  type PageWriter,
} from "./page.js";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const skipped = new Set(["head", "script", "style", "template", "svg", "noscript", "iframe"]);
/** What stands around the text of a page. */
const around = new Set(["nav", "header", "footer", "aside"]);
const inlineNames = new Set(
  "a abbr b bdi bdo big br button cite code data del dfn em font i img ins kbd label mark q s samp small span strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/** Reads a whole document, or with `lines` a part of one that begins after so many lines. */
export function writeHtml(text: string, page: PageWriter, lines: number | null = null): void {
  const options = { sourceCodeLocationInfo: true };
  const root = lines === null ? parse(text, options) : parseFragment(text, options);
  const main = lines === null ? find(root.childNodes, ["main", "article"]) : null;
  const writer = new HtmlWriter(page, lines ?? 0);
  writer.block(main === null ? root.childNodes : main.childNodes, 0);
  writer.flush();
}

/** The first element with the first of some names, breadth first. */
function find(nodes: readonly Node[], names: readonly string[]): Element | null {
  const elements = [...nodes];
  for (const node of elements)
    if (isElement(node)) {
      if (names.includes(node.tagName)) return node;
      elements.push(...node.childNodes);
    }
  return null;
}

function isElement(node: Node): node is Element {
  return defaultTreeAdapter.isElementNode(node);
}

const attribute = ({ attrs }: Element, name: string): string | null =>
  attrs.find((one) => one.name === name)?.value ?? null;

class HtmlWriter {
  readonly #page: PageWriter;
  readonly #before: number;
  #text = "";
  #codes: string[] = [];
  #line: number | null = null;

  constructor(page: PageWriter, before: number) {
    this.#page = page;
    this.#before = before;
  }

  #lineOf(node: Node): number | null {
    const at = node.sourceCodeLocation?.startLine;
    return at === undefined ? null : at + this.#before;
  }

  /** Ends the paragraph that is being read. */
  flush(): void {
    if (collapsed(this.#text) !== "")
      this.#page.text({ text: this.#text, codes: this.#codes }, this.#line ?? 1);
    [this.#text, this.#codes, this.#line] = ["", [], null];
  }

  block(nodes: readonly Node[], depth: number): void {
    if (depth > deepest) throw new PageProblem("it is nested too deeply");
    for (const node of nodes) {
      if (!isElement(node) || inlineNames.has(node.tagName)) {
        const { text, codes } = inline(node, depth);
        if (collapsed(text) !== "") this.#line ??= this.#lineOf(node);
        this.#text += text;
        this.#codes.push(...codes);
        continue;
      }
      const { tagName } = node;
      if (skipped.has(tagName) || around.has(tagName)) continue;
      this.flush();
      const line = this.#lineOf(node) ?? 1;
      if (/^h[1-6]$/.test(tagName)) {
        const inner = node.childNodes.filter(isElement);
        const id = [node, ...inner].map((one) => attribute(one, "id")).find((one) => one !== null);
        this.#page.heading(Number(tagName[1]), inlines(node.childNodes, depth), line, id);
      } else if (tagName === "pre") {
        const first = node.childNodes[0];
        this.#page.code(
          plain(node.childNodes, depth).replace(/\n$/, ""),
          (first && this.#lineOf(first)) ?? line,
        );
      } else if (tagName === "table") this.#table(node, depth);
      else this.block(node.childNodes, depth + 1);
      this.flush();
    }
  }

  #table(table: Element, depth: number): void {
    const rows: Element[] = [];
    const gather = (nodes: readonly Node[]): void => {
      for (const node of nodes.filter(isElement))
        if (node.tagName === "tr") rows.push(node);
        else if (/^(thead|tbody|tfoot)$/.test(node.tagName)) gather(node.childNodes);
    };
    gather(table.childNodes);
    /** What a cell of a row above still covers, by column. */
    const above: ({ readonly cell: Cell; readonly left: number } | undefined)[] = [];
    const all = rows.map((row) => {
      const cells: Cell[] = [];
      const fill = (): void => {
        for (let over = above[cells.length]; over !== undefined; over = above[cells.length]) {
          above[cells.length] = over.left > 1 ? { ...over, left: over.left - 1 } : undefined;
          cells.push(over.cell);
        }
      };
      for (const node of row.childNodes.filter(isElement)) {
        fill();
        const { text, codes } = inlines(node.childNodes, depth);
        const cell = { text: collapsed(text), codes };
        const down = spanOf(node, "rowspan");
        // What reaches over columns is read once, and stands in the first of them.
        for (let i = 0; i < spanOf(node, "colspan"); i++) {
          const part = i === 0 ? cell : { text: "", codes: [] };
          if (down > 1) above[cells.length] = { cell: part, left: down - 1 };
          cells.push(part);
        }
      }
      fill();
      return cells;
    });
    const columns = all[0]?.map(({ text }) => text) ?? [];
    for (const [i, cells] of all.entries())
      this.#page.row(cells, columns, this.#lineOf(rows[i]!) ?? 1);
  }
}

/** As browsers have it: a thousand columns are the most. */
function spanOf(cell: Element, name: "rowspan" | "colspan"): number {
  const span = Number(attribute(cell, name) ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, 1000) : 1;
}

function inlines(nodes: readonly Node[], depth: number): Inline {
  const all = nodes.map((node) => inline(node, depth + 1));
  return { text: all.map(({ text }) => text).join(""), codes: all.flatMap(({ codes }) => codes) };
}

function inline(node: Node, depth: number): Inline {
  if (depth > deepest) throw new PageProblem("it is nested too deeply");
  if (defaultTreeAdapter.isTextNode(node)) return { text: node.value, codes: [] };
  if (!isElement(node) || skipped.has(node.tagName)) return { text: "", codes: [] };
  // What is struck out is no longer said.
  if (/^(?:del|s|strike)$/.test(node.tagName)) return { text: "", codes: [] };
  if (node.tagName === "code") {
    const code = plain(node.childNodes, depth);
    return { text: `\`${code}\``, codes: [collapsed(code)] };
  }
  if (node.tagName === "br") return { text: " ", codes: [] };
  const { text, codes } = inlines(node.childNodes, depth);
  const href = node.tagName === "a" ? attribute(node, "href") : null;
  // What a block in a cell begins with does not run into what is before it.
  const gap = inlineNames.has(node.tagName) ? "" : " ";
  // A link from a heading to itself says nothing.
  return {
    text: `${gap}${text}${href === null || href.startsWith("#") ? "" : ` (${href})`}${gap}`,
    codes,
  };
}

function plain(nodes: readonly Node[], depth: number): string {
  if (depth > deepest) throw new PageProblem("it is nested too deeply");
  return nodes
    .map((node) =>
      defaultTreeAdapter.isTextNode(node)
        ? node.value
        : isElement(node)
          ? plain(node.childNodes, depth + 1)
          : "",
    )
    .join("");
}
