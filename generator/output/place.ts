/** Whether a folder may take the output: where it is, and whose it is. */
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { projectOf } from "../read/project.js";
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
  const folder = shownFolder(output);
  const apart = inside(output, catalogFolder)
    ? "is inside the catalog"
    : inside(catalogFolder, output)
      ? "contains the catalog"
      : null;
  if (apart !== null) {
    log.report("output/misplaced", place, { folder, problem: apart, within: null });
    return;
  }
  const bound = await boundOf(catalogFolder);
  const real = await nearestReal(output);
  if (inside(output, bound.folder) && inside(real, await realpath(bound.folder))) return;
  const where = shownFolder(bound.folder);
  const within = where === "." ? bound.what : `${bound.what} (${where})`;
  log.report("output/misplaced", place, { folder, problem: `is outside ${within}`, within });
}

/** Reports a folder that holds another package that errata generated. */
export async function checkOwner(
  { folder, place }: Pick<Output, "folder" | "place">,
  name: string,
  log: DiagnosticLog,
): Promise<void> {
  const owner = await ownerOf(join(folder, "catalog.json"));
  if (owner !== null && owner !== name)
    log.report("output/taken", place, { folder: shownFolder(folder), owner, name });
}

/** The name of the package that a catalog.json is of. */
async function ownerOf(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, "utf8");
    const { name } = (JSON.parse(text) as { package: { name: unknown } }).package;
    return typeof name === "string" ? name : null;
  } catch {
    // There is none, or it is somebody else's.
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

function inside(child: string, parent: string): boolean {
  return child === parent || child.startsWith(parent.endsWith(sep) ? parent : parent + sep);
}

function shownFolder(folder: string): string {
  return relative(process.cwd(), folder).split(sep).join("/") || ".";
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
