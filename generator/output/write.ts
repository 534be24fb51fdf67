/** Output files onto the disk: all of them or none, and never over a file that is not ours. */
import { commit } from "./commit.js";
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { shownPath } from "../diagnostics/paths.js";
import type { OutputFile } from "../model/output-file.js";
import { reason, standing, textOf } from "./folder.js";
import { formerList, isBuilt, leftOver, ownership } from "./ownership.js";

export interface Output {
  /** The folder, as an absolute path. */
  readonly folder: string;
  /** Its place in the manifest of the catalog. */
  readonly place: Place | null;
  /** Files that are reviewed and committed. */
  readonly files: readonly OutputFile[];
  /** Files built from them; a project may leave them out of version control. */
  readonly built: readonly OutputFile[];
}

/** One difference between the disk and what would be generated. */
export interface Change {
  readonly kind: "added" | "changed" | "removed";
  readonly path: string;
  /** `null` where there is no such file. */
  readonly before: string | null;
  readonly after: string | null;
  /** Whether what is there now is somebody else's. A build never is. */
  readonly isForeign: boolean;
}

/** What writing would change, sources first. What stands in the way is reported. */
export async function changes(output: Output, log: DiagnosticLog): Promise<readonly Change[]> {
  const { folder, place, files, built } = output;
  const isOurs = await ownership(folder);
  const builds = new Set(built);
  const found: Change[] = [];
  const inTheWay = new Map<string, string>();
  for (const file of [...files, ...built]) {
    const { path, text: after } = file;
    const now = await standing(folder, path);
    if (now.problem !== undefined) inTheWay.set(now.at, now.problem);
    else if (now.bytes === null)
      found.push({ kind: "added", path, before: null, after, isForeign: false });
    else {
      const before = textOf(now.bytes);
      if (before === after) continue;
      const isForeign = !builds.has(file) && !isOurs(path, before);
      found.push({ kind: "changed", path, before, after, isForeign });
    }
  }
  for (const [at, problem] of inTheWay)
    log.report("output/unwritable", place, { file: shownPath(at), problem });
  const wanted = new Set([...files, ...built].map(({ path }) => path));
  for (const { path, text } of await leftOver(folder, wanted))
    found.push({ kind: "removed", path, before: text, after: null, isForeign: false });
  return found.sort((a, b) => rank(a.path) - rank(b.path) || compare(a.path, b.path));
}

/** The order in which changes are read and made. The list of a former version goes last: until then files need it. */
function rank(path: string): number {
  if (path === formerList) return 3;
  if (isBuilt(path)) return 2;
  return path.startsWith("src/") ? 0 : 1;
}

/**
 * Writes an output folder. Where somebody else's file stands in the way it is reported and nothing is written, unless
 * `force`. A failing write puts back what it had changed.
 */
export async function write(
  output: Output,
  force: boolean,
  log: DiagnosticLog,
): Promise<readonly Change[]> {
  const { folder, place } = output;
  const planned = await changes(output, log);
  const foreign = force ? [] : planned.filter(({ isForeign }) => isForeign);
  for (const { path } of foreign)
    log.report("output/foreign", place, { file: `${shownPath(folder)}/${path}` });
  if (log.count > 0) return [];
  try {
    await commit(folder, planned);
  } catch (error) {
    const { path = folder } = error as NodeJS.ErrnoException;
    log.report("output/unwritable", place, { file: shownPath(path), problem: reason(error) });
    return [];
  }
  return planned;
}
