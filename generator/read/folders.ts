/** The folders of a catalog: those of its APIs, and those that they extend. */
import type { DiagnosticLog, Place } from "../diagnostics/log.js";
import { documentsOf } from "./documents.js";
import { readFolder } from "./files.js";
import { definitions } from "./language.js";
import { isRecord } from "./record.js";
import type { Document } from "./walk.js";

export interface FolderDocuments {
  readonly name: string;
  readonly documents: readonly Document[];
  /** Whether each of its files is a document. */
  readonly isWhole: boolean;
  /** All that it extends, each once and before those that extend it; `null` when one of them is missing. */
  readonly bases: readonly FolderDocuments[] | null;
}

interface Listed {
  readonly name: string;
  readonly place: Place;
}

/** Reads each folder once; bases come before those that extend them. */
export async function readFolders(
  manifestPath: string,
  apis: readonly Listed[],
  log: DiagnosticLog,
): Promise<ReadonlyMap<string, FolderDocuments>> {
  const folders = new Map<string, FolderDocuments>();
  const memory = documentsOf(manifestPath);
  const read = async (
    { name, place }: Listed,
    extending: readonly string[],
  ): Promise<FolderDocuments | null> => {
    const start = extending.indexOf(name);
    if (start >= 0) {
      log.report("base/circle", place, { path: [...extending.slice(start), name] });
      return null;
    }
    const known = folders.get(name);
    if (known !== undefined) return known;
    const missing = extending.length === 0 ? "manifest/no-folder" : "base/no-folder";
    const before = log.count;
    const documents = await readFolder(manifestPath, name, place, log, memory, missing);
    const isWhole = log.count === before;
    const found: (FolderDocuments | null)[] = [];
    for (const base of extended(documents)) found.push(await read(base, [...extending, name]));
    const bases = found.some((base) => (base?.bases ?? null) === null)
      ? null
      : [...new Set(found.flatMap((base) => [...base!.bases!, base!]))];
    const folder = { name, documents, isWhole, bases };
    folders.set(name, folder);
    return folder;
  };
  for (const api of apis) await read(api, []);
  await memory.prune();
  return folders;
}

const id = new RegExp(definitions.id.pattern);

/** What the `api` sections extend, as far as these can be names of folders; the rest is reported by the schema. */
function extended(documents: readonly Document[]): readonly Listed[] {
  return documents.flatMap(({ value, place }) => {
    const api = isRecord(value) ? value["api"] : null;
    const names = isRecord(api) ? api["extends"] : null;
    if (!Array.isArray(names)) return [];
    return names.flatMap((name: unknown, i) =>
      typeof name === "string" && id.test(name)
        ? [{ name, place: place(`/api/extends/${i}`) }]
        : [],
    );
  });
}
