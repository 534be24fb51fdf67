/** JSON as people read it: what fits on a line is on one line. */

const width = 100;

/** The text of a value, without a line end. */
export function printJson(value: unknown): string {
  return printed(value, "", 0).text;
}

interface Printed {
  readonly text: string;
  readonly isLong: boolean;
}

/** `taken` is how much of the first line is in use, and comes behind. */
function printed(value: unknown, indent: string, taken: number): Printed {
  if (typeof value !== "object" || value === null)
    return { text: JSON.stringify(value), isLong: false };
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const rows = Object.entries(value).filter(([, child]) => child !== undefined);
  if (rows.length === 0) return { text: `${open}${close}`, isLong: false };
  const inner = `${indent}  `;
  const items = rows.map(([key, child]) => {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    const { text, isLong } = printed(child, inner, inner.length + name.length + 1);
    return { text: name + text, isLong };
  });
  const length = items.reduce((sum, { text }) => sum + text.length + 2, 2);
  const isShort = items.every(({ isLong }) => !isLong) && taken + length <= width;
  if (isShort) {
    const [before, after] = open === "{" ? ["{ ", " }"] : ["[", "]"];
    return { text: `${before}${items.map(({ text }) => text).join(", ")}${after}`, isLong: false };
  }
  const lines = items.map(({ text }) => `${inner}${text}`).join(",\n");
  return { text: `${open}\n${lines}\n${indent}${close}`, isLong: true };
}
