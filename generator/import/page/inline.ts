/** Text within a block, and which of it is set as code. What is struck out is no part of it. */
import type { ElementContent } from "hast";

export interface Inline {
  /** White space is one space, ends are bare. */
  readonly text: string;
  /** The same with what is set as code between backticks. */
  readonly prose: string;
  /** The stretches that are set as code, likewise. */
  readonly codes: readonly string[];
  /** What is struck out; empty if nothing is. */
  readonly struck: string;
  /** Counted from 1. */
  readonly line: number;
}

export function inlineOf(nodes: readonly ElementContent[]): Inline {
  const codes: string[] = [];
  let [text, prose, struck] = ["", "", ""];
  const add = (part: string): void => {
    text += part;
    prose += part;
  };
  const visit = (node: ElementContent): void => {
    if (node.type === "text") add(node.value);
    if (node.type !== "element") return;
    const { tagName, children } = node;
    if (/^(?:del|s|strike)$/.test(tagName)) {
      struck += ` ${inlineOf(children).text}`;
      return;
    }
    if (tagName === "br") add("\n");
    const start = text.length;
    const isBlock = /^(?:p|div|li|ul|ol|pre|dd|dt|table|tr|td|th)$/.test(tagName);
    const isCode = /^(?:code|tt|kbd|samp)$/.test(tagName);
    const begin = prose.length;
    if (isBlock) add("\n");
    children.forEach(visit);
    if (isBlock) add("\n");
    if (!isCode) return;
    const code = squeeze(text.slice(start));
    codes.push(code);
    if (code !== "" && !code.includes("`")) prose = `${prose.slice(0, begin)}\`${code}\``;
  };
  nodes.forEach(visit);
  const line = lineOf(nodes[0]);
  return { text: squeeze(text), prose: squeeze(prose), codes, struck: squeeze(struck), line };
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The line that a node begins on; 1 for what was made up to repair the markup, which has half a position or none. */
export function lineOf(node: ElementContent | undefined): number {
  const start: { readonly line: number } | undefined = node?.position?.start;
  return start?.line ?? 1;
}
