/** Edits to a folder: all of them or none. */
import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { filesBelow } from "./folder.js";

/** One file of the folder and its new text; `null` where there shall be none. */
export interface Edit {
  readonly path: string;
  readonly after: string | null;
}

/**
 * Stages every new text beside its target, then renames. Throws if it fails, with everything as it was. A run that is
 * killed leaves each file as it was or as it shall be, and the next run completes it.
 */
export async function commit(folder: string, edits: readonly Edit[]): Promise<void> {
  await sweep(folder);
  const tail = `.errata-${randomBytes(6).toString("hex")}`;
  const staged = new Map<Edit, string>();
  const replaced = new Map<string, Buffer | null>();
  try {
    for (const edit of edits) {
      if (edit.after === null) continue;
      const to = join(folder, edit.path);
      await mkdir(dirname(to), { recursive: true });
      staged.set(edit, `${to}${tail}`);
      await durable(`${to}${tail}`, edit.after);
    }
    for (const edit of edits) {
      const [from, to] = [staged.get(edit), join(folder, edit.path)];
      const before = await bytesOf(to);
      if (from === undefined) await rm(to, { force: true });
      else await rename(from, to);
      replaced.set(to, before);
    }
  } catch (error) {
    for (const [path, bytes] of replaced)
      await (bytes === null ? rm(path, { force: true }) : writeFile(path, bytes));
    for (const [{ path }, from] of staged) {
      await rm(from, { force: true });
      await removeEmpty(folder, dirname(path));
    }
    throw error;
  }
  for (const { path, after } of edits) if (after === null) await removeEmpty(folder, dirname(path));
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
