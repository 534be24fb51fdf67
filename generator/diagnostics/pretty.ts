/** How diagnostics look in a terminal. */
import { type Diagnostic, hidden, type Place, type SourceText } from "./log.js";

/** `file:line:column`, both counted from one. */
export function positionOf(place: Place): {
  file: string;
  line: number;
  column: number;
} {
  const { source, start } = place;
  const starts = lineStarts(source);
  let [line, after] = [0, starts.length];
  while (line + 1 < after) {
    const middle = (line + after) >>> 1;
    if (starts[middle]! <= start) line = middle;
    else after = middle;
  }
  const before = source.text.slice(starts[line], start);
  return { file: source.file, line: line + 1, column: [...before].length + 1 };
}

/** Each file is searched for line ends once, however many diagnostics it has. */
const known = new WeakMap<SourceText, readonly number[]>();

/** Where the lines of a file begin. */
function lineStarts(source: SourceText): readonly number[] {
  let starts = known.get(source);
  if (starts === undefined) {
    starts = [0, ...Array.from(source.text.matchAll(/\n/g), ({ index }) => index + 1)];
    known.set(source, starts);
  }
  return starts;
}

export function pretty(diagnostics: readonly Diagnostic[]): string {
  const count = diagnostics.length === 1 ? "1 problem" : `${diagnostics.length} problems`;
  return [...diagnostics.map(renderOne), `${count} found.\n`].join("\n");
}

function renderOne(diagnostic: Diagnostic): string {
  const { id, severity, says, help, place, related } = diagnostic;
  const lines = [
    `${place === null ? "" : `${where(place)}  `}${severity}  ${id}`,
    `  ${visible(says)}`,
    ...(place === null ? [] : frame(place)),
    ...related.flatMap(({ place, note }) => [`  ${note}: ${where(place)}`, ...frame(place)]),
    ...(help === null ? [] : [`  help: ${visible(help)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function where(place: Place): string {
  const { file, line, column } = positionOf(place);
  return `${visible(file)}:${line}:${column}`;
}

const around = { before: 40, after: 60 } as const;

/** The line of the place, and a mark under it. */
function frame(place: Place): string[] {
  const { text } = place.source;
  if (text === "") return [];
  const { line } = positionOf(place);
  const start = text.lastIndexOf("\n", place.start - 1) + 1;
  const newline = text.indexOf("\n", place.start);
  const end = newline < 0 ? text.length : newline;
  // A long line is cut to the part around the place.
  const long = end - start > around.before + around.after;
  const from = long ? Math.max(start, place.start - around.before) : start;
  const to = long ? Math.min(end, from + around.before + around.after) : end;
  const before = (from > start ? "…" : "") + visible(text.slice(from, place.start));
  const marked = visible(text.slice(place.start, Math.min(place.end, to)));
  const after = visible(text.slice(Math.min(place.end, to), to)) + (to < end ? "…" : "");
  const number = String(line);
  return [
    `    ${number} | ${before}${marked}${after}`.trimEnd(),
    `    ${" ".repeat(number.length)} | ${blank(before)}${"^".repeat(Math.max(1, blank(marked).length))}`,
  ];
}

/** As many spaces as a text is wide; a tab stays, because only the terminal knows its width. */
function blank(text: string): string {
  const wide =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/gu;
  return text.replace(/\p{M}/gu, "").replace(wide, "  ").replace(/[^\t]/gu, " ");
}

/** Control and invisible characters as escapes, so that a catalog cannot drive the terminal. */
export function visible(text: string): string {
  return text.replace(/\n/g, "\\n").replace(hidden, (c) => {
    const code = c.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}
