/**
 * The pipeline. YAML is read into documents, documents are resolved into a model, rules judge the model, emitters turn
 * it into files. Every phase reports what it can; only here it is decided to stop.
 */
import { dirname, resolve as resolvePath } from "node:path";
import { type Diagnostic, DiagnosticLog } from "./diagnostics/log.js";
import type { Catalog } from "./model/model.js";
import { readFolder, readManifest } from "./read/files.js";
import { checkStrays } from "./read/strays.js";
import { type Folder, resolve } from "./resolve/resolve.js";
import { runChecks } from "./checks/index.js";
import { validateManifest, validateSections } from "./read/validate.js";
import {
  type Change,
  changes,
  checkFolder,
  checkOwner,
  type Output,
  write,
} from "./output/write.js";

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly Change[];
  /** `null` when the catalog has errors. */
  readonly output: Output | null;
}

/** Reads and judges the catalog of a manifest. `null` when it has errors; the log then says which. */
export async function check(manifestPath: string, log: DiagnosticLog): Promise<Catalog | null> {
  const document = await readManifest(manifestPath, log);
  const manifest = document && validateManifest(document, log);
  if (manifest === null) return null;
  if (manifest.value.apis.length === 0) log.report("manifest/no-apis", manifest.place("/apis"));
  const folders: Folder[] = [];
  for (const [i, name] of manifest.value.apis.entries()) {
    const documents = await readFolder(manifest, manifestPath, name, i, log);
    const place = manifest.place(`/apis/${i}`);
    folders.push({
      name,
      place,
      documents: documents.flatMap((d) => validateSections(d, log) ?? []),
    });
  }
  // A folder that is missing explains those that nobody listed.
  if (log.count === 0)
    await checkStrays(manifestPath, manifest.value.apis, manifest.place("/apis"), log);
  // What a broken file would have defined is missed everywhere else; say what is broken first.
  if (log.count > 0) return null;
  const catalog = resolve(manifest, folders, log);
  if (log.count > 0) return null;
  runChecks(catalog, log);
  return log.count > 0 ? null : catalog;
}

/** Everything that the catalog generates, in memory. */
export async function produce(catalog: Catalog, manifestPath: string): Promise<Output> {
  // Loaded late: a catalog with errors should hear so at once.
  const { build, emit } = await import("./emit/index.js");
  const { format } = await import("./output/format.js");
  const files = await format(emit(catalog));
  const { path, place } = catalog.output;
  return {
    folder: resolvePath(dirname(manifestPath), path),
    place,
    files,
    built: build(catalog, files),
  };
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
  const catalog = await check(manifestPath, log);
  if (catalog === null) return stop();
  const output = await produce(catalog, manifestPath);
  await checkFolder(output.folder, dirname(manifestPath), catalog.output.place, log);
  if (!force) await checkOwner(output, catalog.package.name, log);
  if (log.count > 0) return stop();
  const changed = dryRun
    ? committed(await changes(output), output)
    : await write(output, force, log);
  return { diagnostics: log.sorted, changes: changed, output };
}

/** A build that was never made is no drift: a fresh checkout does not have it. */
function committed(changed: readonly Change[], { built }: Output): readonly Change[] {
  const isBuilt = ({ path, kind }: Change): boolean => kind === "added" && path.startsWith("dist/");
  return changed.filter(isBuilt).length === built.length
    ? changed.filter((change) => !isBuilt(change))
    : changed;
}
