/** A family of entries as a section of the language. */
import type { DiagnosticLog } from "../../diagnostics/log.js";
import type { Entry } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import type { Section } from "../../resolve/section.js";
import { type EntrySyntax, schema } from "./entry-syntax.js";
import type { EntryItem } from "./features.js";
import { linkEntry, resolveEntry } from "./resolve-entry.js";

export type FamilySection = Section<string, EntrySyntax, Entry> & { readonly family: Family };

export interface FamilySyntax extends Family {
  /** What it holds, for editors. */
  readonly about: string;
  /** The JSON Schema of its keys where they are no ids, and the name of an entry by its key. */
  readonly names?: object;
  nameOf?(item: EntryItem, log: DiagnosticLog): string;
}

export function defineFamily({ about, names, nameOf, ...family }: FamilySyntax): FamilySection {
  return {
    ...{ key: family.key, noun: "entry", nouns: "entries", about, schema, family },
    ...(names === undefined ? {} : { names }),
    ...(nameOf === undefined ? {} : { nameOf }),
    resolve: (item, scope) => resolveEntry(family, item, scope),
    link: linkEntry,
  };
}
