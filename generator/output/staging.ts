/** New texts for a folder: they wait beside the files that they replace until all are there. Then all of them, or none. */
import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { filesBelow } from "./folder.js";

/** How many texts are on their way to the disk at once, while the next ones are made. */
const atOnce = 8;

export interface Staging {
  /** Writes a text beside its target. What fails is thrown by `commit`. */
  add(path: string, text: string): Promise<void>;
  /**
   * Moves every text into its place, in the order of the paths, and deletes the files at those paths that have no text.
   * Throws if anything fails, with everything as it was. A run that is killed leaves each file as it was or as it shall
   * be, and the next run completes it.
   */
  commit(paths: readonly string[]): Promise<void>;
  /** Takes everything back. */
  discard(): Promise<void>;
}

export async function stage(folder: string): Promise<Staging> {
  await sweep(folder);
  const tail = `.errata-${randomBytes(6).toString("hex")}`;
  const staged = new Set<string>();
  const underway = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;

  async function discard(): Promise<void> {
    await Promise.all(underway);
    for (const path of staged) {
      await rm(join(folder, path) + tail, { force: true });
      await removeEmpty(folder, dirname(path));
    }
  }

  return {
    async add(path, text) {
      if (failure !== null) return;
      staged.add(path);
      const writing = durable(join(folder, path) + tail, text)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => underway.delete(writing));
      underway.add(writing);
      if (underway.size >= atOnce) await Promise.race(underway);
    },

    async commit(paths) {
      await Promise.all(underway);
      const replaced = new Map<string, Buffer | null>();
      try {
        if (failure !== null) throw failure.error;
        for (const path of paths) {
          const to = join(folder, path);
          const before = await bytesOf(to);
          if (staged.has(path)) await rename(to + tail, to);
          else await rm(to, { force: true });
          replaced.set(to, before);
        }
      } catch (error) {
        for (const [path, bytes] of replaced)
          await (bytes === null ? rm(path, { force: true }) : writeFile(path, bytes));
        await discard();
        throw error;
      }
      for (const path of paths) if (!staged.has(path)) await removeEmpty(folder, dirname(path));
    },

    discard,
  };
}

/** Deletes what a killed run had staged. A file younger than a minute may belong to a run that goes on. */
async function sweep(folder: string): Promise<void> {
  const names = await filesBelow(folder);
  for (const name of names.filter((n) => /\.errata-[0-9a-f]{12}$/.test(n))) {
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path);
    if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
  }
}

/** A file as it is, byte by byte; `null` where there is none. */
async function bytesOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function durable(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeEmpty(folder: string, path: string): Promise<void> {
  for (let at = path; at !== "." && at !== ""; at = dirname(at)) {
    try {
      await rmdir(join(folder, at));
    } catch {
      return;
    }
  }
}
