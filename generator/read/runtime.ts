/** The runtime that ships in what is generated: real files, as they were written and tested. */
import { readdir, readFile } from "node:fs/promises";
import { compare } from "../diagnostics/order.js";
import { packageRoot } from "./package-root.js";

/** The text of every file of the runtime, by its path in the folder, such as `hosts/got.ts`. */
export async function readRuntime(): Promise<ReadonlyMap<string, string>> {
  const folder = new URL("generator/runtime/", packageRoot);
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"))
    .sort(compare);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, folder), "utf8")] as const),
    ),
  );
}
