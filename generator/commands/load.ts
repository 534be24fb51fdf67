/** The catalog that a command works on: checked first, with its diagnostics shown if there are any. */
import { DiagnosticLog } from "../diagnostics/log.js";
import { nearest } from "../diagnostics/nearest.js";
import { visible } from "../diagnostics/visible.js";
import { check } from "../generate.js";
import type { RecognisedCatalog } from "../recognise/recognise.js";
import type { FormatName } from "./formats/index.js";
import { findManifest } from "./manifest.js";
import { show } from "./show.js";
import { complain } from "./terminal.js";

export interface Loaded extends RecognisedCatalog {
  /** Its manifest, as an absolute path. */
  readonly manifest: string;
}

/** The model, cut down to one API if that is asked for; or an exit code, once the reason why not has been shown. */
export async function loadCatalog(
  named: string | undefined,
  api: string | undefined,
  format: FormatName,
): Promise<Loaded | number> {
  const manifest = await findManifest(named, format);
  if (manifest === null) return 1;
  const log = new DiagnosticLog();
  const checked = await check(manifest, log);
  if (checked === null) {
    show(log.sorted, format);
    return 1;
  }
  const { catalog } = checked;
  if (api === undefined) return { ...catalog, manifest };
  const apis = catalog.apis.filter(({ id }) => id === api);
  if (apis.length > 0) return { ...catalog, apis, manifest };
  const ids = catalog.apis.map(({ id }) => id);
  complain(`There is no API ${quoted(api)}. ${instead(api, ids, "The catalog has")}`);
  return 2;
}

/** What somebody typed, as a message has it. */
export function quoted(typed: string): string {
  return JSON.stringify(visible(typed));
}

/** What somebody may have meant, or all that there is. */
export function instead(typed: string, names: readonly string[], all: string): string {
  const near = nearest(typed, names);
  return near === undefined ? `${all} ${names.join(", ")}.` : `Did you mean ${near}?`;
}
