/** What a cell, a heading or a bullet begins with: statuses and codes, in whatever form, and what follows them. */

export interface Key {
  /** As the language writes them: `-1003`, `3100..3112`, `insufficient_funds`. */
  readonly codes: readonly string[];
  /** What stands behind them. */
  readonly rest: string;
}

const integer = "-?\\d{1,18}";
/** A word that machines read: with a digit, an underscore or a dot in it, or in capitals, or in camel case. */
const word = "[A-Za-z][\\w-]*(?:[.:/#][\\w-]+)*|0x[\\dA-Fa-f]+|\\d[\\dA-Z]{2,}";

const range = new RegExp(
  `^(${integer})\\s*(?:-|\\.{2,3}|~|to|through|until)\\s*(${integer})(?!\\w)`,
  "i",
);
const wild = /^(-?\d+)(x+|\*+)(?!\w)/i;
const number = new RegExp(`^(${integer})(?![\\w.]*\\w)`);
const symbol = new RegExp(`^(?:${word})(?![\\w'])`);
const separator = /^\s*(?:,|;|\/|\||\bor\b|\band\b|&)\s*/i;

/** Dashes and minus signs of typography as the one that codes have, and quotes as none. */
export function plain(text: string): string {
  return text
    .replace(/[\u2010-\u2015\u2212\ufe63\uff0d]/g, "-")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .trim();
}

/** A text without the quotes around the whole of it. */
export function unquoted(text: string): string {
  return /^(["'`])([^"'`]+)\1$/.exec(text.trim())?.[2]?.trim() ?? text.trim();
}

/** The numbers, ranges and classes that a text begins with, or `null`. */
export function numericKey(text: string): Key | null {
  return keyOf(text, (rest) => {
    const [all, from, to] = range.exec(rest) ?? [];
    if (all !== undefined) return [all, rangeOf(from!, to!)];
    const [whole, digits, open] = wild.exec(rest) ?? [];
    if (whole !== undefined) return [whole, classOf(digits!, open!.length)];
    const [one] = number.exec(rest) ?? [];
    return one === undefined ? null : [one, one];
  });
}

/** The same of words for machines, all of which the text may be. */
export function symbolKey(text: string): Key | null {
  return keyOf(text, (rest) => {
    const [one] = symbol.exec(rest) ?? [];
    return one === undefined ? null : [one, one];
  });
}

function keyOf(text: string, next: (rest: string) => readonly [string, string] | null): Key | null {
  let rest = plain(text).replace(/`/g, "");
  const codes: string[] = [];
  for (;;) {
    const found = next(rest);
    if (found === null) break;
    codes.push(found[1]);
    rest = rest.slice(found[0].length);
    const [between] = separator.exec(rest) ?? [];
    if (between === undefined || next(rest.slice(between.length)) === null) break;
    rest = rest.slice(between.length);
  }
  return codes.length === 0 ? null : { codes: [...new Set(codes)], rest: behind(rest) };
}

/** What follows a key, without what separates the two. */
function behind(text: string): string {
  return text.replace(/^\s*[-:.)\]|=>]*\s+|^\s*[-:.)\]]+\s*/, "").trim();
}

/** A run as the language writes it, smaller end first: of negative codes that is the one further from zero. */
function rangeOf(from: string, to: string): string {
  const [a, b] = [Number(from), Number(to)];
  // In `-1000 - 1999` the sign holds for both.
  const end = a < 0 && b > 0 ? -b : b;
  return a === end ? String(a) : `${Math.min(a, end)}..${Math.max(a, end)}`;
}

/** `4xx` stays, as a status; `10xx` is all that begin so, and so many digits long. */
function classOf(digits: string, open: number): string {
  if (/^[1-5]$/.test(digits) && open === 2) return `${digits}xx`;
  const [low, high] = ["0", "9"].map((digit) => Number(digits + digit.repeat(open)));
  return `${Math.min(low!, high!)}..${Math.max(low!, high!)}`;
}

/** Whether a code is an HTTP status or a class of them. */
export function isStatus(code: string): boolean {
  return /^[1-5](?:\d\d|xx)$/.test(code);
}

/** Whether a text is one word for machines, such as `invalid_request` or `EAPI:Busy`, and not one of prose. */
export function isSymbol(text: string): boolean {
  const bare = unquoted(plain(text));
  if (!new RegExp(`^(?:${word})$`).test(bare)) return false;
  return /[_\d.:/#]|^[A-Z][A-Z-]+$|[a-z][A-Z]|[a-z]-[a-z]/.test(bare);
}
