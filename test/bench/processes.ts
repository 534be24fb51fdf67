/** Whole processes, measured in turn: how long each takes, and the most memory that it had. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cli, remove, temporary } from "./files.js";
import { median, rounded } from "./report.js";

export interface Subject {
  /** Where it runs. */
  readonly cwd: string;
  /** What Node is given. */
  readonly args: readonly string[];
  /** What has to happen before each run and is not measured. */
  readonly prepare?: () => void;
  /** Takes so little time that reading its memory would show: the hook for that costs one or two milliseconds. */
  readonly isIdle?: boolean;
  /** The code that it ends with, if not 0. */
  readonly code?: number;
}

export interface Measured {
  /** The median of the runs. */
  readonly seconds: number;
  /** The median of the most memory of a run, in MiB: that of the process and of those that it started, added up. 0 of an idle one. */
  readonly peak: number;
  /** The seconds of each run. */
  readonly runs: readonly number[];
}

interface Run {
  readonly seconds: number;
  readonly peak: number;
}

/** How many runs count, of how many a long one has, and from how many seconds on a run is long. */
const [usual, few, long] = [5, 3, 20];
export const howOften = `Medians of ${usual} runs after one that does not count, or of ${few} if a run takes over ${long} s`;

/** The seconds of a row of a table, with the number of its runs where that is the lower one. */
export function shown({ seconds, runs }: Pick<Measured, "seconds" | "runs">): string {
  const time = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
  return runs.length === few ? `${time} (${few} runs)` : time;
}

const hook = fileURLToPath(new URL("peak.cjs", import.meta.url));

/** What errata generates with: the arguments of the built command. */
export const generate: readonly string[] = [cli, "generate"];

/** Runs the subjects in turn, until each has its runs. Throws if one of them fails. */
export function measure<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
): Readonly<Record<Name, Measured>> {
  const names = Object.keys(subjects) as Name[];
  const runs = new Map<Name, Run[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= usual; round++)
    for (const name of names) {
      const done = runs.get(name)!;
      const isLong = (done[0]?.seconds ?? 0) > long;
      if (isLong && done.length === few) continue;
      done.push(run(subjects[name]));
    }
  return Object.fromEntries(names.map((name) => [name, summary(runs.get(name)!)])) as Record<
    Name,
    Measured
  >;
}

/** The first run warms the file system up; after a long one, that makes no difference. */
function summary(all: readonly Run[]): Measured {
  const counted = all.length > few ? all.slice(1) : all;
  const seconds = counted.map((run) => rounded(run.seconds));
  return {
    seconds: median(seconds),
    peak: Math.round(median(counted.map((run) => run.peak))),
    runs: seconds,
  };
}

/** One run. Throws with what it printed if it fails. */
export function run({ cwd, args, prepare, isIdle, code = 0 }: Subject): Run {
  prepare?.();
  const peaks = temporary();
  const options = isIdle ? "" : `--require ${JSON.stringify(hook)}`;
  const env = { ...process.env, BENCH_PEAKS: peaks, NODE_OPTIONS: options };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ cwd, env },
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== code) throw new Error(`${args.join(" ")} failed:\n${stdout}${stderr}`);
  const each = readdirSync(peaks).map((pid) => Number(readFileSync(join(peaks, pid), "utf8")));
  remove(peaks);
  return { seconds, peak: each.reduce((sum, kibibytes) => sum + kibibytes, 0) / 1024 };
}
