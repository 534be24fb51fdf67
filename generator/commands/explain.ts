/** `errata explain`: what an id, a code, a status or a text means. */
import { loadCatalog } from "./load.js";
import { describe, entryData } from "./describe.js";
import type { Api, Entry } from "../model/model.js";
import { nearest } from "../diagnostics/nearest.js";
import { recognition } from "../recognise/recognition.js";
import { matchTemplate } from "../runtime/template.js";

export interface ExplainFlags {
  readonly api: string | undefined;
  readonly format: "pretty" | "json";
}

export async function runExplain(
  catalog: string | undefined,
  words: readonly string[],
  flags: ExplainFlags,
): Promise<number> {
  const model = await loadCatalog(catalog, flags.api);
  if (typeof model === "number") return model;
  const wanted = words.join(" ");
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
    const near = nearest(wanted, names);
    console.error(
      `Nothing in the catalog is ${JSON.stringify(wanted)}.${near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`}`,
    );
    return 1;
  }
  if (flags.format === "json") console.log(JSON.stringify(entries.map(entryData), null, 2));
  else console.log(entries.map(describe).join("\n\n"));
  return 0;
}

function means(api: Api, { id, name, match }: Entry, wanted: string): boolean {
  if (id === wanted || name === wanted) return true;
  if (match.statuses.some((status) => String(status) === wanted)) return true;
  const number = /^-?\d+$/.test(wanted) ? Number(wanted) : NaN;
  if (
    match.codes.some(
      ({ first, last }) =>
        first === wanted || ((first as number) <= number && number <= (last as number)),
    )
  )
    return true;
  const matcher = recognition(api)
    .flatMap(({ data }) => data.matchers)
    .find((m) => m.id === id);
  return (matcher?.texts ?? []).some((text) =>
    typeof text === "string" ? text === wanted : matchTemplate(text, wanted) !== null,
  );
}
