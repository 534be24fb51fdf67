/** Output files onto the disk: all of them or none, and never over a file that is not ours. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { shownPath } from "../diagnostics/paths.js";
import type { OutputFile } from "../model/output-file.js";
import { type Difference, difference } from "./difference.js";
import { reason, standingIn, textOf } from "./folder.js";
import type { HandWritten } from "./hand-written.js";
import { formerList, isBuilt, leftOver, ownership } from "./ownership.js";
import { stage, type Staging } from "./staging.js";

export interface Output {
  /** The folder, as an absolute path. */
  readonly folder: string;
  /** Its place in the manifest of the catalog. */
  readonly place: Place | null;
  /** The files, as they are printed: none is kept once the next one is asked for. */
  readonly files: Iterable<OutputFile> | AsyncIterable<OutputFile>;
  /** Paths of files that are on the disk as they shall be. */
  readonly current?: Iterable<string>;
  /** Files of somebody else's, of which only blocks are ours. */
  readonly beside?: readonly HandWritten[];
}

/** One difference between the disk and what would be generated. */
export interface Change {
  readonly kind: "added" | "changed" | "removed";
  readonly path: string;
  /** Whether what is there now is somebody else's. A build never is. */
  readonly isForeign: boolean;
  /** Of a file that is changed. */
  readonly difference?: Difference;
}

/** What writing would change, sources first. What stands in the way is reported. */
export async function changes(output: Output, log: DiagnosticLog): Promise<readonly Change[]> {
  const found: Change[] = [];
  for await (const { before, after, ...change } of compared(output, log)) {
    const both = before !== null && after !== null;
    found.push(both ? { ...change, difference: difference(before, after) } : change);
  }
  return sorted(found);
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
  const staging = await stage(folder);
  const found: Change[] = [];
  try {
    for await (const { before: _, after, ...change } of compared(output, log)) {
      found.push(change);
      if (change.isForeign && !force)
        log.report("output/foreign", place, { file: `${shownPath(folder)}/${change.path}` });
      if (after !== null && log.count === 0) staging.add(change.path, after);
    }
  } catch (error) {
    staging.discard();
    throw error;
  }
  if (log.count > 0) {
    staging.discard();
    return [];
  }
  const planned = sorted(found);
  return isCommitted(staging, planned, output, log) ? planned : [];
}

function isCommitted(
  staging: Staging,
  planned: readonly Change[],
  { folder, place }: Output,
  log: DiagnosticLog,
): boolean {
  try {
    staging.commit(planned.map(({ path }) => path));
    return true;
  } catch (error) {
    const { path = folder } = error as NodeJS.ErrnoException;
    log.report("output/unwritable", place, { file: shownPath(path), problem: reason(error) });
    return false;
  }
}

/** A change, with the text that there is and the one that there shall be; `null` where there is no such file. */
interface Compared extends Change {
  readonly before: string | null;
  readonly after: string | null;
}

/** Each file against the disk, as it is printed; what is left over comes last. */
async function* compared(
  { folder, place, files, current = [], beside = [] }: Output,
  log: DiagnosticLog,
): AsyncIterable<Compared> {
  const isOurs = await ownership(folder);
  const standing = standingIn(folder);
  const wanted = new Set(current);
  const inTheWay = new Map<string, string>();
  for await (const { path, text: after } of files) {
    wanted.add(path);
    const now = standing(path);
    if (now.problem !== undefined) inTheWay.set(now.at, now.problem);
    else if (now.bytes === null)
      yield { kind: "added", path, before: null, after, isForeign: false };
    else {
      const before = textOf(now.bytes);
      if (before === after) continue;
      // There is nothing to lose in an empty file; a power cut may have left one.
      const isForeign = before !== "" && !isBuilt(path) && !isOurs(path, before);
      yield { kind: "changed", path, before, after, isForeign };
    }
  }
  for (const { path, before, after } of beside)
    if (before !== after) yield { kind: "changed", path, before, after, isForeign: false };
  for (const [at, problem] of inTheWay)
    log.report("output/unwritable", place, { file: shownPath(at), problem });
  for (const { path, text } of await leftOver(folder, wanted))
    yield { kind: "removed", path, before: text, after: null, isForeign: false };
}

function sorted(found: readonly Change[]): readonly Change[] {
  return [...found].sort((a, b) => rank(a.path) - rank(b.path) || compare(a.path, b.path));
}

/** The order in which changes are read and made. The list of a former version goes last: until then files need it. */
function rank(path: string): number {
  if (path === formerList) return 3;
  if (isBuilt(path)) return 2;
  return path.startsWith("src/") ? 0 : 1;
}
