/**
 * The pipeline. YAML is read into documents, documents are resolved into a model, targets name what is in it, checks judge
 * it, targets turn it into files. Every phase reports what it can; only here it is decided to stop.
 */
import { dirname, resolve as resolvePath } from "node:path";
import { runChecks } from "./checks/index.js";
import { type Diagnostic, DiagnosticLog } from "./diagnostics/log.js";
import { shownPath } from "./diagnostics/paths.js";
import { checkReuse } from "./diff/reuse.js";
import type { Plan, Target } from "./emit/target.js";
import { targets as allTargets } from "./emit/targets.js";
import type { OutputFile } from "./model/output-file.js";
import { currentFiles, inputsOfApis, type Remembered, type Written } from "./output/cache.js";
import { fillBlocks } from "./output/hand-written.js";
import { checkFolder, checkOwner } from "./output/place.js";
import { marked } from "./output/mark.js";
import { isBuilt } from "./output/ownership.js";
import { type Change, changes, type Output, write } from "./output/write.js";
import { digest } from "./read/cache.js";
import { readManifest } from "./read/files.js";
import { readFolders } from "./read/folders.js";
import { checkStrays } from "./read/strays.js";
import { readRuntime } from "./read/runtime.js";
import { validateManifest } from "./read/validate.js";
import { recognise, type RecognisedApi, type RecognisedCatalog } from "./recognise/recognise.js";
import { extendFolders } from "./resolve/extend.js";
import { type Catalog, resolve } from "./sections/catalog.js";
import type { ManifestSyntax } from "./sections/manifest.js";

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly Change[];
  /** `null` when the catalog has errors. */
  readonly output: Remembered | null;
  /** The catalog; `null` when it has errors. */
  readonly checked: Checked | null;
}

/** Told at the end of each phase. Those of one file end with each file. */
export type Clock = (phase: string) => void;

const noClock: Clock = () => {};

/** A catalog without errors, and its targets with their names. */
export interface Checked {
  readonly catalog: RecognisedCatalog;
  readonly plans: readonly Plan[];
  /** A digest of all that the files of each API are made of. */
  readonly inputs: ReadonlyMap<string, string>;
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
  const plans = wanted(targets, catalog).map((target) => target.plan(catalog, log));
  done("name");
  if (log.count > 0) return null;
  const recognised = recognise(catalog);
  done("recognise");
  runChecks(recognised, log);
  done("check");
  if (log.count > 0) return null;
  const inputs = inputsOfApis(manifest.source.text, manifest.value.apis, read);
  return { catalog: recognised, plans, inputs };
}

function wanted(targets: readonly Target[], { emit, targets: asked }: Catalog): readonly Target[] {
  return targets
    .filter(({ isSource }) => isSource || emit === "package")
    .filter(({ isOptional, name }) => !isOptional || asked.includes(name));
}

/** What the catalog generates, printed file by file as it is asked for, but for the files that are `current`. */
export function produce(
  checked: Checked,
  manifestPath: string,
  current: Written["files"] = new Map(),
  done: Clock = noClock,
): Output {
  const { place } = checked.catalog.output;
  const folder = folderOf(checked, manifestPath);
  const printed = print(checked, shownPath(manifestPath, folder), current, done);
  return { folder, place, files: printed, current: current.keys() };
}

function folderOf({ catalog }: Checked, manifestPath: string): string {
  return resolvePath(dirname(manifestPath), catalog.output.path);
}

/** Each file with its mark, and behind it what is built from it. `manifest` is its path from the output folder. */
async function* print(
  { catalog, plans }: Checked,
  manifest: string,
  current: Written["files"],
  done: Clock,
): AsyncIterable<OutputFile> {
  const emission = {
    ...{ catalog, manifest, runtime: await readRuntime() },
    stale: stale(catalog, current),
    symbols: plans.find((plan) => plan.symbols !== null)!.symbols!,
    packed: plans.flatMap((plan) => plan.packed),
  };
  for (const plan of plans)
    for (const file of await plan.emit(emission)) {
      done(`emit ${plan.name}`);
      yield marked(file);
      done("output");
      if (catalog.emit !== "package") continue;
      const build = await plan.build(file);
      done("compile");
      for (const built of build) yield marked({ ...built, ...(file.api && { api: file.api }) });
      done("output");
    }
}

/** The APIs without files that are current. */
function stale({ apis }: RecognisedCatalog, current: Written["files"]): readonly RecognisedApi[] {
  const ids = new Set([...current.values()].map(({ api }) => api));
  return apis.filter(({ id }) => !ids.has(id));
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
    checked: null,
  });
  const checked = await check(manifestPath, log, allTargets, done);
  if (checked === null) return stop();
  await checkReuse(checked.catalog, manifestPath, log);
  if (log.count > 0) return stop();
  const folder = folderOf(checked, manifestPath);
  const { roots, files: beside } = await fillBlocks(checked.catalog, manifestPath, log);
  if (log.count > 0) return stop();
  const current = await currentFiles(manifestPath, folder, checked.inputs);
  const files = new Map(current);
  const output = { ...noting(produce(checked, manifestPath, current, done), files), beside };
  const { name } = checked.catalog.package;
  await checkFolder(folder, dirname(manifestPath), checked.catalog.output.place, log);
  if (!force) await checkOwner(output, { manifest: manifestPath, name }, log);
  if (log.count > 0) return stop();
  const changed = dryRun
    ? committed(await changes(output, log), [...files.keys()].filter(isBuilt).length)
    : await write(output, force, log);
  done("output");
  const written = { folder, files, beside: { roots, files: beside }, apis: checked.inputs };
  return { diagnostics: log.sorted, changes: changed, output: written, checked };
}

/** The same output, which notes a hash of each file once it was asked for. */
function noting(output: Output, files: Map<string, { hash: string; api: string | null }>): Output {
  const noted = async function* (): AsyncIterable<OutputFile> {
    for await (const file of output.files) {
      files.set(file.path, { hash: digest(file.text), api: file.api ?? null });
      yield file;
    }
  };
  return { ...output, files: noted() };
}

/** A build that was never made is no drift: a fresh checkout does not have it. `built` is how many files it has. */
function committed(changed: readonly Change[], built: number): readonly Change[] {
  const isUnbuilt = ({ path, kind }: Change): boolean => kind === "added" && isBuilt(path);
  return changed.filter(isUnbuilt).length === built
    ? changed.filter((change) => !isUnbuilt(change))
    : changed;
}
