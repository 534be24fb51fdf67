/** The nodes of one API as its files have them, and the names by which they refer to each other. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { nearest } from "../diagnostics/nearest.js";
import { escapeStep } from "../match/pointer.js";
import type { Checked } from "../read/validate.js";

/** A named node of a section, with its places. */
export interface Item<T> {
  readonly name: string;
  /** Its key in the YAML, which is its name unless the section says otherwise. */
  readonly written: string;
  readonly value: T;
  /** The place of its key. */
  readonly place: Place;
  /** The place of a value inside it. */
  readonly at: (...path: readonly (string | number)[]) => Place;
  /** The place of a key inside it. */
  readonly key: (...path: readonly (string | number)[]) => Place;
}

/** The items of a section over all files, sorted by key; the same key twice is reported with both places. */
export function gather(
  documents: readonly Checked<object>[],
  section: { readonly key: string; readonly nouns: string },
  log: DiagnosticLog,
): readonly Item<unknown>[] {
  const items = new Map<string, Item<unknown>>();
  for (const document of documents) {
    const sections = document.value as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    const nodes = sections[section.key] ?? {};
    for (const name of Object.keys(nodes)) {
      const item = itemAt(document, [section.key, name], nodes[name]);
      const first = items.get(name);
      if (first === undefined) items.set(name, item);
      else reportTwice(item, first, section.nouns, log);
    }
  }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Two nodes with one name. */
export function reportTwice(
  { name, place }: Pick<Item<unknown>, "name" | "place">,
  first: { readonly place: Place },
  nouns: string,
  log: DiagnosticLog,
): void {
  const related = [{ place: first.place, note: "first here" }];
  log.report("id/duplicate", place, { what: nouns, id: name }, related);
}

/** The node at a path of a document; its name is the last step. */
export function itemAt<T>(document: Checked<unknown>, path: readonly string[], value: T): Item<T> {
  const within = (inner: readonly (string | number)[]): string =>
    ["", ...path, ...inner].map((step) => escapeStep(String(step))).join("/");
  const name = path[path.length - 1]!;
  return {
    name,
    written: name,
    value,
    place: document.keyPlace(within([])),
    at: (...inner) => document.place(within(inner)),
    key: (...inner) => document.keyPlace(within(inner)),
  };
}

/** What a name refers to; a name that refers to nothing is reported. `null` stands for what was reported itself. */
export function refer<T>(
  known: ReadonlyMap<string, T | null>,
  name: string,
  noun: string,
  place: Place,
  log: DiagnosticLog,
): T | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const names = [...known.keys()];
  log.report("ref/unknown", place, {
    what: noun,
    name,
    near: nearest(name, names),
    known: names.length > 12 ? [...names.slice(0, 12), "…"] : names,
  });
  return null;
}
