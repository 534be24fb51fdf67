/** Finds the entry that fits without asking every one: by code, by text, by the beginning of a text, by status. */
import type { IsMarked, Marks } from "./conditions.js";
import type { CodeValue } from "./failure.js";
import {
  type Features,
  fitsBesides,
  hasStatus,
  isLoose,
  isPartial,
  isPrefix,
  integer,
  type Matcher,
  type Seen,
} from "./matcher.js";
import type { Place, Places, Steps } from "./places.js";
import type { Settle } from "./peers.js";
import type { Several } from "./several.js";
import type { Together } from "./together.js";
import type { Prefix, Templates } from "./prefixes.js";
import type { Capture } from "./template.js";
import type { Entry } from "./vocabulary.js";

/** How one channel of one API is read. */
export interface ChannelData extends Places, Marks {
  /** The id of what fits nothing, such as `payments.unknown`. */
  readonly unknown: string;
  /** Where codes of other vocabularies stand. */
  readonly further?: readonly Place[];
  /** In order of precedence: of two that fit, the first one counts. */
  readonly matchers: readonly Matcher[];
  readonly entries: Readonly<Record<string, Entry>>;
  /** What reads the marks of success and of failure. */
  readonly isMarked?: IsMarked;
  /** What decides where an entry that fits has peers, if only an empty list of them. */
  readonly settle?: Settle;
  /** Where an item lists what was carried out of it. */
  readonly partial?: Steps;
  /** Where a response has the items of a batch. */
  readonly lists?: readonly Steps[];
  /** Where a frame says which request it answers. */
  readonly replyTo?: Steps;
  /** Where one body has several errors, and where an error has its causes. */
  readonly errors?: Steps;
  readonly causes?: Steps;
  /** What reads several errors; and the retry rules, the most careful last. */
  readonly several?: Several;
  readonly care?: readonly string[];
  /** What finds the others where several entries fit at once, and makes one failure of them. */
  readonly together?: Together;
  /** What finds and matches templates: a channel without any does without it, and its bundle too. */
  readonly templates?: Templates;
}

/**
 * A matcher that may fit, and after it the others that are looked up by the same, in order of precedence. It has every key,
 * whether it has a value or not: objects of one layout are much faster to read.
 */
export interface Candidate {
  readonly rank: number;
  readonly id: string;
  readonly statuses: Matcher["statuses"] | undefined;
  /** Whether it fits with no other status than one that it expects. */
  readonly strict: true | undefined;
  /** What makes a code one of its type, if it has codes: vendors send 1002 and "1002" for the same. */
  readonly codes: ((code: unknown) => CodeValue) | undefined;
  readonly operations: Features["operations"] | undefined;
  readonly texts: Features["texts"] | undefined;
  /** Whether it is known by a part of a text, so that others may fit as well. */
  readonly isLoose: boolean;
  readonly shape: Features["shape"] | undefined;
  readonly where: Features["where"] | undefined;
  readonly conditions: Features["conditions"] | undefined;
  readonly empty: Matcher["empty"] | undefined;
  readonly fields: Matcher["fields"] | undefined;
  readonly peers: Matcher["peers"] | undefined;
  readonly entry: Entry;
  readonly next: Candidate | undefined;
}

export function candidate(rank: number, of: Matcher, entry: Entry, next?: Candidate): Candidate {
  const { id, statuses, codes, texts, shape, where, conditions, empty, fields, peers } = of;
  // A code is the first of its kind, or the first part of a span.
  const type = codes && (typeof [codes[0]].flat()[0] === "string" ? String : Number);
  return {
    rank,
    id,
    statuses,
    strict: entry.success ?? of.strict,
    codes: type,
    operations: of.operations,
    texts,
    isLoose: isPartial(of),
    shape,
    where,
    conditions,
    empty,
    fields,
    peers,
    entry,
    next,
  };
}

/** Matchers by what can be looked up. */
export interface Index {
  /** A code that is an integer is here as a number and as its digits. */
  readonly byCode: ReadonlyMap<number | string, Candidate>;
  readonly ranges: readonly (readonly [first: number, last: number, candidate: Candidate])[];
  /** Codes by what they begin with, and how long that may be. */
  readonly byHead: ReadonlyMap<string, Candidate>;
  readonly headLengths: readonly number[];
  /** Whether a success is known by a code. */
  readonly hasCodedSuccess: boolean;
  readonly byText: ReadonlyMap<string, Candidate>;
  /** Known by a part of a text. */
  readonly byPart: Candidate | undefined;
  /** Templates by the fixed text that they begin with, sorted by it. */
  readonly byPrefix: readonly Prefix<Candidate>[];
  /** Known by shape or other values only. */
  readonly others: Candidate | undefined;
  readonly byStatus: ReadonlyMap<number, Candidate>;
  /** The rank of the first matcher without a code. */
  readonly firstUncoded: number;
  /** Where codes and texts have their places. */
  readonly places: readonly Place[];
}

