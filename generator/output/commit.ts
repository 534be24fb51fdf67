/** Edits to a folder: all of them or none. */
import { randomBytes } from "node:crypto";
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

/** One file of the folder, before and after; `null` where there is none. */
export interface Edit {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A file that says what is being done while it is done, and what is there once it is. */
export interface Journal {
  readonly path: string;
  readonly during: string;
  readonly after: string;
}

/** Stages every new text beside its target, then renames; the journal is written first and last. Throws if it fails. */
export async function commit(
  folder: string,
  edits: readonly Edit[],
  journal: Journal,
): Promise<void> {
  await sweep(folder);
  const tail = `.errata-${randomBytes(6).toString("hex")}`;
  const staged = new Map<Edit, string>();
  const done: Edit[] = [];
  const list = join(folder, journal.path);
  const listBefore = await readFile(list, "utf8").catch(() => null);
  const record = async (text: string): Promise<void> => {
    await durable(`${list}${tail}`, text);
    await rename(`${list}${tail}`, list);
  };
  try {
    for (const edit of [...edits, { path: journal.path, after: null }])
      await refuseLinks(folder, edit.path);
    for (const edit of edits) {
      if (edit.after === null) continue;
      const to = join(folder, edit.path);
      await mkdir(dirname(to), { recursive: true });
      staged.set(edit, `${to}${tail}`);
      await durable(`${to}${tail}`, edit.after);
    }
    await mkdir(folder, { recursive: true });
    if (edits.length > 0) await record(journal.during);
    for (const edit of edits) {
      const [from, to] = [staged.get(edit), join(folder, edit.path)];
      if (from === undefined) await rm(to, { force: true });
      else await rename(from, to);
      done.push(edit);
    }
    await record(journal.after);
  } catch (error) {
    for (const { path, before } of done) await restore(join(folder, path), before);
    await restore(list, listBefore);
    for (const from of [...staged.values(), `${list}${tail}`]) await rm(from, { force: true });
    throw error;
  }
  for (const { path, after } of edits) if (after === null) await removeEmpty(folder, dirname(path));
}

/** Deletes what a killed run had staged. A file younger than a minute may belong to a run that goes on. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((n) => /\.errata-[0-9a-f]{12}(-pending)?$/.test(n))) {
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path);
    if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
  }
}

async function restore(path: string, text: string | null): Promise<void> {
  if (text === null) await rm(path, { force: true });
  else await writeFile(path, text);
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

/** No folder on the way to a file may be a link, and no folder may stand where a file goes. */
async function refuseLinks(folder: string, path: string): Promise<void> {
  const steps = path.split("/");
  for (let i = 1; i <= steps.length; i++) {
    const at = join(folder, ...steps.slice(0, i));
    const stat = await lstat(at).catch(() => null);
    const wanted = i < steps.length ? stat?.isDirectory() : stat?.isFile();
    if (stat !== null && wanted !== true) {
      const problem = stat.isSymbolicLink()
        ? "it is a symbolic link"
        : stat.isDirectory()
          ? "it is a folder"
          : "a file stands where a folder goes";
      throw Object.assign(new Error(problem), { path: at });
    }
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
