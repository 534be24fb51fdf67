/** How the entries of an API are recognised: what the decoders ship, and the proofs that the rules report. */
import { steps } from "./match/pointer.js";
import { precedence, type Precedence } from "./match/precedence.js";
import type { Api, Channel, Entry, Field } from "./model.js";
import { channel as decoder, type Channel as Decoder } from "./runtime/decode.js";
import type { ChannelData } from "./runtime/lookup.js";
import { type FieldData, fits, look, type Matcher } from "./runtime/matcher.js";
import { matchTemplate } from "./runtime/template.js";
import type { Entry as EntryData } from "./runtime/vocabulary.js";

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
  const entries = living.filter(({ match }) => match.channel === channel);
  // A batch is read by the channel that it arrives on, even if nothing else is known of that one.
  if (!living.some(({ match }) => match.channel === channel || match.channel.within === channel))
    return [];
  const places = { code: channel.code.map(steps), message: channel.message.map(steps) };
  const claims = entries.map((entry) => ({
    matcher: matcher(entry),
    overrides: entry.match.overrides.map((other) => entries.indexOf(other)).filter((i) => i >= 0),
  }));
  const isFit = (
    of: Matcher,
    { status, body }: { status: number | null; body: unknown },
  ): boolean => fits(of, look(places, status, body), matchTemplate) !== null;
  const { order, ambiguous, unreachable, cycles } = precedence(claims, places, isFit);
  const at = (i: number): Entry => entries[i]!;
  const data = {
    unknown: `${api.id}.unknown`,
    ...places,
    ...(channel.partial === null ? {} : { partial: steps(channel.partial) }),
    matchers: order.map((i) => claims[i]!.matcher),
  };
  const facts = Object.fromEntries(entries.map((entry) => [entry.id, entryFacts(entry)]));
  return [
    {
      channel,
      entries: order.map(at),
      data,
      decoder: decoder({ ...data, entries: facts, templates: matchTemplate }),
      ambiguous: ambiguous.map(({ a, b, witness }) => ({ a: at(a), b: at(b), witness })),
      unreachable: unreachable.map(({ claim, by }) => ({ entry: at(claim), by: by.map(at) })),
      cycles: cycles.map((cycle) => cycle.map(at)),
    },
  ];
}

/** What code needs to know of an entry, words apart. */
export function entryFacts({ family, success, category, actor, outcome, retry }: Entry): EntryData {
  return { family, success, category, actor, outcome, retry: retry?.name ?? null };
}

const unitMs = { ms: 1, s: 1_000, m: 60_000 } as const;

/** An entry's features as the runtime asks for them; a feature that it does not have is left out. */
function matcher({ id, family, match, fields }: Entry): Matcher {
  const { statuses, codes, messages, shape, where } = match;
  const list = <T>(key: string, values: readonly T[]): object =>
    values.length === 0 ? {} : { [key]: values };
  return {
    id,
    ...list("statuses", statuses),
    ...list(
      "codes",
      codes.map(({ first, last }) => (first === last ? first : [first, last])),
    ),
    ...list(
      "texts",
      messages.map(({ literal, parts }) => literal ?? parts),
    ),
    ...(shape === null || family === "statuses" ? {} : { shape: shape.root }),
    ...list(
      "where",
      where.map(({ at, values }) => [steps(at), values]),
    ),
    ...list("fields", fields.map(fieldData)),
  } as Matcher;
}

function fieldData({ at, type, unit, property }: Field): FieldData {
  return unit === null ? [property, steps(at), type] : [property, steps(at), type, unitMs[unit]];
}
