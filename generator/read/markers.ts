/** The markers in Markdown of an owner's own, between which a block is kept up to date. */
import type { Nodes } from "mdast";
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";

/** A block of a file: what it is to hold, and where that goes, in UTF-16 offsets. */
export interface Block {
  readonly name: string;
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

/** A comment of Markdown, or of MDX, alone on its line. */
const alone =
  /^\ufeff?(?:<!--[ \t]*(?:errata:(?<name>.*?)|(?<end>\/errata))[ \t]*-->|\{\/\*[ \t]*(?:errata:(?<mdxName>.*?)|(?<mdxEnd>\/errata))[ \t]*\*\/\})[ \t]*$/;

/** What looks like one, wherever it stands. */
const alike = /(?:<!--|\{\/\*)[ \t]*\/?errata\b.*?(?:-->|\*\/\})/g;

/** The blocks of a file. A marker that begins or ends none is reported. */
export async function blocksIn(source: SourceText, log: DiagnosticLog): Promise<readonly Block[]> {
  const { text } = source;
  if (text.search(alike) < 0) return [];
  const isCode = await codeIn(text);
  const blocks: Block[] = [];
  let open: { readonly name: string; readonly place: Place; readonly start: number } | null = null;
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const place = (shown: string, from = 0): Place => {
      const start = index + line.indexOf(shown, from);
      return { source, start, end: start + shown.length };
    };
    const found = alone.exec(line.trimEnd());
    if (found === null || isCode(index)) {
      // In a block, what looks like a marker is a text of the catalog.
      if (open === null)
        for (const { 0: shown, index: from } of line.matchAll(alike))
          log.report("marker/misplaced", place(shown, from));
      continue;
    }
    const { name, end, mdxName, mdxEnd } = found.groups!;
    const marker = place(found[0].replace("\ufeff", "").trimEnd());
    if ((end ?? mdxEnd) !== undefined) {
      if (open === null) log.report("marker/unopened", marker);
      else blocks.push({ ...open, end: index });
      open = null;
    } else if (open !== null)
      log.report("marker/nested", marker, undefined, [
        { place: open.place, note: "in this block" },
      ]);
    else open = { name: (name ?? mdxName)!.trim(), place: marker, start: index + line.length };
  }
  if (open !== null) log.report("marker/unclosed", open.place);
  return blocks;
}

/** Tells whether a place is in a block of code. The parser is loaded for a file that has markers, and for no other. */
async function codeIn(text: string): Promise<(at: number) => boolean> {
  const { fromMarkdown } = await import("mdast-util-from-markdown");
  const spans: (readonly [start: number, end: number])[] = [];
  const visit = (node: Nodes): void => {
    const { start, end } = node.position!;
    if (node.type === "code") spans.push([start.offset!, end.offset!]);
    if ("children" in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(text));
  return (at) => spans.some(([start, end]) => start <= at && at < end);
}
