/** How the entries of an API are recognised: what the decoders ship, and the proofs that the rules report. */
import { compare } from "../diagnostics/log.js";
import type { Witness } from "../match/meeting.js";
import { hasStar, steps } from "../match/pointer.js";
import { precedence, type Precedence } from "../match/precedence.js";
import { mentions, telling } from "../match/shapes.js";
import type {
  Api,
  Channel,
  Condition as ConditionModel,
  Entry,
  Field,
  Location,
  RetryRule,
} from "../model/model.js";
import { waitsOf } from "./uses.js";
import type { BatchData } from "../runtime/batch.js";
import { type Condition, holds, isMarked, readPlace, type Test } from "../runtime/conditions.js";
import { channel as decoder, type Channel as Decoder } from "../runtime/decode.js";
import type { ChannelData } from "../runtime/lookup.js";
import {
  type FieldData,
  fits,
  isSteps,
  look,
  type Matcher,
  type Place,
  type Steps,
} from "../runtime/matcher.js";
import { settle } from "../runtime/peers.js";
import { several } from "../runtime/several.js";
import { templates } from "../runtime/prefixes.js";
import type { Shape } from "../runtime/shape.js";
import type { Entry as EntryData } from "../runtime/vocabulary.js";

export interface Recognition {
  readonly channel: Channel;
  /** The living entries of the channel, in order of precedence. */
  readonly entries: readonly Entry[];
  readonly data: Omit<ChannelData, "entries">;
  /** The decoder that the generated package will have. */
  readonly decoder: Decoder;
  readonly ambiguous: readonly {
    readonly a: Entry;
    readonly b: Entry;
    readonly witness: Precedence["ambiguous"][number]["witness"];
  }[];
  readonly unreachable: readonly { readonly entry: Entry; readonly by: readonly Entry[] }[];
  readonly cycles: readonly (readonly Entry[])[];
}

const known = new WeakMap<Api, readonly Recognition[]>();

/** Each channel that entries arrive on. It is worked out once for an API. */
export function recognition(api: Api): readonly Recognition[] {
  const found = known.get(api) ?? api.channels.flatMap((channel) => recognise(api, channel));
  known.set(api, found);
  return found;
}

function recognise(api: Api, channel: Channel): readonly Recognition[] {
  const living = api.entries.filter((entry) => entry.removed === null);
  const entries = living.filter(({ match }) => match.channels.includes(channel));
  // A batch is read by the channel that it arrives on, even if nothing else is known of that one.
  const isUsed = living.some(({ match }) =>
    match.channels.some((its) => its === channel || its.within === channel),
  );
  if (!isUsed) return [];
  const places = {
    code: channel.code.map((at) => placeData(at, true)),
    message: channel.message.map((at) => placeData(at)),
  };
  const readers = { read: readPlace, holds };
  const claims = entries.map((entry) => ({
    matcher: matcher(entry, channel),
    success: entry.success,
    overrides: entry.match.overrides.map((other) => entries.indexOf(other)).filter((i) => i >= 0),
  }));
  const isFit = (of: Matcher, { status, headers, body }: Witness): boolean =>
    fits(of, look({ ...places, ...readers }, status, body, headers), templates, holds) !== null;
  const found = precedence(claims, { ...places, ...readers }, isFit);
  const { order, peers, ambiguous, unreachable, cycles } = found;
  const at = (i: number): Entry => entries[i]!;
  const ranked = order.map((i): Matcher => {
    const ranks = peers[i]!.map((peer) => order.indexOf(peer)).sort((a, b) => a - b);
    const { matcher, success } = claims[i]!;
    const isSettled = ranks.length > 0 || (success && matcher.codes !== undefined);
    return { ...matcher, ...(isSettled ? { peers: ranks } : {}) };
  });
  const data = {
    unknown: `${api.id}.unknown`,
    ...places,
    ...list("success", channel.success.map(conditionData)),
    ...list("failure", channel.failure.map(conditionData)),
    ...pointers("partial", channel.partial),
    ...list("lists", listsOf(api, channel)),
    ...pointers("errors", channel.errors),
    ...pointers("causes", channel.causes),
    ...pointers("replyTo", channel.replyTo),
    ...(isSeveral(channel) ? { care: carefulness(api) } : {}),
    matchers: ranked,
  };
  const facts = Object.fromEntries(entries.map((entry) => [entry.id, entryFacts(entry)]));
  const code = {
    templates,
    settle,
    isMarked,
    ...readers,
    ...(isSeveral(channel) ? { several } : {}),
  };
  return [
    {
      channel,
      entries: order.map(at),
      data,
      decoder: decoder({ ...data, entries: facts, ...code }),
      ambiguous: ambiguous.map(({ a, b, witness }) => ({ a: at(a), b: at(b), witness })),
      unreachable: unreachable.map(({ claim, by }) => ({ entry: at(claim), by: by.map(at) })),
      cycles: cycles.map((cycle) => cycle.map(at)),
    },
  ];
}

