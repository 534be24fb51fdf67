/** What a command found, and what a format makes of it. A new format is a file here and a line in index.ts. */
import { resolve } from "node:path";
import type { Notice } from "../../diagnostics/notice.js";
import { shownPath } from "../../diagnostics/paths.js";

export interface Report {
  /** Tells a person. */
  readonly tell: () => void;
  /** All of it, as JSON has it. */
  readonly data: object;
  readonly notices: readonly Notice[];
}

/** Prints a report. Except for a person, standard output then holds one document and nothing else. */
export type Format = (report: Report) => void;

/** A file as seen from the root of the checkout, where a job on GitHub says which one that is. */
export function fromRoot(file: string): string {
  return shownPath(resolve(file), process.env["GITHUB_WORKSPACE"] ?? process.cwd());
}
