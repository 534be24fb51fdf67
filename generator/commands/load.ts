/** The catalog that a command works on: checked first, with its diagnostics shown if there are any. */
import { DiagnosticLog } from "../diagnostics/log.js";
import { check } from "../generate.js";
import type { RecognisedCatalog } from "../recognise/recognise.js";
import { nearest } from "../diagnostics/nearest.js";
import type { FormatName } from "./formats/index.js";
import { findManifest } from "./manifest.js";
import { show } from "./show.js";
import { complain } from "./terminal.js";

/** The model, cut down to one API if that is asked for; or an exit code, once the reason why not has been shown. */
export async function loadCatalog(
  named: string | undefined,
  api: string | undefined,
  format: FormatName,
): Promise<RecognisedCatalog | number> {
  const manifest = await findManifest(named, format);
  if (manifest === null) return 1;
  const log = new DiagnosticLog();
  const checked = await check(manifest, log);
  if (checked === null) {
    show(log.sorted, format);
    return 1;
  }
  const { catalog } = checked;
  if (api === undefined) return catalog;
  const apis = catalog.apis.filter(({ id }) => id === api);
  if (apis.length > 0) return { ...catalog, apis };
  const ids = catalog.apis.map(({ id }) => id);
  const near = nearest(api, ids);
  complain(
    `There is no API ${JSON.stringify(api)}. ${near === undefined ? `The catalog has ${ids.join(", ")}.` : `Did you mean ${near}?`}`,
  );
  return 2;
}
