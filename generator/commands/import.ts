/** `errata import`: a document that lists errors, as a draft of a catalog. */
import { basename, dirname, join } from "node:path";
import { DiagnosticLog } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { visible } from "../diagnostics/pretty.js";
import { readDocument } from "../import/document.js";
import { draftOf } from "../import/draft.js";
import { formatOf, readAs } from "../import/formats/index.js";
import type { Note, Reading } from "../import/model.js";
import { kebab } from "../import/names.js";
import { listApi, manifestText, place, schemaFrom } from "../import/place.js";
import { settle } from "../import/settle.js";
import { families } from "../import/write.js";
import { exists } from "../read/project.js";
import { findManifest, nearestManifest } from "./manifest.js";
import { show } from "./show.js";

export interface ImportFlags {
  readonly catalog: string | undefined;
  readonly api: string;
  readonly as: string | undefined;
  readonly encoding: string | undefined;
  /** Where the document is on the web. */
  readonly url: string | undefined;
  readonly force: boolean;
}

export async function runImport(path: string, flags: ImportFlags): Promise<number> {
  const log = new DiagnosticLog();
  const refused = (code: number): number => {
    show(log.sorted);
    return code;
  };
  const document = await readDocument(path, flags.encoding, log);
  if (document === null) return refused(2);
  const { source } = document;
  const { format, promised } = formatOf(path, source.text, flags.as);
  const reading = await readAs(format, source, log);
  if (reading === null) return refused(1);
  if (reading.rows.length + reading.bodies.length === 0) {
    log.report(
      "draft/nothing",
      { source, start: 0, end: 0 },
      { format: format.title, seen: seen(reading) },
    );
    for (const note of reading.skipped) console.error(told(note));
    return refused(1);
  }

  const manifest = await (flags.catalog === undefined
    ? nearestManifest()
    : findManifest(flags.catalog));
  const target = manifest ?? join(process.cwd(), "catalog/catalog.yaml");
  const isNew = !(await exists(target));
  const folder = join(dirname(target), flags.api);
  const draft = draftOf(reading, {
    ...{ api: flags.api, source: "errors", file: basename(path), sha256: document.sha256 },
    url: flags.url ?? reading.url,
    read: new Date().toISOString().slice(0, 10),
  });
  const opening = {
    schema: await schemaFrom(folder),
    says: `Drafted by errata import from ${visible(basename(path))}.\nThe summaries are the document's words: put them into your own.`,
  };
  const settled = await settle(draft, flags.api, opening);

  const written = await place(folder, settled.files, flags.force, log);
  if (written === null) return refused(2);
  const paths = [...written];
  if (isNew) {
    const said = {
      name: `${kebab(flags.api)}-errors`,
      description: `What the API ${flags.api} can answer.`,
      ...{ output: "../generated", emit: "package" as const },
    };
    const text = manifestText(flags.api, said, await schemaFrom(dirname(target)));
    const made = await place(dirname(target), [{ name: basename(target), text }], false, log);
    paths.push(...(made ?? []));
  } else if (!(await listApi(target, flags.api)))
    console.log(`Add ${flags.api} to apis: in ${shownPath(target)}.`);

  if (promised !== null)
    console.log(`${source.file} is ${format.title}, whatever its name says, and was read as that.`);
  console.log(`Read ${visible(source.file)} as ${format.title}: ${seen(reading)}.`);
  if (document.hidden > 0)
    console.log(`Left out ${counted(document.hidden, "character")} that nobody sees.`);
  const counts = families.map((family) => {
    const own = settled.draft.entries.filter((entry) => entry.family === family).length;
    return own === 0
      ? []
      : [
          counted(
            own,
            family.replace(/(?:e)?s$/, (end) => (family === "statuses" ? "" : end.slice(0, -1))),
          ),
        ];
  });
  console.log(`Drafted ${counts.flat().join(", ")}.`);
  section("Skipped", reading.skipped);
  const decide = settled.draft.entries.flatMap(({ decide, name, line }) =>
    decide === null
      ? []
      : [{ line, says: `${name} speaks of waiting or sending again: choose a retry rule` }],
  );
  section("For a person", [...settled.dropped, ...settled.draft.doubts, ...decide]);
  console.log(`Wrote ${paths.map((one) => shownPath(one)).join(", ")}.`);
  if (settled.diagnostics.length > 0) {
    show(settled.diagnostics);
    return 1;
  }
  console.log("Next: errata check, then errata generate.");
  return 0;
}

const shownNotes = 20;

function section(title: string, notes: readonly Note[]): void {
  if (notes.length === 0) return;
  console.log(`${title}: ${notes.length}`);
  for (const note of notes.slice(0, shownNotes)) console.log(told(note));
  if (notes.length > shownNotes) console.log(`  … and ${notes.length - shownNotes} more`);
}

/** What a document says reaches the terminal without what would drive it, and cut to a line. */
function told({ line, says }: Note): string {
  const text = visible(says);
  const where = line === null ? "" : `line ${line}: `;
  return `  ${where}${text.length > 160 ? `${text.slice(0, 159)}…` : text}`;
}

function seen({ read }: Reading): string {
  const parts = Object.entries(read).flatMap(([what, count]) =>
    count === 0 ? [] : [counted(count, what)],
  );
  return parts.length === 0 ? "nothing of the kind" : parts.join(", ");
}

function counted(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  if (what.startsWith("block ")) return `${count} ${what.replace("block", "blocks")}`;
  return `${count} ${what}${what.endsWith("s") ? "es" : "s"}`;
}
