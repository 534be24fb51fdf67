/** The files of a catalog to documents. */
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { nearest } from "../diagnostics/nearest.js";
import { shownPath } from "../diagnostics/paths.js";
import { hidden } from "../diagnostics/visible.js";
import { sectionKeys } from "./language-schema.js";
import type { Documents } from "./documents.js";
import { parse } from "./parse.js";
import type { Document } from "./walk.js";

const maxBytes = 5_000_000;

/** The bytes of a catalog, before anything is understood. */
export interface CatalogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export async function readManifest(path: string, log: DiagnosticLog): Promise<Document | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR")
      log.report("manifest/missing", null, { file: shownPath(path), looked: null });
    else log.report("file/unreadable", wholeFile(path), { problem: why(error) });
    return null;
  }
  const source = readText({ path, bytes }, log);
  const document = source && parse(source, log);
  if (document === null || !isOfApi(document.value)) return document;
  log.report("manifest/api-file", wholeFile(path));
  return null;
}

/** Whether it has sections of an API, and nothing that a manifest has. */
function isOfApi(value: unknown): boolean {
  if (typeof value !== "object" || value === null || "package" in value || "apis" in value)
    return false;
  return sectionKeys.some((key) => key in value);
}

/** The documents of one folder, in code-unit order of their names. A folder without any is reported as `missing`. */
export async function readFolder(
  manifestPath: string,
  api: string,
  place: Place,
  log: DiagnosticLog,
  documents: Documents,
  missing: "manifest/no-folder" | "base/no-folder" = "manifest/no-folder",
): Promise<readonly Document[]> {
  const root = dirname(manifestPath);
  const names = await readdir(join(root, api)).catch(() => []);
  // Editors keep hidden files of their own beside those that they have open.
  const yaml = names.filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort(compare);
  const siblings = await readdir(root, { withFileTypes: true });
  // A file in place of the folder is reported as what it is.
  const isBeside = siblings.some(
    ({ name }) => name.replace(/\.ya?ml$/, "") === api && name !== api,
  );
  if (yaml.length === 0 && !isBeside) {
    const others = siblings.filter((s) => s.isDirectory() && s.name !== api);
    log.report(missing, place, {
      api,
      near: nearest(
        api,
        others.map((s) => s.name),
      ),
    });
  }
  const found: Document[] = [];
  for (const name of yaml) {
    const path = join(root, api, name);
    try {
      const source = readText({ path, bytes: await readFile(path) }, log);
      const document = source && (await documents.read(source, log));
      if (document !== null) found.push(document);
    } catch (error) {
      log.report("file/unreadable", wholeFile(path), { problem: why(error) });
    }
  }
  return found;
}

function readText(file: CatalogFile, log: DiagnosticLog): SourceText | null {
  const source = decode(file, log);
  if (source === null) return null;
  const before = log.count;
  checkCharacters(source, log);
  return log.count > before ? null : source;
}

function decode(file: CatalogFile, log: DiagnosticLog): SourceText | null {
  if (file.bytes.byteLength > maxBytes) {
    log.report("file/unreadable", wholeFile(file.path), {
      problem: "it is larger than 5 MB",
      help: "split it: an API may have any number of files, and each section may go on in another.",
    });
    return null;
  }
  const read = (fatal: boolean): SourceText => ({
    file: shownPath(file.path),
    text: new TextDecoder("utf-8", { fatal }).decode(file.bytes).replace(/\r\n/g, "\n"),
  });
  try {
    return read(true);
  } catch {
    const source = read(false);
    const start = source.text.indexOf("\ufffd");
    log.report(
      "file/unreadable",
      { source, start, end: start + 1 },
      { problem: "it is not UTF-8" },
    );
    return null;
  }
}

function checkCharacters(source: SourceText, log: DiagnosticLog): void {
  for (const match of [...source.text.matchAll(hidden)].slice(0, 5)) {
    const code = match[0].codePointAt(0)!.toString(16).toUpperCase();
    const place = { source, start: match.index, end: match.index + match[0].length };
    log.report("file/character", place, { code: `U+${code.padStart(4, "0")}` });
  }
}

/** A file of which nothing is shown. */
export function wholeFile(path: string): Place {
  return { source: { file: shownPath(path), text: "" }, start: 0, end: 0 };
}

function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message.split(",")[0]!;
}
