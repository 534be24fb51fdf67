/** Whether what a catalog says stands in a block of a page, in whatever way people write it. */
import type { Codes, Message } from "../model/entry.js";
import { betweenHoles } from "../read/holes.js";
import { textData } from "../recognise/matchers.js";
import { type Unit, unitMs } from "../runtime/durations.js";
import { fits, type Text } from "../runtime/matcher.js";
import { templates } from "../runtime/prefixes.js";
import type { Cell, Quantity } from "./page.js";

/** What stands in a block, or in a part of one. */
export interface Shown {
  readonly literals: readonly string[];
  readonly quantities: readonly Quantity[];
  readonly text: string;
  /** Of a row. */
  readonly cells?: readonly Cell[];
}

export type Holds = (shown: Shown) => boolean;

export const hasName =
  (name: string): Holds =>
  ({ literals }) =>
    literals.includes(name);

export const hasCount =
  (count: number): Holds =>
  ({ quantities }) =>
    quantities.some(({ value }) => value === count);

/** A status, or a class of them in letters of either case. */
export const hasStatus =
  (name: string): Holds =>
  ({ literals, quantities }) =>
    [name, name.toUpperCase()].some((one) => isLiteral(one, literals)) ||
    quantities.some(({ value }) => String(value) === name);

/** A code, or an end of a run of codes, or the run as people write one. */
export const hasCode =
  (code: Codes): Holds =>
  ({ literals, text }) =>
    [code.first, code.last].some((end) => isLiteral(String(end), literals)) ||
    isNamedAsClass(code, text);

/** As a literal, or at the beginning of one. */
function isLiteral(name: string, literals: readonly string[]): boolean {
  return literals.some((one) => one === name || one.split(/\s+/)[0] === name);
}

/** `10xx` for 1000 to 1099, and for -1099 to -1000. */
function isNamedAsClass({ first, last }: Codes, text: string): boolean {
  if (typeof first !== "number" || typeof last !== "number") return false;
  const [low, high] = [Math.abs(first), Math.abs(last)].sort((a, b) => a - b) as [number, number];
  return [1, 2, 3].some((digits) => {
    const size = 10 ** digits;
    const name = new RegExp(`(?<!\\w)${low / size}x{${digits}}(?!\\w)`, "i");
    return low % size === 0 && high === low + size - 1 && name.test(text);
  });
}

/** A message is seldom in backticks: in a table it is a cell, and elsewhere a paragraph or an item of a list. */
export const hasText =
  (message: Message): Holds =>
  ({ literals, text, cells = [{ text, codes: [] }] }) =>
    [...literals, ...cells.flatMap((cell) => readOut(cell.text))].some(
      (one) => isOneOfTexts([textData(message)], one) || hasSameHoles(message, one),
    );

/** A text as it is read out, without the marks of code and the addresses of links; and what stands in quotes in it. */
function readOut(text: string): readonly string[] {
  const links = / \((?:[a-z]+:\/\/|[#/]|[\w./-]+\.\w+(?=[)#]))[^()\s]*\)/g;
  const plain = text.replaceAll("`", "").replace(links, "");
  return [plain, ...Array.from(plain.matchAll(/"([^"]+)"/g), ([, quoted]) => quoted!)];
}

/** Whether a text that a page shows with holes, such as `%s`, has the fixed parts of a template. */
export function hasSameHoles({ parts }: Message, text: string): boolean {
  const shown = betweenHoles(text).filter((part) => part !== "");
  const fixed = parts.filter((part) => typeof part === "string");
  return parts.length > fixed.length && shown.join("\0") === fixed.join("\0");
}

/** Whether a text is one of some texts or templates. */
export function isOneOfTexts(texts: readonly Text[], text: string): boolean {
  const seen = { status: null, code: null, body: null, headers: null, operation: null, flaw: null };
  return (
    texts.length > 0 && fits({ id: "", texts }, { ...seen, text }, templates, undefined) !== null
  );
}

export const hasWindow =
  (ms: number): Holds =>
  ({ quantities }) =>
    quantities.some((one) => msOf(one) === ms);

/** Whether something is said to be counted in a time: `100/second`, `per minute`, `in 10 seconds`. */
export const hasPer =
  (ms: number): Holds =>
  ({ text, quantities }) =>
    quantities.some((one) => unitOf(one.per) === ms || msOf(one) === ms) ||
    Array.from(text.matchAll(/(?:\bper|\beach|\bevery|\/) ?(\p{L}+)/giu)).some(
      ([, word]) => unitOf(word!.toLowerCase()) === ms,
    );

/** The milliseconds of a quantity of time. */
function msOf({ value, unit }: Quantity): number | null {
  const size = unitOf(unit);
  return size === null ? null : value * size;
}

const units: Readonly<Record<string, number>> = {
  ...{ ms: 1, millisecond: 1, s: 1000, sec: 1000, second: 1000, m: 60_000, min: 60_000 },
  ...{
    minute: 60_000,
    h: 3_600_000,
    hr: 3_600_000,
    hour: 3_600_000,
    d: 86_400_000,
    day: 86_400_000,
  },
};

const unitOf = (word: string | null): number | null =>
  word === null
    ? null
    : (units[word] ?? units[word.replace(/s$/, "")] ?? unitMs[word as Unit] ?? null);
