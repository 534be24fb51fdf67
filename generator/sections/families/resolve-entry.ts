/** An entry of the model from one of the language. */
import type { DiagnosticLog, Place } from "../../diagnostics/log.js";
import { compare } from "../../diagnostics/order.js";
import type { Entry, Example, Field, Match, OwnCategory } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import { title } from "../../model/names.js";
import type { RetryRule } from "../../model/retry.js";
import { categories } from "../../model/taxonomy.js";
import type { Citation, Draft } from "../../model/trace.js";
import { type Item, refer } from "../../resolve/item.js";
import type { Scope } from "../../resolve/section.js";
import type { Category } from "../../runtime/vocabulary.js";
import { categories as categorySection } from "../categories.js";
import { operations as operationSection } from "../operations.js";
import type { DefaultsSyntax } from "../defaults.js";
import { checkOnePlace, checkSingle } from "../places.js";
import { retry as retrySection, retryLeaves } from "../retry.js";
import type { EntryItem } from "./features.js";
import { inherit } from "./inherit.js";
import { checkRecognisable, resolveMatch } from "./resolve-match.js";

/** What may be said of an entry's facts besides the keys that it has. */
const leaves: readonly string[] = [
  ...[
    "category",
    "codes",
    "operations",
    "on",
    "outcome",
    "actor",
    "remedy",
    "status",
    "code",
    "message",
    "shape",
    "retry",
  ],
  ...["examples", "body", "headers", "cause", "tags", "severity", "if-prior-unknown"],
  ...retryLeaves.map((leaf) => `retry.${leaf}`),
];

/** An entry with its references to other entries still open; `null` when it lacks what every entry has. */
export function resolveEntry(family: Family, written: EntryItem, scope: Scope): Entry | null {
  const { item, leaves: taken } = inherit(written, scope);
  const { name, value, place } = item;
  checkName(name, place, scope);
  const success = value.success === true;
  checkFacts(item, scope.log);
  const rules = resolveRules(item, scope);
  const { trace } = scope.traced(written, leaves, { leaves: taken, cites: citesOf(scope) });
  const match = resolveMatch(family, item, scope);
  checkRecognisable(family, item, scope.log);
  const { category, ownCategory } = resolveCategory(item, scope);
  if (match === null || (!success && (category === null || rules.retry === null))) return null;
  return {
    ...{ name, place, trace, family, match, success },
    ...{ id: `${scope.api}.${name}`, title: value.title ?? title(name) },
    ...{ category, ownCategory },
    actor: value.actor ?? (category === null ? null : categories[category].actor),
    outcome: value.outcome ?? "unknown",
    ...rules,
    on: resolveOn(item, category, scope, rules.retry),
    fields: resolveFields(item, scope.log),
    summary: value.summary,
    remedy: value.remedy ?? null,
    since: value.since ?? null,
    deprecated: null,
    removed: value.removed ?? null,
    class: null,
    tags: value.tags ?? [],
    severity: value.severity ?? null,
    reference: value.reference ?? null,
    examples: resolveExamples(item, match, scope.log),
    isMade: value.examples === "made",
  };
}

function resolveCategory(item: EntryItem, scope: Scope): Pick<Entry, "category" | "ownCategory"> {
  const name = item.value.category;
  if (name === undefined) return { category: null, ownCategory: null };
  if (Object.hasOwn(categories, name)) return { category: name as Category, ownCategory: null };
  const own = scope.nodes(categorySection);
  const known = new Map<string, OwnCategory | null>([
    ...own,
    ...Object.keys(categories).map((one) => [one, null] as const),
  ]);
  const found = refer(known, name, "category", item.at("category"), scope.log);
  const ownCategory =
    found === null ? null : scope.refer(categorySection, name, item.at("category"));
  return { category: ownCategory?.base ?? null, ownCategory };
}

/** What the defaults cite is where an entry that cites nothing is documented. */
function citesOf(scope: Scope): readonly Citation[] {
  return scope.memo("cites", () => {
    const defaults = scope.defaults() as Item<DefaultsSyntax> | null;
    return scope.cites(defaults?.value.cite, (path) => defaults!.at("cite", ...path));
  });
}

/** The ids that decoders give to what matches no entry. */
const reserved: ReadonlyMap<string, { readonly stands: string; readonly instead: string }> =
  new Map([
    ["unknown", { stands: "every response that matches no entry", instead: "vendor-unknown" }],
    ["frame", { stands: "every frame that reports no error", instead: "plain-frame" }],
  ]);

function checkName(name: string, place: Place, { api, log }: Scope): void {
  const taken = reserved.get(name);
  if (taken !== undefined)
    log.report("name/reserved", place, {
      name,
      why: `${api}.${name} is the id of ${taken.stands}`,
      instead: `choose another, such as ${taken.instead}; the wire value stays as it is.`,
    });
}

