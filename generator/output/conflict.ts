/** What git leaves in a file where it could not merge. */

type Part = "both" | "ours" | "base" | "theirs";

/** The lines that begin a part, and the parts that they can follow. */
const markers: readonly {
  readonly line: RegExp;
  readonly after: readonly Part[];
  readonly part: Part;
}[] = [
  { line: /^<{7}(?: |$)/, after: ["both"], part: "ours" },
  { line: /^\|{7}(?: |$)/, after: ["ours"], part: "base" },
  { line: /^={7}(?: |$)/, after: ["ours", "base"], part: "theirs" },
  { line: /^>{7}(?: |$)/, after: ["theirs"], part: "both" },
];

/** The two texts that a conflict was made of; a text without one is both. */
export function sides(text: string): readonly [ours: string, theirs: string] {
  // Hardly any file has a conflict, and this is asked of each one.
  if (!text.includes("<<<<<<<")) return [text, text];
  const kept: Record<Part, Part[]> = {
    both: ["ours", "theirs"],
    ours: ["ours"],
    base: [],
    theirs: ["theirs"],
  };
  const lines: Record<Part, string[]> = { both: [], ours: [], base: [], theirs: [] };
  let part: Part = "both";
  for (const line of text.split("\n")) {
    const marker = markers.find((one) => one.line.test(line) && one.after.includes(part));
    if (marker === undefined) for (const side of kept[part]) lines[side].push(line);
    else part = marker.part;
  }
  return [lines.ours.join("\n"), lines.theirs.join("\n")];
}
