/** The nodes of a document before a schema says whether they are any, and a document with others in their place. */
import { pointerOf, steps } from "../match/pointer.js";
import { isRecord } from "../read/record.js";
import type { Document } from "../read/walk.js";
import { type Item, itemAt } from "./item.js";
import type { Node } from "./overlay.js";

/** What these sections are is one node each. */
const single = new Set(["api", "defaults"]);

/** The nodes of a document by their pointers. */
export function nodesOf(document: Document): readonly (readonly [string, Item<Node>])[] {
  const all = isRecord(document.value) ? Object.entries(document.value) : [];
  const paths = all.flatMap(([section, content]) =>
    single.has(section) || !isRecord(content)
      ? [{ path: [section], value: content }]
      : Object.entries(content).map(([key, value]) => ({ path: [section, key], value })),
  );
  return paths.flatMap(({ path, value }) =>
    isRecord(value) ? [[pointerOf(path), itemAt(document, path, value)] as const] : [],
  );
}

/** The document with other nodes in place of some of its own, or without them. */
export function withNodes(
  document: Document,
  changed: ReadonlyMap<string, Item<Node> | null>,
): Document {
  const own = nodesOf(document).filter(([at]) => changed.has(at));
  if (own.length === 0) return document;
  const value = { ...(document.value as Readonly<Record<string, unknown>>) };
  const copied = new Set<string>();
  for (const [at] of own) {
    const [section, key] = steps(at) as [string, string?];
    const node = changed.get(at)?.value;
    if (key === undefined && node === undefined) delete value[section];
    else if (key === undefined) value[section] = node;
    else {
      if (!copied.has(section)) value[section] = { ...(value[section] as Node) };
      copied.add(section);
      const nodes = value[section] as Record<string, unknown>;
      if (node === undefined) delete nodes[key];
      else nodes[key] = node;
    }
  }
  const placeOf = (kind: "at" | "key", pointer: string) => {
    const path = steps(pointer);
    for (const depth of [1, 2]) {
      const item = changed.get(pointerOf(path.slice(0, depth)));
      if (item !== undefined && item !== null && path.length > depth)
        return item[kind](...path.slice(depth));
    }
    return kind === "at" ? document.place(pointer) : document.keyPlace(pointer);
  };
  return {
    ...document,
    value,
    place: (pointer) => placeOf("at", pointer),
    keyPlace: (pointer) => placeOf("key", pointer),
  };
}
