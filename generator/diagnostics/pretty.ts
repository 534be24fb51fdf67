/** How diagnostics look in a terminal. */
import type { Diagnostic, Place, SourceText } from "./log.js";
import type { Position } from "./notice.js";
import { type Paint, plain } from "./paint.js";
import { visible } from "./visible.js";

/** A place with its end, as formats for machines have it. */
export function spanOf({ source, start, end }: Place): Position {
  const { line, column } = positionOf({ source, start: Math.max(start, end), end });
  return { ...positionOf({ source, start, end }), end: { line, column } };
}

/** `file:line:column`, both counted from one. */
export function positionOf(place: Place): Position {
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

export function pretty(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  const count = diagnostics.length === 1 ? "1 problem" : `${diagnostics.length} problems`;
  return [...diagnostics.map((one) => prettyOne(one, paint)), `${count} found.\n`].join("\n");
}

/** One diagnostic, with the lines that it is about. */
export function prettyOne(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { id, severity, says, help, place, related } = diagnostic;
  const framed = (place: Place): readonly string[] => {
    const [line, mark] = frame(place);
    return line === undefined ? [] : [line, paint(severity, mark!)];
  };
  const lines = [
    `${place === null ? "" : `${paint("strong", where(place))}  `}${paint(severity, severity)}  ${id}`,
    `  ${visible(says)}`,
    ...(place === null ? [] : framed(place)),
    ...related.flatMap(({ place, note }) => [`  ${note}: ${where(place)}`, ...framed(place)]),
    ...(help === null ? [] : [`  ${paint("good", "help:")} ${visible(help)}`]),
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

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return blank(text).length;
}

/** As many spaces as a text is wide; a tab stays, because only the terminal knows its width. */
function blank(text: string): string {
  const wide =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/gu;
  return text.replace(/\p{M}/gu, "").replace(wide, "  ").replace(/[^\t]/gu, " ");
}
