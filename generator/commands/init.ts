/** `errata init`: a first catalog that generates, from nothing or from a document of the API. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Option } from "commander";
import { DiagnosticLog } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { kebab } from "../import/names.js";
import { manifestText, type NewManifest, place, schemaFrom } from "../import/place.js";
import { starter } from "../import/starter.js";
import { exists } from "../read/project.js";
import { draftInto } from "./import.js";
import { apiId, type Register } from "./options.js";
import { show } from "./show.js";
import { print } from "./terminal.js";

export const register: Register = (program, exits) =>
  void program
    .command("init")
    .description("write a first catalog that generates, for an API of your own")
    .option("--api <id>", "what to call the API; default: as the project here is called", apiId)
    .option("--from <document>", "draft it from an OpenAPI document, or whatever import reads")
    .option("--package <name>", "the npm name of the generated package; default: <id>-errors")
    .option("--output <folder>", "where to generate, relative to catalog/")
    .addOption(
      new Option("--emit <what>", "a package, or files for a source tree").choices([
        "package",
        "source",
      ]),
    )
    .option("--force", "replace a catalog that is there already")
    .action(exits((flags: InitFlags) => runInit(flags)));

export interface InitFlags {
  readonly api?: string;
  /** A document to draft from, such as an OpenAPI document. */
  readonly from?: string;
  readonly package?: string;
  readonly output?: string;
  readonly emit?: "package" | "source";
  readonly force?: boolean;
}

export async function runInit(flags: InitFlags): Promise<number> {
  const manifest = join(process.cwd(), "catalog/catalog.yaml");
  const log = new DiagnosticLog();
  if (!flags.force && (await exists(manifest))) {
    log.report("draft/in-the-way", null, { path: shownPath(manifest) });
    show(log.sorted, "pretty");
    return 2;
  }
  const ask = asker();
  const api = flags.api ?? kebab(await ask("What is the API called?", await likelyName()));
  const name = flags.package ?? (await ask("And the package?", `${api}-errors`));
  ask.close();
  const about: NewManifest = {
    name,
    description: `What the API ${api} can answer.`,
    output:
      flags.output ?? `../${flags.emit === "source" ? "src/errors" : name.replace(/^@.*\//, "")}`,
    emit: flags.emit ?? "package",
  };
  if (flags.from !== undefined) {
    const { from, force = false } = flags;
    const rest = { as: undefined, encoding: undefined, url: undefined };
    return draftInto(manifest, from, { api, force, format: "pretty", ...rest }, about, true);
  }
  const root = join(process.cwd(), "catalog");
  const files = [
    { name: "catalog.yaml", text: manifestText(api, about, await schemaFrom(root)) },
    { name: `${api}/api.yaml`, text: starter(api, await schemaFrom(join(root, api))) },
  ];
  const written = await place(root, files, flags.force === true, log);
  if (written === null) {
    show(log.sorted, "pretty");
    return 2;
  }
  print(`Wrote ${written.map((path) => shownPath(path)).join(", ")}.`);
  print("Next: npx errata generate.");
  return 0;
}

/** Asks where somebody can answer, and takes what is likely where not. */
function asker(): ((question: string, likely: string) => Promise<string>) & { close(): void } {
  const isAnswered = process.stdin.isTTY && process.stdout.isTTY;
  if (!isAnswered)
    return Object.assign(async (_: string, likely: string) => Promise.resolve(likely), {
      close: () => {},
    });
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ask = async (question: string, likely: string): Promise<string> => {
    const answer = await lines.question(`${question} (${likely}) `);
    return answer.trim() === "" ? likely : answer.trim();
  };
  return Object.assign(ask, { close: () => lines.close() });
}

/** The name of the project here, or of the folder. */
async function likelyName(): Promise<string> {
  const here = process.cwd();
  let named: unknown;
  try {
    const about: unknown = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
    if (typeof about === "object" && about !== null) named = Reflect.get(about, "name");
  } catch {
    // No package, or none that can be read: the folder has a name.
  }
  const name = kebab(typeof named === "string" ? named.replace(/^@[^/]*\//, "") : basename(here));
  return /^[a-z]/.test(name) ? name : `api-${name}`.replace(/-$/, "");
}
