/**
 * How time and memory grow with a catalog, phase by phase: mixed entries in one API, and many APIs. Each run is a process
 * of its own. Sizes can be named, and are then only printed: `tsx test/bench/scale.ts 750 200x100`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pretty } from "../../generator/diagnostics/pretty.js";
import { generate } from "../../generator/generate.js";
import { remove, temporary } from "./files.js";
import { growth, isQuadratic, sizeOf } from "./growth.js";
import { machine, rounded, saveResult, table } from "./report.js";
import { catalogFiles, entries } from "./synthetic.js";

/** The seconds of each phase in turn, and the most memory that there was, in MiB. */
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
  const { apis, entries: count } = sizeOf(size);
  const folder = temporary(catalogFiles(entries(count), apis));
  const self = fileURLToPath(import.meta.url);
  // The first is what cli.ts sets.
  const args = ["--heap-growing-percent=50", "--import", "tsx", self, "in", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  remove(folder);
  if (status !== 0) throw new Error(`${size}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Run;
}

const total = ({ phases }: Run): number => Object.values(phases).reduce((a, b) => a + b, 0);

export interface ScaleResult {
  readonly machine: string;
  readonly sizes: readonly string[];
  /** The seconds of each phase, by size. */
  readonly phases: Readonly<Record<string, readonly number[]>>;
  /** MiB, by size. */
  readonly peak: readonly number[];
  /** The phases that grow faster than their input allows. */
  readonly quadratic: readonly string[];
}

function result(sizes: readonly string[]): ScaleResult {
  const runs = sizes.map(measure);
  const names = Object.keys(runs[0]!.phases);
  const phases = Object.fromEntries([
    ...names.map((name) => [name, runs.map((run) => rounded(run.phases[name]!))] as const),
    ["all", runs.map((run) => rounded(total(run)))],
  ]);
  const all = sizes.map(sizeOf);
  return {
    ...{ machine, sizes, phases },
    peak: runs.map(({ peak }) => Math.round(peak)),
    quadratic: Object.keys(phases).filter((name) => isQuadratic(all, phases[name]!)),
  };
}

function report({ sizes, phases, peak, quadratic }: ScaleResult): string {
  const heads = sizes.map((size) => (size.includes("x") ? size.replace("x", " APIs × ") : size));
  const all = sizes.map(sizeOf);
  const rows = Object.entries(phases).map(([name, seconds]) => {
    const times = growth(all, seconds).map((value) =>
      value === null ? "" : ` (${value.toFixed(1)} ×)`,
    );
    return [name, ...seconds.map((value, i) => `${value.toFixed(2)} s${times[i]}`)];
  });
  return `# Scale

Seconds of each phase of \`generate\`, and in brackets how often that is the time of a quarter of the entries or APIs: 4 is linear, 16
quadratic. Four of five entries are known by a code and one by a message. Each size is one process. ${machine}.

${table(["phase", ...heads], [...rows, ["peak memory", ...peak.map((size) => `${size} MiB`)]])}

${quadratic.length === 0 ? "No phase grows like a square." : `These may grow like a square: ${quadratic.join(", ")}.`}
`;
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "in") console.log(JSON.stringify(await timed(rest[0]!)));
else if (mode === undefined) {
  const measured = result(["750", "3000", "12000", "48000", "50x100", "200x100"]);
  saveResult("scale", measured, report(measured));
} else console.log(report(result([mode, ...rest])));
