/** What differs between the values that failures of an entry carry: its fields, and what stands in placeholders. */
import { parseTemplate } from "../match/template.js";
import { propertyOf } from "../recognise/properties.js";
import type { Pair, Say } from "./finding.js";
import { added, broken, changed } from "./rating.js";
import { type EntrySnapshot, isSame, listOf, type Node } from "./snapshot.js";

/** A value that a failure of the entry carries: a field, or what stands in a placeholder. */
interface Carried {
  readonly type: unknown;
  readonly place: unknown;
}

function carriedBy(entry: EntrySnapshot): ReadonlyMap<string, Carried> {
  const carried = new Map<string, Carried>();
  for (const { template } of entry.match.messages ?? []) {
    const parts = parseTemplate(template);
    if ("problem" in parts) continue;
    for (const part of parts)
      if (typeof part !== "string")
        carried.set(propertyOf(part[0], part[1]), { type: part[1], place: null });
  }
  for (const field of listOf<Node>(entry, "fields")) {
    const { name, property, type, unit, at, header, marks } = field;
    const place = { at, header, unit, marks };
    carried.set(String(property ?? name), { type, place });
  }
  return carried;
}

/** Says of each value whether it is gone, new, of another type or elsewhere. */
export function fieldFindings([before, after]: Pair<EntrySnapshot>, say: Say): void {
  const [was, is] = [carriedBy(before), carriedBy(after)];
  for (const [name, { type, place }] of was) {
    const now = is.get(name);
    const fact = `fields.${name}`;
    if (now === undefined) say("field", broken, { fact, before: type });
    else if (!isSame(type, now.type)) say("field", broken, { fact, before: type, after: now.type });
    else if (!isSame(place, now.place))
      say("field", changed, { fact, before: place, after: now.place });
  }
  for (const [name, { type }] of is)
    if (!was.has(name)) say("field", added, { fact: `fields.${name}`, after: type });
}
