/** `errata verify`: a catalog against the vendor's page that it is read from. */
import { dirname, join } from "node:path";
import { shownPath } from "../diagnostics/paths.js";
import { visible } from "../diagnostics/visible.js";
import { nearest } from "../diagnostics/nearest.js";
import type { Source } from "../model/trace.js";
import { reason } from "../output/folder.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { citings } from "../verify/facts.js";
import { type Page, PageProblem } from "../verify/page.js";
import { readPage } from "../verify/read.js";
import { readRecord, writeRecord } from "../verify/record.js";
import { differenceData, differenceNotices, prettyDifferences } from "../verify/report.js";
import { type Verified, verify } from "../verify/verify.js";
import { type FormatName, formatOption, formats } from "./formats/index.js";
import { loadCatalog } from "./load.js";
import { catalogOption, type Register } from "./options.js";
import { complain, paint, print } from "./terminal.js";

export interface VerifyFlags {
  readonly catalog: string | undefined;
  readonly source: string | undefined;
  readonly encoding: string | undefined;
  readonly accept: boolean;
  readonly format: FormatName;
}

export const register: Register = (program, exits) =>
  void program
    .command("verify <api> <document>")
    .description("compare an API with the vendor's page, a Markdown or HTML file")
    .addOption(catalogOption())
    .option(
      "--source <name>",
      "which of the API's sources it is; default: the one with a sha256, or cited most",
    )
    .option(
      "--encoding <name>",
      "of its text, such as windows-1252; default: what its byte order mark says, or UTF-8",
    )
    .option("--accept", "record what is on the page now, in a file beside the API's YAML")
    .addOption(formatOption())
    .action(
      exits(
        (
          api: string,
          document: string,
          { accept, ...flags }: Omit<VerifyFlags, "accept"> & { readonly accept?: true },
        ) => runVerify(api, document, { ...flags, accept: accept === true }),
      ),
    );

export async function runVerify(
  name: string,
  document: string,
  { catalog, source: named, encoding, accept, format }: VerifyFlags,
): Promise<number> {
  const model = await loadCatalog(catalog, name, format);
  if (typeof model === "number") return model;
  const api = model.apis[0]!;
  const source = sourceOf(api, named);
  if (source === null) return 2;
  const page = await readPage(document, encoding).catch((error: unknown) => {
    if (!(error instanceof PageProblem)) throw error;
    complain(`${visible(document)} cannot be read as a page: ${error.message}.`);
    return null;
  });
  if (page === null) return 2;
  const folder = join(dirname(model.manifest), name);
  const path = join(folder, `${source.name}.page.json`);
  const former = await readRecord(path);
  if (former === undefined) {
    complain(
      `${shownPath(path)} is not a record that errata verify --accept has written. Move it, or restore it.`,
    );
    return 2;
  }
  if (accept && !(await isWritten(path, page))) return 2;
  const record = accept ? await readRecord(path) : former;
  const verified = verify(api, source, page, record ?? null);
  const { differences } = verified;
  const tell = (): void => {
    if (differences.length > 0) print(`${prettyDifferences(differences, document, paint)}\n`);
    print(summary(verified, page, { source, document, path: shownPath(path), accept }));
  };
  const notices = differenceNotices(differences, shownPath(document));
  formats[format]({ tell, data: verifiedData(api, source, page, verified), notices });
  return differences.length === 0 ? 0 : 1;
}

/** Records the page; `false` once it was said why that cannot be. */
async function isWritten(path: string, page: Page): Promise<boolean> {
  try {
    await writeRecord(path, page);
    return true;
  } catch (error) {
    complain(`${shownPath(path)} cannot be written: ${reason(error)}.`);
    return false;
  }
}

/** The source that was named, the only one, the only one with a hash, or the one that is cited most. */
function sourceOf(api: RecognisedApi, named: string | undefined): Source | null {
  const { sources } = api;
  if (named !== undefined) {
    const found = sources.find(({ name }) => name === named);
    if (found !== undefined) return found;
    const names = sources.map(({ name }) => name);
    const near = nearest(named, names);
    complain(
      `There is no source ${JSON.stringify(visible(named))}. ${near === undefined ? `The API has ${names.join(", ")}.` : `Did you mean ${near}?`}`,
    );
    return null;
  }
  if (sources.length === 0) {
    complain(
      `The API ${api.id} has no sources:, so nothing of it is cited from a page. List the page there, and cite it.`,
    );
    return null;
  }
  const hashed = sources.filter(({ sha256 }) => sha256 !== null);
  const counted = sources.map((source) => ({ source, count: citings(api, source).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return hashed.length === 1 ? hashed[0]! : most!.source;
}

function verifiedData(
  api: RecognisedApi,
  source: Source,
  page: Page,
  { differences, ...counts }: Verified,
): object {
  const { format, sha256 } = page;
  const about = { api: api.id, source: source.name, format, sha256, recorded: source.sha256 };
  return { ...about, ...counts, differences: differences.map(differenceData) };
}

function summary(
  { differences, facts, blocks, isRecorded }: Verified,
  page: Page,
  about: {
    readonly source: Source;
    readonly document: string;
    readonly path: string;
    readonly accept: boolean;
  },
): string {
  const { source, document, path, accept } = about;
  const { length } = differences;
  const count =
    length === 0 ? "no differences" : length === 1 ? "1 difference" : `${length} differences`;
  const lines = [
    `${visible(document)} (${page.format}) as the source ${source.name}: ${count}; ${blocks} blocks, ${facts} facts of the catalog on it.`,
  ];
  if (accept) lines.push(`${path} now has what was read.`);
  else if (!isRecorded)
    lines.push(
      "What was read is not recorded, so that only what the catalog says was compared: --accept records it.",
    );
  else if (length > 0)
    lines.push("Once the catalog says what the page says, record that with --accept.");
  if (source.sha256 !== null && source.sha256 !== page.sha256)
    lines.push(`Its sha256 is ${page.sha256}, and the catalog has another one.`);
  return lines.join("\n");
}
