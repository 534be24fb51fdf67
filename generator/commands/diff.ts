/** `errata diff`: what changed between two catalogs, and what that means for who uses the package. */
import { Option } from "commander";
import { diff, fails } from "../diff/diff.js";
import type { Level } from "../diff/rating.js";
import { differenceNotices, markdownDifference, prettyDifference } from "../diff/report.js";
import { type FormatName, formats } from "./formats/index.js";
import { catalogOption, type Register } from "./options.js";
import { presentSide, readSide } from "./sides.js";
import { paint, print } from "./terminal.js";

export interface DiffFlags {
  readonly catalog: string | undefined;
  readonly failOn: Level;
  readonly format: FormatName | "markdown";
}

export const register: Register = (program, exits) =>
  void program
    .command("diff <old> [new]")
    .description("what changed between two catalogs, and whether it is major, minor or patch")
    .addOption(catalogOption())
    .addOption(
      new Option("--fail-on <level>", "exit with 1 only if a change is at least this grave")
        .choices(["major", "minor", "patch"])
        .default("patch"),
    )
    .addOption(
      new Option("--format <format>", "output format; markdown is a section of a changelog")
        .choices([...Object.keys(formats), "markdown"])
        .default("pretty"),
    )
    .addHelpText(
      "after",
      `
A side is a manifest or its folder, a generated catalog.json or its folder, or a revision of git, such as v1.2.0;
without <new>, it is the catalog of the working tree. Major: code stops compiling, or a response that was known is
taken or answered otherwise. Minor: something new, or other numbers. Patch: words, citations and examples.`,
    )
    .action(
      exits((old: string, now: string | undefined, flags: DiffFlags) => runDiff(old, now, flags)),
    );

export async function runDiff(
  old: string,
  now: string | undefined,
  { catalog, failOn, format }: DiffFlags,
): Promise<number> {
  const shared = format === "markdown" ? "pretty" : format;
  const before = await readSide(old, catalog, shared);
  if (typeof before === "number") return before;
  const after =
    now === undefined ? await presentSide(catalog, shared) : await readSide(now, catalog, shared);
  if (typeof after === "number") return after;
  const difference = diff(before, after);
  if (format === "markdown") print(markdownDifference(difference).trimEnd());
  else
    formats[format]({
      tell: () => print(prettyDifference(difference, paint)),
      data: difference,
      notices: differenceNotices(difference),
    });
  return fails(difference, failOn) ? 1 : 0;
}
