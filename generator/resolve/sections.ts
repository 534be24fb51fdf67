/** The sections of one API, gathered from all of its files. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { escapeStep } from "../match/pointer.js";
import { nearest } from "../diagnostics/nearest.js";
import type { Section, SectionNode, SectionsSyntax } from "../read/syntax.js";
import type { Checked } from "../read/validate.js";

/** A named node of a section, with its places. */
export interface Item<T> {
  readonly name: string;
  readonly value: T;
  /** The place of its name. */
  readonly place: Place;
  /** The place of a value inside of it. */
  at(...path: readonly (string | number)[]): Place;
  /** The place of a key inside of it. */
  key(...path: readonly (string | number)[]): Place;
}

const called: Readonly<Record<Section, string>> = {
  sources: "sources",
  channels: "channels",
  operations: "operations",
  shapes: "shapes",
  statuses: "statuses",
  errors: "entries",
  declines: "entries",
  sockets: "entries",
  retry: "retry rules",
  transport: "failures without a response",
  budgets: "budgets",
  limits: "limits",
  idempotency: "idempotency keys",
  deadlines: "deadlines",
  breakers: "breakers",
  modes: "modes",
  holes: "holes",
  conflicts: "conflicts",
};

/** The items of a section over all files, sorted by name; the same name twice is reported with both places. */
export function gather<K extends Section>(
  documents: readonly Checked<SectionsSyntax>[],
  section: K,
  log: DiagnosticLog,
): ReadonlyMap<string, Item<SectionNode<K>>> {
  const items = new Map<string, Item<SectionNode<K>>>();
  for (const document of documents) {
    const nodes = (document.value[section] ?? {}) as Record<string, SectionNode<K>>;
    for (const name of Object.keys(nodes)) {
      const pointer = `/${section}/${escapeStep(name)}`;
      const place = document.keyPlace(pointer);
      const first = items.get(name);
      if (first !== undefined) {
        log.report("id/duplicate", place, { what: called[section], id: name }, [
          { place: first.place, note: "first here" },
        ]);
        continue;
      }
      items.set(name, { ...itemAt(document, pointer), name, value: nodes[name]!, place });
    }
  }
  return new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The places of what is inside of a node. */
export function itemAt(
  document: Checked<unknown>,
  pointer: string,
): Pick<Item<unknown>, "at" | "key"> {
  const within = (path: readonly (string | number)[]): string =>
    [pointer, ...path.map((step) => escapeStep(String(step)))].join("/");
  return {
    at: (...path) => document.place(within(path)),
    key: (...path) => document.keyPlace(within(path)),
  };
}

/** What a name refers to; a name that refers to nothing is reported. `null` stands for what was reported itself. */
export function refer<T>(
  known: ReadonlyMap<string, T | null>,
  name: string,
  what: string,
  place: Place,
  log: DiagnosticLog,
): T | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const names = [...known.keys()];
  log.report("ref/unknown", place, {
    what,
    name,
    near: nearest(name, names),
    known: names.length > 12 ? [...names.slice(0, 12), "…"] : names,
  });
  return null;
}
