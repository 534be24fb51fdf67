/**
 * Titles, summaries and remedies, apart from the tables so that only a bundle that shows them carries them. Those of an entry
 * from a folder that APIs extend are printed once, and each under a name: a table of names has no effects, so it can be left out.
 */
import { compare } from "../../diagnostics/order.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { wordsOf } from "../../recognise/tables.js";
import { byFamily } from "../../sections/families/index.js";
import { origin } from "../target.js";
import { alternatives, enclosed, type Fragment, ts, type, value } from "./fragment.js";
import { dataOf, literal, objectOf } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames, Names } from "./names.js";
import { exported, table } from "./printer.js";

const wordsType = type("Words", "runtime/vocabulary");

export function words(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const own = wordsOf(api);
  const rows = api.living.map((entry) => {
    const shared = names.shared.get(entry);
    const known = shared && value(shared.words, `${shared.base}/shared-words`);
    return [entry.id, known ?? literal(own[entry.id])] as const;
  });
  const isOwn = names.shared.size === 0;
  const record = enclosed("<>", [idsOf(api, names), wordsType]);
  return [
    moduleFile(`${api.id}/words`, origin(api), [
      exported(
        names.words,
        `What each entry of the ${api.title} means, in words.`,
        ts`Readonly${enclosed("<>", [ts`Record${record}`])}`,
        isOwn ? dataOf(own) : objectOf(Object.fromEntries(rows)),
      ),
    ]),
  ];
}

/** The words of what APIs have from each folder that they extend. */
export function sharedWords({ apis }: RecognisedCatalog, names: Names): readonly OutputFile[] {
  const bases = new Map<string, Map<string, Fragment>>();
  for (const api of apis) {
    const all = wordsOf(api);
    for (const [{ id, name }, { base, words }] of names.get(api.id)!.shared) {
      const known = bases.get(base) ?? new Map<string, Fragment>();
      bases.set(base, known);
      known.set(words, table(words, `What \`${name}\` means, in words.`, wordsType, all[id]!));
    }
  }
  return [...bases].map(([base, constants]) => {
    const sorted = [...constants].sort(([a], [b]) => compare(a, b));
    const statements = sorted.map(([, constant]) => constant);
    return moduleFile(`${base}/shared-words`, origin({ id: base }), statements);
  });
}

/** The ids of every family that has entries. */
export function idsOf(api: RecognisedApi, names: ApiNames): Fragment {
  return alternatives(
    byFamily(api.living).map(({ family: { key } }) => type(names.ids[key]!, `${api.id}/${key}`)),
  );
}
