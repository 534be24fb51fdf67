/** The catalog that a command asks: judged first, its diagnostics shown if it has any. */
import { DiagnosticLog } from "../diagnostics/log.js";
import { check } from "../generate.js";
import type { Catalog } from "../model/model.js";
import { nearest } from "../diagnostics/nearest.js";
import { pretty } from "../diagnostics/pretty.js";
import { findManifest } from "./manifest.js";

/** The model, cut down to one API if that is asked for; or an exit code, once the reason why not has been shown. */
export async function loadCatalog(
  named: string | undefined,
  api: string | undefined,
): Promise<Catalog | number> {
  const log = new DiagnosticLog();
  const manifest = await findManifest(named, log);
  const catalog = manifest === null ? null : await check(manifest, log);
  if (catalog === null) {
    console.error(pretty(log.sorted));
    return 1;
  }
  if (api === undefined) return catalog;
  const apis = catalog.apis.filter(({ id }) => id === api);
  if (apis.length > 0) return { ...catalog, apis };
  const ids = catalog.apis.map(({ id }) => id);
  const near = nearest(api, ids);
  console.error(
    `There is no API ${JSON.stringify(api)}. ${near === undefined ? `There is: ${ids.join(", ")}.` : `Did you mean ${near}?`}`,
  );
  return 2;
}
