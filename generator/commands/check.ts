/** `errata check`: the diagnostics, and nothing written. */
import { DiagnosticLog } from "../diagnostics/log.js";
import { checkReuse } from "../diff/reuse.js";
import { fillBlocks } from "../output/hand-written.js";
import { type FormatName, formatOption, formats } from "./formats/index.js";
import { loadCatalog } from "./load.js";
import { catalogOption, type Register } from "./options.js";
import { show } from "./show.js";
import { print } from "./terminal.js";

interface Typed {
  readonly catalog?: string;
  readonly format: FormatName;
}

export const register: Register = (program, exits) =>
  void program
    .command("check")
    .description("check the catalog; write nothing")
    .addOption(catalogOption())
    .addOption(formatOption())
    .action(exits(({ catalog, format }: Typed) => runCheck(catalog, format)));

export async function runCheck(catalog: string | undefined, format: FormatName): Promise<number> {
  const model = await loadCatalog(catalog, undefined, format);
  if (typeof model === "number") return model;
  const log = new DiagnosticLog();
  await checkReuse(model, model.manifest, log);
  await fillBlocks(model, model.manifest, log);
  if (log.count > 0) {
    show(log.sorted, format);
    return 1;
  }
  const entries = model.apis.reduce((sum, api) => sum + api.entries.length, 0);
  const apis = model.apis.length;
  const tell = (): void =>
    print(
      `${apis} ${apis === 1 ? "API" : "APIs"}, ${entries} ${entries === 1 ? "entry" : "entries"}: no problems.`,
    );
  formats[format]({ tell, data: { diagnostics: [] }, notices: [] });
  return 0;
}
