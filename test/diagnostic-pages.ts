/** generator/diagnostics/README.md: a section for each diagnostic, made from its row and its first case. */
import { visible } from "../generator/diagnostics/visible.js";
import type { Severity } from "../generator/diagnostics/row.js";
import type { Case } from "./case-file.js";

/** What a section is made from. */
export interface Explained {
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
  readonly example: Case;
}

const opening = `<!-- Made by test/diagnostics.test.ts from rows/ and test/fixtures/invalid/. Do not edit. -->

# Diagnostics

Everything that errata can say about a catalog: what goes wrong if the mistake stays, and one such mistake with its fix. In a
terminal, \`errata explain match/ambiguous\` shows a section.
`;

/** The whole page. */
export function diagnosticPages(all: readonly Explained[]): string {
  return [opening, ...all.map(section)].join("\n");
}

function section({ id, severity, why, example }: Explained): string {
  const { input, printed, fixed } = example;
  const parts = [
    `<a id="${id.replace("/", "-")}"></a>\n\n## ${id}\n`,
    `${severity === "error" ? "Error" : "Warning"}: ${why}\n`,
    // Without a fix, the mistake is not in the catalog.
    ...(fixed === null ? [] : [fence("yaml", readable(input))]),
    fence("text", printed.replace(/\n\d+ problems? found\.\n$/, "")),
    ...(fixed === null ? [] : [`Fixed:\n\n${fence("diff", difference(input, fixed))}`]),
  ];
  return parts.join("\n");
}

/** The stretch of lines in which two texts differ. */
function difference(before: string, after: string): string {
  const [a, b] = [readable(before).split("\n"), readable(after).split("\n")];
  const same = (i: number, j: number): boolean => a.at(i) === b.at(j);
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && same(start, start)) start++;
  let end = 0;
  while (end < shorter - start && same(-1 - end, -1 - end)) end++;
  const side = (mark: string, lines: readonly string[]): readonly string[] =>
    lines.slice(start, lines.length - end).map((line) => `${mark} ${line}\n`);
  return [...side("-", a), ...side("+", b)].join("");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

/** An input as it is read: each file below its name, if there are several, and nothing that cannot be seen. */
function readable(input: string): string {
  const several = /^--- /m.test(input);
  const named = `${several ? "--- shop/api.yaml\n" : ""}${input}`;
  const headed = named.replace(/^--- (\S+)$/gm, "# catalog/$1");
  return headed.split("\n").map(visible).join("\n");
}
