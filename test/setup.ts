/** A fresh checkout has no build of the generated package, and the tests import it as its users do. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { errata } from "./command.js";
import { root } from "./support.js";

export async function setup(): Promise<void> {
  if (existsSync(join(root, "generated/dist"))) return;
  // What is committed has to be current before anything is written over it.
  for (const args of [["generate", "--check"], ["generate"]]) {
    const { code, out, err } = await errata(root, ...args);
    if (code !== 0) throw new Error(`errata ${args.join(" ")} failed:\n${out}${err}`);
  }
}
