/** Which manifest a command is about. */
import { lookedFrom, namedManifest, nearestManifest } from "../read/manifest-path.js";
import type { FormatName } from "./formats/index.js";

/** The manifest that was named, or the nearest one. `null` once it was shown, in a format, that there is none. */
export async function findManifest(
  named: string | undefined,
  format: FormatName,
): Promise<string | null> {
  if (named !== undefined) return namedManifest(named);
  const nearest = await nearestManifest();
  if (nearest !== null) return nearest;
  // Loaded late, since a run with nothing to do says nothing.
  const { DiagnosticLog } = await import("../diagnostics/log.js");
  const { show } = await import("./show.js");
  const log = new DiagnosticLog();
  const looked = await lookedFrom();
  log.report("manifest/missing", null, { file: "catalog/catalog.yaml", looked });
  show(log.sorted, format);
  return null;
}
