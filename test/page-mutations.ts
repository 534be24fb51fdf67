/** Every single change of a page's rows, codes, numbers and literals: one at a time. */

export interface Mutation {
  readonly what: string;
  /** From one. */
  readonly line: number;
  readonly text: string;
}

/** A text that is not the same: another number, or another word. */
const other = (text: string): string =>
  /^-?\d+$/.test(text) ? String(Number(text) + 1) : text.replace(/[\p{L}\p{N}](?=\P{L}*$)/u, "Q$&");

/** The changes of a Markdown or an HTML page, in the order of its lines. */
export function mutations(page: string): readonly Mutation[] {
  const lines = page.split("\n");
  const found: Mutation[] = [];
  const put = (what: string, i: number, line: string | null): void => {
    const text = [
      ...lines.slice(0, i),
      ...(line === null ? [] : [line]),
      ...lines.slice(i + 1),
    ].join("\n");
    if (line !== lines[i]) found.push({ what, line: i + 1, text });
  };
  /** Changes what each match captures, by itself. */
  const edit = (what: string, i: number, pattern: RegExp): void => {
    for (const match of lines[i]!.matchAll(pattern)) {
      const [all, a, b] = match;
      const inner = (a ?? b)!;
      const at = match.index + all.indexOf(inner);
      put(what, i, lines[i]!.slice(0, at) + other(inner) + lines[i]!.slice(at + inner.length));
    }
  };
  let isCode = false;
  for (const [i, line] of lines.entries()) {
    if (/^\s*```|<\/?pre>/.test(line)) {
      isCode = !isCode && !line.includes("</pre>");
      continue;
    }
    if (isCode) {
      if (line.trim() !== "") put("deletion", i, null);
      edit("literal", i, /"((?:[^"\\]|\\.)*[\p{L}\p{N}](?:[^"\\]|\\.)*)"/gu);
      edit("number", i, /(?<![\w".-])(\d+(?:\.\d+)?)(?![\w".-])/g);
      continue;
    }
    const isRow = /^\|(?! ?-)|^<tr>/.test(line);
    const isFirst = /^\| ?-/.test(lines[i + 1] ?? "") || /<th>/.test(line);
    if (isRow && !isFirst) put("deletion", i, null);
    edit("code", i, /`([^`]+)`|<code>([^<]+)<\/code>/g);
    if (line.startsWith("|")) edit("cell", i, /(?<=\| *)([^|`\s][^|`]*[^|`\s])(?= *\|)/g);
    if (isRow && !line.startsWith("|")) edit("cell", i, /<td>([^<]+)<\/td>/g);
    if (!/^[<>]|https?:/.test(line)) edit("number", i, /(?<![\w`.-])(\d[\d,]*)(?![\w`.-])/g);
  }
  return found;
}
