/** `errata import`: a document that lists errors, as a draft of a catalog. */
import { dirname, join } from "node:path";
import { Option } from "commander";
import { DiagnosticLog } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { visible } from "../diagnostics/pretty.js";
import { counted, type Imported, importDocument, seen } from "../import/import.js";
import { formats } from "../import/formats/index.js";
import type { Note } from "../import/model.js";
import { listApi, manifestText, type NewManifest, place, schemaFrom } from "../import/place.js";
import type { DraftFile } from "../import/write.js";
import { exists } from "../read/project.js";
import { findManifest, nearestManifest } from "./manifest.js";
import { apiId, catalogOption, exits, type Register } from "./options.js";
import { show } from "./show.js";

export interface ImportFlags {
  readonly catalog: string | undefined;
  readonly api: string;
  readonly as: string | undefined;
  readonly encoding: string | undefined;
  readonly url: string | undefined;
  readonly force: boolean;
}

export const register: Register = (program) =>
  void program
    .command("import <document>")
    .description("draft a catalog from a page, an OpenAPI document, a list or an enum")
    .requiredOption("--api <id>", "what to call the API, in kebab-case", apiId)
    .addOption(catalogOption())
    .addOption(
      new Option("--as <format>", "what the document is; default: what it looks like").choices(
        formats.map(({ name }) => name),
      ),
    )
    .option("--url <address>", "where the document is on the web, to be cited")
    .option("--encoding <name>", "of its text, such as windows-1252; default: UTF-8")
    .option("--force", "replace files of an earlier draft")
    .action(
      exits(
        (
          document: string,
          { force, ...flags }: Omit<ImportFlags, "force"> & { readonly force?: true },
        ) => runImport(document, { ...flags, force: force === true }),
      ),
    );

export async function runImport(path: string, flags: ImportFlags): Promise<number> {
  const { catalog, api } = flags;
  const found = await (catalog === undefined ? nearestManifest() : findManifest(catalog));
  const manifest = found ?? join(process.cwd(), "catalog/catalog.yaml");
  return draftInto(manifest, path, flags, {
    name: `${api}-errors`,
    description: `What the API ${api} can answer.`,
    ...{ output: "../generated", emit: "package" },
  });
}

/** Drafts a document into the folder of a manifest, which is made if there is none. Gives the exit code. */
export async function draftInto(
  manifest: string,
  path: string,
  flags: Omit<ImportFlags, "catalog">,
  about: NewManifest,
): Promise<number> {
  const log = new DiagnosticLog();
  const root = dirname(manifest);
  const folder = join(root, flags.api);
  const imported = await importDocument(path, { ...flags, schema: await schemaFrom(folder) }, log);
  if (typeof imported === "string") {
    show(log.sorted);
    return imported === "unreadable" ? 2 : 1;
  }
  const isNew = !(await exists(manifest));
  const files: DraftFile[] = imported.files.map(({ name, text }) => ({
    name: join(flags.api, name),
    text,
  }));
  const written = await place(root, files, flags.force, log);
  if (written === null) {
    show(log.sorted);
    return 2;
  }
  const paths = [...written];
  if (isNew) {
    const text = manifestText(flags.api, about, await schemaFrom(root));
    paths.push(...((await place(root, [{ name: "catalog.yaml", text }], false, log)) ?? []));
  }
  report(imported);
  console.log(`Wrote ${paths.map((one) => shownPath(one)).join(", ")}.`);
  if (!isNew && !(await listApi(manifest, flags.api)))
    console.log(`Add ${flags.api} to apis: in ${shownPath(manifest)}.`);
  if (imported.diagnostics.length > 0) {
    show(imported.diagnostics);
    return 1;
  }
  console.log("Next: npx errata check, then npx errata generate.");
  return 0;
}

/** What was read, drafted and skipped, and what is left for a person. */
function report({ file, format, promised, reading, hidden, draft, dropped }: Imported): void {
  if (promised !== null)
    console.log(`${file} is ${format.title}, whatever its name says, and was read as that.`);
  console.log(`Read ${file} as ${format.title}: ${seen(reading)}.`);
  if (hidden > 0) console.log(`Left out ${counted(hidden, "character")} that nobody sees.`);
  const nouns = {
    statuses: "status",
    errors: "error",
    declines: "decline",
    sockets: "socket message",
  };
  const drafted = Object.entries(nouns).flatMap(([family, noun]) => {
    const { length } = draft.entries.filter((entry) => entry.family === family);
    return length === 0 ? [] : [counted(length, noun)];
  });
  console.log(`Drafted ${drafted.join(", ")}.`);
  section("Skipped", reading.skipped);
  const rules = draft.entries.flatMap(({ decide, name, line }) =>
    decide === null
      ? []
      : [{ line, says: `${name} speaks of waiting or sending again: choose a retry rule` }],
  );
  section("For a person", [...dropped, ...draft.doubts, ...rules]);
}

const maxNotes = 20;
const maxWidth = 160;

function section(title: string, notes: readonly Note[]): void {
  if (notes.length === 0) return;
  console.log(`${title}: ${notes.length}`);
  for (const { line, says } of notes.slice(0, maxNotes)) {
    // What a document says reaches the terminal on one line, and without what would drive it.
    const text = visible(says);
    const cut = text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text;
    console.log(`  ${line === null ? "" : `line ${line}: `}${cut}`);
  }
  if (notes.length > maxNotes) console.log(`  … and ${notes.length - maxNotes} more`);
}
