/** A table of HTML as a grid: spans are filled, missing cells are empty, and the rows of headings are found. */
import type { Element } from "hast";
import { type Inline, inlineOf, lineOf } from "./inline.js";

interface Grid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Inline[])[];
}

interface Cell extends Inline {
  readonly isHeading: boolean;
}

const maxSpan = 100;

export function tableOf(table: Element): Grid {
  const rows: Cell[][] = [];
  /** What a cell of a row above still covers, by column. */
  const open: ({ cell: Cell; left: number } | undefined)[] = [];
  for (const row of rowsOf(table)) {
    const cells: Cell[] = [];
    const takeOpen = (): void => {
      for (let above = open[cells.length]; above !== undefined; above = open[cells.length]) {
        if (--above.left === 0) open[cells.length] = undefined;
        cells.push(above.cell);
      }
    };
    for (const node of row.children) {
      if (node.type !== "element" || !/^t[dh]$/.test(node.tagName)) continue;
      takeOpen();
      const inline = inlineOf(node.children);
      const cell = { ...inline, line: lineOf(node), isHeading: node.tagName === "th" };
      const down = spanOf(node, "rowSpan");
      for (let i = spanOf(node, "colSpan"); i > 0; i--) {
        if (down > 1) open[cells.length] = { cell, left: down - 1 };
        cells.push(cell);
      }
    }
    takeOpen();
    if (cells.length > 0) rows.push(cells);
  }
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const headings = headingsOf(rows);
  // One cell across all columns is a title, and says nothing of any of them.
  const ofColumns = headings.filter((cells) => headings.length === 1 || new Set(cells).size > 1);
  const head = (ofColumns[0] ?? []).map((_, i) =>
    [...new Set(ofColumns.flatMap((cells) => cells[i] ?? []))].map(({ text }) => text).join(" "),
  );
  return {
    head: head.length === 0 ? [] : padded(head, "", width),
    rows: rows.slice(headings.length).map((cells) => fill(cells, width)),
  };
}

/** The row of headings, or two where cells of the first reach over others, to the side or down. */
function headingsOf(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const [first = [], second = []] = rows;
  const areHeadings = (cells: readonly Cell[]): boolean =>
    cells.some(({ isHeading }) => isHeading) &&
    cells.every(({ isHeading, text }) => isHeading || text === "");
  if (!areHeadings(first)) return [];
  const reaches = new Set(first).size < first.length || second.some((cell) => first.includes(cell));
  return reaches && areHeadings(second) ? [first, second] : [first];
}

function fill(cells: readonly Cell[], width: number): readonly Inline[] {
  const { line } = cells[0]!;
  return padded(cells, { ...inlineOf([]), line, isHeading: false }, width);
}

function padded<T>(list: readonly T[], by: T, width: number): readonly T[] {
  return [...list, ...Array.from({ length: Math.max(0, width - list.length) }, () => by)];
}

function rowsOf(node: Element): readonly Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (child.tagName === "tr") return [child];
    return /^t(?:head|body|foot)$/.test(child.tagName) ? rowsOf(child) : [];
  });
}

function spanOf({ properties }: Element, name: "rowSpan" | "colSpan"): number {
  const span = Number(properties[name] ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, maxSpan) : 1;
}
