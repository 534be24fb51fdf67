/** What is in the folder that output goes to. */
import { lstatSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compare } from "../diagnostics/order.js";
import { isMarked } from "./mark.js";

/** What stands where a file goes: its bytes; nothing; or what is in its way. */
export type Standing =
  | { readonly bytes: Buffer | null; readonly problem?: never }
  | { readonly bytes?: never; readonly problem: string; readonly at: string };

/** Looks at paths of a folder, and follows no link: neither a file nor a folder on the way to it may be one. */
export function standingIn(folder: string): (path: string) => Standing {
  /** What is in the way at a folder, or `null`. Nothing that a run writes changes it. */
  const ways = new Map<string, Standing | null>();
  const wayTo = (parent: string): Standing | null => {
    if (parent === ".") return null;
    const known = ways.get(parent);
    if (known !== undefined) return known;
    const found = wayTo(dirname(parent)) ?? obstacle(join(folder, parent), false);
    ways.set(parent, found);
    return found;
  };
  return (path) => {
    const at = join(folder, path);
    const inTheWay = wayTo(dirname(path)) ?? obstacle(at, true);
    if (inTheWay !== null) return inTheWay;
    try {
      return { bytes: readFileSync(at) };
    } catch (error) {
      return { at, problem: reason(error) };
    }
  };
}

/** What stands at a path in place of a file or a folder; that there is nothing; or `null` where it is one. */
function obstacle(at: string, isFile: boolean): Standing | null {
  let found;
  try {
    found = lstatSync(at, { throwIfNoEntry: false });
  } catch (error) {
    return { at, problem: reason(error) };
  }
  if (found === undefined) return { bytes: null };
  if (found.isSymbolicLink()) return { at, problem: "a symbolic link stands there" };
  if (isFile) return found.isFile() ? null : { at, problem: "a folder stands there" };
  return found.isDirectory() ? null : { at, problem: "a file stands where a folder goes" };
}

export async function readText(path: string): Promise<string> {
  return textOf(await readFile(path));
}

/** A text, with line ends as we write them: a checkout may have turned them into CRLF. */
export function textOf(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\r\n/g, "\n");
}

/** What the system says of a failure, without the path. */
export function reason(error: unknown): string {
  return (error as Error).message.split(",")[0]!;
}

/** The files below an output folder, but for those of folders that cannot be part of it. */
export async function filesBelow(folder: string, at = ""): Promise<readonly string[]> {
  const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => at + name);
  if (at !== "" && (await isRoot(folder, at, files))) return [];
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name),
  );
  const below = await Promise.all(folders.map(({ name }) => filesBelow(folder, `${at}${name}/`)));
  return [...files, ...below.flat()];
}

/** Whether a folder is where another catalog's output begins: with a package, or a module for all its APIs. */
async function isRoot(folder: string, at: string, files: readonly string[]): Promise<boolean> {
  const says = async (name: string): Promise<string> =>
    files.includes(at + name) ? readText(join(folder, at, name)).catch(() => "") : "";
  if (isMarked("package.json", await says("package.json"))) return true;
  return at !== "src/" && /^.* from the manifest\b/.test(await says("index.ts"));
}

export const isMarkdown = (path: string): boolean => /\.mdx?$/.test(path);

/** A file, or the Markdown below a folder that is not generated, in the order of its names. No link is followed. */
export async function markdownIn(root: string, generated: string): Promise<readonly string[]> {
  if (!lstatSync(root).isDirectory()) return [root];
  const entries = await readdir(root, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
    const path = join(root, entry.name);
    if (entry.isFile() && isMarkdown(path)) found.push(path);
    if (!entry.isDirectory() || path === generated || /^(?:\.|node_modules$)/.test(entry.name))
      continue;
    found.push(...(await markdownIn(path, generated)));
  }
  return found;
}
