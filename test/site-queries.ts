/** What people search for: the texts and codes of a catalog, with the entries that have each, by their paths. */
import type { Catalog } from "../site/lib/catalog.js";
import { constantsOf } from "../site/lib/entries.js";

export interface Query {
  readonly query: string;
  readonly entries: readonly string[];
}

/** A value for each type of placeholder, which is in no catalog. */
const values: Readonly<Record<string, string>> = {
  decimal: "731.25",
  integer: "4077",
  currency: "JPY",
  word: "zeta",
  uuid: "9b2e4c1a-0000-4000-8000-00000000abcd",
};

/** A template with values of its own. */
function instanceOf(template: string): string {
  const types = [...template.matchAll(/\{[^:}]+:([^}]+)\}/g)].map(([, type]) => type!);
  return constantsOf(template)
    .map((constant, i) => constant + (i < types.length ? (values[types[i]!] ?? "some words") : ""))
    .join("");
}

export function queriesOf({ apis }: Catalog): readonly Query[] {
  const found = new Map<string, string[]>();
  const add = (query: string, path: string): void => {
    found.set(query, [...(found.get(query) ?? []), path]);
  };
  for (const api of apis)
    for (const { match, family, name } of api.entries) {
      const path = `${api.id}/${family}/${name}`;
      for (const { literal, template } of match.messages ?? [])
        add(literal ?? instanceOf(template), path);
      for (const { first, last } of match.codes ?? [])
        if (typeof first === "number" && typeof last === "number")
          for (let code = first; code <= last; code++) add(String(code), path);
        else add(String(first), path);
      if (family === "statuses")
        for (const status of match.statuses ?? []) add(String(status), path);
    }
  return [...found].map(([query, entries]) => ({ query, entries }));
}
