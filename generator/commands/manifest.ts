/** Which manifest a command is about: the one that was named, or the nearest. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { shownPath } from "../diagnostics/paths.js";
import type { FormatName } from "./formats/index.js";
import { exists, projectOf, upwards } from "../read/project.js";

const names = ["catalog.yaml", "catalog.yml"];

/**
 * The manifest as an absolute path: the file that was named, or that of the folder that was named; without a name, that
 * of the nearest folder `catalog/`, from the current folder up to the root of its repository or workspace. `null` once it
 * was shown, in a format, that there is none.
 */
export async function findManifest(
  named: string | undefined,
  format: FormatName,
): Promise<string | null> {
  if (named !== undefined) {
    const path = resolve(named);
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) return path;
    const found = (await manifestIn(path)) ?? (await manifestIn(join(path, "catalog")));
    return found ?? join(path, names[0]!);
  }
  const here = process.cwd();
  const nearest = await nearestManifest();
  if (nearest !== null) return nearest;
  const last = (await projectOf(here))?.folder ?? here;
  const above = shownPath(last, here);
  const looked = above === "." ? "here" : `here or in a folder above, up to ${above}`;
  // Loaded late, since a run with nothing to do says nothing.
  const { DiagnosticLog } = await import("../diagnostics/log.js");
  const { show } = await import("./show.js");
  const log = new DiagnosticLog();
  log.report("manifest/missing", null, { file: "catalog/catalog.yaml", looked });
  show(log.sorted, format);
  return null;
}

/** The manifest of the nearest folder `catalog/`, or `null`. */
export async function nearestManifest(): Promise<string | null> {
  const here = process.cwd();
  const last = (await projectOf(here))?.folder ?? here;
  for (const folder of upwards(here, last)) {
    const found = await manifestIn(join(folder, "catalog"));
    if (found !== null) return found;
  }
  return null;
}

async function manifestIn(folder: string): Promise<string | null> {
  for (const name of names) if (await exists(join(folder, name))) return join(folder, name);
  return null;
}
