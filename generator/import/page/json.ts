/** The JSON bodies in a block of code, alone or among other lines, and the status that a line gives for each. */

export interface Found {
  readonly value: unknown;
  readonly status: string | null;
  /** From the first line of the block, which is 0. */
  readonly line: number;
}

const maxBodies = 200;
/** A block that is longer, and no JSON as a whole, is no example. */
const maxLength = 200_000;
/** A block with more brackets than this that close nowhere, or hold no JSON, is code. */
const maxMisses = 200;

/** All objects and lists of objects in a text, outermost only. */
export function jsonIn(text: string): readonly Found[] {
  const whole = parsed(text);
  if (whole !== undefined) return [{ value: whole, status: null, line: 0 }];
  if (text.length > maxLength) return [];
  const found: Found[] = [];
  let [from, misses] = [0, 0];
  while (found.length < maxBodies && misses < maxMisses) {
    const start = text.slice(from).search(/[{[]/);
    if (start < 0) break;
    const at = from + start;
    const end = endOf(text, at);
    const value = end < 0 ? undefined : parsed(text.slice(at, end));
    if (value === undefined) {
      from = at + 1;
      misses++;
      continue;
    }
    const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    const status =
      lastStatus(before) ?? lastStatus(/^HTTP\/.*$/m.exec(text.slice(from, at))?.[0] ?? "");
    found.push({ value, status, line: text.slice(0, at).split("\n").length - 1 });
    from = end;
  }
  return found;
}

function lastStatus(text: string): string | null {
  return text.match(/(?<![\w.])[1-5]\d\d(?![\w.])/g)?.at(-1) ?? null;
}

/** Where the bracket that opens here is closed, or -1. Strings are skipped. */
function endOf(text: string, start: number): number {
  const bracket = /["{}[\]]/g;
  bracket.lastIndex = start;
  let depth = 0;
  for (let match = bracket.exec(text); match !== null; match = bracket.exec(text)) {
    const [c] = match;
    if (c === '"') {
      const string = /"(?:[^"\\\n]|\\.)*"/y;
      string.lastIndex = match.index;
      if (string.exec(text) !== null) bracket.lastIndex = string.lastIndex;
    } else if (c === "{" || c === "[") depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return -1;
}

/** A value that is an object or a list; comments and a comma too many, as documents have them, do no harm. */
function parsed(text: string): object | undefined {
  for (const form of [text, tidy(text)])
    try {
      const value: unknown = JSON.parse(form);
      if (typeof value === "object" && value !== null) return value;
      return undefined;
    } catch {
      // The other form, or none.
    }
  return undefined;
}

function tidy(text: string): string {
  return text
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*$/gm, (part) => (part.startsWith("//") ? "" : part))
    .replace(/,(?=\s*[}\]])/g, "");
}
