/** What a command does, without a process of its own: it starts much faster, and most tests need no more. */
import { vi } from "vitest";
import { run } from "../generator/commands/index.js";
import type { Ran } from "./command.js";

/** What `run` returns and says. One at a time: the console is everybody's. */
export async function inProcess(run: () => Promise<number>): Promise<Ran> {
  let [out, err] = ["", ""];
  vi.spyOn(console, "log").mockImplementation((line: string) => void (out += `${line}\n`));
  vi.spyOn(console, "error").mockImplementation((line: string) => void (err += `${line}\n`));
  try {
    return { code: await run(), out, err };
  } finally {
    vi.restoreAllMocks();
  }
}

/** What `errata` does in a folder. */
export async function errataIn(folder: string, ...typed: readonly string[]): Promise<Ran> {
  const home = process.cwd();
  process.chdir(folder);
  try {
    return await inProcess(() => run(typed));
  } finally {
    process.chdir(home);
  }
}

/** What `errata generate` does in a folder. */
export function generateIn(folder: string, ...flags: readonly string[]): Promise<Ran> {
  return errataIn(folder, "generate", "-c", "catalog/catalog.yaml", ...flags);
}
