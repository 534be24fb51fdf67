/** A vendor's page as blocks: each heading, row, paragraph and line of code, with what can be compared in it. */

export interface Page {
  readonly format: "Markdown" | "HTML";
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly blocks: readonly Block[];
  /** The JSON documents in its code, whole or a line each. */
  readonly bodies: readonly Body[];
}

export interface Block {
  readonly kind: "heading" | "row" | "text" | "code";
  /** From one. */
  readonly line: number;
  /** As a reader sees it, white space apart. */
  readonly text: string;
  /** What stands there to be taken literally: code, names in tables, values of JSON. */
  readonly literals: readonly string[];
  readonly quantities: readonly Quantity[];
  /** The headings that it is under, itself included, outermost first. */
  readonly under: readonly Heading[];
  /** Of a row. */
  readonly cells?: readonly Cell[];
  /** Of a row: the texts of the first row of its table. */
  readonly columns?: readonly string[];
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** What it may be cited by. */
  readonly anchors: readonly string[];
  readonly line: number;
}

export interface Cell {
  readonly text: string;
  readonly codes: readonly string[];
}

/** A number with the words that follow it, such as 2,000 requests/minute. */
export interface Quantity {
  readonly text: string;
  readonly value: number;
  readonly unit: string | null;
  readonly per: string | null;
}

export interface Body {
  readonly line: number;
  readonly value: unknown;
}

/** Inline content: its text with code in backticks, and the codes by themselves. */
export interface Inline {
  readonly text: string;
  readonly codes: readonly string[];
}

/** A document that cannot be read as a page, with the reason. */
export class PageProblem extends Error {}

/** How deep a page may be nested. */
export const deepest = 500;

export const collapsed = (text: string): string => text.replace(/\s+/g, " ").trim();

/**
 * An anchor without what the rules of sites differ in: case, and everything but letters and digits. `Authentication
 * (401 / 403)` is cited as `authentication-401-/-403` on one site and as `authentication-401--403` on another.
 */
export function anchorKey(anchor: string): string {
  return anchor.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** The numbers of a text, code apart. */
export function quantitiesIn(text: string): readonly Quantity[] {
  const found = text
    .replace(/`[^`]*`/g, " ` ")
    .matchAll(
      /(?<![\p{L}\p{N}_.-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?([\p{L}%]+))?(?: ?(?:\/|per) ?(\p{L}+))?/gu,
    );
  return Array.from(found, ([all, whole, fraction = "", unit, per]) => ({
    text: all,
    value: Number(whole!.replace(/,/g, "") + fraction),
    unit: unit?.toLowerCase() ?? null,
    per: per?.toLowerCase() ?? null,
  }));
}

/** The code that a heading or an item of a list is about: `-1003 TOO_MANY_REQUESTS`, `2311: no liquidity`. */
function leadingCode(text: string): readonly string[] {
  return /^-?\d{3,}(?=\s*(?:[:–—-]|$)|\s+[A-Z])/.exec(text) ?? [];
}

/** The codes of a heading: one with a sign is a code wherever it stands, as in `Messages for -2010 and -2011`. */
function codesIn(heading: string): readonly string[] {
  // Typographers have a minus sign of their own.
  const text = heading.replaceAll("\u2212", "-");
  const signed = text.match(/(?<![\w.])-\d{3,}\b/g) ?? [];
  return [...new Set([...leadingCode(text), ...signed])];
}

/** Columns whose words name something; the first one does, whatever it is called. */
const ofNames = /\b(?:codes?|errors?|errno|reason|status)\b|错误码|状态码/i;

/** Collects the blocks of a page in their order. */
export class PageWriter {
  readonly blocks: Block[] = [];
  readonly bodies: Body[] = [];
  readonly #counts = new Map<string, number>();
  #under: readonly Heading[] = [];

  heading(level: number, { text, codes }: Inline, line: number, id: string | null = null): void {
    const plain = text.replace(/`/g, "");
    const own = id === null ? plain : id;
    const key = anchorKey(own);
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    // A second heading of the same words is told apart by a number.
    const anchors = [...new Set([own, plain])].map(anchorKey);
    const numbered = count === 0 ? anchors : [`${key}${count}`, ...anchors];
    const heading = { level, text: collapsed(plain), anchors: numbered, line };
    this.#under = [...this.#under.filter((one) => one.level < level), heading];
    this.#add("heading", line, text, [...codesIn(heading.text), ...codes]);
  }

  text({ text, codes }: Inline, line: number): void {
    this.#add("text", line, text, [...leadingCode(collapsed(text)), ...codes]);
  }

  row(cells: readonly Cell[], columns: readonly string[], line: number): void {
    const literals = cells
      .flatMap(({ text, codes }, i) => {
        const isName = i === 0 || (/^\S+$/.test(text) && ofNames.test(columns[i] ?? ""));
        return codes.length === 0 && isName ? [text] : codes;
      })
      .filter((one) => one !== "");
    const text = cells.map((cell) => cell.text).join(" | ");
    this.#add("row", line, text, literals, { cells, columns });
  }

  /** Lines of code, the first of which is at `line`. */
  code(text: string, line: number): void {
    const lines = text.split("\n");
    for (const [i, one] of lines.entries()) this.#add("code", line + i, one, tokensOf(one));
    const whole = parsed(text);
    if (whole !== undefined) this.bodies.push({ line, value: whole });
    else
      for (const [i, one] of lines.entries()) {
        const value = parsed(one);
        if (value !== undefined) this.bodies.push({ line: line + i, value });
      }
  }

  #add(
    kind: Block["kind"],
    line: number,
    given: string,
    literals: readonly string[],
    more: Pick<Block, "cells" | "columns"> = {},
  ): void {
    const text = collapsed(given);
    if (text === "") return;
    const quantities = kind === "code" ? [] : quantitiesIn(text);
    const under = this.#under;
    this.blocks.push({ kind, line, text, literals, quantities, under, ...more });
  }
}

/** The object or list that a text is. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The quoted texts and the numbers of a line of code. */
function tokensOf(line: string): readonly string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"|(?<![\w.-])(-?\d+(?:\.\d+)?)(?![\w.])/g);
  return Array.from(found, ([, text, number]) => (text === undefined ? number! : unquoted(text)));
}

function unquoted(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
