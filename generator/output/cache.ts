/**
 * Remembers what a run read and wrote, so that a run with nothing to do loads neither yaml, ajv, ts-morph nor prettier.
 * It lives in node_modules/.cache, where losing it costs a slow run; without node_modules there is none.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "../diagnostics/order.js";
import { filesBelow as presentBelow, textOf } from "./folder.js";
import { leftOver } from "./ownership.js";

interface Memory {
  /** Of everything that the output depends on. */
  readonly inputs: string;
  readonly folder: string;
  /** A hash of each file that a run writes. */
  readonly files: Readonly<Record<string, string>>;
}

/** The output folder and how many files it holds, if they are what a run would write; otherwise `null`. */
export async function upToDate(
  manifest: string,
  inputs: string | null,
): Promise<{ folder: string; count: number } | null> {
  try {
    const memory = JSON.parse(await readFile(memoryPath(manifest), "utf8")) as Memory;
    if (memory.inputs !== inputs) return null;
    const { folder, files } = memory;
    // No link is among them, and none leads to them.
    const present = await presentBelow(folder);
    const isPresent = new Set(present);
    for (const [path, hash] of Object.entries(files)) {
      if (!isPresent.has(path)) return null;
      // In turn: a few hundred small files are read before a pool of threads is awake.
      const bytes = readFileSync(join(folder, path));
      if (digest(bytes) !== hash && digest(textOf(bytes)) !== hash) return null;
    }
    const paths = new Set(Object.keys(files));
    const others = await leftOver(folder, paths, present);
    return others.length === 0 ? { folder, count: paths.size } : null;
  } catch {
    return null;
  }
}

/** To be called once the output is on the disk, with the inputs as they were before the run read them. */
export async function remember(
  manifest: string,
  inputs: string | null,
  { folder, files }: { readonly folder: string; readonly files: ReadonlyMap<string, string> },
): Promise<void> {
  if (inputs === null) return;
  const path = memoryPath(manifest);
  try {
    await stat(dirname(dirname(dirname(path))));
    const memory: Memory = { inputs, folder, files: Object.fromEntries(files) };
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(memory));
  } catch {
    // No node_modules, or it is read-only: the next run is a slow one.
  }
}

function memoryPath(manifest: string): string {
  return join(process.cwd(), "node_modules/.cache/errata", `${digest(manifest)}.json`);
}

/** What the output depends on: the bytes of the catalog and errata's own files. `null` when they cannot be read. */
export async function inputsOf(manifest: string): Promise<string | null> {
  try {
    return await hashInputs(manifest);
  } catch {
    return null;
  }
}

async function hashInputs(manifest: string): Promise<string> {
  const hash = createHash("sha256");
  const catalog = await filesBelow(dirname(manifest), /\.ya?ml$/);
  for (const path of catalog) hash.update(`${path}\0`).update(digest(await readFile(path)));
  const own = await filesBelow(fileURLToPath(new URL("..", import.meta.url)), /\.(ts|js|json)$/);
  const stats = await Promise.all(own.map(async (path) => stat(path)));
  for (const [i, { size, mtimeMs }] of stats.entries())
    hash.update(`${own[i]}\0${size}\0${mtimeMs}\0`);
  return hash.digest("hex");
}

async function filesBelow(folder: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => pattern.test(name))
    .sort(compare)
    .map((name) => join(folder, name));
}

export function digest(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
