/** What is in the folder that output goes to. */
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMarked } from "./mark.js";

/** What stands where a file goes: its bytes; nothing; or what is in its way. */
export type Standing =
  | { readonly bytes: Buffer | null; readonly problem?: never }
  | { readonly bytes?: never; readonly problem: string; readonly at: string };

/** Follows no link: neither the file nor a folder on the way to it may be one. */
export async function standing(folder: string, path: string): Promise<Standing> {
  const steps = path.split("/");
  for (let i = 1; i <= steps.length; i++) {
    const at = join(folder, ...steps.slice(0, i));
    const found = await lstat(at).catch(() => null);
    if (found === null) return { bytes: null };
    if (found.isSymbolicLink()) return { at, problem: "a symbolic link stands there" };
    if (i < steps.length) {
      if (!found.isDirectory()) return { at, problem: "a file stands where a folder goes" };
    } else if (!found.isFile()) return { at, problem: "a folder stands there" };
  }
  try {
    return { bytes: await readFile(join(folder, path)) };
  } catch (error) {
    return { at: join(folder, path), problem: reason(error) };
  }
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
