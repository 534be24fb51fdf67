/** What a package costs before it is warm: each time in a process of its own, in turn with one that does nothing. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { remove } from "./files.js";
import { machine, median, rounded, saveResult, table } from "./report.js";
import { responses, unknown } from "./responses.js";
import { built, entries, generatePackage } from "./synthetic.js";

const sizes = [30, 300, 3_000];
const rounds = 11;

interface Start {
  /** How long a process takes that imports the package, as a multiple of `node -e 0`. */
  readonly overNothing: number;
  /** In ms: the import by itself, and the first response after it. */
  readonly importMs: number;
  readonly firstMs: number;
}

/** The medians for a module, and for the first response that its decoder of this name gets. */
function start(module: string, decoder: string, response: object): Start {
  const script = `
    const begin = performance.now();
    const { ${decoder} } = await import(${JSON.stringify(pathToFileURL(module).href)});
    const imported = performance.now();
    const { failure } = ${decoder}(${JSON.stringify(response)});
    const decoded = performance.now();
    console.log(JSON.stringify([imported - begin, decoded - imported, failure.id]));`;
  const runs = Array.from({ length: rounds }, () => {
    const nothing = run(["-e", "0"]);
    const own = run(["--input-type=module", "-e", script]);
    const [importMs, firstMs] = JSON.parse(own.stdout) as [number, number, string];
    return { overNothing: own.ms / nothing.ms, importMs, firstMs };
  });
  const of = (key: keyof Start): number => median(runs.map((one) => one[key]));
  return {
    overNothing: rounded(of("overNothing")),
    importMs: rounded(of("importMs")),
    firstMs: rounded(of("firstMs")),
  };
}

function run(args: readonly string[]): { readonly ms: number; readonly stdout: string } {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { ms: performance.now() - begin, stdout };
}

function measure(count: number): Start {
  const list = entries(count);
  const out = generatePackage(list, built);
  const { response } = responses(list, 100).find(({ id }) => id !== unknown)!;
  const result = start(join(out, "dist/bench/index.js"), "decodeBench", response);
  remove(dirname(out));
  return result;
}

const rows = sizes.map((count) => ({ count, ...measure(count) }));
const cells = rows.map(({ count, overNothing, importMs, firstMs }) => [
  ...[String(count), `${overNothing.toFixed(2)} ×`],
  ...[importMs, firstMs].map((ms) => `${ms.toFixed(1)} ms`),
]);
saveResult(
  "start",
  { machine, rows },
  `# Before the first answer

A new process that imports a package, over one that does nothing; of it the import; and the first response. Medians of ${rounds}.
${machine}.

${table(["entries", "process", "import", "first response"], cells)}
`,
);
