/** Finds the entry that fits without asking every one: by code, by text, by the beginning of a text, by status. */
import {
  type Features,
  type FieldData,
  fitsBesides,
  integer,
  type Matcher,
  type Places,
  type Seen,
  type Steps,
} from "./matcher.js";
import type { Capture, MatchTemplate } from "./template.js";
import type { Entry } from "./vocabulary.js";

/** How one channel of one API is read. */
export interface ChannelData extends Places {
  /** The id of what fits nothing, such as `payments.unknown`. */
  readonly unknown: string;
  /** In order of precedence: of two that fit, the first one counts. */
  readonly matchers: readonly Matcher[];
  readonly entries: Readonly<Record<string, Entry>>;
  /** Where an item lists what was carried out of it. */
  readonly partial?: Steps;
  /** What matches templates: a channel without any does without it, and its bundle too. */
  readonly templates?: MatchTemplate;
}

/** A matcher that may fit, and after it the others that are looked up by the same, in order of precedence. */
export interface Candidate extends Features {
  readonly rank: number;
  readonly id: string;
  readonly fields: readonly FieldData[] | undefined;
  readonly entry: Entry;
  readonly next: Candidate | undefined;
}

/** Matchers by what can be looked up. */
export interface Index {
  /** A code that is an integer is here as a number and as its digits. */
  readonly byCode: ReadonlyMap<number | string, Candidate>;
  readonly ranges: readonly (readonly [first: number, last: number, candidate: Candidate])[];
  readonly byText: ReadonlyMap<string, Candidate>;
  /** Templates by the fixed text that they begin with, sorted by it. */
  readonly byPrefix: readonly Prefix[];
  /** Known by shape or other values only. */
  readonly others: Candidate | undefined;
  readonly byStatus: ReadonlyMap<number, Candidate>;
  /** The rank of the first matcher without a code. */
  readonly firstUncoded: number;
}

interface Prefix {
  readonly text: string;
  readonly first: Candidate;
  /** The longest of the other prefixes that this one begins with. */
  readonly within: Prefix | null;
}

/** To be made once for a channel. */
export function indexOf({ matchers, entries }: ChannelData): Index {
  const byCode = new Map<number | string, Candidate>();
  const byText = new Map<string, Candidate>();
  const prefixes = new Map<string, Candidate>();
  const byStatus = new Map<number, Candidate>();
  const ranges: [number, number, Candidate][] = [];
  let others: Candidate | undefined;
  let firstUncoded = matchers.length;
  // From the last to the first, so that each goes before those that it takes precedence over.
  for (let rank = matchers.length - 1; rank >= 0; rank--) {
    const { id, codes, statuses, texts, shape, where, fields } = matchers[rank]!;
    const entry = entries[id]!;
    // Written out, since objects of one layout are much faster to read.
    const before = (next?: Candidate): Candidate => {
      return { rank, id, statuses, texts, shape, where, fields, entry, next };
    };
    const add = <K>(map: Map<K, Candidate>, key: K): void =>
      void map.set(key, before(map.get(key)));
    if (codes === undefined) firstUncoded = rank;
    if (codes !== undefined)
      for (const code of codes) {
        if (typeof code === "object") ranges.push([...code, before()]);
        else for (const form of new Set([code, String(code), integer(code)])) add(byCode, form);
      }
    else if (texts !== undefined)
      for (const text of texts) {
        if (typeof text === "string") add(byText, text);
        else add(prefixes, typeof text[0] === "string" ? text[0] : "");
      }
    else if (shape !== undefined || where !== undefined) others = before(others);
    else for (const status of statuses ?? []) add(byStatus, status);
  }
  return { byCode, ranges, byText, byPrefix: nested(prefixes), others, byStatus, firstUncoded };
}

function nested(prefixes: ReadonlyMap<string, Candidate>): readonly Prefix[] {
  let within: Prefix | null = null;
  return [...prefixes.keys()].sort().map((text) => {
    while (within !== null && !text.startsWith(within.text)) within = within.within;
    return (within = { text, first: prefixes.get(text)!, within });
  });
}

/**
 * The last prefix that does not sort after a text. The text begins with it, or with those that it is within, or with
 * none: whatever sorts between a text and its beginning has the same beginning.
 */
function prefixOf(sorted: readonly Prefix[], text: string): Prefix | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.text <= text) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : sorted[low - 1]!;
}

export interface Found {
  readonly candidate: Candidate;
  readonly captures: Readonly<Record<string, Capture>>;
}

/** The entry that a response is, or `null`. */
export function find(data: ChannelData, index: Index, seen: Seen): Found | null {
  const { code, text, status } = seen;
  const { templates } = data;
  let best: Found | null = null;
  if (code !== null) {
    best = better(best, index.byCode.get(code), seen, templates);
    for (const [first, last, candidate] of index.ranges) {
      const value = integer(code);
      if (first <= value && value <= last) best = better(best, candidate, seen, templates);
    }
  }
  if (best !== null && best.candidate.rank < index.firstUncoded) return best;
  if (text !== null) {
    best = better(best, index.byText.get(text), seen, templates);
    let prefix = prefixOf(index.byPrefix, text);
    for (; prefix !== null; prefix = prefix.within)
      best = better(best, prefix.first, seen, templates);
  }
  best = better(best, index.others, seen, templates);
  // Where the catalog says what is in a body, a page of some proxy's on the way is not the API's answer.
  if (status !== null && (seen.flaw === null || data.code.length + data.message.length === 0))
    best = better(best, index.byStatus.get(status), seen, templates);
  return best;
}

/** The first candidate that fits, if it takes precedence over what was found before. */
function better(
  best: Found | null,
  first: Candidate | undefined,
  seen: Seen,
  templates: MatchTemplate | undefined,
): Found | null {
  const limit = best === null ? Infinity : best.candidate.rank;
  for (let it = first; it !== undefined && it.rank < limit; it = it.next) {
    const captures = fitsBesides(it, seen, templates);
    if (captures !== null) return { candidate: it, captures };
  }
  return best;
}
