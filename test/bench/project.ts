/** A temporary project with a catalog that errata generates from, as a user has one. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Files, pathsIn, remove, temporary } from "./files.js";
import { generate, type Subject } from "./processes.js";

export interface Project {
  readonly folder: string;
  readonly out: string;
  /** A build of everything: neither the output nor what errata remembers of its last run is there. */
  readonly cold: Subject;
  /** A build after whatever was there before. */
  readonly again: Subject;
}

export function project(files: Files): Project {
  const folder = temporary(files);
  // What errata remembers of its last run is in node_modules, as in any project.
  const [out, modules] = [join(folder, "out"), join(folder, "node_modules")];
  const prepare = (): void => {
    remove(out, modules);
    mkdirSync(modules);
  };
  return {
    folder,
    out,
    cold: { cwd: folder, args: generate, prepare },
    again: { cwd: folder, args: generate },
  };
}

let edits = 0;

/** Gives the first entry of a file another summary, and returns it. */
export function edit(path: string): string {
  const summary = `This was edited ${++edits} times.`;
  const before = readFileSync(path, "utf8");
  const after = before.replace(/^    summary: .*$/m, `    summary: ${summary}`);
  if (after === before) throw new Error(`${path} has no summary to edit`);
  writeFileSync(path, after);
  return summary;
}

/** Throws unless a summary is somewhere in the output: who writes nothing is fast. */
export function expectWritten({ out }: Project, summary: string): void {
  if (!pathsIn(out).some((path) => readFileSync(join(out, path), "utf8").includes(summary)))
    throw new Error("The edit is in no file");
}
