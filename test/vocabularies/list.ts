/** What the lists have in common: an excerpt as data, the catalog that is made of it, and bodies that the vendor documents. */
import { stringify } from "yaml";
import type { Entry } from "../../generator/model/entry.js";
import type { AdviceInput } from "../../generator/runtime/advice.js";
import type { HttpResponse } from "../../generator/runtime/failure.js";

/** A public list: what it says, and nothing else. */
export interface List {
  /** The sections of the catalog, by name. */
  readonly catalog: Readonly<Record<string, unknown>>;
  /** The sections of the folder `common` that it extends, if it does. */
  readonly shared?: Readonly<Record<string, unknown>>;
  /** How many entries the excerpt has. */
  readonly count: number;
  /** The facts that the list itself gives of an entry, as `name fact`. */
  readonly gives: readonly string[];
  /** The facts that are concluded from what it says, likewise; the catalog has the reason of each. */
  readonly follows: readonly string[];
  /** How many entries have each severity, of their own or of a class. */
  readonly severities?: Readonly<Record<string, number>>;
  readonly replies: readonly Row[];
  readonly batch?: {
    readonly sent: readonly (string | number)[];
    readonly response: HttpResponse;
    readonly reads: readonly string[];
  };
}

/** A response, or a frame; what it is read as; what to do about the write of that name (`none`: it is no failure); and what else advice is given. */
export type Row = readonly [
  given: HttpResponse | { readonly frame: unknown },
  reads: string,
  advice: string,
  input?: Partial<AdviceInput>,
];

/**
 * A catalog with one source, from which all is cited that does not say otherwise. The excerpts were typed on that day, in
 * part from memory: they try the language, and are no substitute for the pages.
 */
export function catalogOf(
  source: { readonly title: string; readonly url: string },
  sections: Readonly<Record<string, object>>,
): List["catalog"] {
  return {
    sources: { list: { ...source, read: "2026-11-27" } },
    defaults: {
      cite: "list",
      undocumented: ["category", "outcome", "retry"],
      examples: "made",
      policy: { examples: "the list shows none of most of its entries" },
    },
    ...sections,
  };
}

/** A wire name as the name of an entry: `INVALID_TEXT`, `invalid text` and `InvalidText` are all `invalid-text`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

export function yamlOf({ catalog, shared }: List): { yaml: string; common?: string } {
  const yaml = stringify(catalog);
  return shared === undefined ? { yaml } : { yaml, common: stringify(shared) };
}

/** How the three facts of an entry are known that a list might be tempted to invent. */
export function factsOf({ name, success, trace, ...entry }: Entry): readonly Fact[] {
  const all = { category: entry.category, outcome: entry.outcome, retry: entry.retry?.name };
  return Object.entries(all)
    .filter(([path]) => !success || path === "outcome")
    .map(([path, value]) => {
      const leaf = trace.leaves.find((one) => one.path === path);
      const { known = "documented", from = null } = leaf ?? {};
      return { fact: `${name} ${path}`, path, value, known, isOwn: from === null };
    });
}

interface Fact {
  readonly fact: string;
  readonly path: string;
  readonly value: unknown;
  readonly known: string;
  /** Whether the entry says so itself, rather than its class, its status or the defaults. */
  readonly isOwn: boolean;
}
