/** `errata check`: the diagnostics, and nothing written. */
import { DiagnosticLog } from "../diagnostics/log.js";
import { checkReuse } from "../diff/reuse.js";
import { loadCatalog } from "./load.js";
import { findManifest } from "./manifest.js";
import { catalogOption, exits, type Register } from "./options.js";
import { show } from "./show.js";

export const register: Register = (program) =>
  void program
    .command("check")
    .description("check the catalog; write nothing")
    .addOption(catalogOption())
    .action(exits(({ catalog }: { readonly catalog?: string }) => runCheck(catalog)));

export async function runCheck(catalog: string | undefined): Promise<number> {
  const model = await loadCatalog(catalog, undefined);
  if (typeof model === "number") return model;
  const log = new DiagnosticLog();
  await checkReuse(model, (await findManifest(catalog))!, log);
  if (log.count > 0) {
    show(log.sorted);
    return 1;
  }
  const entries = model.apis.reduce((sum, api) => sum + api.entries.length, 0);
  const apis = model.apis.length;
  console.log(
    `${apis} ${apis === 1 ? "API" : "APIs"}, ${entries} ${entries === 1 ? "entry" : "entries"}: no problems.`,
  );
  return 0;
}