/** How the batch of a channel of items is read; what reads its conditions is `holds`. */
export function batchData(api: Api, { items, accepted, taken, key }: Channel): BatchData {
  const marks = api.entries.flatMap((entry) =>
    entry.fields.flatMap(({ property, marks: is }) =>
      is === null ? [] : [[entry.id, property, is] as const],
    ),
  );
  // What is sent twice is left out without a word only where the catalog says so of the key.
  const skips = api.operations.some(({ idempotency }) => idempotency?.duplicate.some === "skipped");
  return {
    items: items.map(steps),
    ...(accepted === null ? {} : { accepted: steps(accepted) }),
    ...(taken.length === 0 ? {} : { taken: taken.map(conditionData) }),
    ...(key === null || key === "position" ? {} : { key: key.at.map(steps) }),
    ...(key === null || key === "position" || key.type === null ? {} : { keyIs: key.type }),
    ...(skips ? { skips } : {}),
    marks,
  };
}

/** Whether one body of a channel can hold several errors. */
export function isSeveral({ errors, causes, code, message }: Channel): boolean {
  // A header may have several values.
  const isList = code.some(({ header }) => header !== null);
  const isAny = [...code, ...message].some(({ at }) => at !== null && hasStar(at));
  return errors !== null || causes !== null || isList || isAny;
}

/** The names of the retry rules, the most careful last: who looks first sends nothing, and who waits longer sends later. */
function carefulness({ retry }: Api): readonly string[] {
  const verdicts = ["retry", "after", "never", "reconcile"];
  const rank = (rule: RetryRule): readonly [number, number] => [
    verdicts.indexOf(rule.data.verdict),
    waitsOf(rule, "shortest")[0] ?? 0,
  ];
  return [...retry]
    .sort((a, b) => {
      const [[verdictA, waitA], [verdictB, waitB]] = [rank(a), rank(b)];
      return verdictA - verdictB || waitA - waitB || compare(a.name, b.name);
    })
    .map(({ name }) => name);
}

/** Where the items of the batches stand that arrive on a channel. */
function listsOf(api: Api, channel: Channel): readonly Steps[] {
  const batches = api.channels.filter(({ within }) => within === channel);
  const lists = batches.flatMap(({ items, accepted }) =>
    accepted === null ? items : [...items, accepted],
  );
  return [...new Set(lists)].map(steps);
}

function pointers(key: string, pointer: string | null): object {
  return pointer === null ? {} : { [key]: steps(pointer) };
}

/** A list under its key; nothing for an empty one. */
function list<T>(key: string, values: readonly T[]): object {
  return values.length === 0 ? {} : { [key]: values };
}

/** What code needs to know of an entry, words apart. */
export function entryFacts({ success, category, actor, outcome, retry }: Entry): EntryData {
  return success
    ? { success, outcome }
    : { category: category!, actor: actor!, outcome, retry: retry!.name };
}

const unitMs = { ms: 1, s: 1_000, m: 60_000 } as const;

