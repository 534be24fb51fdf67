/** YAML beside the manifest and the folders of its APIs that nothing would read: what stands there is meant. */
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
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
  const entries = await visible(root);
  const files = entries.filter((entry) => entry.isFile() && isYaml(entry.name));
  const manifests = await Promise.all(files.map(({ name }) => isManifest(join(root, name))));
  // Several manifests may share the folders of APIs, and each may have folders of its own.
  const isShared = manifests.filter(Boolean).length > 1;
  for (const entry of entries) {
    const path = join(root, entry.name);
    const at = files.indexOf(entry);
    if (at >= 0 && path !== manifestPath && manifests[at] !== true)
      log.report("file/stray", wholeFile(path), await homeOf(path, apis));
    else if (
      !isShared &&
      entry.isDirectory() &&
      !apis.includes(entry.name) &&
      (await yamlBelow(path)).length > 0
    )
      log.report("manifest/unlisted", listed, { folder: entry.name });
  }
}

/** Where a file belongs: in a folder of its own if it describes an API, and otherwise in the folder of one. */
async function homeOf(
  path: string,
  apis: readonly string[],
): Promise<{ folder: string; isListed: boolean }> {
  const own = basename(path).replace(/\.ya?ml$/, "");
  const text = await readFile(path, "utf8").catch(() => "");
  const folder = apis.includes(own) || /^api:/m.test(text) ? own : (apis[0] ?? own);
  return { folder, isListed: apis.includes(folder) };
}

/** Whether a file has the two keys that every manifest has. */
async function isManifest(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  return /^package:/m.test(text) && /^apis:/m.test(text);
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
