#!/usr/bin/env node
/** The command line. Only here and in commands/: console and exit codes. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Command, CommanderError } from "commander";
import type { Register } from "./commands/options.js";
import { packageRoot } from "./read/package-root.js";

// Collect garbage whenever the heap has grown by half: a large catalog takes a third less memory, and a tenth more time.
setFlagsFromString("--heap-growing-percent=50");

/** The commands, in the order of the help. Only the one that is typed is loaded. */
const commands: Readonly<Record<string, () => Promise<{ readonly register: Register }>>> = {
  generate: () => import("./commands/generate.js"),
  check: () => import("./commands/check.js"),
  explain: () => import("./commands/explain.js"),
  decode: () => import("./commands/decode.js"),
  init: () => import("./commands/init.js"),
  import: () => import("./commands/import.js"),
  diff: () => import("./commands/diff.js"),
  verify: () => import("./commands/verify.js"),
};

const about = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8")) as {
  version: string;
};

const program = new Command("errata")
  .description("Turns a catalog of errors into a typed package, JSON Schemas and reference docs.")
  .version(about.version)
  .showHelpAfterError("(errata --help shows every command)")
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit codes: 0 fine, 1 findings or drift, 2 wrong use, 3 internal error.",
  );

// A reader that closed the pipe, as `head` does, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  const [typed = ""] = process.argv.slice(2);
  const wanted = Object.hasOwn(commands, typed) ? [typed] : Object.keys(commands);
  for (const name of wanted) (await commands[name]!()).register(program);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = 3;
    console.error(
      "errata: internal error. This is not a problem with your catalog. Please report it.",
    );
    console.error(error);
  }
}
