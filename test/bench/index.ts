/**
 * `npm run bench`: measures all parts, or those that are named, such as `npm run bench -- build`. Each part leaves its
 * results in results/, so that a run can go on where it ended. What is made from all results comes last.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildResult } from "./build.js";
import { root } from "./files.js";
import { goals, goalTable, isMet } from "./goals.js";
import { draw } from "./plot.js";
import { machine, readResult, saveResult } from "./report.js";
import { withSpeed } from "./speed.js";

/** A part is a module with its arguments, and runs in a process of its own. */
const parts: Readonly<Record<string, readonly [string, ...string[]]>> = {
  build: ["build.ts", "catalogs", "30", "300", "3000"],
  large: ["build.ts", "30000"],
  diff: ["diff.ts"],
  edit: ["edit.ts"],
  watch: ["watch.ts"],
  typecheck: ["typecheck.ts"],
  decode: ["decode.ts"],
  start: ["start.ts"],
  bundle: ["bundle.ts"],
  validate: ["validate.ts"],
  scale: ["scale.ts"],
  site: ["site.ts"],
};

/** Whether the part has run to its end; if not, it has said why. */
function measure(part: string): boolean {
  const [module, ...args] = parts[part]!;
  const start = performance.now();
  const path = fileURLToPath(new URL(module, import.meta.url));
  const { status } = spawnSync(process.execPath, ["--import", "tsx", path, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`${part} failed; npm run bench -- ${part} repeats it.`);
    return false;
  }
  console.log(`(${part}: ${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
  return true;
}

/** The table of the goals, the plot, and the README's section. */
async function conclude(): Promise<void> {
  const rows = goals();
  const result = { machine, rows: rows.map((row) => ({ ...row, met: isMet(row) })) };
  const text = `# Goals\n\nRatios of times, unless the unit says otherwise. ${machine}.\n\n${goalTable(rows)}\n`;
  saveResult("goals", result, text);
  const build = readResult<BuildResult>("build");
  if (build !== null) writeFileSync(join(root, "docs/speed.svg"), await draw(build));
  const readme = join(root, "README.md");
  writeFileSync(readme, await withSpeed(readFileSync(readme, "utf8")));
}

const named = process.argv.slice(2);
const unknown = named.filter((part) => parts[part] === undefined && part !== "goals");
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(", ")}; these are: ${Object.keys(parts).join(", ")}, goals.`,
  );
  process.exitCode = 2;
} else {
  const chosen = named.length === 0 ? Object.keys(parts) : named.filter((part) => part !== "goals");
  // One after another, whatever became of those before.
  const failed = chosen.filter((part) => !measure(part));
  await conclude();
  if (failed.length > 0) process.exitCode = 1;
}
