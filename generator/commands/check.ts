/** `errata check`: the diagnostics, and nothing written. */
import { resolve } from "node:path";
import { DiagnosticLog } from "../diagnostics.js";
import { check } from "../generate.js";
import { render } from "../render.js";

export async function runCheck(catalog: string): Promise<number> {
  const log = new DiagnosticLog();
  const model = await check(resolve(catalog), log);
  if (model === null) {
    console.error(render(log.sorted));
    return 1;
  }
  const entries = model.apis.reduce((sum, api) => sum + api.entries.length, 0);
  console.log(`${model.apis.length} APIs, ${entries} entries: no problems.`);
  return 0;
}
