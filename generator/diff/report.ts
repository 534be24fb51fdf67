/** A difference in words: for a terminal, and as a section of a changelog with a table for who has to migrate. */
import type { Notice } from "../diagnostics/notice.js";
import { type Paint, plain, type Style } from "../diagnostics/paint.js";
import { visible } from "../diagnostics/visible.js";
import { code, text } from "../emit/markdown.js";
import type { Difference } from "./diff.js";
import type { Finding } from "./finding.js";
import type { Level } from "./rating.js";
import { isAbsent } from "./snapshot.js";
import type { Response } from "./witness.js";

const titles: Readonly<Record<Finding["kind"], string>> = {
  added: "added",
  removed: "removed",
  renamed: "renamed",
  wire: "is recognised by something else",
  widened: "takes more",
  narrowed: "takes less",
  meaning: "means something else",
  retry: "is to be answered otherwise",
  field: "carries something else",
  changed: "changed",
  deprecated: "deprecated",
  words: "words only",
};

const compiles = {
  breaks: "code that names it no longer compiles",
  adds: "something new to name",
  none: "",
} as const;
const behaves = {
  changes: "a response is taken or answered otherwise",
  adjusts: "other numbers, or a body that nothing took before",
  none: "",
} as const;

const styles: Readonly<Record<Level, Style>> = { major: "error", minor: "warning", patch: "faint" };

/** A finding on one line. */
export function findingLine(finding: Finding, paint: Paint): string {
  const level = paint(styles[finding.level], finding.level.padEnd(5));
  return `${level}  ${visible(`${finding.of}  ${said(finding)}`)}`;
}

/** The whole for a terminal. */
export function prettyDifference(difference: Difference, paint: Paint = plain): string {
  const { findings, level, before, after, version } = difference;
  if (level === null) return "Nothing differs.";
  const lines = findings.flatMap((finding) => [
    findingLine(finding, paint),
    ...effects(finding).map((effect) => `         ${effect}`),
    ...examples(finding).map((example) => `         ${visible(example)}`),
  ]);
  const counts = (["major", "minor", "patch"] as const)
    .map((one) => ({ one, count: findings.filter((finding) => finding.level === one).length }))
    .filter(({ count }) => count > 0)
    .map(({ one, count }) => `${count} ${one}`)
    .join(", ");
  return [
    ...lines,
    "",
    `${counts}: ${verdict(level, before.version, after.version, version)}`,
  ].join("\n");
}

const grades = { major: "error", minor: "warning", patch: "note" } as const;

/** Its findings for every format; they are about two catalogs, and so at no place in a file. */
export function differenceNotices({ findings }: Difference): readonly Notice[] {
  return findings.map((finding) => ({
    id: `diff/${finding.kind}`,
    level: grades[finding.level],
    why: `Of two catalogs: ${titles[finding.kind]}.`,
    says: [`${finding.of}  ${said(finding)}`, ...effects(finding), ...examples(finding)].join("\n"),
    ...{ help: null, at: null, related: [] },
  }));
}

function verdict(level: Level, before: string, after: string, least: string): string {
  const said = `this is a ${level} change, so ${before} becomes ${least}`;
  return after === before || after === least
    ? `${said}.`
    : `${said}; the manifest says ${visible(after)}.`;
}

function effects({ compile, behaviour }: Finding): readonly string[] {
  const said = [compiles[compile], behaves[behaviour]].filter((one) => one !== "");
  return said.length === 0 ? [] : [said.join("; ")];
}

function examples({ lost, gained }: Finding): readonly string[] {
  return [
    ...(lost === undefined ? [] : [`no longer: ${shown(lost)}`]),
    ...(gained === undefined ? [] : [`now: ${shown(gained)}`]),
  ];
}

function shown({ status, headers, operation, body }: Response): string {
  const parts = { status: status ?? undefined, operation, headers, body };
  return cut(JSON.stringify(parts));
}

/** How what comes from a catalog is set off from our words, and a text of it. */
interface Wording {
  value(text: string): string;
  text(text: string): string;
}

const unmarked: Wording = { value: (text) => text, text: (text) => text };

/** What happened to what a finding is of. */
function said(finding: Finding, style: Wording = unmarked): string {
  const { value } = style;
  const { kind, fact, before, after, instead } = finding;
  if (kind === "added")
    return fact === "removed"
      ? "listed as removed"
      : before === undefined
        ? "added"
        : `added; ${value(String(before))} took its responses before`;
  if (kind === "removed" && fact === "removed") return "no longer listed as removed";
  const shownBy = (one: unknown): string =>
    isAbsent(one) ? "nothing" : value(cut(shownValue(one)));
  const about = fact === null ? "" : `: ${style.text(fact)}`;
  const values =
    isAbsent(before) && isAbsent(after) ? "" : ` ${shownBy(before)} → ${shownBy(after)}`;
  if (kind === "renamed") return `renamed to ${value(instead!)}`;
  const use = instead === undefined ? "" : ` (${style.text(instead)})`;
  return `${titles[kind]}${about}${values}${use}`;
}

function shownValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const longest = 160;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const groups: readonly { readonly level: Level; readonly title: string }[] = [
  { level: "major", title: "Breaking" },
  { level: "minor", title: "Added and adjusted" },
  { level: "patch", title: "Words" },
];

/** A section of a changelog, and a table of what to change in code that uses the package. */
export function markdownDifference({ findings, level, version }: Difference): string {
  if (level === null) return "Nothing differs.\n";
  const sections = groups.flatMap(({ level: of, title }) => {
    const own = findings.filter((finding) => finding.level === of);
    if (own.length === 0) return [];
    const items =
      of === "patch"
        ? [
            `- ${own.length === 1 ? "1 change" : `${own.length} changes`} of words, citations or examples.`,
          ]
        : own.map((finding) => `- ${code(finding.of)} ${said(finding, markdown)}.`);
    return [`### ${title}`, "", ...items, ""];
  });
  return [`## ${version}`, "", ...sections, ...migration(findings)].join("\n");
}

function migration(findings: readonly Finding[]): readonly string[] {
  const rows = findings
    .filter(({ level }) => level === "major")
    .map((finding) => `| ${code(finding.of)} | ${said(finding, markdown)} | ${advice(finding)} |`);
  if (rows.length === 0) return [];
  return [
    "### Migration",
    "",
    "| what | change | what to do |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ];
}

function advice({ kind, fact, instead, compile }: Finding): string {
  if (kind === "renamed") return `Use ${code(instead!)} and its guard wherever the old id stands.`;
  if (kind === "removed")
    return instead === undefined
      ? "Remove the branch for it; such a response is unknown from now on."
      : `Remove the branch for it: ${text(instead)}`;
  if (kind === "added") return "Handle it where the entry that took its responses was handled.";
  if (kind === "wire" || kind === "narrowed" || kind === "widened")
    return "Compare with the new values; handle what is no longer taken as unknown.";
  if (kind === "field") return `Read the new field; the old one is gone or is of another kind.`;
  if (kind === "retry" || kind === "meaning") return "Look again at the code that handles it.";
  return compile === "breaks"
    ? `Follow the compiler.`
    : `Check what depends on its ${text(fact ?? "presence")}.`;
}

const markdown: Wording = { value: code, text };
