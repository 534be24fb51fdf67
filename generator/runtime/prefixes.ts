/** Templates by the fixed text that they begin with, so that few of them are tried. */
import { type MatchTemplate, matchTemplate } from "./template.js";

/** What is known by each prefix; sorted once a text is looked up. */
export interface Prefixes<T> {
  readonly all: Map<string, T>;
  sorted?: readonly Prefix<T>[];
}

export interface Prefix<T> {
  readonly text: string;
  readonly first: T;
  /** The longest of the other prefixes that this one begins with. */
  readonly within: Prefix<T> | null;
}

/** All that a channel needs to know texts by templates. */
export interface Templates {
  readonly match: MatchTemplate;
  find<T>(prefixes: Prefixes<T>, text: string): Prefix<T> | null;
}

export const templates: Templates = { match: matchTemplate, find };

function sort<T>(prefixes: ReadonlyMap<string, T>): readonly Prefix<T>[] {
  let within: Prefix<T> | null = null;
  return [...prefixes.keys()].sort().map((text) => {
    while (within !== null && !text.startsWith(within.text)) within = within.within;
    return (within = { text, first: prefixes.get(text)!, within });
  });
}

/**
 * The last prefix that does not sort after a text. The text begins with it, or with those that it is within, or with
 * none: whatever sorts between a text and its beginning has the same beginning.
 */
function find<T>(prefixes: Prefixes<T>, text: string): Prefix<T> | null {
  const sorted = (prefixes.sorted ??= sort(prefixes.all));
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.text <= text) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : sorted[low - 1]!;
}
