/** Which files of an output folder are errata's, to replace and to delete. */
import { join } from "node:path";
import { digest } from "../read/cache.js";
import { filesBelow, readText } from "./folder.js";
import { canBeMarked, isMarked } from "./mark.js";

/** Where versions before the marks kept a list of their files, with a hash of each. */
export const formerList = ".errata.json";

/** Decides for one folder, by path and text: a file is ours if it says so, or if it is as a former version left it. */
export async function ownership(folder: string): Promise<(path: string, text: string) => boolean> {
  const list = await readText(join(folder, formerList)).catch(() => "");
  // Line by line, since a merge may have left a conflict in it.
  const former = new Set([...list.matchAll(/"[^"]+": "[0-9a-f]{64}"/g)].map(([row]) => row));
  return (path, text) => {
    if (path === formerList) return former.size > 0;
    return isMarked(path, text) || former.has(`${JSON.stringify(path)}: "${digest(text)}"`);
  };
}

/** A file by its path in the output folder, and its text. */
export interface Found {
  readonly path: string;
  readonly text: string;
}

/** Files of ours that are not among those that are wanted. `present` are the files below the folder, where they are known. */
export async function leftOver(
  folder: string,
  wanted: ReadonlySet<string>,
  present?: readonly string[],
): Promise<readonly Found[]> {
  const isOurs = await ownership(folder);
  // Where we build nothing, a compiler that keeps comments may have built marked files of our sources.
  const builds = [...wanted].some(isBuilt);
  const found: Found[] = [];
  for (const path of present ?? (await filesBelow(folder))) {
    if (wanted.has(path) || !canBeMarked(path) || (isBuilt(path) && !builds)) continue;
    const text = await readText(join(folder, path)).catch(() => null);
    if (text !== null && isOurs(path, text)) found.push({ path, text });
  }
  return found;
}

/** Whether a file is compiled from the sources of a package. */
export function isBuilt(path: string): boolean {
  return /^dist\/.*\.(?:js|d\.ts)$/.test(path);
}
