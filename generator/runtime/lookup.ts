/** Finds the entry that fits without asking every one: by code, by text, by the beginning of a text, by status. */
import { type Bucket, type Candidate, firstIn, type Index } from "./candidates.js";
import type { IsMarked, Marks } from "./conditions.js";
import type { CodeValue } from "./failure.js";
import { fitsBesides, hasStatus, integer, type Matcher, type Seen } from "./matcher.js";
import type { Place, Places, Steps } from "./places.js";
import type { Settle } from "./peers.js";
import type { Several } from "./several.js";
import type { Together } from "./together.js";
import type { Templates } from "./prefixes.js";
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
    best = better(best, withCode(index, code), seen, data);
    for (const bucket of around(index, code)) best = better(best, bucket, seen, data);
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

/** The entries with this code. A number is the same code as its text. */
function withCode({ byCode }: Index, code: CodeValue): Bucket | undefined {
  return byCode.get(String(code));
}

/** The entries with a run of codes that this one is in, or with a beginning of it. */
function around(
  { ranges, byHead, headLengths }: Index,
  code: CodeValue,
): readonly (Bucket | undefined)[] {
  if (ranges.length + headLengths.size === 0) return [];
  const value = integer(code);
  return [
    ...ranges.map(([first, last, bucket]) =>
      first <= value && value <= last ? bucket : undefined,
    ),
    ...[...headLengths].map((length) => byHead.get(String(code).slice(0, length))),
  ];
}

/** Whether a failure's code is, more exactly, that of a success which does not come with this status. */
function isDenied(
  { rank, codes, peers, entry }: Candidate,
  index: Index,
  seen: Seen,
  data: ChannelData,
): boolean {
  if (!index.hasCodedSuccess || codes === undefined || entry.success) return false;
  for (const bucket of [withCode(index, seen.code!), ...around(index, seen.code!)])
    for (let it = firstIn(data, bucket); it !== undefined && it.rank < rank; it = it.next) {
      const isOther = it.entry.success === true && peers?.includes(it.rank) !== true;
      if (isOther && fitsBesides(it, seen, data.templates, data.holds) !== null) return true;
    }
  return false;
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
  bucket: Bucket | undefined,
  seen: Seen,
  data: ChannelData,
): Found | null {
  const limit = best === null ? Infinity : best.candidate.rank;
  const { templates, holds } = data;
  for (let it = firstIn(data, bucket); it !== undefined && it.rank < limit; it = it.next) {
    const captures = fitsBesides(it, seen, templates, holds);
    if (captures === null) continue;
    if (it.strict === undefined || expects(it, seen)) return { candidate: it, captures };
  }
  return best;
}
