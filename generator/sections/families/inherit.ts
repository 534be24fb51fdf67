/** What an entry takes where it says nothing itself: from its class, else from its status, else from the API's defaults. */
import type { Place } from "../../diagnostics/log.js";
import type { Leaf } from "../../model/trace.js";
import { spanOfCode, type CodeSpan } from "../../match/spans.js";
import type { Item } from "../../resolve/item.js";
import type { Scope } from "../../resolve/section.js";
import type { DefaultsSyntax } from "../defaults.js";
import type { EntrySyntax } from "./entry-syntax.js";
import type { EntryItem } from "./features.js";

type FactName = Exclude<keyof DefaultsSyntax, "cite" | "questions" | Leaf["known"]>;

/** Each with the fact that has to come from the same place, as it would mean nothing beside another one. */
const names: Readonly<Record<FactName, FactName | null>> = {
  category: null,
  actor: "category",
  outcome: null,
  "if-prior-unknown": "outcome",
  on: "outcome",
  retry: null,
  severity: null,
  tags: null,
  examples: null,
};

/** What is assumed where no source says anything, and nobody says what to assume: what loses nothing. */
const assumed: Readonly<Partial<Record<FactName, string>>> = {
  category: "unknown",
  outcome: "unknown",
  retry: "reconcile",
};

interface Fact {
  readonly value: unknown;
  readonly place: Place;
  readonly leaves: readonly Leaf[];
  /** Whose it is: an entry's id, or `defaults`; `null` for what the node says itself. */
  readonly from: string | null;
}

type Facts = ReadonlyMap<FactName, Fact>;

/** An item with what it takes, and how that is known. */
export interface Inherited {
  readonly item: EntryItem;
  readonly leaves: readonly Leaf[];
  /** The name of its class. */
  readonly class: string | null;
}

export function inherit(item: EntryItem, scope: Scope): Inherited {
  const facts = factsOf(item, scope);
  const value = { ...item.value } as Record<string, unknown>;
  const places = new Map<string, Place>();
  for (const [name, fact] of facts) {
    if (value[name] === undefined) places.set(name, fact.place);
    value[name] = fact.value;
  }
  const at: EntryItem["at"] = (...path) => places.get(String(path[0])) ?? item.at(...path);
  return {
    item: { ...item, value: value as EntrySyntax, at },
    leaves: [...facts.values()].flatMap(({ leaves, from }) => (from === null ? [] : leaves)),
    class: classOf(item, scope)?.name ?? null,
  };
}

function factsOf(item: EntryItem, scope: Scope): Facts {
  const known = scope.memo("facts", () => new Map<unknown, Facts>());
  const before = known.get(item.value);
  if (before !== undefined) return before;
  const facts = new Map<FactName, Fact>();
  known.set(item.value, facts);
  const sources = item.value.success === true ? ofSuccesses(scope) : sourcesOf(item, scope);
  for (const name of Object.keys(names) as FactName[]) {
    const fact =
      ownFact(item, name) ?? silentFact(item, name, scope) ?? taken(name, facts, sources);
    if (fact !== null) facts.set(name, fact);
  }
  const tags = [...sources].reverse().map((source) => source.facts.get("tags")?.value ?? []);
  const own = facts.get("tags");
  if (own !== undefined)
    facts.set("tags", { ...own, value: [...new Set([...tags, own.value].flat())] });
  return facts;
}

interface Source {
  readonly name: string;
  readonly facts: Facts;
}

function sourcesOf(item: EntryItem, scope: Scope): readonly Source[] {
  const entry = (found: EntryItem | null): readonly Source[] =>
    found === null || found.value === item.value
      ? []
      : [{ name: `${scope.api}.${found.name}`, facts: factsOf(found, scope) }];
  return [
    ...entry(classOf(item, scope)),
    ...entry(statusOf(item, scope)),
    { name: "defaults", facts: defaultFacts(scope) },
  ];
}

/** What is said of failures says nothing of a success; what is not said at all is said of neither. */
function ofSuccesses(scope: Scope): readonly Source[] {
  const [outcome, examples] = (["outcome", "examples"] as const).map((name) =>
    defaultFacts(scope).get(name),
  );
  const facts = new Map<FactName, Fact>();
  if (outcome !== undefined && isSilent(outcome))
    facts.set("outcome", { ...outcome, value: assumed.outcome });
  if (examples !== undefined) facts.set("examples", examples);
  return [{ name: "defaults", facts }];
}

function defaultFacts(scope: Scope): Facts {
  return scope.memo("default facts", () => {
    const item = scope.defaults() as Item<DefaultsSyntax> | null;
    const facts = new Map<FactName, Fact>();
    if (item === null) return facts;
    for (const name of Object.keys(names) as FactName[]) {
      const isListed = item.value.undocumented?.includes(name) === true;
      const fact = ownFact(item, name);
      const value = fact?.value ?? (isListed ? assumed[name] : undefined);
      if (value === undefined) continue;
      const leaves = isListed ? [silence(item, name)] : fact!.leaves;
      facts.set(name, { value, place: fact?.place ?? item.place, leaves, from: null });
    }
    return facts;
  });
}

function ownFact(item: Item<EntrySyntax | DefaultsSyntax>, name: FactName): Fact | null {
  const value = item.value[name];
  if (value === undefined) return null;
  const leaves = (["inferred", "policy"] as const).flatMap((known) =>
    Object.entries(item.value[known] ?? {}).flatMap(([path, reason]): Leaf[] =>
      path === name || path.startsWith(`${name}.`)
        ? [{ path, known, reason, place: item.key(known, path) }]
        : [],
    ),
  );
  return { value, place: item.at(name), leaves, from: null };
}

