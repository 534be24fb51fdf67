/** What an API has from the folders that it extends: the documents of all, as if it had written them itself. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { FolderDocuments } from "../read/folders.js";
import { type Checked, validateSections } from "../read/validate.js";
import type { Document } from "../read/walk.js";
import type { Item } from "./item.js";
import { nodesOf, withNodes } from "./nodes.js";
import { checkCited, type Node, overlay } from "./overlay.js";
import { extendRules } from "./rules.js";

/** The checked documents of each folder, with those of its bases. */
export function extendFolders(
  folders: ReadonlyMap<string, FolderDocuments>,
  log: DiagnosticLog,
): ReadonlyMap<string, readonly Checked<object>[]> {
  const checked = new Map<string, readonly Checked<object>[]>();
  const sound = new Set<FolderDocuments>();
  for (const folder of folders.values()) {
    const { bases } = folder;
    // A mistake in a base would be found again in all that extend it.
    if (bases === null || !bases.every((base) => sound.has(base))) continue;
    const before = log.count;
    const layers = [...bases, folder].map(({ documents }) => documents);
    const documents = layers.reduce((below, layer) => laid(below, layer, log), []);
    checked.set(
      folder.name,
      extendRules(documents, folder.isWhole, log).flatMap(
        (document) => validateSections(document, log) ?? [],
      ),
    );
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
