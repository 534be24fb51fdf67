/** How diagnostics look in a terminal. */
import type { Diagnostic, Place } from "./diagnostics.js";

/** `file:line:column`, both counted from one. */
export function position(place: Place): {
  file: string;
  line: number;
  column: number;
} {
  const before = place.source.text.slice(0, place.start).split("\n");
  return {
    file: place.source.file,
    line: before.length,
    column: [...before[before.length - 1]!].length + 1,
  };
}

export function render(diagnostics: readonly Diagnostic[]): string {
  const count = diagnostics.length === 1 ? "1 problem" : `${diagnostics.length} problems`;
  return [...diagnostics.map(renderOne), `${count} found.\n`].join("\n");
}

function renderOne(diagnostic: Diagnostic): string {
  const lines: string[] = [];
  if (diagnostic.place === null) lines.push(`error  ${diagnostic.id}`);
  else lines.push(`${where(diagnostic.place)}  error  ${diagnostic.id}`);
  lines.push(`  ${diagnostic.says}`);
  if (diagnostic.place !== null) lines.push(...frame(diagnostic.place));
  for (const { place, note } of diagnostic.related)
    lines.push(`  ${note}: ${where(place)}`, ...frame(place));
  if (diagnostic.help !== null) lines.push(`  help: ${diagnostic.help}`);
  return lines.map(visible).join("\n") + "\n";
}

function where(place: Place): string {
  const { file, line, column } = position(place);
  return `${file}:${line}:${column}`;
}

/** The line of the place, and a mark under it. */
function frame(place: Place): string[] {
  const { text } = place.source;
  const { line } = position(place);
  const start = text.lastIndexOf("\n", place.start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline;
  const limit = 100;
  // A long line is cut to the part around the place.
  const from = place.start - start > limit ? place.start - 40 : start;
  const shown = text.slice(from, Math.min(end, from + limit + 40));
  const marked = text.slice(from, place.start);
  const length = Math.max(
    1,
    [...text.slice(place.start, Math.min(place.end, end, from + limit + 40))].length,
  );
  const number = String(line);
  const gutter = " ".repeat(number.length);
  return [
    `    ${number} | ${shown.trimEnd()}`,
    `    ${gutter} | ${marked.replace(/[^\t]/gu, " ")}${"^".repeat(length)}`,
  ];
}

/** Control characters as escapes, so that a catalog cannot drive the terminal. */
function visible(line: string): string {
  return line.replace(
    /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
