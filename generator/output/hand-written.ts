/** Markdown of an owner's own in which blocks are kept up to date: which files that are, and their texts as they shall be. */
import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";
import { nearest } from "../diagnostics/nearest.js";
import { shownPath } from "../diagnostics/paths.js";
import { type ApiLinks, apiLinksInto } from "../emit/docs/address.js";
import { blocksOf } from "../emit/docs/blocks.js";
import type { RecognisedApi, RecognisedCatalog } from "../recognise/recognise.js";
import { blocksIn } from "../read/markers.js";
import { isMarkdown, markdownIn, reason } from "./folder.js";
import { boundAround, inside } from "./place.js";

/** A file as it is and as it shall be. Outside of the blocks, no byte is another one. */
export interface HandWritten {
  /** From the output folder. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a manifest names, and all Markdown there is. */
export interface HandWrittenFiles {
  /** Files and folders, as absolute paths. */
  readonly roots: readonly string[];
  readonly files: readonly HandWritten[];
}

/** All files that a manifest names or whose folders it does, with their blocks filled. What is wrong with them is reported. */
export async function fillBlocks(
  catalog: RecognisedCatalog,
  manifest: string,
  log: DiagnosticLog,
): Promise<HandWrittenFiles> {
  const { docs, output, apis } = catalog;
  if (docs.update.length === 0) return { roots: [], files: [] };
  const at = dirname(manifest);
  const folder = resolve(at, output.path);
  const known = blocksOf(apis);
  const roots: string[] = [];
  const files = new Map<string, HandWritten>();
  for (const { path, place } of docs.update) {
    const root = resolve(at, path);
    const problem = await problemOf(root, { at, folder });
    if (problem !== null) {
      log.report("marker/file", place, { file: shownPath(root), problem });
      continue;
    }
    roots.push(root);
    for (const file of await filesIn(root, folder, place, log)) {
      const source = read(file, place, log);
      if (source === null) continue;
      const toDocs = shownPath(join(folder, "docs"), dirname(file));
      const linksOf = (api: RecognisedApi): ApiLinks => apiLinksInto(docs, toDocs, api);
      const after = await filled(source, known, linksOf, log);
      files.set(file, { path: shownPath(file, folder), before: source.text, after });
    }
  }
  return { roots, files: [...files.values()] };
}

/** The text of a file with its blocks filled; one that there is not is reported. */
async function filled(
  source: SourceText,
  { blocks, few }: ReturnType<typeof blocksOf>,
  linksOf: (api: RecognisedApi) => ApiLinks,
  log: DiagnosticLog,
): Promise<string> {
  const { text } = source;
  let [filled, rest] = ["", 0];
  for (const { name, place, start, end } of await blocksIn(source, log)) {
    const block = blocks.get(name);
    if (block === undefined) {
      log.report("marker/unknown", place, { name, near: nearest(name, blocks.keys()), known: few });
      continue;
    }
    // A blank line above and below, and line ends like that of the first marker.
    const lines = `\n${block.write(linksOf(block.api))}\n\n`;
    const isCrlf = text.slice(0, start).endsWith("\r\n");
    filled += text.slice(rest, start) + (isCrlf ? lines.replaceAll("\n", "\r\n") : lines);
    rest = end;
  }
  return filled + text.slice(rest);
}

async function problemOf(
  root: string,
  { at, folder }: { readonly at: string; readonly folder: string },
): Promise<string | null> {
  const found = lstatSync(root, { throwIfNoEntry: false });
  if (found === undefined) return "does not exist";
  if (found.isSymbolicLink()) return "is a symbolic link";
  if (inside(root, folder)) return "is in the output folder";
  const isFile = found.isFile() && isMarkdown(root);
  if (!isFile && !found.isDirectory()) return "is neither Markdown nor a folder";
  const within = await boundAround(root, at);
  return within === null ? null : `is outside ${within}`;
}

/** The Markdown in a file or folder; none once it was reported that it cannot be listed. */
async function filesIn(
  root: string,
  folder: string,
  place: Place,
  log: DiagnosticLog,
): Promise<readonly string[]> {
  try {
    return await markdownIn(root, folder);
  } catch (error) {
    log.report("marker/file", place, { file: shownPath(root), problem: unread(error) });
    return [];
  }
}

/** A text that becomes the same bytes again. */
function read(path: string, place: Place, log: DiagnosticLog): SourceText | null {
  const file = shownPath(path);
  let problem = "is not UTF-8";
  try {
    const bytes = readFileSync(path);
    if (isUtf8(bytes)) return { file, text: bytes.toString("utf8") };
  } catch (error) {
    problem = unread(error);
  }
  log.report("marker/file", place, { file, problem });
  return null;
}

const unread = (error: unknown): string => `cannot be read (${reason(error)})`;
