/** Runs a command in the process of the tests. */
import { vi } from "vitest";
import { runGenerate } from "../generator/commands/generate.js";
import type { Ran } from "./command.js";

/** What `errata generate` does, without a process of its own: most tests need no more, and start much faster. */
export async function generateIn(folder: string, ...flags: readonly string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  vi.spyOn(console, "log").mockImplementation((line: string) => void (out += `${line}\n`));
  vi.spyOn(console, "error").mockImplementation((line: string) => void (err += `${line}\n`));
  const home = process.cwd();
  process.chdir(folder);
  try {
    const code = await runGenerate("catalog/catalog.yaml", {
      check: flags.includes("--check"),
      force: flags.includes("--force"),
      watch: false,
    });
    return { code, out, err };
  } finally {
    process.chdir(home);
    vi.restoreAllMocks();
  }
}
