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
  readonly output: Output | null;
}

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
  const extended = extendFolders(read, log);
  // A folder that is missing explains those that nobody listed.
  if (log.count === 0)
    await checkStrays(manifestPath, [...read.keys()], manifest.place("/apis"), log);
  // What a broken file would have defined is missed everywhere else; say what is broken first.
  if (log.count > 0) return null;
  const folders = apis.map((api) => ({ ...api, ...extended.get(api.name)! }));
  const catalog = resolve(manifest, folders, log);
  if (log.count > 0) return null;
  const wanted = targets.filter(({ isSource }) => isSource || catalog.emit === "package");
  const plans = wanted.map((target) => target.plan(catalog, log));
  if (log.count > 0) return null;
  const recognised = recognise(catalog);
  runChecks(recognised, log);
  return log.count > 0 ? null : { catalog: recognised, plans };
}

/** Everything that the catalog generates, in memory. */
export async function produce({ catalog, plans }: Checked, manifestPath: string): Promise<Output> {
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { path, place } = catalog.output;
  const folder = resolvePath(dirname(manifestPath), path);
  const emission = {
    ...{ catalog, symbols, runtime: await readRuntime() },
    manifest: shownPath(manifestPath, folder),
    packed: plans.flatMap((plan) => plan.packed),
  };
  const files: OutputFile[] = [];
  const built: OutputFile[] = [];
  for (const plan of plans) {
    const own = await plan.emit(emission);
    // Marked at once, so that no text is kept without its mark as well.
    for (const file of own) files.push(marked(file));
    if (catalog.emit !== "package") continue;
    for (const file of await plan.build(own)) built.push(marked(file));
  }
  return { folder, place, files, built };
}

/** Generates, or with `dryRun` only says what would change. */
export async function generate(
  manifestPath: string,
  { dryRun = false, force = false }: { dryRun?: boolean; force?: boolean } = {},
): Promise<Outcome> {
  const log = new DiagnosticLog();
  const stop = (): Outcome => ({
    diagnostics: log.sorted,
    changes: [],
    output: null,
  });
  const checked = await check(manifestPath, log);
  if (checked === null) return stop();
  await checkReuse(checked.catalog, manifestPath, log);
  if (log.count > 0) return stop();
  const output = await produce(checked, manifestPath);
  const { name } = checked.catalog.package;
  await checkFolder(output.folder, dirname(manifestPath), checked.catalog.output.place, log);
  if (!force) await checkOwner(output, { manifest: manifestPath, name }, log);
  if (log.count > 0) return stop();
  const changed = dryRun
    ? committed(await changes(output, log), output)
    : await write(output, force, log);
  return { diagnostics: log.sorted, changes: changed, output };
}

/** A build that was never made is no drift: a fresh checkout does not have it. */
function committed(changed: readonly Change[], { built }: Output): readonly Change[] {
  const isUnbuilt = ({ path, kind }: Change): boolean => kind === "added" && isBuilt(path);
  return changed.filter(isUnbuilt).length === built.length
    ? changed.filter((change) => !isUnbuilt(change))
    : changed;
}
