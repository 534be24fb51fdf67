/** JSON as people read it: what fits on a line is on one line. */

const width = 100;

/** The text of a value, without a line end. */
export function printJson(value: unknown): string {
  const lines: string[] = [];
  print(value, { indent: "", before: "", after: "" }, lines);
  return lines.join("\n");
}

/** Where a value stands: how far in, behind which key, and before which comma. */
interface Standing {
  readonly indent: string;
  readonly before: string;
  readonly after: string;
}

function print(value: unknown, { indent, before, after }: Standing, lines: string[]): void {
  // There is always room for a comma, so that a new last row changes no other.
  const short = flat(value, width - indent.length - before.length - 1);
  if (short !== null) {
    lines.push(indent + before + short + after);
    return;
  }
  const rows = rowsOf(value as object);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  lines.push(indent + before + open!);
  rows.forEach(([key, child], i) => {
    const comma = i < rows.length - 1 ? "," : "";
    print(child, { indent: `${indent}  `, before: key, after: comma }, lines);
  });
  lines.push(indent + close! + after);
}

/** A value on one line, or `null` where it has parts and takes more room; so nothing long is put together twice. */
function flat(value: unknown, room: number): string | null {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const rows = rowsOf(value);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (rows.length === 0) return open! + close!;
  const edge = open === "{" ? " " : "";
  let text = "";
  for (const [key, child] of rows) {
    const before = (text === "" ? open! + edge : ", ") + key;
    const one = flat(child, room - text.length - before.length);
    if (one === null) return null;
    text += before + one;
    if (text.length + edge.length + 1 > room) return null;
  }
  return text + edge + close!;
}

/** The parts of a value that JSON can hold, each with its key as it is printed. */
function rowsOf(value: object): readonly (readonly [key: string, child: unknown])[] {
  if (Array.isArray(value)) return value.map((child: unknown) => ["", child] as const);
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => [`${JSON.stringify(key)}: `, child] as const);
}
