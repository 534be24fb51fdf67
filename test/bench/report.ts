/** What the benchmarks have in common once they have measured: medians, tables, and the files in results/. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

const folder = new URL("results/", import.meta.url);

/** The middle value; of an even number of values, the higher of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** The value to a thousandth, which is finer than anything here is measured. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const machine = `Node ${process.versions.node}, ${cpus().length} cores`;

/** The name and the version of a package that is installed in a folder, such as `zod 4.6.7`. */
export function versioned(name: string, folder: string): string {
  const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  return `${name} ${(JSON.parse(manifest) as { version: string }).version}`;
}

/** What a part has measured, or `null` where it has not run yet. */
export function readResult<T>(part: string): T | null {
  const file = new URL(`${part}.json`, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

/** Writes what a part has measured, as JSON and as Markdown, and prints the Markdown. */
export function saveResult(part: string, result: object, markdown: string): void {
  saveFile(`${part}.json`, `${JSON.stringify(result, null, 2)}\n`);
  saveFile(`${part}.md`, markdown);
  console.log(markdown);
}

function saveFile(name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), text);
}
