/** A page as a list of blocks: headings, tables, lists, code and paragraphs, whatever the markup was. */
import type { Element, ElementContent, Root, RootContent } from "hast";
import GithubSlugger from "github-slugger";
import { tableOf } from "./grid.js";
import { lineOf, type Inline, inlineOf } from "./inline.js";

export interface Heading extends Inline {
  readonly kind: "heading";
  /** From 1, the outermost. */
  readonly depth: number;
  /** The fragment that links to it. */
  readonly id: string;
}

export interface Table {
  readonly kind: "table";
  readonly line: number;
  /** Empty where the table has no row of headings. */
  readonly head: readonly string[];
  /** Rows of as many cells as the widest of them. */
  readonly rows: readonly (readonly Inline[])[];
}

export interface Item extends Inline {
  readonly nested: readonly Item[];
}

export interface List {
  readonly kind: "list";
  readonly line: number;
  readonly items: readonly Item[];
}

export interface Code {
  readonly kind: "code";
  readonly line: number;
  readonly language: string | null;
  readonly text: string;
}

export interface Paragraph extends Inline {
  readonly kind: "paragraph";
}

export type Block = Heading | Table | List | Code | Paragraph;

/** The blocks of a page in their order. A container, known or not, is what it contains. */
export function blocksOf(root: Root): readonly Block[] {
  const blocks: Block[] = [];
  const slugger = new GithubSlugger();
  let loose: ElementContent[] = [];
  /** Text between blocks is a paragraph of its own. */
  const flush = (): void => {
    const inline = inlineOf(loose);
    if (inline.text !== "") blocks.push({ kind: "paragraph", ...inline });
    loose = [];
  };
  const visit = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type === "text") loose.push(node);
      if (node.type !== "element" || ignored.has(node.tagName)) continue;
      if (isInline(node)) {
        loose.push(node);
        continue;
      }
      flush();
      const block = blockOf(node, slugger);
      if (block !== null) blocks.push(block);
      if (block === null) visit(node.children);
      else if (block.kind === "list") visit(blocksIn(node));
      flush();
    }
  };
  visit(root.children);
  flush();
  return blocks;
}

const ignored = new Set(["head", "script", "style", "nav", "template", "svg", "noscript"]);

const phrasing = new Set(
  "a abbr b br cite code del em font i img ins kbd mark q s samp small span strong sub sup tt u var wbr".split(
    " ",
  ),
);

/** The code and the tables in a list: they stand behind it. */
function blocksIn(node: Element): readonly Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== "element") return [];
    return isBlock(child) ? [child] : blocksIn(child);
  });
}

const isBlock = ({ tagName }: Element): boolean => tagName === "pre" || tagName === "table";

/** An inline element with a block inside, such as a link around a heading, is a container. */
function isInline({ tagName, children }: Element): boolean {
  return (
    phrasing.has(tagName) && children.every((child) => child.type !== "element" || isInline(child))
  );
}

function blockOf(node: Element, slugger: GithubSlugger): Block | null {
  const { tagName, children, properties } = node;
  const line = lineOf(node);
  if (/^h[1-6]$/.test(tagName)) {
    const inline = inlineOf(children);
    const [, text = "", own] = /^(.*?)(?:\s*\{#([^\s{}#]+)\})?$/s.exec(inline.text)!;
    const given = properties["id"] ?? anchorOf(children);
    const id = own ?? (typeof given === "string" && /^[^\s#]+$/.test(given) ? given : null);
    return {
      ...{ kind: "heading", ...inline, text, line, depth: Number(tagName[1]) },
      id: (id ?? slugger.slug(text)) || "top",
    };
  }
  if (tagName === "table") return { kind: "table", line, ...tableOf(node) };
  if (tagName === "ul" || tagName === "ol") return { kind: "list", line, items: itemsOf(children) };
  if (tagName === "dl") return { kind: "list", line, items: definitions(children) };
  if (tagName === "p") return { kind: "paragraph", ...inlineOf(children) };
  if (tagName !== "pre") return null;
  const code = children.find((child) => child.type === "element");
  const classes = [code?.properties["className"] ?? properties["className"] ?? []].flat().join(" ");
  return {
    ...{ kind: "code", line, text: rawText(node) },
    language: /(?:language|lang|highlight-source)-(\S+)/.exec(classes)?.[1] ?? null,
  };
}

/** The name of an anchor in a heading. */
function anchorOf(children: readonly ElementContent[]): unknown {
  for (const child of children)
    if (child.type === "element" && child.tagName === "a")
      return child.properties["id"] ?? child.properties["name"];
  return undefined;
}

function itemsOf(children: readonly ElementContent[]): readonly Item[] {
  return children.flatMap((item) => {
    if (item.type !== "element" || item.tagName !== "li") return [];
    const elements = item.children.filter((child) => child.type === "element");
    const lists = elements.filter(({ tagName }) => /^[uod]l$/.test(tagName));
    const apart = new Set<ElementContent>([...lists, ...elements.filter(isBlock)]);
    const own = item.children.filter((child) => !apart.has(child));
    const nested = lists.flatMap((list) => itemsOf(list.children));
    return [{ ...inlineOf(own), line: lineOf(item), nested }];
  });
}

/** A term and what it means as one item, as a list would have it. */
function definitions(children: readonly ElementContent[]): readonly Item[] {
  const parts = children
    .filter((child) => child.type === "element")
    .flatMap((child) => (child.tagName === "div" ? child.children : [child]))
    .filter((child) => child.type === "element");
  return parts.flatMap((term, i) => {
    if (term.tagName !== "dt") return [];
    // Several terms in a row have what follows the last of them in common.
    const first = parts.findIndex(({ tagName }, at) => at > i && tagName !== "dt");
    const after = first < 0 ? [] : parts.slice(first);
    const end = after.findIndex(({ tagName }) => tagName === "dt");
    const says = (end < 0 ? after : after.slice(0, end)).map(({ children }) => inlineOf(children));
    const { text, prose, codes, struck } = inlineOf(term.children);
    const line = lineOf(term);
    const means = (part: "text" | "prose"): string => says.map((said) => said[part]).join(" ");
    return [
      {
        ...{ text: `${text}: ${means("text")}`, prose: `${prose}: ${means("prose")}` },
        ...{ codes: [...codes, text], struck, line, nested: [] },
      },
    ];
  });
}

/** Text as it is, line ends included. */
function rawText(node: Element): string {
  return node.children
    .map((child) =>
      child.type === "text"
        ? child.value
        : child.type === "element"
          ? child.tagName === "br"
            ? "\n"
            : rawText(child)
          : "",
    )
    .join("");
}
