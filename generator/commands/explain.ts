/** `errata explain`: what an id, a code, a status, a text, a few words or a diagnostic mean. */
import { dirname, join, resolve } from "node:path";
import type { DiagnosticId } from "../diagnostics/log.js";
import { nearest } from "../diagnostics/nearest.js";
import { shownPath } from "../diagnostics/paths.js";
import { table as diagnostics } from "../diagnostics/table.js";
import { addressOf, publishedPage } from "../emit/address.js";
import type { Entry } from "../model/entry.js";
import { search } from "../recognise/search.js";
import { table } from "./columns.js";
import { describe, entryData, knownBy } from "./describe.js";
import { type Loaded, loadCatalog, quoted } from "./load.js";
import { answerOption, catalogOption, type Register } from "./options.js";
import { pageOf } from "./pages.js";
import { columns, complain, print, printData } from "./terminal.js";

export interface ExplainFlags {
  readonly api: string | undefined;
  readonly format: "pretty" | "json";
}

export const register: Register = (program, exits) =>
  void program
    .command("explain <words...>")
    .description(
      "explain an error by its id, code, status, text or some words, or a diagnostic such as match/ambiguous",
    )
    .addOption(catalogOption())
    .option("--api <id>", "only this API")
    .addOption(answerOption())
    .action(
      exits(
        (words: string[], { catalog, ...flags }: ExplainFlags & { readonly catalog?: string }) =>
          runExplain(catalog, words, flags),
      ),
    );

export async function runExplain(
  catalog: string | undefined,
  words: readonly string[],
  flags: ExplainFlags,
): Promise<number> {
  const wanted = words.join(" ");
  // A diagnostic is explained without the catalog, which may well have it.
  const page = pageOf(wanted);
  if (page !== null) {
    const { severity, why } = diagnostics[wanted as DiagnosticId];
    if (flags.format === "json") printData({ id: wanted, severity, why, page });
    else print(page);
    return 0;
  }
  const model = await loadCatalog(catalog, flags.api, flags.format);
  if (typeof model === "number") return model;
  const entries = search(model.apis, wanted);
  if (entries.length === 0) return miss(model, wanted);
  const address = pageIn(model);
  if (flags.format === "json")
    printData(entries.map((entry) => ({ ...entryData(entry), page: address(entry) })));
  else if (entries.length === 1) print(describe(entries[0]!, address(entries[0]!)));
  else print(listed(entries, wanted));
  return 0;
}

/** Where the docs explain an entry: where they are published, or else their file. Sources alone have none. */
export function pageIn({ manifest, output, emit, docs }: Loaded): (entry: Entry) => string | null {
  const folder = join(resolve(dirname(manifest), output.path), "docs");
  const fileOf = (entry: Entry): string | null =>
    emit === "package" ? shownPath(join(folder, addressOf(entry))) : null;
  return (entry) => publishedPage(docs, entry) ?? fileOf(entry);
}

const most = 20;

function listed(entries: readonly Entry[], wanted: string): string {
  const rows = entries.slice(0, most).map((entry) => [entry.id, entry.title, knownBy(entry)]);
  const rest = entries.length - rows.length;
  return [
    table(["id", "title", "known by"], rows, columns()),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    "",
    `${entries.length} entries are meant by ${quoted(wanted)}; npx errata explain <id> shows one.`,
  ].join("\n");
}

function miss({ apis }: Loaded, wanted: string): number {
  const names = apis.flatMap((api) =>
    api.entries.flatMap(({ id, name, match }) => [
      ...[id, name, ...match.messages.map(({ template }) => template)],
    ]),
  );
  const near = nearest(wanted, [...names, ...Object.keys(diagnostics)]);
  const meant = near === undefined ? "" : ` Did you mean ${quoted(near)}?`;
  complain(`No entry matches ${quoted(wanted)}.${meant}`);
  return 1;
}
