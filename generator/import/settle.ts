/** A draft is checked as any catalog is, and what cannot be told apart from the rest is left out and said. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Diagnostic, DiagnosticLog, type Place } from "../diagnostics/log.js";
import { check } from "../generate.js";
import type { Draft } from "./draft.js";
import type { DraftEntry } from "./entries.js";
import type { Note } from "./model.js";
import { type DraftFile, draftFiles, type Opening } from "./write.js";

export interface Settled {
  readonly draft: Draft;
  readonly files: readonly DraftFile[];
  /** What was left out so that the rest passes. */
  readonly dropped: readonly Note[];
  /** What is still wrong with it; empty unless this tool has a fault. */
  readonly diagnostics: readonly Diagnostic[];
}

const maxRounds = 12;

export async function settle(draft: Draft, api: string, opening: Opening): Promise<Settled> {
  let current = draft;
  const dropped: Note[] = [];
  for (let round = 0; ; round++) {
    const files = await draftFiles(current, opening);
    const diagnostics = await checked(files, api);
    const next = round === maxRounds ? null : without(current, diagnostics, dropped);
    if (diagnostics.length === 0 || next === null)
      return { draft: current, files, dropped, diagnostics };
    current = next;
  }
}

/** What `errata check` says of the files, as the only API of a catalog of its own. */
async function checked(files: readonly DraftFile[], api: string): Promise<readonly Diagnostic[]> {
  const folder = await mkdtemp(join(tmpdir(), "errata-draft-"));
  try {
    await mkdir(join(folder, api));
    const manifest = join(folder, "catalog.yaml");
    await writeFile(
      manifest,
      `package: { name: draft, version: "0.0.0", description: A draft. }\noutput: ../draft\napis: [${api}]\n`,
    );
    for (const { name, text } of files) await writeFile(join(folder, api, name), text);
    const log = new DiagnosticLog();
    await check(manifest, log);
    return log.sorted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The draft without the examples and entries that diagnostics are about; `null` when none of them can go. */
function without(draft: Draft, diagnostics: readonly Diagnostic[], dropped: Note[]): Draft | null {
  const byName = new Map(draft.entries.map((entry) => [entry.name, entry]));
  const bare = new Set<DraftEntry>();
  const over = new Map<DraftEntry, readonly string[]>();
  const gone = new Map<DraftEntry, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const places = [diagnostic.place, ...diagnostic.related.map(({ place }) => place)];
    const about = places.flatMap((place) => byName.get(entryAt(place) ?? "") ?? []);
    const [first] = about;
    if (first === undefined) continue;
    if (
      /^example\/|^match\/overruled$/.test(diagnostic.id) &&
      first.node["examples"] !== undefined
    ) {
      bare.add(first);
      continue;
    }
    // What has a body of a shape is that, whatever text it may have beside.
    const shaped = about.find(({ node }) => node["shape"] !== undefined);
    const other = about.find((one) => one !== shaped);
    if (diagnostic.id === "match/ambiguous" && shaped !== undefined && other !== undefined) {
      over.set(shaped, [...(over.get(shaped) ?? []), other.name]);
      continue;
    }
    // Of two that cannot be told apart, the one whose code another entry has.
    const wanted = about.find(({ isExtra }) => isExtra) ?? first;
    if (!about.some((one) => gone.has(one))) gone.set(wanted, diagnostic);
  }
  if (bare.size + over.size + gone.size === 0) return null;
  for (const [{ name, line }, { says }] of gone)
    dropped.push({ line, says: `${name} is left out of the draft: ${says}` });
  const entries = draft.entries
    .filter((entry) => !gone.has(entry))
    .map((entry) => (bare.has(entry) ? { ...entry, node: withoutExamples(entry.node) } : entry))
    .map((entry) => (over.has(entry) ? overriding(entry, over.get(entry)!) : entry));
  return { ...draft, entries, sections: withoutUnused(draft.sections, entries) };
}

function withoutExamples({ examples: _, ...node }: DraftEntry["node"]): DraftEntry["node"] {
  return node;
}

function overriding(entry: DraftEntry, names: readonly string[]): DraftEntry {
  const before = (entry.node["overrides"] ?? []) as readonly string[];
  return { ...entry, node: { ...entry.node, overrides: [...new Set([...before, ...names])] } };
}

/** A shape that no entry has any more is none. */
function withoutUnused(
  { shapes = {}, ...sections }: Draft["sections"],
  entries: readonly DraftEntry[],
): Draft["sections"] {
  const used = new Set(entries.map(({ node }) => node["shape"]));
  const left = Object.entries(shapes).filter(([name]) => used.has(name));
  return left.length === 0 ? sections : { ...sections, shapes: Object.fromEntries(left) };
}

/** The name of the entry that a place is in: the last key of the second level before it. */
function entryAt(place: Place | null): string | null {
  if (place === null) return null;
  const { text } = place.source;
  const end = text.indexOf("\n", place.start);
  const before = text.slice(0, end < 0 ? undefined : end);
  return [...before.matchAll(/^ {2}(?! |#)"?([^\s:"]+)"?:/gm)].at(-1)?.[1] ?? null;
}
