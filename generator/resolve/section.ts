/** What a section of the language is: one file says all there is to say of it, from its schema to its page in the docs. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import type { Entry } from "../model/entry.js";
import type { Family } from "../model/family.js";
import type { Prose } from "../model/prose.js";
import type { Citation, Draft, Leaf, Named, Trace } from "../model/trace.js";
import { type Infer, traceKeys } from "../read/language.js";
import type { Item } from "./item.js";

export interface Section<
  Key extends string = string,
  Syntax = unknown,
  Node extends Named = Named,
> {
  readonly key: Key;
  /** What a diagnostic calls one of its nodes, and several. */
  readonly noun: string;
  readonly nouns: string;
  /** What it holds, for editors. */
  readonly about: string;
  /** The JSON Schema of a node, and of its name where that is not an id. */
  readonly schema: object;
  readonly names?: object;
  /** Where such a node is referred to; then one that nothing refers to is reported. */
  readonly usedBy?: string;
  /** The family that its nodes are entries of. All entries of an API share one set of names. */
  readonly family?: Family;
  /** The name of a node, where it is not its key. */
  nameOf?(item: Item<Syntax>, log: DiagnosticLog): string;
  /** The nodes that every API has without writing them. */
  builtIn?(place: Place): readonly Node[];
  /** The node of an item; `null` when it cannot be one, and that was reported. */
  resolve(item: Item<Syntax>, scope: Scope): Node | null;
  /** Fills in what refers to entries or to its own section. */
  link?(node: Draft<Node>, item: Item<Syntax>, scope: Scope): void;
  /** Only of nodes that are traced and have a summary. */
  readonly docs?: Docs<Node>;
  /** What catalog.json has of a node instead of its own keys. */
  json?(node: Node): object;
}

/** The part of an API's reference page that is about a section. */
export interface Docs<Node> {
  readonly title: string;
  /** Whether it comes after everything that is about retries. */
  readonly isLast?: true;
  facts(node: Node): readonly Prose[];
}

/** What the nodes of one API are resolved in. */
export interface Scope {
  readonly api: string;
  readonly codes: "integer" | "string" | null;
  readonly log: DiagnosticLog;
  /** The nodes of another section; `null` for one that was reported. */
  nodes<Node extends Named>(
    section: Section<string, never, Node>,
  ): ReadonlyMap<string, Node | null>;
  /** The node that a name refers to; `null` when that was reported. */
  refer<Node extends Named>(
    section: Section<string, never, Node>,
    name: string,
    place: Place,
  ): Node | null;
  /** The entry that a name refers to. Entries exist once everything is linked. */
  entry(name: string, place: Place): Entry | null;
  /** Name, place and trace of an item; `leaves` are what may be traced besides the keys that it has. */
  traced(
    item: Item<TracedSyntax>,
    leaves: readonly string[],
    taken?: Taken,
  ): { readonly name: string; readonly place: Place; readonly trace: Trace };
  cites(
    cite: string | readonly string[] | undefined,
    at: (path: readonly number[]) => Place,
  ): readonly Citation[];
  /** The items of every family. */
  entryItems(): readonly { readonly family: Family; readonly item: Item<unknown> }[];
  /** What the API says of all its entries at once. */
  defaults(): Item<unknown> | null;
  /** What is worked out once for the API. */
  memo<T>(what: string, make: () => T): T;
  /** Whether something is missed for the first time: what many lack is said once. */
  once(what: string): boolean;
}

/** What a node takes from others: leaves, and the citations that it has if it has none itself. */
export interface Taken {
  readonly leaves: readonly Leaf[];
  readonly cites: readonly Citation[];
}

export interface TracedSyntax {
  readonly cite?: string | string[];
  readonly inferred?: Record<string, string>;
  readonly policy?: Record<string, string>;
  readonly undocumented?: string[];
  readonly questions?: string[];
}

/** A section, with the types of its nodes from its schema and from what it resolves to. */
export function defineSection<const Key extends string, Schema extends object, Node extends Named>(
  section: Omit<Section<Key, Infer<Schema>, Node>, "schema"> & { readonly schema: Schema },
): Section<Key, Infer<Schema>, Node> {
  return section;
}

/** The keys of a schema that hold facts, words and bookkeeping apart. */
export function leavesOf({ properties }: { readonly properties: object }): readonly string[] {
  const others = { ...traceKeys, summary: true, extends: true };
  return Object.keys(properties).filter((key) => !(key in others));
}
