/** The matchers of a channel by what they can be looked up by. What nobody asks for costs no more than its place there. */
import type { CodeValue } from "./failure.js";
import type { ChannelData } from "./lookup.js";
import { type Features, isLoose, isPartial, isPrefix, type Matcher } from "./matcher.js";
import type { Place } from "./places.js";
import type { Prefix } from "./prefixes.js";
import type { Entry } from "./vocabulary.js";

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

/** The matchers that are looked up by the same, by rank: most are never asked for, and candidates are made of those that are. */
export interface Bucket {
  readonly ranks: number[];
  first: Candidate | undefined;
}

/** The first candidate of a bucket. */
export function firstIn(
  { matchers, entries }: ChannelData,
  bucket: Bucket | undefined,
): Candidate | undefined {
  if (bucket === undefined || bucket.first !== undefined) return bucket?.first;
  for (let i = bucket.ranks.length - 1; i >= 0; i--) {
    const rank = bucket.ranks[i]!;
    const of = matchers[rank]!;
    bucket.first = candidate(rank, of, entries[of.id]!, bucket.first);
  }
  return bucket.first;
}

/** Matchers by what can be looked up. */
export interface Index {
  /** By the text of a code; a number has a place of its own once it was asked for. */
  readonly byCode: Map<CodeValue, Bucket>;
  readonly ranges: readonly (readonly [first: number, last: number, bucket: Bucket])[];
  /** Codes by what they begin with, and how long that may be. */
  readonly byHead: ReadonlyMap<string, Bucket>;
  readonly headLengths: readonly number[];
  /** Whether a success is known by a code. */
  readonly hasCodedSuccess: boolean;
  readonly byText: ReadonlyMap<string, Bucket>;
  /** Known by a part of a text. */
  readonly byPart: Bucket;
  /** Templates by the fixed text that they begin with; sorted by it once a text is asked for. */
  readonly prefixes: ReadonlyMap<string, Bucket>;
  byPrefix: readonly Prefix<Bucket>[] | undefined;
  /** Known by shape or other values only. */
  readonly others: Bucket;
  readonly byStatus: ReadonlyMap<number, Bucket>;
  /** The rank of the first matcher without a code. */
  readonly firstUncoded: number;
  /** Where codes and texts have their places. */
  readonly places: readonly Place[];
}

/** To be made once for a channel. */
export function indexOf({ matchers, entries, code, message, further = [] }: ChannelData): Index {
  const byCode = new Map<CodeValue, Bucket>();
  const byText = new Map<string, Bucket>();
  const prefixes = new Map<string, Bucket>();
  const byStatus = new Map<number, Bucket>();
  const ranges: [number, number, Bucket][] = [];
  const byHead = new Map<string, Bucket>();
  const others = bucket();
  const byPart = bucket();
  let firstUncoded = matchers.length;
  let hasCodedSuccess = false;
  for (let rank = 0; rank < matchers.length; rank++) {
    const of = matchers[rank]!;
    const { codes, texts } = of;
    const add = <K>(map: Map<K, Bucket>, key: K): void => {
      const found = map.get(key);
      if (found === undefined) map.set(key, bucket(rank));
      else found.ranks.push(rank);
    };
    if (codes) {
      if (entries[of.id]!.success) hasCodedSuccess = true;
      for (const code of codes)
        if (typeof code !== "object") add(byCode, String(code));
        else if (isPrefix(code)) add(byHead, code[0]);
        else ranges.push([...code, bucket(rank)]);
      continue;
    }
    firstUncoded = Math.min(firstUncoded, rank);
    if (texts) {
      for (const text of texts)
        if (typeof text === "string") add(byText, text);
        else if (isLoose(text)) byPart.ranks.push(rank);
        else add(prefixes, typeof text[0] === "string" ? text[0] : "");
    } else if (!of.fallback && (of.shape ?? of.where ?? of.conditions)) others.ranks.push(rank);
    else for (const status of of.statuses ?? []) for (const one of each(status)) add(byStatus, one);
  }
  return {
    byCode,
    ranges,
    byHead,
    headLengths: [...new Set([...byHead.keys()].map(({ length }) => length))],
    hasCodedSuccess,
    byPart,
    byText,
    prefixes,
    byPrefix: undefined,
    others,
    byStatus,
    firstUncoded,
    places: code.concat(message, further),
  };
}

function bucket(...ranks: number[]): Bucket {
  return { ranks, first: undefined };
}

function each(status: NonNullable<Matcher["statuses"]>[number]): readonly number[] {
  if (typeof status === "number") return [status];
  return Array.from({ length: status[1] - status[0] + 1 }, (_, i) => status[0] + i);
}
