/** Texts with holes, in the notations of documents, as templates of the language. */
import { hole } from "../read/holes.js";

const types: Readonly<Record<string, string>> = {
  d: "integer",
  i: "integer",
  u: "integer",
  f: "decimal",
  g: "decimal",
};

/** The template of a text as a document has it. Literal braces and backslashes are escaped. `null` when it says nothing. */
export function templateOf(text: string): string | null {
  const names = new Map<string, number>();
  const take = (wanted: string): string => {
    const base = camel(wanted) || "value";
    const count = (names.get(base) ?? 0) + 1;
    names.set(base, count);
    return count === 1 ? base : `${base}${count}`;
  };
  let [template, end, fixed, lastHole] = ["", 0, "", -1];
  for (const match of text.matchAll(hole)) {
    const { printf, braced, angled, square } = match.groups!;
    const between = text.slice(end, match.index);
    fixed += between;
    template += escape(between);
    end = match.index + match[0].length;
    // Two holes side by side are one: nobody can tell where the first ends.
    if (between === "" && lastHole >= 0) continue;
    lastHole = match.index;
    template += `{${take(braced ?? angled ?? square ?? "")}:${types[printf ?? ""] ?? "text"}}`;
  }
  const rest = text.slice(end);
  return /[\p{L}\p{N}]/u.test(fixed + rest) ? template + escape(rest) : null;
}

/** Whether a text has holes. */
export function hasHoles(text: string): boolean {
  return new RegExp(hole.source).test(text);
}

/** The text of one example, whose numbers will be others next time, and the currencies behind them. */
export function templateOfExample(text: string): string {
  let [template, end, count] = ["", 0, 0];
  for (const match of text.matchAll(/(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-]*\w)( [A-Z]{3}\b)?/g)) {
    const again = ++count > 1 ? count : "";
    const currency = match[1] === undefined ? "" : ` {currency${again}:currency}`;
    template += `${escape(text.slice(end, match.index))}{number${again}:decimal}${currency}`;
    end = match.index + match[0].length;
  }
  return template + escape(text.slice(end));
}

function escape(text: string): string {
  return text.replace(/[\\{}]/g, "\\$&");
}

function camel(text: string): string {
  const [first = "", ...rest] = text.match(/[A-Za-z][a-z]*|\d+/g) ?? [];
  const joined = /^[A-Z\d_]+$/.test(text)
    ? text
        .toLowerCase()
        .replace(/_([a-z\d])/g, (_, c: string) => c.toUpperCase())
        .replace(/_/g, "")
    : [first.toLowerCase(), ...rest.map((part) => part[0]!.toUpperCase() + part.slice(1))].join("");
  return /^[a-z]/.test(joined) ? joined.slice(0, 40) : "";
}
