/** Headings that name a code: `-1003 TOO_MANY_REQUESTS`, `Error 1003: Invalid token`, `INVALID_TOKEN (1003)`, `10xx: Network`. */
import { isSymbol, numericKey, plain } from "../codes.js";
import type { Heading } from "./blocks.js";
import { ofErrors } from "./columns.js";

export interface CodeHeading {
  readonly codes: readonly string[];
  readonly name: string | null;
  /** What else the heading says. */
  readonly says: string;
  /** Whether it stands for all codes that begin like this. */
  readonly isClass: boolean;
}

/** The headings of a page that name codes. A single number in a heading may be a year or a chapter: it takes two of a depth. */
export function codeHeadings(
  headings: readonly Heading[],
  title: string | null,
): ReadonlyMap<Heading, CodeHeading> {
  const found = new Map<Heading, CodeHeading>();
  let above: Heading[] = [];
  for (const heading of headings) {
    above = above.filter(({ depth }) => depth < heading.depth);
    const coded = read(heading);
    const context = [title ?? "", ...above.map(({ text }) => text)].join(" ");
    // Constants have headings on other pages, too.
    const isSure = coded?.codes.every((code) => /\d/.test(code)) === true;
    if (coded !== null && (isSure || ofErrors.test(context))) found.set(heading, coded);
    above.push(heading);
  }
  const depths = new Map<number, number>();
  for (const { depth } of found.keys()) depths.set(depth, (depths.get(depth) ?? 0) + 1);
  for (const [heading, { isClass, codes }] of found) {
    const isSure = codes.some((code) => code.startsWith("-")) || isClass;
    if (!isSure && depths.get(heading.depth) === 1) found.delete(heading);
  }
  return found;
}

function read(heading: Heading): CodeHeading | null {
  const text = plain(heading.text).replace(
    /^(?:error|err|code|status|http)\b[\s#:]*(?:code\b[\s#:]*)?/i,
    "",
  );
  // A date, a version or a chapter such as `1. Introduction`.
  if (/^\d{4}-\d\d-\d\d|^v?\d+\.\d|^\d{1,2}[.)]\s/.test(text)) return null;
  const key = numericKey(text);
  if (key !== null) {
    const [code] = key.codes;
    const isLong = /^-|\d{3}/.test(code!);
    if (!isLong || (key.rest === "" && !heading.codes.length && !/^-?\d{3,}$/.test(text)))
      return null;
    const [, name, says = ""] = /^([A-Za-z]\w*)(?:\s*[-:(]\s*|\s+|$)(.*)$/.exec(key.rest) ?? [];
    const isNamed = name !== undefined && isSymbol(name);
    return {
      codes: key.codes,
      name: isNamed ? name : null,
      says: isNamed ? says : key.rest,
      isClass: /^-?\d+x+/i.test(text),
    };
  }
  const [, name, code] = /^`?([A-Za-z]\w*)`?(?:\s*[-:(]?\s*(-?\d{2,9})\)?)?$/.exec(text) ?? [];
  if (name === undefined || !isSymbol(name)) return null;
  const isConstant = /_|^[A-Z]{4,}$/.test(name);
  if (code === undefined && !isConstant) return null;
  return {
    codes: [code ?? name],
    name: code === undefined ? null : name,
    says: "",
    isClass: false,
  };
}

/** The codes that any text names, of those that are known: `Messages for -1010, -2010 and -2011`. */
export function codesIn(text: string, known: ReadonlySet<string>): readonly string[] {
  const all = plain(text).match(/-?\d{3,9}|[A-Za-z]\w*_\w+/g) ?? [];
  return [...new Set(all.filter((code) => known.has(code)))];
}

/** The one status of a failure in a text, as in `Rate limiting (429)` or `returns 429`. */
export function statusIn(text: string): string | null {
  const all = plain(text).match(/(?<![\w./-])[45]\d\d(?![\w./-])/g) ?? [];
  return all.length === 1 ? all[0]! : null;
}
