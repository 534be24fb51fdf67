/** Which manifest is meant: the one that was named, or the nearest. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { shownPath } from "../diagnostics/paths.js";
import { exists, projectOf, upwards } from "./project.js";

const names = ["catalog.yaml", "catalog.yml"];

/** The manifest of the nearest folder `catalog/` from a folder up to the root of its repository or workspace, or `null`. */
export async function nearestManifest(from = process.cwd()): Promise<string | null> {
  for (const folder of upwards(from, await lastFolder(from))) {
    const found = await manifestIn(join(folder, "catalog"));
    if (found !== null) return found;
  }
  return null;
}

/** A file that was named, or the manifest of a folder that was; as an absolute path, whether there is such a file or not. */
export async function namedManifest(named: string, from = process.cwd()): Promise<string> {
  const path = resolve(from, named);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const found = (await manifestIn(path)) ?? (await manifestIn(join(path, "catalog")));
  return found ?? join(path, names[0]!);
}

/** Where the nearest one was looked for, in words. */
export async function lookedFrom(from = process.cwd()): Promise<string> {
  const above = shownPath(await lastFolder(from), from);
  return above === "." ? "here" : `here or in a folder above, up to ${above}`;
}

async function lastFolder(from: string): Promise<string> {
  return (await projectOf(from))?.folder ?? from;
}

async function manifestIn(folder: string): Promise<string | null> {
  for (const name of names) if (await exists(join(folder, name))) return join(folder, name);
  return null;
}
