/** Whether a folder may take the output: where it is, and whose it is. */
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { quote } from "../diagnostics/phrases.js";
import { exists, projectOf, upwards } from "../read/project.js";
import { manifestNamed } from "./mark.js";
import type { Output } from "./write.js";

/**
 * Where output may go: a folder of its own, away from the catalog, in the repository or workspace of the catalog. Without
 * either, in the directory that errata was started in, or for a catalog elsewhere beside that.
 */
export async function checkFolder(
  output: string,
  catalogFolder: string,
  place: Place,
  log: DiagnosticLog,
): Promise<void> {
  const folder = shownPath(output);
  const apart = inside(output, catalogFolder)
    ? "is inside the catalog"
    : inside(catalogFolder, output)
      ? "contains the catalog"
      : null;
  if (apart !== null) {
    log.report("output/misplaced", place, { folder, problem: apart, within: null });
    return;
  }
  const within = await boundAround(output, catalogFolder);
  if (within !== null)
    log.report("output/misplaced", place, { folder, problem: `is outside ${within}`, within });
}

/** What a path is outside of, in words; `null` where a catalog may write to it. */
export async function boundAround(path: string, catalogFolder: string): Promise<string | null> {
  const bound = await boundOf(catalogFolder);
  const real = await nearestReal(path);
  if (inside(path, bound.folder) && inside(real, await realpath(bound.folder))) return null;
  const where = shownPath(bound.folder);
  return where === "." ? bound.what : `${bound.what} (${where})`;
}

/** Reports a folder that holds what another catalog generates, or is inside such a folder. */
export async function checkOwner(
  { folder, place }: Pick<Output, "folder" | "place">,
  catalog: { readonly manifest: string; readonly name: string },
  log: DiagnosticLog,
): Promise<void> {
  const problem = (await takenBy(folder, catalog)) ?? (await around(folder, catalog.manifest));
  if (problem !== null) log.report("output/taken", place, { folder: shownPath(folder), problem });
}

async function takenBy(
  folder: string,
  { manifest, name }: { readonly manifest: string; readonly name: string },
): Promise<string | null> {
  const own = await manifestOf(folder);
  if (own === manifest) return null;
  if (own !== null) return `holds what ${shownPath(own)} generates`;
  const owner = packageIn(await read(join(folder, "catalog.json")));
  if (owner === null || owner === name) return null;
  return `holds the package ${quote(owner)}, but this catalog generates ${quote(name)}`;
}

/** A folder around this one, up to the project's, that another catalog generates. */
async function around(folder: string, manifest: string): Promise<string | null> {
  const { folder: bound } = await boundOf(dirname(manifest));
  for (const at of inside(folder, bound) ? upwards(dirname(folder), bound) : []) {
    const other = await manifestOf(at);
    if (other !== null && other !== manifest)
      return `is inside ${shownPath(at)}, which ${shownPath(other)} generates`;
  }
  return null;
}

/** The manifest that a folder says it is generated from, if there still is one. */
async function manifestOf(folder: string): Promise<string | null> {
  for (const path of ["src/index.ts", "index.ts"]) {
    const named = manifestNamed(await read(join(folder, path)));
    if (named === null) continue;
    const manifest = resolve(folder, named);
    if (await exists(manifest)) return manifest;
  }
  return null;
}

/** The text of a file, or none. */
async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

/** The name of the package that a catalog.json is of; `null` where it is somebody else's. */
function packageIn(text: string): string | null {
  try {
    const { name } = (JSON.parse(text) as { package: { name: unknown } }).package;
    return typeof name === "string" ? name : null;
  } catch {
    return null;
  }
}

async function boundOf(catalogFolder: string): Promise<{ folder: string; what: string }> {
  const project = await projectOf(catalogFolder);
  if (project !== null) return { folder: project.folder, what: `the ${project.kind}` };
  const here = process.cwd();
  return inside(catalogFolder, here)
    ? { folder: here, what: "the directory that errata was started in" }
    : { folder: dirname(catalogFolder), what: "the folder around the catalog" };
}

export function inside(child: string, parent: string): boolean {
  return child === parent || child.startsWith(parent.endsWith(sep) ? parent : parent + sep);
}

/** The real path of the nearest parent that exists, so that a link cannot lead outside. */
async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await nearestReal(parent), relative(parent, path));
  }
}
