/** The families: enums of wire values, their guards, ids, and the entry tables. */
import { enumerate } from "../../diagnostics/phrases.js";
import type { OutputFile } from "../../model/output-file.js";
import {
  entryFacts,
  type RecognisedApi,
  type RecognisedCatalog,
} from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import { publishedPage } from "../address.js";
import { origin } from "../target.js";
import {
  alternatives,
  both,
  either,
  enclosed,
  type Fragment,
  ts,
  type,
  value,
} from "./fragment.js";
import { literal, templateType, union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import {
  constant,
  constObject,
  enumeration,
  type EnumMember,
  guard,
  table,
  typeAlias,
} from "./printer.js";
import type { Member, ValueSet } from "./sets.js";

export function families(
  api: RecognisedApi,
  names: ApiNames,
  catalog: RecognisedCatalog,
): readonly OutputFile[] {
  return byFamily(api.living).map(({ family, entries }) => {
    const ids = names.ids[family.key]!;
    return moduleFile(`${api.id}/${family.key}`, origin(api), [
      ...names.sets.filter((set) => set.family === family).flatMap((set) => valueSet(set, catalog)),
      typeAlias(
        ids,
        `The ids of the ${family.key} of the ${api.title}.`,
        union(entries.map(({ id }) => id)),
      ),
      table(
        names.tables[family.key]!,
        `What the catalog says about the ${family.key} of the ${api.title}, by id.`,
        ts`Readonly${enclosed("<>", [ts`Record<${ids}, ${type("Entry", "runtime/vocabulary")}>`])}`,
        Object.fromEntries(entries.map((entry) => [entry.id, entryFacts(api, entry)])),
      ),
    ]);
  });
}

function enumMember(
  { name, value, entries, owner }: Member,
  { docs }: RecognisedCatalog,
): EnumMember {
  const ids = entries.map(({ id }) => id);
  const shared = ids.length === 1 ? [] : [`Shared by ${enumerate(ids, "and")}.`];
  const gone = entries.every(({ deprecated }) => deprecated !== null)
    ? (owner ?? entries[0]!).deprecated
    : null;
  return {
    name,
    value,
    doc: [...(owner === null ? [] : [owner.summary]), ...shared].join("\n"),
    tags: {
      deprecated: gone === null ? null : `since ${gone.since}: ${gone.reason}`,
      see: owner === null ? null : publishedPage(docs, owner),
    },
  };
}

function valueSet(set: ValueSet, catalog: RecognisedCatalog): readonly Fragment[] {
  const { enums } = catalog;
  const members = set.members.map((member) => enumMember(member, catalog));
  const print = enums === "enum" ? enumeration : constObject;
  const known = `known${set.type}`;
  // A numeric TypeScript enum maps back from value to name, so its values have to be listed.
  const values =
    enums === "enum" && typeof members[0]?.value === "number"
      ? literal(members.map((m) => m.value))
      : ts`/* @__PURE__ */ Object.values(${set.type})`;
  return [
    ...print(set.type, set.summary, members),
    typeAlias(
      set.open,
      `A value of ${set.type}, or one that the vendor added since.`,
      ts`${type("Open", "runtime/vocabulary")}<${set.type}>`,
    ),
    constant(known, "ReadonlySet<unknown>", ts`/* @__PURE__ */ new Set${enclosed("()", [values])}`),
    ...(set.templates.length === 0
      ? [
          guard(
            set.guard,
            `Whether a value is one of ${set.type}.`,
            set.type,
            `${known}.has(value)`,
          ),
        ]
      : templateGuard(set, known)),
  ];
}

/** The guard of a set some of whose texts have placeholders. */
function templateGuard(
  { type: name, open, guard: guardName, templates }: ValueSet,
  known: string,
): readonly Fragment[] {
  const rows = `${known}Templates`;
  const isAnything = templates.some((parts) => parts.every((part) => typeof part !== "string"));
  const types = templates.map((parts) =>
    templateType(parts.map((part) => (typeof part === "string" ? part : null))),
  );
  const fits = ts`${rows}.some((parts) => ${value("matchTemplate", "runtime/template")}(parts, value) !== null)`;
  return [
    constant(
      rows,
      ts`readonly (readonly ${type("Part", "runtime/template")}[])[]`,
      literal(templates),
    ),
    guard(
      guardName,
      `Whether a value is one of ${name}, or a text that fits one of its templates.`,
      // Placeholders without a text between them may be anything.
      isAnything ? open : alternatives([name, ...new Set(types)]),
      either(`${known}.has(value)`, both('typeof value === "string"', fits)),
    ),
  ];
}
