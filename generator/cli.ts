#!/usr/bin/env node
/** The command line. Only here and in commands/: console and exit codes. */
import * as modules from "node:module";
import { setFlagsFromString } from "node:v8";
import { run } from "./commands/index.js";

// Collect garbage whenever the heap has grown by half: a large catalog takes a third less memory, and a tenth more time.
setFlagsFromString("--heap-growing-percent=50");

// Node 22 and later keep what they compile; most of a small run is compiling ts-morph.
(modules as { enableCompileCache?: () => void }).enableCompileCache?.();

// A reader that closed the pipe, as `head` does, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2));
