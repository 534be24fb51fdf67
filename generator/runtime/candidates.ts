/** The matchers of a channel by what they can be looked up by. What nobody asks for costs no more than its place there. */
import type { CodeValue } from "./failure.js";
import type { ChannelData } from "./lookup.js";
import { type Features, isLoose, isPartial, isPrefix, type Matcher } from "./matcher.js";
import type { Place } from "./places.js";
import type { Prefixes } from "./prefixes.js";
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
  // A code is the first of its kind, or the first part of a span.
  const type = of.codes && (typeof [of.codes[0]].flat()[0] === "string" ? String : Number);
  return {
    rank,
    id: of.id,
    statuses: of.statuses,
    strict: entry.success ?? of.strict,
    codes: type,
    operations: of.operations,
    texts: of.texts,
    isLoose: isPartial(of),
    shape: of.shape,
    where: of.where,
    conditions: of.conditions,
    empty: of.empty,
    fields: of.fields,
    peers: of.peers,
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
  if (bucket === undefined) return undefined;
  return (bucket.first ??= bucket.ranks.reduceRight<Candidate | undefined>((next, rank) => {
    const of = matchers[rank]!;
    return candidate(rank, of, entries[of.id]!, next);
  }, undefined));
}

/** Matchers by what can be looked up. */
export interface Index {
  /** Single codes, as texts. */
  readonly byCode: ReadonlyMap<string, Bucket>;
  readonly ranges: readonly (readonly [first: number, last: number, bucket: Bucket])[];
  /** Codes by what they begin with, and how long that may be. */
  readonly byHead: ReadonlyMap<string, Bucket>;
  readonly headLengths: ReadonlySet<number>;
  /** Whether a success is known by a code. */
  readonly hasCodedSuccess: boolean;
  readonly byText: ReadonlyMap<string, Bucket>;
  /** Known by a part of a text. */
  readonly byPart: Bucket;
  /** Templates by the fixed text that they begin with. */
  readonly byPrefix: Prefixes<Bucket>;
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
  const byCode = new Map<string, Bucket>();
  const byText = new Map<string, Bucket>();
  const byPrefix = { all: new Map<string, Bucket>() };
  const byStatus = new Map<number, Bucket>();
  const ranges: [number, number, Bucket][] = [];
  const byHead = new Map<string, Bucket>();
  const headLengths = new Set<number>();
  const others = bucket([]);
  const byPart = bucket([]);
  let firstUncoded = matchers.length;
  let hasCodedSuccess = false;
  for (let rank = 0; rank < matchers.length; rank++) {
    const of = matchers[rank]!;
    const { codes, texts } = of;
    if (codes) {
      if (entries[of.id]!.success) hasCodedSuccess = true;
      for (const code of codes)
        if (typeof code !== "object") add(byCode, String(code), rank);
        else if (isPrefix(code)) {
          add(byHead, code[0], rank);
          headLengths.add(code[0].length);
        } else ranges.push([...code, bucket([rank])]);
      continue;
    }
    firstUncoded = Math.min(firstUncoded, rank);
    if (texts) {
      for (const text of texts)
        if (typeof text === "string") add(byText, text, rank);
        else if (isLoose(text)) byPart.ranks.push(rank);
        else add(byPrefix.all, typeof text[0] === "string" ? text[0] : "", rank);
    } else if (!of.fallback && (of.shape ?? of.where ?? of.conditions)) others.ranks.push(rank);
    else
      for (const status of of.statuses ?? []) {
        const [first, last = first] = typeof status === "number" ? [status] : status;
        for (let one = first; one <= last; one++) add(byStatus, one, rank);
      }
  }
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
    places: code.concat(message, further),
  };
}

function add<K>(map: Map<K, Bucket>, key: K, rank: number): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, bucket([rank]));
  else found.ranks.push(rank);
}

function bucket(ranks: number[]): Bucket {
  return { ranks, first: undefined };
}
