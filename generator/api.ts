/** The programmatic interface: what a build script or another tool imports from `errata`. */
import { resolve } from "node:path";
import { DiagnosticLog, type Diagnostic as Found } from "./diagnostics/log.js";
import { noticeOf } from "./diagnostics/notice.js";
import { prettyOne } from "./diagnostics/pretty.js";
import { checkReuse } from "./diff/reuse.js";
import { check as checkCatalog } from "./generate.js";
import { once } from "./once.js";
import { documentPaths } from "./output/cache.js";
import { fillBlocks } from "./output/hand-written.js";
import { lookedFrom, namedManifest, nearestManifest } from "./read/manifest-path.js";

/** Which catalog is meant. */
export interface Options {
  /** The folder from which the catalog is looked for; default: the working directory of the process. */
  readonly cwd?: string | undefined;
  /** The manifest or its folder; default: the nearest `catalog/catalog.yaml`, in `cwd` or above. */
  readonly catalog?: string | undefined;
}

export interface GenerateOptions extends Options {
  /** Writes nothing, and says what would be written. */
  readonly dryRun?: boolean | undefined;
  /** Replaces files that errata did not write. */
  readonly force?: boolean | undefined;
}

/** A place in a document; lines and columns are counted from one, columns in code points. */
export interface Position {
  /** An absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The position after the last character of the place. */
  readonly end?: { readonly line: number; readonly column: number };
}

/** One mistake in a catalog. */
export interface Diagnostic {
  /** Such as `match/ambiguous`; it never changes its meaning. */
  readonly id: string;
  readonly level: "error" | "warning" | "note";
  /** What goes wrong if the mistake stays. */
  readonly why: string;
  readonly says: string;
  readonly help: string | null;
  /** Where; `null` when it is about no place in a document. */
  readonly at: Position | null;
  readonly related: readonly { readonly at: Position; readonly note: string }[];
  /** As the terminal shows it, with the line that it is about. */
  readonly shown: string;
}

export interface CheckResult {
  /** Whether there are no diagnostics. */
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The documents of the catalog, as absolute paths: whatever watches the catalog watches these. */
  readonly documents: readonly string[];
}

export interface GenerateResult extends CheckResult {
  /** The output folder, as an absolute path; `null` when there are diagnostics. */
  readonly folder: string | null;
  /** What was written, or would be: paths from the output folder, out of it for Markdown whose blocks were updated. Files that are up to date are not among them. */
  readonly changes: readonly {
    readonly kind: "added" | "changed" | "removed";
    readonly path: string;
  }[];
}

/**
 * Checks a catalog, and writes nothing. Mistakes in it are diagnostics; only a fault in errata throws.
 *
 * @example
 * ```ts
 * const { ok, diagnostics } = await check({ cwd: "packages/shop" });
 * if (!ok) throw new Error(diagnostics.map(({ shown }) => shown).join("\n"));
 * ```
 */
export async function check(options: Options = {}): Promise<CheckResult> {
  const manifest = await manifestOf(options);
  if (typeof manifest !== "string") return resultOf(manifest, []);
  const log = new DiagnosticLog();
  const checked = await checkCatalog(manifest, log);
  if (checked !== null) {
    await checkReuse(checked.catalog, manifest, log);
    await fillBlocks(checked.catalog, manifest, log);
  }
  return resultOf(log.sorted, await documents(manifest));
}

/**
 * Checks a catalog and writes what it generates: all files or none. A run with nothing to do loads neither parser
 * nor compiler, so it may stand at the start of every build.
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const manifest = await manifestOf(options);
  if (typeof manifest !== "string") return { ...resultOf(manifest, []), folder: null, changes: [] };
  const { dryRun = false, force = false } = options;
  const { diagnostics, changes, output } = await once(manifest, { dryRun, force });
  return {
    ...resultOf(diagnostics, await documents(manifest)),
    folder: output?.folder ?? null,
    changes: changes.map(({ kind, path }) => ({ kind, path })),
  };
}

/** The manifest, or the diagnostic that there is none. */
async function manifestOf({ cwd, catalog }: Options): Promise<string | readonly Found[]> {
  const from = resolve(cwd ?? ".");
  if (catalog !== undefined) return namedManifest(catalog, from);
  const nearest = await nearestManifest(from);
  if (nearest !== null) return nearest;
  const log = new DiagnosticLog();
  const looked = await lookedFrom(from);
  log.report("manifest/missing", null, { file: "catalog/catalog.yaml", looked });
  return log.sorted;
}

/** None where the manifest is in no folder that can be read; a diagnostic says so. */
async function documents(manifest: string): Promise<readonly string[]> {
  return documentPaths(manifest).catch(() => []);
}

function resultOf(found: readonly Found[], documents: readonly string[]): CheckResult {
  return { ok: found.length === 0, diagnostics: found.map(diagnosticOf), documents };
}

function diagnosticOf(found: Found): Diagnostic {
  const { at, related, ...notice } = noticeOf(found);
  const absolute = <P extends Position>(position: P): P => ({
    ...position,
    file: resolve(position.file),
  });
  return {
    ...notice,
    at: at && absolute(at),
    related: related.map(({ at, note }) => ({ at: absolute(at), note })),
    shown: prettyOne(found).trimEnd(),
  };
}
