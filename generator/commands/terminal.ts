/** Where text goes out. Nothing that somebody else wrote reaches the terminal as a control sequence. */
import { randomBytes } from "node:crypto";
import { styleText } from "node:util";
import type { Paint, Style } from "../diagnostics/paint.js";
import { escaped, hidden } from "../diagnostics/visible.js";

/** What marks our own styles in a text on its way out. Nobody else can know it. */
const secret = `\0${randomBytes(8).toString("hex")}`;
const painted = new RegExp(`${secret}:(\\w+)\0([^]*?)${secret}\0`);

export const paint: Paint = (style, text) => `${secret}:${style}\0${text}${secret}\0`;

const looks: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  strong: "bold",
  faint: "dim",
  error: "red",
  warning: "yellow",
  good: "green",
};

/** Prints to standard output, in colours if it wants them. */
export function print(text: string): void {
  console.log(rendered(text, process.stdout));
}

/** Prints to standard error, in colours if it wants them. */
export function complain(text: string): void {
  console.error(rendered(text, process.stderr));
}

/** Prints a value as JSON, whose strings are the same and show what they hold. */
export function printData(value: unknown): void {
  const unit = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const text = JSON.stringify(value, null, 2);
  console.log(text.replace(hidden, (c) => c.replace(/[^]/g, unit)));
}

/** Each second part is the name of a style, and each third what has it. */
function rendered(text: string, stream: NodeJS.WriteStream): string {
  return text
    .split(painted)
    .map((part, i, parts) => {
      if (i % 3 === 1) return "";
      if (i % 3 === 0) return escaped(part);
      return styleText(looks[parts[i - 1] as Style], escaped(part), { stream });
    })
    .join("");
}

/** How wide the terminal is, in columns; `null` where the text goes elsewhere. */
export function columns(): number | null {
  // A terminal that does not know its width says 0.
  return (process.stdout.isTTY && process.stdout.columns) || null;
}
