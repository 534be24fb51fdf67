/** What `errata generate --check` says: what changed in the documents, and then which files do not say so yet. */
import { readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { Notice } from "../diagnostics/notice.js";
import type { Paint } from "../diagnostics/paint.js";
import { shownPath } from "../diagnostics/paths.js";
import { diff } from "../diff/diff.js";
import type { Finding } from "../diff/finding.js";
import { snapshotOf } from "../diff/project.js";
import { findingLine } from "../diff/report.js";
import { asSnapshot } from "../diff/snapshot.js";
import type { Checked } from "../generate.js";
import type { Change } from "../output/write.js";

/** What changed in one document, or folder of documents, since the files were generated. */
export interface Changed {
  readonly document: string;
  readonly findings: readonly Finding[];
}

/** The documents that changed, as far as the `catalog.json` among the files tells: sources alone have none. */
export async function changedDocuments(
  checked: Checked,
  manifest: string,
  folder: string,
): Promise<readonly Changed[]> {
  const former = await readFile(join(folder, "catalog.json"), "utf8")
    .then((text) => asSnapshot(JSON.parse(text)))
    .catch(() => null);
  if (former === null) return [];
  const { findings } = diff(former, snapshotOf(checked));
  const entries = new Map(
    checked.catalog.apis.flatMap((api) => api.entries.map((entry) => [entry.id, entry.place])),
  );
  const documentOf = ({ api, of }: Finding): string =>
    api === null
      ? shownPath(manifest)
      : (entries.get(of)?.source.file ?? `${shownPath(join(dirname(manifest), api))}/`);
  return [...new Set(findings.map(documentOf))].map((document) => ({
    document,
    findings: findings.filter((finding) => documentOf(finding) === document),
  }));
}

const states = { added: "missing", changed: "differs", removed: "left over" } as const;

/** Files whose lines a person reads; the others are data, or are built from them. */
const isRead = (path: string): boolean => /^(?!dist\/).*\.(?:ts|mdx?)$/.test(path);

/** How many documents' findings and files' lines are shown, before the rest is only named. */
const most = { findings: 10, files: 3 };

export function prettyDrift(
  changed: readonly Changed[],
  changes: readonly Change[],
  folder: string,
  paint: Paint,
): string {
  const documents = changed.flatMap(({ document, findings }) => [
    `changed: ${paint("strong", document)}`,
    ...findings.slice(0, most.findings).map((finding) => `  ${findingLine(finding, paint)}`),
    ...(findings.length > most.findings ? [`  … ${findings.length - most.findings} more`] : []),
  ]);
  const shown = new Set(changes.filter(({ path }) => isRead(path)).slice(0, most.files));
  const files = changes.map((change) => described(folder, change, shown.has(change), paint));
  const count = changes.length === 1 ? "1 file is" : `${changes.length} files are`;
  return [...documents, ...files, `${count} out of date; run npx errata generate.`].join("\n");
}

/** A change, with the first lines in which the texts differ. */
function described(
  folder: string,
  { kind, path, difference }: Change,
  isShown: boolean,
  paint: Paint,
): string {
  const title = `${paint("warning", `${states[kind]}:`)} ${posix.join(folder, path)}`;
  if (difference === undefined || !isShown) return title;
  const { line, before, after } = difference;
  const side = (mark: string, { lines, more }: typeof before): string[] => [
    ...lines.map((text) => `  ${mark} ${text}`),
    ...(more > 0 ? [`  ${mark} … ${more} more lines`] : []),
  ];
  const removed = side("-", before).map((text) => paint("error", text));
  const added = side("+", after).map((text) => paint("good", text));
  return [`${title} from line ${line} on`, ...removed, ...added].join("\n");
}

export function driftNotices(changes: readonly Change[], folder: string): readonly Notice[] {
  return changes.map(({ kind, path, difference }) => ({
    id: `generate/${states[kind].replace(" ", "-")}`,
    level: "error",
    why: "Whoever uses the file gets something else than the catalog says.",
    says: `This file ${kind === "added" ? "is missing" : kind === "removed" ? "is left over" : "is not what the catalog generates"}.`,
    help: "run npx errata generate, and commit what it changes.",
    at: { file: posix.join(folder, path), line: difference?.line ?? 1, column: 1 },
    related: [],
  }));
}
