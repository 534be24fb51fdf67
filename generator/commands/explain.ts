/** `errata explain`: what an id, a code, a status, a text or a diagnostic means. */
import { loadCatalog } from "./load.js";
import { describe, entryData } from "./describe.js";
import type { DiagnosticId } from "../diagnostics/log.js";
import type { Entry } from "../model/entry.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { statusText } from "../model/spans.js";
import { fits, hasStatus } from "../runtime/matcher.js";
import { nearest } from "../diagnostics/nearest.js";
import { table } from "../diagnostics/table.js";
import { pageOf } from "./pages.js";
import { templates } from "../runtime/prefixes.js";
import { catalogOption, answerOption, type Register } from "./options.js";
import { complain, print, printData } from "./terminal.js";

export interface ExplainFlags {
  readonly api: string | undefined;
  readonly format: "pretty" | "json";
}

export const register: Register = (program, exits) =>
  void program
    .command("explain <id|code|status|text...>")
    .description("explain an error, or a diagnostic such as match/ambiguous")
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
    const { severity, why } = table[wanted as DiagnosticId];
    print(
      flags.format === "json" ? JSON.stringify({ id: wanted, severity, why, page }, null, 2) : page,
    );
    return 0;
  }
  const model = await loadCatalog(catalog, flags.api, flags.format);
  if (typeof model === "number") return model;
  const entries = model.apis.flatMap((api) =>
    api.entries.filter((entry) => means(api, entry, wanted)),
  );
  if (entries.length === 0) {
    const names = model.apis.flatMap((api) =>
      api.entries.flatMap(({ id, name, match }) => [
        id,
        name,
        ...match.messages.map((m) => m.template),
      ]),
    );
    const near = nearest(wanted, [...names, ...Object.keys(table)]);
    complain(
      `No entry matches ${JSON.stringify(wanted)}.${near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`}`,
    );
    return 1;
  }
  if (flags.format === "json") printData(entries.map(entryData));
  else print(entries.map(describe).join("\n\n"));
  return 0;
}

function means(api: RecognisedApi, { id, name, match }: Entry, wanted: string): boolean {
  if (id === wanted || name === wanted) return true;
  if (match.statuses.some((one) => statusText(one) === wanted || hasStatus([one], Number(wanted))))
    return true;
  const number = /^-?\d+$/.test(wanted) ? Number(wanted) : NaN;
  if (
    match.codes.some(
      ({ first, last, prefix }) =>
        (prefix === true ? wanted.startsWith(String(first)) : first === wanted) ||
        ((first as number) <= number && number <= (last as number)),
    )
  )
    return true;
  const matcher = api.recognition.flatMap(({ data }) => data.matchers).find((m) => m.id === id);
  if (matcher?.texts === undefined) return false;
  const seen = {
    status: null,
    code: null,
    text: wanted,
    body: null,
    headers: null,
    operation: null,
    flaw: null,
  };
  return fits({ id, texts: matcher.texts }, seen, templates, undefined) !== null;
}
