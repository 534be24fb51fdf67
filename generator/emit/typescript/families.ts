/** The four families: enums of wire values, their guards, ids, and the entry tables. */
import { enumerate } from "../../diagnostics/phrases.js";
import type { Api, Entry, Member, ValueSet } from "../../model/model.js";
import {
  constant,
  constObject,
  enumeration,
  type EnumMember,
  guard,
  literal,
  type Statement,
  table,
  templateType,
  tsFile,
  typeAlias,
  union,
  use,
} from "./printer.js";
import { entryFacts } from "../../recognise/recognition.js";
import { Family } from "../../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "../emitter.js";

const setsOf: Readonly<Record<Family, readonly ValueSet["kind"][]>> = {
  statuses: ["status"],
  errors: ["code", "message"],
  declines: ["decline"],
  sockets: ["socket"],
};

export const families: Emitter = perApi((api, { enums }) =>
  Object.values(Family).flatMap((family) => {
    const entries = living(api, family);
    if (entries.length === 0) return [];
    const sets = api.sets.filter((set) => setsOf[family].includes(set.kind));
    const { ids, tables } = api.names;
    return [
      tsFile(`src/${api.id}/${family}.ts`, origin(api), [
        ...(sets.some(({ templates }) => templates.length > 0)
          ? [use(["matchTemplate", "type Part"], "../runtime/template.js")]
          : []),
        use(sets.length > 0 ? ["Entry", "Open"] : ["Entry"], "../runtime/vocabulary.js", "types"),
        ...sets.flatMap((set) => valueSet(set, enums)),
        typeAlias(
          ids[family],
          `The ids of the ${family} of the ${api.title}.`,
          union(entries.map((e) => e.id)),
        ),
        table(
          tables[family],
          `What the catalog says about the ${family} of the ${api.title}, by id.`,
          `Readonly<Record<${ids[family]}, Entry>>`,
          Object.fromEntries(entries.map((entry) => [entry.id, entryFacts(entry)])),
        ),
      ]),
    ];
  }),
);

/** The entries of a family that can still come back. */
function living(api: Api, family: Family): readonly Entry[] {
  return api.entries.filter((entry) => entry.family === family && entry.removed === null);
}

function enumMember({ name, value, entries, owner }: Member): EnumMember {
  const ids = entries.map(({ id }) => id);
  const shared = ids.length === 1 ? [] : [`Shared by ${enumerate(ids, "and")}.`];
  const gone = entries.every(({ deprecated }) => deprecated !== null)
    ? (owner ?? entries[0]!).deprecated
    : null;
  return {
    name,
    value,
    doc: [...(owner === null ? [] : [owner.summary]), ...shared].join("\n"),
    deprecated: gone === null ? null : `since ${gone.since}: ${gone.reason}`,
  };
}

function valueSet(set: ValueSet, enums: "const" | "enum"): readonly Statement[] {
  const members = set.members.map(enumMember);
  const print = enums === "enum" ? enumeration : constObject;
  const known = `known${set.type}`;
  // A numeric TypeScript enum maps back from value to name, so its values have to be listed.
  const values =
    enums === "enum" && typeof members[0]?.value === "number"
      ? literal(members.map((m) => m.value))
      : `/* @__PURE__ */ Object.values(${set.type})`;
  return [
    ...print(set.type, set.summary, members),
    typeAlias(
      set.open,
      `A value of ${set.type}, or one that the vendor added since.`,
      `Open<${set.type}>`,
    ),
    constant(known, "ReadonlySet<unknown>", `/* @__PURE__ */ new Set(${values})`),
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

/** The guard of a set some of whose texts have holes. */
function templateGuard(
  { type, open, guard: name, templates }: ValueSet,
  known: string,
): readonly Statement[] {
  const rows = `${known}Templates`;
  const isAnything = templates.some((parts) => parts.every((part) => typeof part !== "string"));
  const types = templates.map((parts) =>
    templateType(parts.map((part) => (typeof part === "string" ? part : null))),
  );
  return [
    constant(rows, "readonly (readonly Part[])[]", literal(templates)),
    guard(
      name,
      `Whether a value is one of ${type}, or a text that fits one of its templates.`,
      // Holes without a text between them may be anything.
      isAnything ? open : [type, ...new Set(types)].join(" | "),
      `${known}.has(value) || (typeof value === "string" && ${rows}.some((parts) => matchTemplate(parts, value) !== null))`,
    ),
  ];
}
