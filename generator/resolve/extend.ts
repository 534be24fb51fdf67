/** What an API has from the folders that it extends: the documents of all, as if it had written them itself. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { FolderDocuments } from "../read/folders.js";
import { validateSections } from "../read/validate.js";
import type { Document } from "../read/walk.js";
import type { Item } from "./item.js";
import { nodesOf, withNodes } from "./nodes.js";
import { checkCited, type Node, overlay } from "./overlay.js";
import type { Folder } from "./resolve.js";
import { extendRules } from "./rules.js";

type Extended = Pick<Folder, "documents" | "bases">;

/** Each folder with its checked documents and those of its bases. */
export function extendFolders(
  folders: ReadonlyMap<string, FolderDocuments>,
  log: DiagnosticLog,
): ReadonlyMap<string, Extended> {
  const checked = new Map<string, Extended>();
  const sound = new Set<FolderDocuments>();
  for (const folder of folders.values()) {
    const { bases } = folder;
    // A mistake in a base would be found again in all that extend it.
    if (bases === null || !bases.every((base) => sound.has(base))) continue;
    const before = log.count;
    const layers = [...bases, folder].map(({ documents }) => documents);
    const documents = layers.reduce((below, layer) => laid(below, layer, log), []);
    checked.set(folder.name, {
      documents: extendRules(documents, folder.isWhole, log).flatMap(
        (document) => validateSections(document, log) ?? [],
      ),
      bases: new Map(
        bases.flatMap(({ name, documents }) => documents.map(({ source }) => [source, name])),
      ),
    });
    if (folder.isWhole && log.count === before) sound.add(folder);
  }
  return checked;
}

/** What each API says for itself alone. */
const ofOne = ["title", "summary", "prefix", "extends", "questions"];

/** The documents of a base and of what extends it, where a node of both is in the latter only. */
function laid(
  below: readonly Document[],
  layer: readonly Document[],
  log: DiagnosticLog,
): readonly Document[] {
  const bases = new Map(below.flatMap(nodesOf));
  const isTraced = [...bases.keys()].some((at) => at.startsWith("/sources/"));
  const gone = new Map<string, null>();
  const above = layer.map((document) => {
    const changed = new Map<string, Item<Node>>();
    for (const [at, own] of nodesOf(document)) {
      const base = bases.get(at);
      if (base === undefined) continue;
      gone.set(at, null);
      const whole = overlay(at === "/api" ? shared(base) : base, own);
      changed.set(at, whole);
      if (isTraced && whole !== own) checkCited(base, own, log);
    }
    return withNodes(document, changed);
  });
  return [...below.map((document) => withNodes(document, gone)), ...above];
}

function shared(api: Item<Node>): Item<Node> {
  const kept = Object.entries(api.value).filter(([key]) => !ofOne.includes(key));
  return { ...api, value: Object.fromEntries(kept) };
}
