/** YAML beside the manifest and the folders of its APIs that nothing would read: what stands there is meant. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compare, type DiagnosticLog, type Place } from "../diagnostics/log.js";
import { wholeFile } from "./files.js";
import { exists } from "./project.js";

const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

/** Reports each YAML file in the catalog's folder that no run reads. What begins with a dot belongs to other tools. */
export async function checkStrays(
  manifestPath: string,
  apis: readonly string[],
  listed: Place,
  log: DiagnosticLog,
): Promise<void> {
  const root = dirname(manifestPath);
  for (const api of apis)
    for (const path of await yamlBelow(join(root, api)))
      if (dirname(path) !== join(root, api)) log.report("file/nested", wholeFile(path), { api });
  // A manifest in the root of a project has neighbours of other kinds.
  for (const mark of [".git", "package.json"]) if (await exists(join(root, mark))) return;
  for (const entry of await visible(root)) {
    const path = join(root, entry.name);
    if (entry.isFile() && isYaml(entry.name) && path !== manifestPath)
      log.report("file/stray", wholeFile(path), { folder: entry.name.replace(/\.ya?ml$/, "") });
    else if (
      entry.isDirectory() &&
      !apis.includes(entry.name) &&
      (await yamlBelow(path)).length > 0
    )
      log.report("manifest/unlisted", listed, { folder: entry.name });
  }
}

async function yamlBelow(folder: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await visible(folder)).map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return yamlBelow(path);
      return isYaml(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

async function visible(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .sort((a, b) => compare(a.name, b.name));
}
