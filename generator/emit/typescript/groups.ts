/** What entries have in common besides their kind: tags, severities and categories of the API's own, with a guard on each. */
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { origin } from "../target.js";
import { enclosed, type Fragment, ts, value } from "./fragment.js";
import { literal, objectOf, union } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames } from "./names.js";
import { delegate, exported, typeAlias } from "./printer.js";

/** A kind of group: how its names are made, what an entry has of it, and what it is called. */
interface GroupKind {
  readonly key: "tags" | "severities" | "categories";
  readonly of: (entry: Entry) => readonly string[];
  readonly one: string;
  readonly many: string;
}

const groupKinds: readonly GroupKind[] = [
  { key: "tags", one: "tag", many: "tags", of: ({ tags }) => tags },
  {
    key: "severities",
    one: "severity",
    many: "severities",
    of: ({ severity }) => (severity === null ? [] : [severity]),
  },
  {
    key: "categories",
    one: "category of its own",
    many: "categories of its own",
    of: ({ ownCategory }) => (ownCategory === null ? [] : [ownCategory.name]),
  },
];

/** The ids of the failures in each group of a kind. */
function groupsOf(entries: readonly Entry[], { of }: GroupKind): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const entry of entries)
    for (const name of entry.success ? [] : of(entry)) (groups[name] ??= []).push(entry.id);
  return Object.fromEntries(Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function groups(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const statements = groupKinds.flatMap((kind): Fragment[] => {
    const found = groupsOf(api.living, kind);
    const known = Object.keys(found);
    if (known.length === 0) return [];
    const { type, table, guard } = names.groups[kind.key];
    return [
      typeAlias(type, `The ${kind.many} that failures of the ${api.title} have.`, union(known)),
      exported(
        table,
        `The ids of the failures of the ${api.title}, by ${kind.one}.`,
        ts`{ readonly ${enclosed("[]", [ts`Name in ${type}`])}: readonly string[] }`,
        objectOf(
          Object.fromEntries(Object.entries(found).map(([name, ids]) => [name, literal(ids)])),
        ),
      ),
      delegate(
        guard,
        `Whether a value, or what was thrown with it, is a failure with this ${kind.one}.`,
        [
          { name: "value", type: "unknown" },
          { name: "name", type },
        ],
        "boolean",
        ts`${value("hasIdIn", "runtime/guards")}(value, ${table}[name])`,
      ),
    ];
  });
  return statements.length === 0 ? [] : [moduleFile(`${api.id}/groups`, origin(api), statements)];
}

/** Whether an API has any group. */
export function hasGroups({ living }: RecognisedApi): boolean {
  return groupKinds.some((kind) => Object.keys(groupsOf(living, kind)).length > 0);
}
