/** What changed between two catalogs, how grave each change is, and what that makes of the whole. */
import { entryFindings } from "./entries.js";
import type { Finding } from "./finding.js";
import {
  added,
  broken,
  isAtLeast,
  type Level,
  levelOf,
  levels,
  type Rating,
  retyped,
  words,
} from "./rating.js";
import { sectionFindings } from "./sections.js";
import {
  type ApiSnapshot,
  canonical,
  type EntrySnapshot,
  isAbsent,
  isSame,
  type Snapshot,
} from "./snapshot.js";

export interface Difference {
  /** `null` where nothing differs. */
  readonly level: Level | null;
  readonly findings: readonly Finding[];
  readonly before: Snapshot["package"];
  readonly after: Snapshot["package"];
  /** The least version that the new catalog may have by semantic versioning. */
  readonly version: string;
}

/** Compares two catalogs. The gravest findings come first, then they are by API and by what they are of. */
export function diff(old: Snapshot, now: Snapshot): Difference {
  const findings: Finding[] = [...packageFindings(old, now)];
  const find = (api: ApiSnapshot, kind: "added" | "removed", rating: Rating): void =>
    void findings.push({
      ...{ kind, level: levelOf(rating), api: api.id, of: api.id, fact: null },
      ...rating,
    });
  const olds = new Map(old.apis.map((api) => [api.id, api]));
  for (const before of old.apis)
    if (now.apis.every(({ id }) => id !== before.id)) find(before, "removed", broken);
  for (const after of now.apis) {
    const before = olds.get(after.id);
    if (before === undefined) {
      find(after, "added", added);
      continue;
    }
    const renamed = renames(before, after);
    findings.push(...sectionFindings([before, after], renamed));
    findings.push(...entryFindings([before, after], renamed));
  }
  const level =
    findings.map((finding) => finding.level).sort((a, b) => rank(b) - rank(a))[0] ?? null;
  return {
    level,
    findings: findings.sort((a, b) => rank(b.level) - rank(a.level)),
    before: old.package,
    after: now.package,
    version: level === null ? old.package.version : bumped(old.package.version, level),
  };
}

const rank = (level: Level): number => levels.indexOf(level);

/** Whether a difference has a finding of this level or a graver one. */
export function fails({ level }: Difference, least: Level): boolean {
  return level !== null && isAtLeast(level, least);
}

/** The next version of a level. Below 1.0.0 it is the second number that says that something breaks. */
function bumped(version: string, level: Level): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const effective = major > 0 ? level : level === "major" ? "minor" : "patch";
  if (effective === "major") return `${major + 1}.0.0`;
  return effective === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

function packageFindings(old: Snapshot, now: Snapshot): readonly Finding[] {
  const facts: readonly (readonly [string, unknown, unknown, Rating])[] = [
    ["name", old.package.name, now.package.name, retyped],
    ["description", old.package.description, now.package.description, words],
    ["license", old.package.license, now.package.license, words],
    // A catalog.json does not say how its package was printed.
    ...(old.options === null || now.options === null
      ? []
      : Object.keys({ ...old.options, ...now.options }).map(
          (key) => [`options.${key}`, old.options![key], now.options![key], retyped] as const,
        )),
  ];
  return facts.flatMap(([fact, before, after, rating]): Finding[] =>
    isSame(before, after)
      ? []
      : [
          {
            ...{ kind: rating === words ? "words" : "changed", level: levelOf(rating), api: null },
            ...{ of: "package", fact, before, after, ...rating },
          },
        ],
  );
}

/** Entries that have another id, but are recognised by the same and mean the same. */
function renames(old: ApiSnapshot, now: ApiSnapshot): ReadonlyMap<string, string> {
  const idsOf = ({ entries }: ApiSnapshot): ReadonlySet<string> =>
    new Set(entries.map(({ id }) => id));
  const [olds, nows] = [idsOf(old), idsOf(now)];
  const isLiving = (entry: EntrySnapshot): boolean => isAbsent(entry["removed"]);
  const lost = new Map<string, string>();
  for (const entry of old.entries)
    if (!nows.has(entry.id) && isLiving(entry)) lost.set(identity(entry), entry.id);
  const renamed = new Map<string, string>();
  if (lost.size === 0) return renamed;
  for (const entry of now.entries) {
    if (olds.has(entry.id) || !isLiving(entry)) continue;
    const key = identity(entry);
    const from = lost.get(key);
    if (from === undefined) continue;
    renamed.set(from, entry.id);
    lost.delete(key);
  }
  return renamed;
}

/** What an entry is recognised by and what it means, as a text. */
function identity({ family, match, success, category, outcome, retry }: EntrySnapshot): string {
  const { overrides: _, ...wire } = match;
  return canonical({ family, wire, success, category, outcome, retry });
}
