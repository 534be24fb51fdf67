/** What differs between the sections of an API that are no entries, and what of it touches code. */
import { shapeWithin } from "../match/shapes.js";
import type { Shape } from "../runtime/shape.js";
import type { Finding } from "./finding.js";
import {
  added,
  adjusted,
  broken,
  changed,
  levelOf,
  type Rating,
  retyped,
  words,
} from "./rating.js";
import { type ApiSnapshot, canonical, isAbsent, isSame, listOf, type Node } from "./snapshot.js";

/** How grave a change of one fact is: always, or by what it was and is. */
type Rule = Rating | ((before: unknown, after: unknown) => Rating);

interface SectionRules {
  readonly added: Rating;
  readonly removed: Rating;
  readonly facts: Readonly<Record<string, Rule>>;
}

/** Said for the first time, it adds; said otherwise, it changes. */
const onceSaid = (before: unknown): Rating => (isAbsent(before) ? adjusted : changed);

/** A list that only grows at its end leaves what was found before where it is. */
const appended = (before: unknown, after: unknown): Rating => {
  const [was, is] = [before, after].map((list) => (Array.isArray(list) ? list.map(canonical) : []));
  return was!.every((one, i) => one === is![i]) ? adjusted : changed;
};

/** What had the new shape had the old one too: who reads a body finds what was there. */
const shapeRule = (before: unknown, after: unknown): Rating =>
  shapeWithin(after as Shape, before as Shape) ? added : broken;

const documents: SectionRules = { added: words, removed: words, facts: {} };

/** The facts of one kind of node; what is not listed is words. */
const rules: Readonly<Record<string, SectionRules>> = {
  sources: documents,
  gaps: documents,
  conflicts: documents,
  modes: documents,
  channels: {
    ...{ added, removed: broken },
    facts: {
      ...{ kind: broken, within: broken, names: retyped },
      ...{ code: appended, message: appended, success: changed, failure: changed, taken: changed },
      ...{ items: appended, accepted: changed, key: changed, partial: changed },
      ...{ errors: changed, causes: changed, replyTo: changed, shape: adjusted },
    },
  },
  codes: { added, removed: broken, facts: { at: changed, header: changed, type: broken } },
  categories: { added, removed: broken, facts: { base: broken } },
  operations: {
    ...{ added, removed: broken },
    facts: {
      ...{ kind: broken, method: onceSaid, path: onceSaid, items: changed, weight: adjusted },
      ...{ idempotency: changed, lookup: changed, look: changed, cancel: changed },
      ...{ isHarmless: changed, replayChecked: changed },
    },
  },
  shapes: { added, removed: broken, facts: { type: retyped, root: shapeRule } },
  steps: { added, removed: broken, facts: { base: broken } },
  retry: {
    ...{ added, removed: broken },
    facts: {
      ...{ verdict: changed, before: changed, identity: changed, reSign: changed },
      ...{ requires: changed, delay: adjusted, combine: adjusted, maxDelayMs: adjusted },
      ...{ jitterMs: adjusted, maxAttempts: adjusted, pause: adjusted, deadline: adjusted },
      ...{ budget: adjusted, cost: adjusted },
    },
  },
  transport: { added: adjusted, removed: changed, facts: { retry: changed } },
  budgets: {
    ...{ added, removed: broken },
    facts: { tokens: adjusted, cost: adjusted, refund: adjusted },
  },
  limits: {
    ...{ added, removed: broken },
    facts: {
      ...{ count: adjusted, perMs: adjusted, of: adjusted, scope: adjusted },
      ...{ configurable: adjusted, remaining: adjusted, used: adjusted, reset: adjusted },
      answer: adjusted,
    },
  },
  idempotency: {
    ...{ added, removed: broken },
    facts: {
      ...{ at: changed, header: changed, duplicate: changed, windowMs: adjusted },
      ...{ slackMs: adjusted, replayHeader: adjusted, answer: adjusted },
    },
  },
  deadlines: {
    ...{ added, removed: broken },
    facts: { at: changed, state: changed, defaultMs: adjusted, maxMs: adjusted, starts: adjusted },
  },
  breakers: {
    ...{ added, removed: broken },
    facts: { scope: adjusted, threshold: adjusted, cooldownMs: adjusted, answer: adjusted },
  },
};

/** The facts of an API itself. */
const apiFacts: Readonly<Record<string, Rule>> = {
  prefix: retyped,
  codeType: broken,
  noRetry: adjusted,
  credentials: adjusted,
  ...{ title: words, summary: words, servers: words },
  ...{ cites: words, known: words, questions: words },
};

/** The findings about the sections of one API, and about its own facts. `renamed` has the new id of each renamed entry. */
export function sectionFindings(
  [old, now]: readonly [ApiSnapshot, ApiSnapshot],
  renamed: ReadonlyMap<string, string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const find = (
    of: string,
    { kind, ...details }: Pick<Finding, "kind"> & Partial<Finding>,
    rating: Rating,
  ): void =>
    void findings.push({
      ...{ kind, level: levelOf(rating), api: now.id, of, fact: null },
      ...rating,
      ...details,
    });
  const compare = (of: string, facts: Readonly<Record<string, Rule>>, a: Node, b: Node): void => {
    const said: string[] = [];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [before, after] = [afterRenames(a[key], renamed), b[key]];
      if (key === "name" || isSame(before, after)) continue;
      const rule = Object.hasOwn(facts, key) ? facts[key]! : words;
      const rating = typeof rule === "function" ? rule(before, after) : rule;
      if (rating === words) said.push(key);
      else find(of, { kind: "changed", fact: key, before, after }, rating);
    }
    if (said.length > 0) find(of, { kind: "words", fact: said.join(", ") }, words);
  };
  const isSection = (key: string): boolean => Array.isArray(old[key] ?? now[key]);
  const own = Object.keys(apiFacts);
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  const about = (api: ApiSnapshot): Node =>
    Object.fromEntries(own.flatMap((key) => (key in api ? [[key, api[key]]] : [])));
  compare(now.id, apiFacts, about(old), about(now));
  for (const section of keys) {
    if (section === "entries" || own.includes(section) || !isSection(section)) continue;
    // A section that this table does not know yet counts as one that code reads.
    const { facts, ...life } = rules[section] ?? { added, removed: broken, facts: {} };
    const olds = byName(old, section);
    const nows = byName(now, section);
    for (const [name] of olds)
      if (!nows.has(name)) find(`${section}.${name}`, { kind: "removed" }, life.removed);
    for (const [name, after] of nows) {
      const before = olds.get(name);
      if (before === undefined) find(`${section}.${name}`, { kind: "added" }, life.added);
      else compare(`${section}.${name}`, facts, before, after);
    }
  }
  return findings;
}

function byName(api: ApiSnapshot, section: string): ReadonlyMap<string, Node> {
  return new Map(listOf<Node>(api, section).map((node) => [String(node["name"]), node]));
}

/** A value with the new ids of renamed entries in it: a reference that follows a new name is no change. */
function afterRenames(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (renamed.size === 0) return value;
  if (typeof value === "string") return renamed.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => afterRenames(one, renamed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, afterRenames(one, renamed)]),
  );
}
