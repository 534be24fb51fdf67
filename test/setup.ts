/** A fresh checkout has no build of the generated package, and the tests import it as its users do. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { errata } from "./command.js";
import { root } from "./support.js";

/** Held by the one run of the tests that builds, as another may start in the same checkout: its process id. */
const lock = join(root, "node_modules/.errata-setup");

export async function setup(): Promise<void> {
  while (!taken()) await setTimeout(100);
  try {
    if (!existsSync(join(root, "generated/dist"))) await build();
  } finally {
    rmSync(lock);
  }
}

async function build(): Promise<void> {
  // What is committed has to be current before anything is written over it.
  for (const args of [["generate", "--check"], ["generate"]]) {
    const { code, out, err } = await errata(root, ...args);
    if (code !== 0) throw new Error(`errata ${args.join(" ")} failed:\n${out}${err}`);
  }
}

/** Whether the lock is ours now. That of a run which was killed is taken away, and is free at the next try. */
function taken(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") rmSync(lock, { force: true });
  }
  return false;
}
