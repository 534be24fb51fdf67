/** Temporary folders of the benchmarks, and files in them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Texts by their paths, which are relative and have forward slashes. */
export type Files = Readonly<Record<string, string>>;

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The command as `npm run build` leaves it. */
export const cli = join(root, "dist/bin/cli.js");

export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const made = new Set<string>();
process.once("exit", () => remove(...made));

/** A new temporary folder with these files. It goes with the process, if nobody removes it before. */
export function temporary(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "errata-bench-"));
  made.add(folder);
  writeFiles(folder, files);
  return folder;
}

export function remove(...folders: readonly string[]): void {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    made.delete(folder);
  }
}

/** The paths of all files below a folder, with forward slashes. */
export function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join("/"));
}

/** The bytes of the files below a folder, by their first folder, or by their name if they are in none. */
export function bytesIn(folder: string): Readonly<Record<string, number>> {
  const bytes: Record<string, number> = {};
  for (const path of pathsIn(folder)) {
    const [kind] = path.split("/") as [string];
    bytes[kind] = (bytes[kind] ?? 0) + statSync(join(folder, path)).size;
  }
  return bytes;
}
