/**
 * The tests run the command and import the generated package as users do, so both are built first: the command each time,
 * the package in a fresh checkout.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { built, errata } from "./command.js";
import { root } from "./support.js";

/** Held by the one run of the tests that builds, as another may start in the same checkout: its process id. */
const lock = join(root, "node_modules/.errata-setup");

export async function setup(): Promise<void> {
  while (!taken()) await setTimeout(100);
  try {
    buildCommand();
    if (!existsSync(join(root, "generated/dist"))) await buildPackage();
  } finally {
    rmSync(lock);
  }
}

function buildCommand(): void {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const args = ["--import", pathToFileURL(tsx).href, join(root, "build.ts"), built];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The command cannot be built:\n${stderr}`);
}

async function buildPackage(): Promise<void> {
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
