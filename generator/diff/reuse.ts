/** Whether an id or a wire value means something else than in the `catalog.json` that is committed: neither is ever reused. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import type { Codes, Entry, Message } from "../model/entry.js";
import { codeText, statusText } from "../model/spans.js";
import { projectOf } from "../read/project.js";
import type { Api, Catalog } from "../sections/catalog.js";
import { asSnapshot, canonical, type EntrySnapshot, isAbsent, type Snapshot } from "./snapshot.js";

/** Reports what is reused in a catalog. Without a committed `catalog.json` of the same package there is nothing to compare. */
export async function checkReuse(
  catalog: Catalog,
  manifestPath: string,
  log: DiagnosticLog,
): Promise<void> {
  for (const api of catalog.apis) checkTombstones(api, log);
  const folder = resolve(dirname(manifestPath), catalog.output.path);
  const former = await formerIn(folder);
  if (former === null || former.package.name !== catalog.package.name) return;
  const olds = new Map(former.apis.map((api) => [api.id, api.entries]));
  for (const api of catalog.apis) checkApi(api, olds.get(api.id) ?? [], log);
}

const run = promisify(execFile);

/** The committed `catalog.json` of a folder; outside of a repository, the one that lies there. */
async function formerIn(folder: string): Promise<Snapshot | null> {
  // Reads one object, and fetches none that a partial clone lacks.
  const text = await run("git", ["-C", folder, "cat-file", "blob", "HEAD:./catalog.json"], {
    maxBuffer: 1024 * 1024 * 1024,
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1" },
  }).then(
    ({ stdout }) => stdout,
    async () =>
      (await projectOf(folder))?.kind === "repository"
        ? null
        : readFile(join(folder, "catalog.json"), "utf8").catch(() => null),
  );
  try {
    return text === null ? null : asSnapshot(JSON.parse(text));
  } catch {
    // Somebody else's file; whether it may be replaced is decided elsewhere.
    return null;
  }
}

/** A value on the wire that an entry is known by, with what else it needs there. */
interface Wire {
  readonly key: string;
  readonly text: string;
  readonly place: Place;
}

/** An entry that is listed as removed keeps its values: no living one may have the same. */
function checkTombstones({ entries }: Api, log: DiagnosticLog): void {
  const dead = entries.filter(({ removed }) => removed !== null);
  if (dead.length === 0) return;
  const taken = new Map(dead.flatMap((entry) => wiresOf(entry).map(({ key }) => [key, entry])));
  for (const entry of entries) {
    if (entry.removed !== null) continue;
    for (const { key, text, place } of wiresOf(entry)) {
      const owner = taken.get(key);
      if (owner === undefined) continue;
      log.report("match/reused", place, { value: text, by: owner.id, meaning: null }, [
        { place: owner.place, note: "listed as removed here" },
      ]);
    }
  }
}

function checkApi(api: Api, olds: readonly EntrySnapshot[], log: DiagnosticLog): void {
  const former = new Map(olds.map((old) => [old.id, old]));
  const living = new Set(api.living.map(({ id }) => id));
  const lost = new Map<string, EntrySnapshot>();
  for (const old of olds)
    if (!living.has(old.id) && isAbsent(old["removed"]))
      for (const key of keysOf(old)) lost.set(key, old);
  for (const entry of api.living) {
    const old = former.get(entry.id);
    const wires = wiresOf(entry);
    if (old !== undefined) {
      const keys = keysOf(old);
      const isOther = keys.size > 0 && wires.every(({ key }) => !keys.has(key));
      const isTaken = !isAbsent(old["removed"]) || !isSameMeaning(old, entry);
      if (isOther && isTaken)
        log.report("id/reused", entry.place, {
          id: entry.id,
          was: meaningOf(old),
          is: meaningOf(entry),
        });
      continue;
    }
    for (const { key, text, place } of wires) {
      const owner = lost.get(key);
      if (owner === undefined || isSameMeaning(owner, entry)) continue;
      log.report("match/reused", place, { value: text, by: owner.id, meaning: meaningOf(owner) });
    }
  }
}

type Meaning = Pick<Entry, "success" | "category"> | EntrySnapshot;

function isSameMeaning(old: Meaning, now: Meaning): boolean {
  return meaningOf(old) === meaningOf(now);
}

function meaningOf({ success, category }: Meaning): string {
  return success === true ? "a success" : String(category);
}

/** The values of an entry: its codes; or its texts; or, where that is all it is known by, its statuses. */
function wiresOf({ match, place: own }: Entry): readonly Wire[] {
  const { channel, codes, messages, statuses, shape, where, operations } = match;
  const besides = {
    channel: channel.name,
    ...{ shape: shape?.name, where, operations: operations.map(({ name }) => name) },
  };
  const texts = messages.map(textKey).sort();
  if (codes.length > 0)
    return codes.map((code) => ({
      key: keyOf(besides, codeText(code), texts),
      ...{ text: `code ${codeText(code)}`, place: code.place },
    }));
  if (messages.length > 0)
    return messages.map((message) => ({
      key: keyOf(besides, "", [textKey(message)]),
      ...{ text: `text ${JSON.stringify(message.template)}`, place: message.place },
    }));
  if (shape !== null || where.length > 0)
    return [{ key: keyOf(besides, "", []), text: "same body", place: own }];
  return statuses.map((status) => ({
    key: statusKey(besides.channel, statusText(status)),
    ...{ text: `status ${statusText(status)}`, place: own },
  }));
}

/** The same of an entry of `catalog.json`. */
function keysOf({ match }: EntrySnapshot): ReadonlySet<string> {
  const { channels, codes = [], messages = [], statuses = [], shape, operations } = match;
  const where = match["where"];
  const besides = { channel: channels[0]!, shape: shape ?? undefined, where, operations };
  const texts = messages.map(({ template, part, case: fold }) =>
    textKey({ template, part: part ?? null, fold: fold === "ignore" }),
  );
  if (codes.length > 0)
    return new Set(codes.map((code) => keyOf(besides, codeText(code as Codes), [...texts].sort())));
  if (texts.length > 0) return new Set(texts.map((text) => keyOf(besides, "", [text])));
  if (!isAbsent(shape) || !isAbsent(where)) return new Set([keyOf(besides, "", [])]);
  return new Set(statuses.map((status) => statusKey(besides.channel, String(status))));
}

const keyOf = (besides: object, code: string, texts: readonly string[]): string =>
  canonical({ ...besides, code, texts });

const statusKey = (channel: string, status: string): string => canonical({ channel, status });

const textKey = ({ template, part, fold }: Pick<Message, "template" | "part" | "fold">): string =>
  canonical([part, fold, template]);
