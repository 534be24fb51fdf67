/** `errata import`: a document that lists errors, as a draft of a catalog. */
import { basename, dirname, join } from "node:path";
import { Option } from "commander";
import { DiagnosticLog } from "../diagnostics/log.js";
import { type Notice, noticeOf } from "../diagnostics/notice.js";
import { shownPath } from "../diagnostics/paths.js";
import { visible } from "../diagnostics/visible.js";
import { counted, type Imported, importDocument, seen } from "../import/import.js";
import { formats as documents } from "../import/formats/index.js";
import type { Note } from "../import/model.js";
import {
  listApi,
  manifestText,
  type NewManifest,
  place,
  schemaFrom,
  yamlIn,
} from "../import/place.js";
import type { DraftFile } from "../import/write.js";
import { nearestManifest } from "../read/manifest-path.js";
import { exists } from "../read/project.js";
import { type FormatName, formatOption, formats } from "./formats/index.js";
import { findManifest } from "./manifest.js";
import { apiId, catalogOption, type Register } from "./options.js";
import { show } from "./show.js";
import { print } from "./terminal.js";

export interface ImportFlags {
  readonly catalog: string | undefined;
  readonly api: string;
  readonly as: string | undefined;
  readonly encoding: string | undefined;
  readonly url: string | undefined;
  readonly force: boolean;
  readonly format: FormatName;
}

export const register: Register = (program, exits) =>
  void program
    .command("import <document>")
    .description("draft a catalog from a page, an OpenAPI document, a list or an enum")
    .requiredOption("--api <id>", "what to call the API, in kebab-case", apiId)
    .addOption(catalogOption())
    .addOption(
      new Option("--as <format>", "what the document is; default: what it looks like").choices(
        documents.map(({ name }) => name),
      ),
    )
    .option("--url <address>", "where the document is on the web, to be cited")
    .option(
      "--encoding <name>",
      "of its text, such as windows-1252; default: what its byte order mark says, or UTF-8",
    )
    .option("--force", "replace files of an earlier draft")
    .addOption(formatOption())
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
  const found = await (catalog === undefined
    ? nearestManifest()
    : findManifest(catalog, flags.format));
  const manifest = found ?? join(process.cwd(), "catalog/catalog.yaml");
  return draftInto(manifest, path, flags, {
    name: `${api}-errors`,
    description: `What the API ${api} can answer.`,
    ...{ output: `../${api}-errors`, emit: "package" },
  });
}

/** Drafts a document into the folder of a manifest, which is made if there is none, or anew. Gives the exit code. */
export async function draftInto(
  manifest: string,
  path: string,
  flags: Omit<ImportFlags, "catalog">,
  about: NewManifest,
  isAnew = false,
): Promise<number> {
  const log = new DiagnosticLog();
  const root = dirname(manifest);
  const folder = join(root, flags.api);
  const imported = await importDocument(path, { ...flags, schema: await schemaFrom(folder) }, log);
  if (typeof imported === "string") {
    show(log.sorted, flags.format);
    return imported === "unreadable" ? 2 : 1;
  }
  const isNew = isAnew || !(await exists(manifest));
  const files: DraftFile[] = imported.files.map(({ name, text }) => ({
    name: join(flags.api, name),
    text,
  }));
  if (isNew)
    files.push({
      name: basename(manifest),
      text: manifestText(flags.api, about, await schemaFrom(root)),
    });
  const written = await place(root, files, flags.force, log);
  if (written === null) {
    show(log.sorted, flags.format);
    return 2;
  }
  const shown = written.map((one) => shownPath(one));
  const others = (await yamlIn(folder)).filter((path) => !written.includes(path));
  const isListed = isNew || (await listApi(manifest, flags.api));
  const tell = (): void => {
    report(imported);
    print(`Wrote ${shown.join(", ")}.`);
    if (others.length > 0)
      print(
        `Left ${others.map((one) => shownPath(one)).join(", ")} as it was: delete what is of an earlier draft.`,
      );
    if (!isListed) print(`Add ${flags.api} to apis: in ${shownPath(manifest)}.`);
    if (imported.diagnostics.length > 0) show(imported.diagnostics, "pretty");
    else print("Next: npx errata check, then npx errata generate.");
  };
  const file = shownPath(path);
  const notices = [
    ...imported.reading.skipped.map((note) => noticeOfNote(note, file, "skipped")),
    ...forPerson(imported).map((note) => noticeOfNote(note, file, "undecided")),
    ...imported.diagnostics.map(noticeOf),
  ];
  const data = {
    ...{ file, format: imported.format.name, read: imported.reading.read },
    ...{ drafted: imported.draft.entries.length, wrote: shown, notices },
  };
  formats[flags.format]({ tell, data, notices });
  return imported.diagnostics.length > 0 ? 1 : 0;
}

const whys = {
  skipped: "The draft does not have it: what it says is not known.",
  undecided: "The document does not say enough: somebody who knows the API has to decide.",
};

function noticeOfNote({ line, says }: Note, file: string, kind: keyof typeof whys): Notice {
  const at = line === null ? null : { file, line, column: 1 };
  return {
    ...{ id: `import/${kind}`, level: kind === "skipped" ? "note" : "warning", why: whys[kind] },
    ...{ says, help: null, at, related: [] },
  };
}

/** What is left for a person to decide. */
function forPerson({ dropped, draft }: Imported): readonly Note[] {
  const rules = draft.entries.flatMap(({ decide, name, line }) =>
    decide === null
      ? []
      : [{ line, says: `${name} speaks of waiting or sending again: choose a retry rule` }],
  );
  return [...dropped, ...draft.doubts, ...rules];
}

/** What was read, drafted and skipped, and what is left for a person. */
function report(imported: Imported): void {
  const { file, format, promised, reading, hidden, draft } = imported;
  if (promised !== null)
    print(`${file} is ${format.title}, whatever its name says, and was read as that.`);
  print(`Read ${file} as ${format.title}: ${seen(reading)}.`);
  if (hidden > 0) print(`Left out ${counted(hidden, "character")} that nobody sees.`);
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
  print(`Drafted ${drafted.join(", ")}.`);
  section("Skipped", reading.skipped);
  section("For a person", forPerson(imported));
}

const maxNotes = 20;
const maxWidth = 160;

function section(title: string, notes: readonly Note[]): void {
  if (notes.length === 0) return;
  print(`${title}: ${notes.length}`);
  for (const { line, says } of notes.slice(0, maxNotes)) {
    // What a document says reaches the terminal on one line, and without what would drive it.
    const text = visible(says);
    const cut = text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text;
    print(`  ${line === null ? "" : `line ${line}: `}${cut}`);
  }
  if (notes.length > maxNotes) print(`  … and ${notes.length - maxNotes} more`);
}
