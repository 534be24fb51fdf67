/** Documents that are read once: YAML takes a hundred times as long to read as JSON does. */
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DiagnosticLog, type SourceText } from "../diagnostics/log.js";
import { placeLater } from "../diagnostics/place.js";
import { cachePath, digest, keep, kept, ownDigest } from "./cache.js";
import { parse } from "./parse.js";
import type { Document } from "./walk.js";

/** Shorter texts are read as fast as they are looked up. */
const shortest = 4_000;

export interface Documents {
  /** The text of one file as a document; `null` once the reasons why it is none are reported. */
  read(source: SourceText, log: DiagnosticLog): Promise<Document | null>;
  /** Forgets the documents that were not read. */
  prune(): Promise<void>;
}

/** The values of the last run in this process, by their paths: `--watch` reads again only what was changed. */
let former: ReadonlyMap<string, unknown> = new Map();

export function documentsOf(manifest: string): Documents {
  const folder = cachePath(manifest, "-documents");
  const read = new Map<string, unknown>();
  return {
    async read(source, log) {
      if (source.text.length < shortest) return parse(source, log);
      const path = join(folder, digest(ownDigest(), source.text));
      const value = former.get(path) ?? (await recalled(path));
      const document = value === null ? parse(source, log) : documentOf(source, value);
      if (document === null) return null;
      read.set(path, document.value);
      if (value === null) await keep(path, document.value);
      return document;
    },

    async prune() {
      former = read;
      const names = await readdir(folder).catch(() => []);
      for (const path of names.map((name) => join(folder, name)))
        if (!read.has(path)) await rm(path, { force: true });
    },
  };
}

async function recalled(path: string): Promise<unknown> {
  try {
    return plain(kept(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** A document whose text is parsed once somebody asks where something is: then there is something to report. */
function documentOf(source: SourceText, value: unknown): Document {
  let parsed: Document | null = null;
  const whole = (): Document => (parsed ??= parse(source, new DiagnosticLog())!);
  return {
    source,
    value,
    place: (pointer) => placeLater(source, () => whole().place(pointer)),
    keyPlace: (pointer) => placeLater(source, () => whole().keyPlace(pointer)),
  };
}

/** JSON as documents have it: objects without a prototype. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const result = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value)) result[key] = plain((value as typeof result)[key]);
  return result;
}
