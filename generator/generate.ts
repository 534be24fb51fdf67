/**
 * The pipeline. YAML is read into documents, documents are resolved into a model, targets name what is in it, checks judge
 * it, targets turn it into files. Every phase reports what it can; only here it is decided to stop.
 */
import { dirname, resolve as resolvePath } from "node:path";
import { runChecks } from "./checks/index.js";
import { type Diagnostic, DiagnosticLog } from "./diagnostics/log.js";
import { shownPath } from "./diagnostics/paths.js";
import type { Plan, Target } from "./emit/target.js";
import { targets as allTargets } from "./emit/targets.js";
import type { OutputFile } from "./model/output-file.js";
import { digest } from "./output/cache.js";
import { checkFolder, checkOwner } from "./output/place.js";
import { marked } from "./output/mark.js";
import { isBuilt } from "./output/ownership.js";
import { type Change, changes, type Output, write } from "./output/write.js";
import { readManifest } from "./read/files.js";
import { readFolders } from "./read/folders.js";
import { checkStrays } from "./read/strays.js";
import { readRuntime } from "./read/runtime.js";
import { validateManifest } from "./read/validate.js";
import { recognise, type RecognisedCatalog } from "./recognise/recognise.js";
import { extendFolders } from "./resolve/extend.js";
import { resolve } from "./sections/catalog.js";
import type { ManifestSyntax } from "./sections/manifest.js";

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly Change[];
  /** `null` when the catalog has errors. */
  readonly output: Generated | null;
}

/** What was generated: a hash of each file, by its path in the folder. */
export interface Generated {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Told at the end of each phase. Those of one file end with each file. */
export type Clock = (phase: string) => void;

const noClock: Clock = () => {};

/** A catalog without errors, and its targets with their names. */
export interface Checked {
  readonly catalog: RecognisedCatalog;
  readonly plans: readonly Plan[];
}

/** Reads and judges the catalog of a manifest. `null` when it has errors; the log then says which. */
export async function check(
  manifestPath: string,
  log: DiagnosticLog,
  targets: readonly Target[] = allTargets,
  done: Clock = noClock,
): Promise<Checked | null> {
  const document = await readManifest(manifestPath, log);
  const manifest = document && validateManifest<ManifestSyntax>(document, log);
  if (manifest === null) return null;
  if (manifest.value.apis.length === 0) log.report("manifest/no-apis", manifest.place("/apis"));
  const apis = manifest.value.apis.map((name, i) => ({
    name,
    place: manifest.place(`/apis/${i}`),
  }));
  const read = await readFolders(manifestPath, apis, log);
  done("read");
  const extended = extendFolders(read, log);
  // A folder that is missing explains those that nobody listed.
  if (log.count === 0)
    await checkStrays(manifestPath, [...read.keys()], manifest.place("/apis"), log);
  // What a broken file would have defined is missed everywhere else; say what is broken first.
  if (log.count > 0) return null;
  const folders = apis.map((api) => ({ ...api, ...extended.get(api.name)! }));
  const catalog = resolve(manifest, folders, log);
  done("resolve");
  if (log.count > 0) return null;
  const wanted = targets.filter(({ isSource }) => isSource || catalog.emit === "package");
  const plans = wanted.map((target) => target.plan(catalog, log));
  done("name");
  if (log.count > 0) return null;
  const recognised = recognise(catalog);
  done("recognise");
  runChecks(recognised, log);
  done("check");
  return log.count > 0 ? null : { catalog: recognised, plans };
}

/** Everything that the catalog generates, printed file by file as it is asked for. */
export function produce(checked: Checked, manifestPath: string, done: Clock = noClock): Output {
  const { path, place } = checked.catalog.output;
  const folder = resolvePath(dirname(manifestPath), path);
  return { folder, place, files: printed(checked, shownPath(manifestPath, folder), done) };
}

/** Each file with its mark, and behind it what is built from it. `manifest` is its path from the output folder. */
async function* printed(
  { catalog, plans }: Checked,
  manifest: string,
  done: Clock,
): AsyncIterable<OutputFile> {
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const packed = plans.flatMap((plan) => plan.packed);
  const emission = { catalog, symbols, runtime: await readRuntime(), manifest, packed };
  for (const plan of plans)
    for (const file of await plan.emit(emission)) {
      done(`emit ${plan.name}`);
      yield marked(file);
      done("output");
      if (catalog.emit !== "package") continue;
      const build = await plan.build(file);
      done("compile");
      for (const built of build) yield marked(built);
      done("output");
    }
}

/** The same output, and a hash of each file once it was asked for. */
function hashed(output: Output): { readonly output: Output; readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  const taken = async function* (): AsyncIterable<OutputFile> {
    for await (const file of output.files) {
      files.set(file.path, digest(file.text));
      yield file;
    }
  };
  return { output: { ...output, files: taken() }, files };
}

interface Options {
  /** Writes nothing, and says what would change. */
  readonly dryRun?: boolean;
  /** Replaces files that are not errata's. */
  readonly force?: boolean;
  readonly done?: Clock;
}

/** Generates: reads a catalog, checks it, and writes its output. */
export async function generate(
  manifestPath: string,
  { dryRun = false, force = false, done = noClock }: Options = {},
): Promise<Outcome> {
  const log = new DiagnosticLog();
  const stop = (): Outcome => ({
    diagnostics: log.sorted,
    changes: [],
    output: null,
  });
  const checked = await check(manifestPath, log, allTargets, done);
  if (checked === null) return stop();
  const { output, files } = hashed(produce(checked, manifestPath, done));
  const { folder } = output;
  const { name } = checked.catalog.package;
  await checkFolder(folder, dirname(manifestPath), checked.catalog.output.place, log);
  if (!force) await checkOwner(output, { manifest: manifestPath, name }, log);
  if (log.count > 0) return stop();
  const changed = dryRun
    ? committed(await changes(output, log), [...files.keys()].filter(isBuilt).length)
    : await write(output, force, log);
  done("output");
  return { diagnostics: log.sorted, changes: changed, output: { folder, files } };
}

/** A build that was never made is no drift: a fresh checkout does not have it. `built` is how many files it has. */
function committed(changed: readonly Change[], built: number): readonly Change[] {
  const isUnbuilt = ({ path, kind }: Change): boolean => kind === "added" && isBuilt(path);
  return changed.filter(isUnbuilt).length === built
    ? changed.filter((change) => !isUnbuilt(change))
    : changed;
}
