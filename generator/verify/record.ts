/**
 * What was read of a page, kept beside the catalog: a hash and the literals of each block, and none of the vendor's
 * sentences. Against it, every later change of the page shows, whether the catalog has a fact of it or not.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { diffArrays } from "diff";
import { digest } from "../read/cache.js";
import type { Block, Page } from "./page.js";

export interface PageRecord {
  readonly sha256: string;
  readonly blocks: readonly BlockRecord[];
}

export interface BlockRecord {
  readonly kind: Block["kind"];
  readonly line: number;
  /** The innermost heading, as it may be cited; empty before the first. */
  readonly under: string;
  /** Of its text and its literals. */
  readonly hash: string;
  readonly literals: readonly string[];
}

/** A stretch of the page that is not as it was read; a side is `null` where there was, or is, nothing. */
export interface BlockChange {
  readonly was: BlockRecord | null;
  readonly is: Block | null;
  /** The line of the page that it is at, or before which it stood. */
  readonly line: number;
}

const about =
  "What errata verify --accept has read of this page: for each block its line, a hash and what is literal in it.";

/** The text of a record, a block a line, so that a reviewer sees what changed. */
export function recordText({ sha256, blocks }: Page): string {
  const lines = blocks.map((block) => `    ${JSON.stringify(recordOf(block))}`);
  return `{\n  "$comment": ${JSON.stringify(about)},\n  "sha256": "${sha256}",\n  "blocks": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

function recordOf(block: Block): BlockRecord {
  const { kind, line } = block;
  const under = block.under[block.under.length - 1]?.anchors[0] ?? "";
  return { kind, line, under, hash: hashOf(block), literals: allLiterals(block) };
}

/** What is literal in a block, its numbers included. */
export function allLiterals({ literals, quantities }: Block): readonly string[] {
  return [...new Set([...literals, ...quantities.map(({ text }) => text)])];
}

function hashOf({ kind, text, literals }: Block): string {
  return digest(JSON.stringify([kind, text, literals])).slice(0, 16);
}

/** A record as it was written; `null` where there is none, and `undefined` where the file is something else. */
export async function readRecord(path: string): Promise<PageRecord | null | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? null : undefined;
  }
  try {
    const { $comment, sha256, blocks } = JSON.parse(text) as PageRecord & { $comment?: unknown };
    const isOurs = $comment === about && typeof sha256 === "string" && Array.isArray(blocks);
    return isOurs && blocks.every(isBlock) ? { sha256, blocks } : undefined;
  } catch {
    return undefined;
  }
}

function isBlock(block: Partial<BlockRecord> | null): boolean {
  return (
    typeof block?.kind === "string" &&
    typeof block.line === "number" &&
    typeof block.under === "string" &&
    typeof block.hash === "string" &&
    Array.isArray(block.literals)
  );
}

/** Writes the record of a page, whole or not at all. */
export async function writeRecord(path: string, page: Page): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, recordText(page));
  await rename(temporary, path);
}

/** What of a page is not as it was recorded. A block that only stands elsewhere under its heading is no change. */
export function changesSince(
  { blocks: olds }: PageRecord,
  { blocks }: Page,
): readonly BlockChange[] {
  const nows = blocks.map((block) => ({ block, hash: hashOf(block) }));
  const runs = diffArrays(
    olds.map(({ hash }) => hash),
    nows.map(({ hash }) => hash),
  );
  const changes: BlockChange[] = [];
  let [old, now] = [0, 0];
  let gone: BlockRecord[] = [];
  let come: Block[] = [];
  const end = (): void => {
    const after = nows[now]?.block.line ?? blocks[blocks.length - 1]?.line ?? 1;
    changes.push(...paired(gone, come, after));
    [gone, come] = [[], []];
  };
  for (const { added, removed, value } of runs) {
    if (removed) gone.push(...olds.slice(old, (old += value.length)));
    else if (added) come.push(...nows.slice(now, (now += value.length)).map(({ block }) => block));
    else {
      end();
      old += value.length;
      now += value.length;
    }
  }
  end();
  return withoutMoves(changes);
}

/** What is gone beside what has come in its place: of the same kind, and rather with a literal in common. */
function paired(
  gone: readonly BlockRecord[],
  come: readonly Block[],
  line: number,
): readonly BlockChange[] {
  const rest = [...come];
  const changes = gone.map((was): BlockChange => {
    const same = rest.filter(({ kind }) => kind === was.kind);
    const alike = same.find(({ literals }) => literals.some((one) => was.literals.includes(one)));
    const is = alike ?? (gone.length === come.length || same.length === 1 ? same[0] : undefined);
    if (is === undefined) return { was, is: null, line };
    rest.splice(rest.indexOf(is), 1);
    return { was, is, line: is.line };
  });
  return [...changes, ...rest.map((is): BlockChange => ({ was: null, is, line: is.line }))];
}

function withoutMoves(changes: readonly BlockChange[]): readonly BlockChange[] {
  const key = (under: string, hash: string): string => `${under} ${hash}`;
  const come = new Map<string, BlockChange[]>();
  for (const change of changes) {
    if (change.was !== null || change.is === null) continue;
    const { under, hash } = recordOf(change.is);
    const same = come.get(key(under, hash)) ?? [];
    come.set(key(under, hash), [...same, change]);
  }
  const moved = new Set<BlockChange>();
  for (const change of changes) {
    if (change.was === null || change.is !== null) continue;
    const twin = come.get(key(change.was.under, change.was.hash))?.pop();
    if (twin === undefined) continue;
    moved.add(change);
    moved.add(twin);
  }
  return changes.filter((change) => !moved.has(change));
}
