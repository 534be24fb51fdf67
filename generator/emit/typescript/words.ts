/** Titles, summaries and remedies, apart from the tables so that only a bundle that shows them carries them. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { wordsOf } from "../../recognise/tables.js";
import { origin } from "../target.js";
import { alternatives, enclosed, type Fragment, ts, type } from "./fragment.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { table } from "./printer.js";
import { byFamily } from "../../sections/families/index.js";

export function words(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const record = enclosed("<>", [idsOf(api, names), type("Words", "runtime/vocabulary")]);
  return [
    moduleFile(`${api.id}/words`, origin(api), [
      table(
        names.words,
        `What each entry of the ${api.title} means, in words.`,
        ts`Readonly${enclosed("<>", [ts`Record${record}`])}`,
        wordsOf(api),
      ),
    ]),
  ];
}

/** The ids of every family that has entries. */
export function idsOf(api: RecognisedApi, names: ApiNames): Fragment {
  return alternatives(
    byFamily(api.living).map(({ family: { key } }) => type(names.ids[key]!, `${api.id}/${key}`)),
  );
}