/** An entry's features as the runtime asks for them; a feature that it does not have is left out. */
function matcher(entry: Entry, channel: Channel): Matcher {
  const { id, family, match, fields, success } = entry;
  const { statuses, codes, messages, shape, where } = match;
  const conditions = where.map(conditionData);
  const isPlain = ([of, test]: Condition): boolean =>
    typeof of === "object" && !of.includes("*") && isValues(test);
  const isStrict =
    statuses.length > 0 &&
    conditions.length > 0 &&
    conditions.every(([of]) => typeof of === "string") &&
    codes.length + messages.length === 0 &&
    shape === null;
  const isFallback = family === "statuses" && codes.length + messages.length === 0;
  return {
    id,
    ...list("statuses", statuses),
    ...(isStrict ? { strict: true } : {}),
    ...(isFallback && (shape !== null || where.length > 0) ? { fallback: true } : {}),
    ...list(
      "codes",
      codes.map(({ first, last }) => (first === last ? first : [first, last])),
    ),
    ...list(
      "texts",
      messages.map(({ literal, parts }) => literal ?? parts),
    ),
    ...(shape === null ? {} : { shape: shapeOf(entry)! }),
    ...list("where", conditions.filter(isPlain)),
    ...list(
      "conditions",
      conditions.filter((condition) => !isPlain(condition)),
    ),
    ...(success ? emptyPlaces(entry, channel) : {}),
    ...list("fields", fields.map(fieldData)),
  } as Matcher;
}

/** A failure that is known by its shape alone needs one that shows something. */
export function shapeOf({ match, success }: Entry): Shape | null {
  const { codes, messages, shape, where } = match;
  if (shape === null) return null;
  const isAlone = codes.length + messages.length + where.length === 0;
  return isAlone && !success ? telling(shape.root) : shape.root;
}

const isValues = (test: Test): boolean =>
  typeof test !== "string" && !test.some((value) => Array.isArray(value));

/**
 * What a success leaves unsaid has to be empty, since what stands there may be an error that nobody listed. A code explains
 * all that comes with it; a text, or a mark of success, the texts; a condition or a shape what it speaks of.
 */
export function unexplained({ match }: Entry, channel: Channel): readonly Location[] {
  const { codes, messages, shape, where } = match;
  const speaks = (at: string): boolean =>
    [...where, ...channel.success].some((condition) => condition.at === at) ||
    (shape !== null && mentions(shape.root, steps(at)));
  const open = (locations: readonly Location[]): readonly Location[] =>
    locations.filter(({ at }) => at === null || at === "" || !speaks(at));
  if (codes.length > 0) return [];
  const isExplained = messages.length > 0 || channel.success.length > 0;
  return [...open(channel.code), ...(isExplained ? [] : open(channel.message))];
}

/** Those places; nothing where they are all that the channel has. */
function emptyPlaces(entry: Entry, channel: Channel): Pick<Matcher, "empty"> {
  const places = unexplained(entry, channel);
  if (places.length === channel.code.length + channel.message.length) return {};
  return { empty: places.map((at) => placeData(at, channel.code.includes(at))) };
}

function fieldData({ at, header, type, unit, property }: Field): FieldData {
  const plain = placeData({ at, header, after: null, before: null, when: [] });
  const place = type === "strings" && !isSteps(plain) ? { ...plain, all: true as const } : plain;
  return unit === null ? [property, place, type] : [property, place, type, unitMs[unit]];
}

export function conditionData({ at, header, test }: ConditionModel): Condition {
  return [header ?? steps(at!), test];
}

/** A place of a channel; a code's header may hold several. */
function placeData({ at, header, after, before, when }: Location, isCode = false): Place {
  if (header === null && after === null && before === null && when.length === 0 && !hasStar(at!))
    return steps(at!);
  return {
    ...(header === null ? { at: steps(at!) } : { header }),
    ...(header !== null && isCode ? { list: true } : {}),
    ...(after === null ? {} : { after }),
    ...(before === null ? {} : { before }),
    ...(when.length === 0 ? {} : { when: when.map(conditionData) }),
  };
}
