/** Tables for a terminal. */
import { widthOf } from "../diagnostics/pretty.js";
import { visible } from "../diagnostics/visible.js";
import { paint } from "./terminal.js";

const gap = 2;
/** No column is cut further than this. */
const least = 10;

/** Rows in columns under a head; cut to a width if there is one. One column, which has what is to be copied, stays whole. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | null,
  whole = 0,
): string {
  const cells = rows.map((row) => row.map(visible));
  const natural = head.map((title, i) =>
    Math.max(...[title, ...cells.map((row) => row[i]!)].map(widthOf)),
  );
  const widths = width === null ? natural : fitted(natural, width, whole);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => padded(cut(cell, widths[i]!), widths[i]! + gap))
      .join("")
      .trimEnd();
  return [paint("faint", line(head)), ...cells.map(line)].join("\n");
}

/** Widths of which the widest ones give way until all fit, or none can. */
function fitted(natural: readonly number[], width: number, whole: number): readonly number[] {
  const widths = [...natural];
  const room = width - gap * (widths.length - 1);
  const total = (): number => widths.reduce((sum, one) => sum + one, 0);
  for (let over = total() - room; over > 0; over--) {
    const widest = Math.max(...widths.filter((_, i) => i !== whole));
    if (widest <= least) break;
    widths[widths.findLastIndex((one, i) => i !== whole && one === widest)]!--;
  }
  return widths;
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}
