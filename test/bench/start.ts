/** What a package costs before it is warm: each time in a process of its own, in turn with one that does nothing. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const rounds = 11;

export interface Start {
  /** How long a process takes that imports the package, as a multiple of `node -e 0`. */
  readonly overNothing: number;
  /** In ms: the import by itself, and the first response after it. */
  readonly importMs: number;
  readonly firstMs: number;
}

/** The medians for a module, and for the first response that its decoder of this name gets. */
export function start(module: string, decoder: string, response: object): Start {
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
  return { overNothing: of("overNothing"), importMs: of("importMs"), firstMs: of("firstMs") };
}

function run(args: readonly string[]): { readonly ms: number; readonly stdout: string } {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { ms: performance.now() - begin, stdout };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
