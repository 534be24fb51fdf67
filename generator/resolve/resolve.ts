/** Checked documents become the model: every section resolves its nodes, and links them once all exist. */
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import type { Entry } from "../model/entry.js";
import { firstStatus } from "../model/spans.js";
import type { Draft, Named, Source } from "../model/trace.js";
import type { Checked } from "../read/validate.js";
import { gather, type Item, refer, reportTwice } from "./item.js";
import type { Scope, Section } from "./section.js";
import { Tracer } from "./trace.js";

/** One API's folder as read. */
export interface Folder {
  readonly name: string;
  /** Where the manifest lists it. */
  readonly place: Place;
  readonly documents: readonly Checked<object>[];
  /** The folder that it extends, for each file that is from there. */
  readonly bases: ReadonlyMap<SourceText, string>;
}

/** What one API's sections resolve to. */
export interface Resolved {
  /** The nodes of each section by its key; those of families are among the entries. */
  readonly nodes: Readonly<Record<string, readonly Named[]>>;
  /** By family, then by status, code or name. */
  readonly entries: readonly Entry[];
  /** The nodes that another one refers to. */
  readonly referred: ReadonlySet<Named>;
  readonly scope: Scope;
}

/** Resolves the sections of one API, whose own facts are at `place`. */
export function resolveSections(
  { name: api, documents }: Folder,
  about: {
    readonly codes: Scope["codes"];
    readonly lacking: Set<string>;
    readonly place: Place;
    readonly defaults: Item<unknown> | null;
  },
  sections: readonly Section[],
  log: DiagnosticLog,
): Resolved {
  const resolved = new Map<string, ResolvedSection>();
  const entries = new Map<string, Entry | null>();
  const names = new Map<string, Named>();
  const referred = new Set<Named>();
  const use = <T extends Named>(node: T | null): T | null => {
    if (node !== null) referred.add(node);
    return node;
  };
  /** Sections resolve what they refer to when they first refer to it, so their order does not matter. */
  const nodesOf = (section: Section): ReadonlyMap<string, Named | null> => {
    const known = resolved.get(section.key);
    if (known !== undefined) return known.nodes;
    const found = resolveSection(section, { scope, itemsOf, names, place: about.place });
    resolved.set(section.key, found);
    if (section.family !== undefined)
      for (const [name, node] of found.nodes) entries.set(name, node as Entry | null);
    return found.nodes;
  };
  const items = new Map<string, readonly Item<unknown>[]>();
  /** The items of a section with their names; gathered once, since what is written twice is reported. */
  const itemsOf = (section: Section): readonly Item<unknown>[] => {
    const known = items.get(section.key);
    if (known !== undefined) return known;
    const found = gather(documents, section, log).map((item) => ({
      ...item,
      name: section.nameOf?.(item, log) ?? item.name,
    }));
    items.set(section.key, found);
    return found;
  };
  const entryItems = (): ReturnType<Scope["entryItems"]> =>
    sections.flatMap((section) => {
      const { family } = section;
      return family === undefined ? [] : itemsOf(section).map((item) => ({ family, item }));
    });
  const memos = new Map<string, unknown>();
  const scope: Scope = {
    api,
    codes: about.codes,
    log,
    nodes: (section) => nodesOf(section as unknown as Section) as ReadonlyMap<string, never>,
    refer: (section, name, place) =>
      use(refer(scope.nodes(section), name, section.noun, place, log)),
    entry: (name, place) => use(refer(entries, name, "entry", place, log)),
    traced: (item, leaves, taken) => tracer().trace(item, leaves, taken),
    entryItems: () => scope.memo("entries", entryItems),
    defaults: () => about.defaults,
    memo: <T>(what: string, make: () => T): T => {
      if (!memos.has(what)) memos.set(what, make());
      return memos.get(what) as T;
    },
    cites: (cite, at) => tracer().cites(cite, at),
    once: (what) => {
      const isFirst = !about.lacking.has(what);
      about.lacking.add(what);
      return isFirst;
    },
  };
  const tracer = (): Tracer =>
    new Tracer(nodesOf(sections.find(({ key }) => key === "sources")!) as Sources, log);
  for (const section of sections) nodesOf(section);
  for (const section of sections)
    for (const { node, item } of resolved.get(section.key)!.drafts)
      section.link?.(node, item, scope);
  const nodes = sections.flatMap(({ key, family }) =>
    family === undefined ? [[key, present(resolved.get(key)!.nodes)] as const] : [],
  );
  const families = sections.flatMap(({ family }) => family ?? []);
  return {
    nodes: Object.fromEntries(nodes),
    entries: (present(entries) as Entry[]).sort(
      (a, b) => families.indexOf(a.family) - families.indexOf(b.family) || compareEntries(a, b),
    ),
    referred,
    scope,
  };
}

type Sources = ReadonlyMap<string, Source>;

interface ResolvedSection {
  readonly nodes: ReadonlyMap<string, Named | null>;
  readonly drafts: readonly { readonly node: Draft<Named>; readonly item: Item<unknown> }[];
}

interface Given {
  readonly scope: Scope;
  itemsOf(section: Section): readonly Item<unknown>[];
  /** The entries of every family so far: they share one set of names. */
  readonly names: Map<string, { readonly place: Place }>;
  readonly place: Place;
}

function resolveSection(section: Section, given: Given): ResolvedSection {
  const { scope, itemsOf, names, place } = given;
  const nodes = new Map<string, Named | null>();
  const drafts: { node: Draft<Named>; item: Item<unknown> }[] = [];
  for (const item of itemsOf(section)) {
    const { name } = item;
    const first = section.family === undefined ? undefined : names.get(name);
    if (first !== undefined) {
      reportTwice(item, first, section.nouns, scope.log);
      continue;
    }
    if (section.family !== undefined) names.set(name, item);
    const node = section.resolve(item, scope);
    nodes.set(name, node);
    if (node !== null) drafts.push({ node, item });
  }
  for (const node of section.builtIn?.(place) ?? []) {
    const own = drafts.find(({ item }) => item.name === node.name);
    if (own !== undefined)
      scope.log.report("name/reserved", own.item.place, {
        name: node.name,
        why: `every API already has a ${section.noun.split(" ").at(-1)} with that name`,
      });
    nodes.set(node.name, node);
  }
  return { nodes: new Map([...nodes].sort(([a], [b]) => compare(a, b))), drafts };
}

function present<T>(nodes: ReadonlyMap<string, T | null>): T[] {
  return [...nodes.values()].filter((node) => node !== null);
}

/** Statuses and codes by number, then names. */
function compareEntries(a: Entry, b: Entry): number {
  const number = ({ family, match }: Entry): number => {
    const first = family.isByStatus ? firstStatus(match.statuses) : match.codes[0]?.first;
    return typeof first === "number" ? first : Infinity;
  };
  const [x, y] = [number(a), number(b)];
  return (x === y ? 0 : x - y) || compare(a.name, b.name);
}