/** To be made once for a channel. */
export function indexOf(data: ChannelData): Index {
  const { matchers, entries, code, message, templates } = data;
  const byCode = new Map<number | string, Candidate>();
  const byText = new Map<string, Candidate>();
  const prefixes = new Map<string, Candidate>();
  const byStatus = new Map<number, Candidate>();
  const ranges: [number, number, Candidate][] = [];
  const byHead = new Map<string, Candidate>();
  let others: Candidate | undefined;
  let byPart: Candidate | undefined;
  let firstUncoded = matchers.length;
  let hasCodedSuccess = false;
  // From the last to the first, so that each goes before those that it takes precedence over.
  for (let rank = matchers.length - 1; rank >= 0; rank--) {
    const of = matchers[rank]!;
    const { codes, texts, shape, where, conditions } = of;
    const before = (next?: Candidate): Candidate => candidate(rank, of, entries[of.id]!, next);
    const add = <K>(map: Map<K, Candidate>, key: K): void =>
      void map.set(key, before(map.get(key)));
    if (!codes) firstUncoded = rank;
    else if (entries[of.id]!.success) hasCodedSuccess = true;
    for (const code of codes ?? []) {
      if (typeof code === "object") {
        if (isPrefix(code)) add(byHead, code[0]);
        else ranges.push([...code, before()]);
      } else for (const form of new Set([code, String(code), integer(code)])) add(byCode, form);
    }
    if (codes) continue;
    for (const text of texts ?? []) {
      if (typeof text === "string") add(byText, text);
      else if (isLoose(text)) byPart = before(byPart);
      else add(prefixes, typeof text[0] === "string" ? text[0] : "");
    }
    if (texts) continue;
    if (!of.fallback && (shape ?? where ?? conditions)) others = before(others);
    else for (const status of of.statuses ?? []) for (const one of each(status)) add(byStatus, one);
  }
  const [byPrefix, places] = [
    templates?.sort(prefixes) ?? [],
    code.concat(message, data.further ?? []),
  ];
  const headLengths = [...new Set([...byHead.keys()].map(({ length }) => length))];
  return {
    byCode,
    ranges,
    byHead,
    headLengths,
    hasCodedSuccess,
    byPart,
    byText,
    byPrefix,
    others,
    byStatus,
    firstUncoded,
    places,
  };
}

function each(status: NonNullable<Matcher["statuses"]>[number]): readonly number[] {
  if (typeof status === "number") return [status];
  return Array.from({ length: status[1] - status[0] + 1 }, (_, i) => status[0] + i);
}

export interface Found {
  readonly candidate: Candidate;
  readonly captures: Readonly<Record<string, Capture>>;
}

/**
 * The entry that a response is known to be by what it says, whatever its status. `null` where there is none; what is wrong
 * with it where several fit, and nothing decides between them.
 */
export function find(data: ChannelData, index: Index, seen: Seen): ReturnType<Settle> | null {
  const { code, text } = seen;
  let best: Found | null = null;
  if (code !== null) {
    best = better(best, index.byCode.get(code), seen, data);
    for (const [first, last, candidate] of index.ranges)
      if (first <= integer(code) && integer(code) <= last)
        best = better(best, candidate, seen, data);
    for (const length of index.headLengths)
      best = better(best, index.byHead.get(String(code).slice(0, length)), seen, data);
  }
  if (best === null || best.candidate.rank > index.firstUncoded) {
    if (text !== null) {
      best = better(best, index.byText.get(text), seen, data);
      let prefix = data.templates?.find(index.byPrefix, text) ?? null;
      for (; prefix !== null; prefix = prefix.within) best = better(best, prefix.first, seen, data);
      best = better(best, index.byPart, seen, data);
    }
    best = better(best, index.others, seen, data);
  }
  if (best !== null && isDenied(best.candidate, index, seen, data)) return "status";
  return best?.candidate.peers === undefined ? best : data.settle!(best, data, index, seen);
}

/** Whether a failure's code is, more exactly, that of a success which does not come with this status. */
function isDenied(
  { rank, codes, peers, entry }: Candidate,
  index: Index,
  seen: Seen,
  { templates, holds }: ChannelData,
): boolean {
  if (!index.hasCodedSuccess || codes === undefined || entry.success) return false;
  for (const head of codedAs(index, seen.code!))
    for (let it = head; it !== undefined && it.rank < rank; it = it.next) {
      const isOther = it.entry.success === true && peers?.includes(it.rank) !== true;
      if (isOther && fitsBesides(it, seen, templates, holds) !== null) return true;
    }
  return false;
}

/** The candidates that a code leads to, each with those after it. */
function codedAs(index: Index, code: CodeValue): readonly (Candidate | undefined)[] {
  const value = integer(code);
  const ranges = index.ranges.filter(([first, last]) => first <= value && value <= last);
  return [
    index.byCode.get(code),
    ...ranges.map(([, , candidate]) => candidate),
    ...index.headLengths.map((length) => index.byHead.get(String(code).slice(0, length))),
  ];
}

/** Whether an entry may come with a status. A success that says nothing of it comes with one of success. */
export function expects({ statuses, entry }: Candidate, { status }: Seen): boolean {
  if (status === null) return true;
  if (statuses === undefined) return entry.success !== true || (status >= 200 && status < 300);
  return hasStatus(statuses, status);
}

/** The first candidate that fits, if it takes precedence over what was found before. */
function better(
  best: Found | null,
  first: Candidate | undefined,
  seen: Seen,
  { templates, holds }: ChannelData,
): Found | null {
  const limit = best === null ? Infinity : best.candidate.rank;
  for (let it = first; it !== undefined && it.rank < limit; it = it.next) {
    const captures = fitsBesides(it, seen, templates, holds);
    if (captures === null) continue;
    if (it.strict === undefined || expects(it, seen)) return { candidate: it, captures };
  }
  return best;
}
