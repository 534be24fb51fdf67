/** `errata check`: the diagnostics, and nothing written. */
import { loadCatalog } from "./load.js";

export async function runCheck(catalog: string | undefined): Promise<number> {
  const model = await loadCatalog(catalog, undefined);
  if (typeof model === "number") return model;
  const entries = model.apis.reduce((sum, api) => sum + api.entries.length, 0);
  const apis = model.apis.length;
  console.log(
    `${apis} ${apis === 1 ? "API" : "APIs"}, ${entries} ${entries === 1 ? "entry" : "entries"}: no problems.`,
  );
  return 0;
}
