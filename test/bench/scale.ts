/**
 * How time and memory grow with a catalog, phase by phase: mixed entries in one API, and many APIs. Each run is a process
 * of its own. `npm run bench:scale` takes a table to results/; sizes can be named instead: `tsx test/bench/scale.ts 750 200x100`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pretty } from "../../generator/diagnostics/pretty.js";
import { generate } from "../../generator/generate.js";
import { catalogFiles, entries } from "./synthetic.js";

/** The seconds of each phase in turn, and the most memory that there was, in MB. */
interface Run {
  readonly phases: Readonly<Record<string, number>>;
  readonly peak: number;
}

/** One run of `errata generate` in this process. */
async function timed(folder: string): Promise<Run> {
  const phases: Record<string, number> = {};
  let last = performance.now();
  const done = (phase: string): void => {
    const now = performance.now();
    phases[phase] = (phases[phase] ?? 0) + (now - last) / 1000;
    last = now;
  };
  const { diagnostics } = await generate(join(folder, "catalog/catalog.yaml"), { done });
  if (diagnostics.length > 0) throw new Error(pretty(diagnostics));
  return { phases, peak: process.resourceUsage().maxRSS / 1024 };
}

/** A size is a number of entries in one API, or `200x100`: 200 APIs of 100 entries. */
function measure(size: string): Run {
  const folder = mkdtempSync(join(tmpdir(), "errata-bench-"));
  const [first, second] = size.split("x").map(Number) as [number, number?];
  const [apis, count] = second === undefined ? [1, first] : [first, second];
  for (const [path, text] of Object.entries(catalogFiles(entries(count), apis))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const self = fileURLToPath(import.meta.url);
  const args = ["--import", "tsx", self, "in", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`${size}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Run;
}

const total = ({ phases }: Run): number => Object.values(phases).reduce((a, b) => a + b, 0);

/** The times of a phase, each with how often it is that of the size before, where that is a quarter. */
function row(name: string, sizes: readonly string[], seconds: readonly number[]): string {
  const cells = seconds.map((value, i) => {
    const isQuarter = Number(sizes[i - 1]) * 4 === Number(sizes[i]);
    return `${value.toFixed(2)} s${isQuarter ? ` (${(value / seconds[i - 1]!).toFixed(1)} ×)` : ""}`;
  });
  return `| ${[name, ...cells].join(" | ")} |`;
}

function report(sizes: readonly string[]): string {
  const runs = sizes.map(measure);
  const heads = sizes.map((size) => (size.includes("x") ? size.replace("x", " APIs × ") : size));
  const phases = Object.keys(runs[0]!.phases);
  const seconds = (phase: string): readonly number[] => runs.map((run) => run.phases[phase]!);
  return `# Scale

Seconds of each phase of \`generate\`, and in brackets how often that is the time of a quarter of the entries: 4 is linear, 16
quadratic. Four of five entries are known by a code and one by a message. Each size is one process. Node ${process.versions.node}, ${cpus().length} cores.

| phase | ${heads.join(" | ")} |
| --- |${" --- |".repeat(sizes.length)}
${[...phases.map((phase) => row(phase, sizes, seconds(phase))), row("all", sizes, runs.map(total))].join("\n")}
| peak memory | ${runs.map(({ peak }) => `${peak.toFixed(0)} MB`).join(" | ")} |
`;
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "in") console.log(JSON.stringify(await timed(rest[0]!)));
else if (mode === undefined) {
  const text = report(["750", "3000", "12000", "48000", "200x100"]);
  writeFileSync(new URL("results/scale.md", import.meta.url), text);
  console.log(text);
} else console.log(report([mode, ...rest]));
