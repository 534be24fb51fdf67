/** The failures of an API as types, by id. */
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { publishedPage } from "../address.js";
import { origin } from "../target.js";
import { failureType, isSealed } from "./failure-types.js";
import { type Fragment, ts, type } from "./fragment.js";
import { literal } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { interfaceOf } from "./printer.js";

export function failures(
  api: RecognisedApi,
  names: ApiNames,
  { docs }: RecognisedCatalog,
): readonly OutputFile[] {
  const { id, title, recognition } = api;
  if (recognition.length === 0) return [];
  const sealed = new Set(recognition.filter(isSealed).map(({ channel }) => channel));
  const all = interfaceOf(
    names.failures,
    `Every failure of the ${title}, by id.`,
    failuresOf(api).map((entry) => ({
      name: entry.id,
      type: failureType(entry, sealed),
      doc: [entry.summary, entry.remedy ?? ""].join(" ").trim(),
      tags: { see: publishedPage(docs, entry) },
    })),
  );
  return [moduleFile(`${id}/failures`, origin(api), [all])];
}

/** The entries that arrive as failures on any channel. */
export function failuresOf({ recognition }: RecognisedApi): readonly Entry[] {
  const arriving = recognition.flatMap(({ entries }) => entries);
  return [...new Set(arriving)].filter(({ success }) => !success);
}

/** All failures of an API, as an interface by id. */
export function failuresType({ id }: RecognisedApi, names: ApiNames): Fragment {
  return type(names.failures, `${id}/failures`);
}

export function failureOf(api: RecognisedApi, names: ApiNames, entry: Entry): Fragment {
  return ts`${failuresType(api, names)}[${literal(entry.id)}]`;
}
