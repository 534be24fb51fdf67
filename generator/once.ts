/** One run of the generator, which loads nothing of it where there is nothing to do. */
import type { Diagnostic } from "./diagnostics/log.js";
import type { Checked } from "./generate.js";
import { inputsOf, remember, upToDate } from "./output/cache.js";
import type { Change } from "./output/write.js";

export interface Run {
  /** What is wrong with the catalog; nothing was written then. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was written, or would be. */
  readonly changes: readonly Change[];
  /** The output folder, as an absolute path, and how many files it has; `null` where there are diagnostics. */
  readonly output: { readonly folder: string; readonly count: number } | null;
  /** The catalog, where there was something to do. */
  readonly checked: Checked | null;
}

export async function once(
  manifest: string,
  { dryRun, force }: { readonly dryRun: boolean; readonly force: boolean },
): Promise<Run> {
  const inputs = await inputsOf(manifest);
  const known = await upToDate(manifest, inputs);
  if (known !== null) return { diagnostics: [], changes: [], output: known, checked: null };
  const { generate } = await import("./generate.js");
  const { diagnostics, changes, checked, output } = await generate(manifest, { dryRun, force });
  if (diagnostics.length > 0 || output === null)
    return { diagnostics, changes: [], output: null, checked: null };
  if (!dryRun) await remember(manifest, inputs, output);
  const { folder, files } = output;
  return { diagnostics, changes, output: { folder, count: files.size }, checked };
}
