/** `errata list`: the entries of a catalog, or those of some kind, as a table. */
import type { Entry } from "../model/entry.js";
import { categories, outcomes } from "../model/taxonomy.js";
import { table } from "./columns.js";
import { entryData, knownBy } from "./describe.js";
import { instead, loadCatalog, quoted } from "./load.js";
import { answerOption, catalogOption, type Register } from "./options.js";
import { columns, complain, print, printData } from "./terminal.js";

interface Typed extends Partial<Readonly<Record<Filter, string>>> {
  readonly catalog?: string;
  readonly format: "pretty" | "json";
}

type Filter = keyof typeof filters;

/** What an entry has, by filter, and the words that every catalog knows. */
const filters = {
  category: {
    of: ({ category, ownCategory }: Entry) => [category, ownCategory?.name],
    known: Object.keys(categories),
  },
  outcome: { of: ({ outcome }: Entry) => [outcome], known: Object.keys(outcomes) },
  tag: { of: ({ tags }: Entry) => tags, known: [] },
  retry: { of: ({ retry }: Entry) => [retry?.name, retry?.data.verdict], known: [] },
} as const;

export const register: Register = (program, exits) =>
  void program
    .command("list [api]")
    .description("list the entries, or those of some category, outcome, tag or retry rule")
    .addOption(catalogOption())
    .option("--category <name>", "only this category, portable or of the API's own")
    .option("--outcome <outcome>", "only what became of a write, such as not-executed")
    .option("--tag <tag>", "only with this tag")
    .option("--retry <rule>", "only this retry rule, or rules with this verdict")
    .addOption(answerOption())
    .action(exits((api: string | undefined, typed: Typed) => runList(api, typed)));

async function runList(api: string | undefined, typed: Typed): Promise<number> {
  const model = await loadCatalog(typed.catalog, api, typed.format);
  if (typeof model === "number") return model;
  const all = model.apis.flatMap((one) => one.living);
  let entries = all;
  for (const [name, { of, known }] of Object.entries(filters)) {
    const wanted = typed[name as Filter];
    if (wanted === undefined) continue;
    const has = (entry: Entry): readonly unknown[] => of(entry);
    const there = all.flatMap(has).filter((one) => typeof one === "string");
    const values = [...new Set([...there, ...known])].sort();
    if (!values.includes(wanted)) {
      const other =
        values.length === 0 ? "No entry has one." : instead(wanted, values, "There are");
      complain(`There is no ${name} ${quoted(wanted)}. ${other}`);
      return 2;
    }
    entries = entries.filter((entry) => has(entry).includes(wanted));
  }
  if (typed.format === "json") printData(entries.map(entryData));
  else if (entries.length === 0) complain("No entry fits.");
  else
    print(table(["id", "known by", "category", "a write", "retry"], entries.map(row), columns()));
  return entries.length === 0 ? 1 : 0;
}

const row = (entry: Entry): readonly string[] => [
  entry.id,
  knownBy(entry),
  entry.success ? "success" : (entry.ownCategory?.name ?? entry.category!),
  entry.outcome,
  entry.retry?.name ?? "",
];
