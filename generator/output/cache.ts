/**
 * Remembers what a run read and wrote. A run with nothing to do then loads neither yaml, ts-morph nor prettier, and one
 * after a change prints only the APIs that were changed. What is remembered is never believed over what is on the disk, be it
 * what is in the files or, once they have been read, what the file system says of the last write to each.
 */
import { lstatSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { compare } from "../diagnostics/order.js";
import { cachePath, digest, keep, kept, ownDigest } from "../read/cache.js";
import type { FolderDocuments } from "../read/folders.js";
import { filesBelow, markdownIn, textOf } from "./folder.js";
import type { HandWrittenFiles } from "./hand-written.js";
import { leftOver } from "./ownership.js";

/** What a run writes. */
export interface Written {
  /** The output folder, as an absolute path. */
  readonly folder: string;
  /** A hash of each file by its path, and the API that alone decides its text. */
  readonly files: ReadonlyMap<string, { readonly hash: string; readonly api: string | null }>;
}

/** What a run wrote, and what each of it is made of. */
export interface Remembered extends Written {
  readonly beside: HandWrittenFiles;
  /** A digest of what each API is made of. */
  readonly apis: ReadonlyMap<string, string>;
}

interface Memory {
  /** Of everything that the output depends on. */
  readonly inputs: string;
  /** Of everything that the files of one API depend on. */
  readonly apis: Readonly<Record<string, string>>;
  readonly folder: string;
  /** The hash and the API of each file. */
  readonly files: readonly (readonly [path: string, hash: string, api: string | null])[];
  /** Where somebody else's files are of which blocks are ours, and a digest of these. */
  readonly beside: { readonly roots: readonly string[]; readonly digest: string };
}

/** The output folder and how many files it holds, if they are what a run would write; otherwise `null`. */
export async function upToDate(
  manifest: string,
  inputs: string | null,
): Promise<{ folder: string; count: number } | null> {
  const memory = recalled(manifest);
  if (memory === null || memory.inputs !== inputs) return null;
  try {
    const { folder, files, beside } = memory;
    if ((await digestOf(beside.roots, folder)) !== beside.digest) return null;
    const present = await filesBelow(folder);
    const known = { folder, count: files.length };
    const seenAt = cachePath(manifest, "-seen.json");
    const seen = stamps(memory, present);
    if (seen !== null && seen === recall(seenAt)) return known;
    const isStanding = isStandingIn(folder, present);
    if (!files.every(([path, hash]) => isStanding(path, hash))) return null;
    const paths = new Set(files.map(([path]) => path));
    if ((await leftOver(folder, paths, present)).length > 0) return null;
    if (seen !== null) await keep(seenAt, seen);
    return known;
  } catch {
    return null;
  }
}

/** How long after a write to a file its time of change may still stand for another write, in milliseconds. */
const settled = 2_000;

/**
 * A digest of what the file system says of every file: another one after any write, even one that sets back the time of
 * modification. `null` while a file is so young that the next write to it could go unseen.
 */
function stamps(memory: Memory, present: readonly string[]): string | null {
  const youngest = Date.now() - settled;
  const rows: string[] = [];
  for (const path of present) {
    const { ino, size, ctimeMs } = lstatSync(join(memory.folder, path));
    if (ctimeMs > youngest) return null;
    rows.push(`${path}\0${ino}\0${size}\0${ctimeMs}\0`);
  }
  return digest(JSON.stringify(memory), ...rows);
}

/** What the last run wrote for each API whose files are on the disk as they would be written again. */
export async function currentFiles(
  manifest: string,
  folder: string,
  apis: ReadonlyMap<string, string>,
): Promise<Written["files"]> {
  const memory = recalled(manifest);
  if (memory === null || memory.folder !== folder) return new Map();
  const isStanding = isStandingIn(folder, await filesBelow(folder));
  const current = new Set([...apis].flatMap(([id, of]) => (memory.apis[id] === of ? [id] : [])));
  const isOf = (id: string | null): id is string => id !== null && current.has(id);
  for (const [path, hash, api] of memory.files)
    if (isOf(api) && !isStanding(path, hash)) current.delete(api);
  return new Map(
    memory.files.flatMap(([path, hash, api]) => (isOf(api) ? [[path, { hash, api }]] : [])),
  );
}

/** To be called once the output is on the disk, with the inputs as they were before the run read them. */
export async function remember(
  manifest: string,
  inputs: string | null,
  { folder, files, beside, apis }: Remembered,
): Promise<void> {
  if (inputs === null) return;
  const memory: Memory = {
    ...{ inputs, folder, apis: Object.fromEntries(apis) },
    files: [...files].map(([path, { hash, api }]) => [path, hash, api]),
    beside: { roots: beside.roots, digest: digestOfTexts(beside.files, folder) },
  };
  await keep(cachePath(manifest, ".json"), memory);
}

/** Of the Markdown that there is now in some files and folders. */
async function digestOf(roots: readonly string[], folder: string): Promise<string> {
  const paths = new Set<string>();
  for (const root of roots) for (const path of await markdownIn(root, folder)) paths.add(path);
  return digest(...[...paths].flatMap((path) => [path, "\0", digest(readFileSync(path))]));
}

/** Of the same once it is written. */
function digestOfTexts(files: HandWrittenFiles["files"], folder: string): string {
  return digest(
    ...files.flatMap(({ path, after }) => [resolve(folder, path), "\0", digest(after)]),
  );
}

function recalled(manifest: string): Memory | null {
  return recall(cachePath(manifest, ".json")) as Memory | null;
}

function recall(path: string): unknown {
  try {
    return kept(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

/** Whether a file is on the disk with a hash. `present` are the files that no link leads to. */
function isStandingIn(
  folder: string,
  present: readonly string[],
): (path: string, hash: string) => boolean {
  const paths = new Set(present);
  return (path, hash) => {
    if (!paths.has(path)) return false;
    // In turn: a few hundred small files are read before a pool of threads is awake.
    const bytes = readFileSync(join(folder, path));
    return digest(bytes) === hash || digest(textOf(bytes)) === hash;
  };
}

/** All YAML in the folder of a manifest, as paths. */
export async function documentPaths(manifest: string): Promise<readonly string[]> {
  const names = await readdir(dirname(manifest), { recursive: true });
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort(compare)
    .map((name) => join(dirname(manifest), name));
}

/** A digest of the bytes of a catalog and of errata's own files. `null` when they cannot be read. */
export async function inputsOf(manifest: string): Promise<string | null> {
  try {
    const files = await documentPaths(manifest);
    return digest(
      ownDigest(),
      ...files.flatMap((path) => [path, "\0", digest(readFileSync(path))]),
    );
  } catch {
    return null;
  }
}

/**
 * A digest of all that the files of each API are made of: the manifest, its folder and those that it extends, and what else
 * extends those, since what APIs share is printed once.
 */
export function inputsOfApis(
  manifest: string,
  apis: readonly string[],
  folders: ReadonlyMap<string, FolderDocuments>,
): ReadonlyMap<string, string> {
  const layers = new Map(apis.map((api) => [api, layersOf(folders.get(api))]));
  const digests = new Map(
    [...folders].map(([name, { documents }]) => {
      const rows = documents.map(({ source: { file, text } }) => digest(file, "\0", text));
      return [name, digest(...rows)] as const;
    }),
  );
  return new Map(
    [...layers].map(([api, own]) => {
      const related = [...layers.values()].filter((other) => own.some((n) => other.includes(n)));
      const names = [...new Set(related.flat())].sort(compare);
      const rows = names.map((name) => `${name}\0${digests.get(name)}\0`);
      return [api, digest(ownDigest(), manifest, "\0", ...rows)];
    }),
  );
}

function layersOf(folder: FolderDocuments | undefined): readonly string[] {
  return folder === undefined ? [] : [folder, ...(folder.bases ?? [])].map(({ name }) => name);
}
