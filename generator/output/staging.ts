/**
 * New texts for a folder: they wait beside the files that they replace until all are there. Then all of them, or none. Files
 * are many and small, so each is written at once: the way through a pool of threads takes longer than the disk does.
 */
import { randomBytes } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow } from "./folder.js";

export interface Staging {
  /** Writes a text beside its target. What fails is thrown by `commit`. */
  add(path: string, text: string): void;
  /**
   * Moves every text into its place, in the order of the paths, and deletes the files at those paths that have no text.
   * Throws if anything fails, with everything as it was. A run that is killed leaves each file as it was or as it shall
   * be, and the next run completes it.
   */
  commit(paths: readonly string[]): void;
  /** Takes everything back. */
  discard(): void;
}

export async function stage(folder: string): Promise<Staging> {
  await sweep(folder);
  const tail = `.errata-${randomBytes(6).toString("hex")}`;
  const staged = new Set<string>();
  let failure: { readonly error: unknown } | null = null;

  function discard(): void {
    for (const path of staged) {
      rmSync(join(folder, path) + tail, { force: true });
      removeEmpty(folder, dirname(path));
    }
  }

  return {
    add(path, text) {
      if (failure !== null) return;
      staged.add(path);
      try {
        create(join(folder, path) + tail, text);
      } catch (error) {
        failure = { error };
      }
    },

    commit(paths) {
      const replaced = new Map<string, Buffer | null>();
      try {
        if (failure !== null) throw failure.error;
        for (const path of paths) {
          const to = join(folder, path);
          const before = bytesOf(to);
          if (staged.has(path)) renameSync(to + tail, to);
          else rmSync(to, { force: true });
          replaced.set(to, before);
        }
      } catch (error) {
        for (const [path, bytes] of replaced)
          if (bytes === null) rmSync(path, { force: true });
          else writeFileSync(path, bytes);
        discard();
        throw error;
      }
      for (const path of paths) if (!staged.has(path)) removeEmpty(folder, dirname(path));
    },

    discard,
  };
}

/** Deletes what a killed run had staged. A file younger than a minute may belong to a run that goes on. */
async function sweep(folder: string): Promise<void> {
  const names = await filesBelow(folder);
  for (const name of names.filter((n) => /\.errata-[0-9a-f]{12}$/.test(n))) {
    const path = join(folder, name);
    const { mtimeMs } = lstatSync(path);
    if (Date.now() - mtimeMs > 60_000) rmSync(path, { force: true });
  }
}

/** A file as it is, byte by byte; `null` where there is none. */
function bytesOf(path: string): Buffer | null {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? null : readFileSync(path);
}

function create(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  }
}

function removeEmpty(folder: string, path: string): void {
  for (let at = path; at !== "." && at !== ""; at = dirname(at)) {
    try {
      rmdirSync(join(folder, at));
    } catch {
      return;
    }
  }
}
