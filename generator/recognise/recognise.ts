/** How the entries of an API are recognised: what the decoders ship, and the proofs that the checks report. */
import { compare } from "../diagnostics/order.js";
import type { Witness } from "../match/meeting.js";
import { steps } from "../match/pointer.js";
import { precedence, type Precedence } from "../match/precedence.js";
import type { Channel } from "../model/channel.js";
import type { Entry } from "../model/entry.js";
import type { RetryRule } from "../model/retry.js";
import { joined } from "../runtime/careful.js";
import { holds, isMarked, readPlace } from "../runtime/conditions.js";
import { channel as decoder, type Channel as Decoder } from "../runtime/decode.js";
import { delayOf } from "../runtime/delay.js";
import type { ChannelData } from "../runtime/lookup.js";
import { fits, look, type Matcher } from "../runtime/matcher.js";
import { settle } from "../runtime/peers.js";
import { templates } from "../runtime/prefixes.js";
import { several } from "../runtime/several.js";
import { together } from "../runtime/together.js";
import type { Entry as EntryData } from "../runtime/vocabulary.js";
import type { Api, Catalog } from "../sections/catalog.js";
import { isSeveral, listsOf } from "./batches.js";
import { listedBy, makeExample } from "./made.js";
import { matcherOf } from "./matchers.js";
import { isLooselyKnown } from "../model/spans.js";
import { conditionData, list, placeData } from "./places.js";
import { sendsAgain, waitsOf } from "./uses.js";

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

/** An API whose channels are recognised: each one that entries arrive on. */
export interface RecognisedApi extends Api {
  readonly recognition: readonly Recognition[];
}

export interface RecognisedCatalog extends Catalog {
  readonly apis: readonly RecognisedApi[];
}

export function recognise(catalog: Catalog): RecognisedCatalog {
  return { ...catalog, apis: catalog.apis.map(recogniseApi) };
}

function recogniseApi(api: Api): RecognisedApi {
  return { ...api, recognition: api.channels.flatMap((channel) => recogniseChannel(api, channel)) };
}

function recogniseChannel(api: Api, channel: Channel): readonly Recognition[] {
  const { living } = api;
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
  const indices = new Map(entries.map((entry, i) => [entry, i]));
  const claims = entries.map((entry) => ({
    matcher: matcherOf(entry, channel),
    success: entry.success,
    overrides: entry.match.overrides.flatMap((other) => indices.get(other) ?? []),
  }));
  const isFit = (of: Matcher, { status, headers, operation, body }: Witness): boolean =>
    fits(
      of,
      look({ ...places, ...readers }, status, body, headers, operation),
      templates,
      holds,
    ) !== null;
  const listed = listedBy(entries);
  entries.forEach((entry, i) => {
    if (entry.isMade && entry.examples.length === 0 && entry.match.channel === channel)
      makeExample(entry, claims[i]!.matcher, { ...places, ...readers }, isFit, listed);
  });
  const found = precedence(claims, { ...places, ...readers }, isFit);
  const { order, peers, hides, ambiguous, unreachable, cycles } = found;
  const at = (i: number): Entry => entries[i]!;
  const rankOf = new Map(order.map((claim, rank) => [claim, rank]));
  const ranked = order.map((i): Matcher => {
    const ranks = peers[i]!.map((peer) => rankOf.get(peer)!).sort((a, b) => a - b);
    const { matcher, success } = claims[i]!;
    const isSettled = ranks.length > 0 || (success && matcher.codes !== undefined);
    const wider = hides[i]!.map((other) => rankOf.get(other)!).sort((a, b) => a - b);
    return { ...matcher, ...(isSettled ? { peers: ranks } : {}), ...list("hides", wider) };
  });
  const unknown = `${api.id}.unknown`;
  const data = { unknown, ...places, ...channelFacts(api, channel), matchers: ranked };
  const facts = Object.fromEntries(entries.map((entry) => [entry.id, entryFacts(api, entry)]));
  const code = {
    templates,
    settle,
    isMarked,
    ...readers,
    ...(isSeveral(channel) ? { several } : {}),
    ...(hasSeveral(api, channel) ? { together } : {}),
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

/** What a decoder knows of a channel besides its entries and where their codes and messages are. */
function channelFacts(
  api: Api,
  channel: Channel,
): Omit<ChannelData, "unknown" | "code" | "message" | "matchers" | "entries"> {
  return {
    ...list(
      "further",
      channel.further.map((at) => placeData(at)),
    ),
    ...list("success", channel.success.map(conditionData)),
    ...list("failure", channel.failure.map(conditionData)),
    ...pointers("partial", channel.partial),
    ...list("lists", listsOf(api, channel)),
    ...pointers("errors", channel.errors),
    ...pointers("causes", channel.causes),
    ...pointers("replyTo", channel.replyTo),
    ...(isSeveral(channel) || hasSeveral(api, channel) ? { care: carefulness(api) } : {}),
  };
}

/** Whether several entries of a channel may fit at once: known by parts of texts, or by what was asked. */
function hasSeveral({ living }: Api, channel: Channel): boolean {
  return living.some(
    ({ match }) =>
      match.channels.includes(channel) && (isLooselyKnown(match) || match.operations.length > 0),
  );
}

/** Whether it matters on a channel what was asked. */
export function isAsked({ living }: Api, channel: Channel): boolean {
  return living.some(
    ({ match, on }) =>
      match.channels.includes(channel) && (match.operations.length > 0 || on.length > 0),
  );
}

/** The names of the retry rules, the most careful last: who looks first sends nothing, and who waits longer sends later. */
function carefulness({ retry }: Api): readonly string[] {
  const verdicts = ["retry", "after", "never", "reconcile"];
  const rank = (rule: RetryRule): readonly [number, number] => [
    verdicts.indexOf(rule.data.verdict),
    (sendsAgain(rule) ? waitsOf(rule, "shortest")[0] : delayOf(rule.data, 1, null, null).ms) ?? 0,
  ];
  return [...retry]
    .sort((a, b) => {
      const [[verdictA, waitA], [verdictB, waitB]] = [rank(a), rank(b)];
      return verdictA - verdictB || waitA - waitB || compare(a.name, b.name);
    })
    .map(({ name }) => name);
}

function pointers(key: string, pointer: string | null): object {
  return pointer === null ? {} : { [key]: steps(pointer) };
}

/** What code needs to know of an entry, words apart. */
export function entryFacts(api: Api, entry: Entry): EntryData {
  const { success, category, actor, outcome, retry, on } = entry;
  if (success) return { success, outcome };
  const facts = { category: category!, actor: actor!, outcome, retry: retry!.name };
  if (on.length === 0) return facts;
  const meanings = on.map(({ operation, retry, place: _, ...said }) => ({
    name: operation.name,
    said: { ...said, retry: retry.name },
  }));
  const care = carefulness(api);
  const all = [facts, ...meanings.map(({ said }) => said)];
  const careful = all.reduce((a, b) => (care.indexOf(b.retry) > care.indexOf(a.retry) ? b : a));
  return {
    ...facts,
    on: Object.fromEntries(meanings.map(({ name, said }) => [name, said])),
    unasked: { ...careful, outcome: all.map((one) => one.outcome).reduce(joined) },
  };
}
