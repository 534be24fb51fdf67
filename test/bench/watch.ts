/**
 * How long `errata generate --watch` takes from the save of one entry of the three catalogs to the files written, beside
 * a cold build of them.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { remove } from "./files.js";
import { threeCatalogs } from "./inputs.js";
import { generate, type Measured, measure, shown } from "./processes.js";
import { edit, expectWritten, project } from "./project.js";
import { machine, median, rounded, saveResult, table } from "./report.js";

const saves = 7;
/** How long a watcher is left alone between two saves, as a person does; in ms. */
const pause = 300;
/** What no build takes, in ms: a mistake in the catalog ends no run. */
const patience = 120_000;

export interface WatchResult {
  readonly machine: string;
  readonly cold: Measured;
  /** The median of the saves. */
  readonly seconds: number;
  readonly runs: readonly number[];
}

const files = threeCatalogs().catalog("package");
const cold = project(files);
const measured = measure({ cold: cold.cold }).cold;
const runs = await saved();
remove(cold.folder);
const result: WatchResult = { machine, cold: measured, seconds: median(runs), runs };
const ratio = (result.seconds / measured.seconds).toFixed(2);
saveResult(
  "watch",
  result,
  `# One entry edited, while errata watches

From the save to the files written, and the ratio to a cold build; the three catalogs. Medians of ${saves} saves after one that does
not count, and of ${measured.runs.length} cold builds. ${machine}.

${table(["one entry edited", "cold"], [[`${ratio} ×: ${shown(result)}`, shown(measured)]])}
`,
);

/** The seconds of each save but the first, which compiles what the first build did not need. */
async function saved(): Promise<readonly number[]> {
  const watched = project(files);
  const { folder } = watched;
  const child = spawn(process.execPath, [...generate, "--watch"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const seconds: number[] = [];
  try {
    const lines = createInterface(child.stdout);
    await built(lines, child);
    for (let save = 0; save <= saves; save++) {
      await sleep(pause);
      const done = built(lines, child);
      const start = performance.now();
      const summary = edit(join(folder, "catalog/abp/errors.yaml"));
      await done;
      seconds.push(rounded((performance.now() - start) / 1000));
      expectWritten(watched, summary);
    }
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    remove(folder);
  }
  return seconds.slice(1);
}

/** Waits for the line that ends a run, such as `out/: 3 changed of 95 files.` Rejects if none comes. */
function built(lines: Interface, child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    const onLine = (line: string): void => {
      if (/ files\.$/.test(line)) settle(done);
    };
    const onExit = (): void => settle(() => fail(new Error("The watcher has ended")));
    const onLate = (): void =>
      settle(() => fail(new Error(`Nothing was written in ${patience} ms`)));
    const timer = setTimeout(onLate, patience);
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      lines.off("line", onLine);
      child.off("exit", onExit);
      end();
    };
    lines.on("line", onLine);
    child.on("exit", onExit);
  });
}