const facts = {
  ...{ outcome: "outcome", category: "category", retry: "retry rule" },
  on: "other meaning for an operation",
} as const;

/** A failure has all three of these, a success no more than its outcome. */
function checkFacts({ value, place, key }: EntryItem, log: DiagnosticLog): void {
  const all = ["outcome", "category", "retry"] as const;
  const wanted: readonly string[] = value.success === true ? ["outcome"] : all;
  const missing = all.filter((fact) => wanted.includes(fact) && value[fact] === undefined);
  if (missing.length > 0)
    log.report("entry/incomplete", place, { missing: missing.map((fact) => facts[fact]) });
  for (const fact of [...all, "on"] as const)
    if (value[fact] !== undefined && value.success === true && !wanted.includes(fact))
      log.report("entry/success", key(fact), { key: facts[fact] });
}

function resolveRules(
  { value, at }: EntryItem,
  scope: Scope,
): Pick<Entry, "retry" | "ifPriorUnknown"> {
  const refer = (name: string | undefined, ...path: readonly string[]): RetryRule | null =>
    name === undefined ? null : scope.refer(retrySection, name, at(...path));
  const prior = value["if-prior-unknown"];
  const priorRetry = refer(prior?.retry, "if-prior-unknown", "retry");
  return {
    retry: refer(value.retry, "retry"),
    ifPriorUnknown:
      prior === undefined || priorRetry === null
        ? null
        : { outcome: prior.outcome, retry: priorRetry },
  };
}

/** What is not said for an operation is what the entry says. */
function resolveOn(
  { value, at }: EntryItem,
  category: Category | null,
  scope: Scope,
  rule: RetryRule | null,
): Entry["on"] {
  if (category === null || rule === null) return [];
  return Object.entries(value.on ?? {})
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([name, said]) => {
      const place = at("on", name);
      const operation = scope.refer(operationSection, name, place);
      const retry =
        said.retry === undefined
          ? rule
          : scope.refer(retrySection, said.retry, at("on", name, "retry"));
      if (operation === null || retry === null) return [];
      const own = said.category ?? category;
      const actor = said.actor ?? value.actor ?? categories[own].actor;
      const outcome = said.outcome ?? value.outcome ?? "unknown";
      return [{ operation, category: own, actor, outcome, retry, place }];
    });
}

/** Fills in what one entry says of others: `overrides` and `deprecated.use`. */
export function linkEntry(entry: Draft<Entry>, item: EntryItem, scope: Scope): void {
  const { channels, channel } = entry.match;
  const overrides = (item.value.overrides ?? []).flatMap((name, i) => {
    const other = scope.entry(name, item.at("overrides", i));
    if (other !== null && !other.match.channels.some((its) => channels.includes(its)))
      scope.log.report("match/override-elsewhere", item.at("overrides", i), {
        other: name,
        channel: other.match.channel.name,
        own: channel.name,
      });
    return other ?? [];
  });
  entry.match = { ...entry.match, overrides };
  const { class: name } = inherit(item, scope);
  entry.class = name === null ? null : scope.entry(name, item.place);
  const { deprecated } = item.value;
  if (deprecated === undefined) return;
  const { since, reason, use } = deprecated;
  const instead = use === undefined ? null : scope.entry(use, item.at("deprecated", "use"));
  entry.deprecated = { since, reason, use: instead };
}

function resolveExamples(
  item: EntryItem,
  { channels, channel }: Match,
  log: DiagnosticLog,
): readonly Example[] {
  const known = new Map(channels.map((channel) => [channel.name, channel]));
  const { examples = [] } = item.value;
  return (examples === "made" ? [] : examples).map(({ channel: name, ...example }, i) => {
    const at = (): Place => item.at("examples", i, "channel");
    const named =
      name === undefined ? null : refer(known, name, "channel of this entry", at(), log);
    return { ...example, channel: named ?? channel, place: item.at("examples", i) };
  });
}

function resolveFields(item: EntryItem, log: DiagnosticLog): readonly Field[] {
  return Object.entries(item.value.fields ?? {})
    .map(([name, field]): Field => {
      const place = item.at("fields", name);
      checkOnePlace(field, place, log);
      const at = (): Place => item.at("fields", name, "at");
      if (field.type !== "strings")
        checkSingle(
          [field.at ?? ""],
          "expected a single value (for a list, use type: strings)",
          at,
          log,
        );
      return {
        ...{ name, place, type: field.type },
        at: field.header === undefined ? (field.at ?? "") : null,
        header: field.header?.toLowerCase() ?? null,
        unit: field.unit ?? null,
        marks: field.marks ?? null,
        summary: field.summary ?? null,
      };
    })
    .sort((a, b) => compare(a.name, b.name));
}
