/** Data as TypeScript: what JSON can hold, with its texts and keys encoded. */
import {
  alternatives,
  braces,
  concat,
  enclosed,
  following,
  type Fragment,
  numbers,
  ts,
  verbatim,
} from "./fragment.js";

/** Data as an expression. */
export function literal(value: unknown): Fragment {
  if (Array.isArray(value)) return arrayOf(value);
  if (typeof value !== "object" || value === null) return ts`${primitive(value)}`;
  return braces(Object.entries(value).map(([key, child]) => row(key, child)));
}

/** Data as an expression; where there is much of it, as JSON with a line for each row. */
export function dataOf(value: object): Fragment {
  if (!isLong(value)) return literal(value);
  const isList = Array.isArray(value);
  const rows = Object.entries(value).map(([key, row]) =>
    quoted(isList ? JSON.stringify(row) : `${JSON.stringify(key)}:${JSON.stringify(row)}`),
  );
  const [open, close] = isList ? "[]" : "{}";
  const lines = rows.map((row, i) => (i < rows.length - 1 ? `${row},` : row));
  return ts`/* @__PURE__ */ JSON.parse(\`${verbatim([open!, ...lines, close!])}\`)`;
}

/** Whether data is so long that V8 reads it in half the time as JSON. */
export function isLong(value: object): boolean {
  return JSON.stringify(value).length > 10_000;
}

/** JSON between backticks, where what the text itself escapes is escaped once more. */
function quoted(json: string): string {
  return json.replace(unseen, unicodeEscape).replace(/[`\\]|\$(?=\{)/g, "\\$&");
}

/** `key: value`; a long text stands below its key. */
function row(key: string, value: unknown): Fragment {
  const name = `${propertyKey(key)}:`;
  return typeof value === "string"
    ? following(name, literal(value))
    : ts`${name} ${literal(value)}`;
}

function arrayOf(values: readonly unknown[]): Fragment {
  const items = values.map(literal);
  if (values.length > 1 && values.every((value) => typeof value === "number"))
    return numbers(items);
  const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
  const [first] = values;
  // Prettier's own rule: a list of things that have parts is read line by line.
  const shouldBreak =
    values.length > 1 &&
    values.every(
      (value) =>
        isObject(value) &&
        Array.isArray(value) === Array.isArray(first) &&
        Object.keys(value).length > 1,
    );
  return enclosed("[]", items, shouldBreak);
}

function primitive(value: unknown): string {
  return typeof value === "string" ? stringLiteral(value) : JSON.stringify(value);
}

/** A union of literal types. */
export function union(values: readonly (string | number)[]): Fragment {
  return alternatives(values.map(literal));
}

/** The type of a text with changing parts, each of which is `null`. */
export function templateType(parts: readonly (string | null)[]): string {
  const spans = parts.map((part) =>
    part === null
      ? "${string}"
      : JSON.stringify(part)
          .slice(1, -1)
          .replace(/\\"/g, '"')
          .replace(unseen, unicodeEscape)
          .replace(/`|\$(?=\{)/g, "\\$&"),
  );
  return `\`${spans.join("")}\``;
}

/** The key of a property; `__proto__` would set the prototype unless computed. */
export function propertyKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : stringLiteral(key);
}

const unseen = /[\u2028\u2029\u0085]/g;

/** In double quotes, or in single ones where that needs fewer escapes. */
function stringLiteral(text: string): string {
  const quoted = JSON.stringify(text).replace(unseen, unicodeEscape);
  if (!text.includes('"')) return quoted;
  const count = (quote: string): number => text.split(quote).length - 1;
  if (count('"') <= count("'")) return quoted;
  return `'${quoted.slice(1, -1).replace(/\\"|'/g, (c) => (c === "'" ? "\\'" : '"'))}'`;
}

export function unicodeEscape(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Rows of an object that are code themselves. */
export function objectOf(rows: Readonly<Record<string, Fragment>>): Fragment {
  return braces(Object.entries(rows).map(([key, code]) => concat([`${propertyKey(key)}: `, code])));
}