/** Of what an entry lists as undocumented it takes only what is to be assumed, never what is known of others. */
function silentFact(item: EntryItem, name: FactName, scope: Scope): Fact | null {
  if (item.value.undocumented?.includes(name) !== true) return null;
  const fact = item.value.success === true ? undefined : defaultFacts(scope).get(name);
  const value = fact !== undefined && isSilent(fact) ? fact.value : assumed[name];
  return value === undefined ? null : { value, place: item.place, leaves: [], from: null };
}

function isSilent({ leaves }: Fact): boolean {
  return leaves.some(({ known }) => known === "undocumented");
}

function taken(name: FactName, facts: Facts, sources: readonly Source[]): Fact | null {
  const lead = names[name];
  const leadFrom = lead === null ? null : (facts.get(lead)?.from ?? null);
  for (const source of sources) {
    const fact = source.facts.get(name);
    if (fact === undefined) continue;
    const from = fact.from ?? source.name;
    if (lead !== null && leadFrom !== from) continue;
    const { value, place } = fact;
    const documented: Leaf = { path: name, known: "documented", reason: null, place };
    // That an example is to be made is no fact of the vendor's.
    const own = fact.leaves.length === 0 && name !== "examples" ? [documented] : fact.leaves;
    return { value, place, from, leaves: own.map((leaf) => ({ ...leaf, from })) };
  }
  return null;
}

function silence(item: Item<DefaultsSyntax>, path: string): Leaf {
  return { path, known: "undocumented", reason: null, place: item.key("undocumented") };
}

interface CodeClass {
  readonly item: EntryItem;
  readonly spans: readonly CodeSpan[];
}

/**
 * The narrowest entry whose codes hold all codes of this one, and more, or that has them with nothing besides; of a status,
 * that of its hundred.
 */
function classOf(item: EntryItem, scope: Scope): EntryItem | null {
  if (item.value.code === undefined) {
    const hundred = /^([1-5])[0-9][0-9]$/.exec(item.written)?.[1];
    return hundred === undefined ? null : statusItem(`${hundred}xx`, scope);
  }
  const bare = isBare(item) ? null : bareOf(item, scope);
  if (bare !== null) return bare;
  const classes = scope.memo("classes", () => codeClasses(scope));
  const own = spansOf(item);
  const fitting = classes.filter(
    (one) =>
      one.item.value !== item.value &&
      own.length > 0 &&
      own.every((span) => one.spans.some((wide) => isWithin(span, wide))) &&
      !one.spans.every((span) => own.some((wide) => isWithin(span, wide))),
  );
  return (
    fitting.reduce<CodeClass | null>(
      (best, one) =>
        best === null || one.spans.every((span) => best.spans.some((wide) => isWithin(span, wide)))
          ? one
          : best,
      null,
    )?.item ?? null
  );
}

/** Whether an entry is known by its code and nothing else. */
function isBare({ value }: EntryItem): boolean {
  const { codes, message, shape, where, headers, operations } = value;
  return (codes ?? message ?? shape ?? where ?? headers ?? operations) === undefined;
}

/** The entry that is known by the same code and nothing else: what is left of that code. */
function bareOf(item: EntryItem, scope: Scope): EntryItem | null {
  const all = scope.memo("bare codes", () => {
    const found = new Map<string, EntryItem>();
    for (const { item } of scope.entryItems()) {
      const entry = item as EntryItem;
      if (isBare(entry) && entry.value.success !== true)
        for (const code of [entry.value.code ?? []].flat()) found.set(String(code), entry);
    }
    return found;
  });
  const codes = [item.value.code ?? []].flat().map(String);
  const bare = all.get(codes[0] ?? "") ?? null;
  return bare !== null && codes.every((code) => all.get(code) === bare) ? bare : null;
}

function codeClasses(scope: Scope): readonly CodeClass[] {
  return scope.entryItems().flatMap(({ item }) => {
    const entry = item as EntryItem;
    const spans = spansOf(entry);
    const isWide = spans.some(({ first, last, prefix }) => prefix === true || first !== last);
    return isWide && isBare(entry) && entry.value.success !== true ? [{ item: entry, spans }] : [];
  });
}

function spansOf({ value: { code } }: EntryItem): readonly CodeSpan[] {
  return [code ?? []].flat().flatMap((value) => spanOfCode(value) ?? []);
}

function isWithin(inner: CodeSpan, outer: CodeSpan): boolean {
  if (outer.prefix === true)
    return typeof inner.first === "string" && inner.first.startsWith(String(outer.first));
  return inner.prefix !== true && inner.first >= outer.first && inner.last <= outer.last;
}

/** What the status of an entry says by itself, if it comes with one status. */
function statusOf({ value: { status } }: EntryItem, scope: Scope): EntryItem | null {
  const [only, other] = [status ?? []].flat().map(String);
  if (only === undefined || other !== undefined) return null;
  return statusItem(only, scope) ?? statusItem(`${only[0]}xx`, scope);
}

function statusItem(key: string, scope: Scope): EntryItem | null {
  const all = scope.memo(
    "statuses",
    () =>
      new Map(
        scope
          .entryItems()
          .flatMap(({ family, item }) =>
            family.isByStatus && (item as EntryItem).value.success !== true
              ? [[item.written, item as EntryItem] as const]
              : [],
          ),
      ),
  );
  return all.get(key) ?? null;
}
