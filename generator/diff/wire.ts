/** What an entry is recognised by in two catalogs: whether one takes more, with a response that shows it. */
import { parseTemplate } from "../match/template.js";
import { within } from "../match/relate.js";
import { telling } from "../match/shapes.js";
import type { Condition as ConditionModel, Location } from "../model/channel.js";
import { textData } from "../recognise/matchers.js";
import { conditionData, list, placeData } from "../recognise/places.js";
import { isFallback, type Matcher, type Text } from "../runtime/matcher.js";
import type { Places } from "../runtime/places.js";
import type { Shape } from "../runtime/shape.js";
import { families } from "../sections/families/index.js";
import {
  type ApiSnapshot,
  canonical,
  type CodeSnapshot,
  type EntrySnapshot,
  isAbsent,
  isSame,
  listOf,
  type MessageSnapshot,
  type Node,
} from "./snapshot.js";
import { between, type Response, takes } from "./witness.js";

/** How what an entry takes has changed. */
export interface WireChange {
  readonly kind: "wire" | "widened" | "narrowed" | "same";
  /** The features that differ, such as `code`. */
  readonly features: readonly string[];
  readonly lost: Response | null;
  readonly gained: Response | null;
}

/** Compares the matchers of an entry; `null` where nothing that it is recognised by differs. */
export function wireChange(
  [before, old]: readonly [EntrySnapshot, ApiSnapshot],
  [after, now]: readonly [EntrySnapshot, ApiSnapshot],
): WireChange | null {
  const features = differing([before, old], [after, now]);
  if (features.length === 0) return null;
  const [a, b] = [matcherFrom(before, old), matcherFrom(after, now)];
  const places = [placesOf(before, old), placesOf(after, now)] as const;
  const channelsLost = before.match.channels.some((one) => !after.match.channels.includes(one));
  const channelsGained = after.match.channels.some((one) => !before.match.channels.includes(one));
  const less = !within(a, b) || channelsLost;
  const more = !within(b, a) || channelsGained;
  const kind = less ? (more ? "wire" : "narrowed") : more ? "widened" : "same";
  return {
    ...{ kind, features },
    lost: less ? between(a, b, places[0]) : null,
    gained: more ? between(b, a, places[1]) : null,
  };
}

const keys = {
  code: "codes",
  message: "messages",
  status: "statuses",
  shape: "shape",
  where: "where",
  operations: "operations",
  channel: "channels",
} as const;

/** The features of which something differs, as the language calls them. */
function differing(
  [before, old]: readonly [EntrySnapshot, ApiSnapshot],
  [after, now]: readonly [EntrySnapshot, ApiSnapshot],
): readonly string[] {
  return Object.entries(keys).flatMap(([feature, key]) => {
    if (key === "shape") return isSame(shapeOf(before, old), shapeOf(after, now)) ? [] : [feature];
    const [a, b] = [before.match[key], after.match[key]];
    return isSame(a, b) || isSame(sorted(a), sorted(b)) ? [] : [feature];
  });
}

const sorted = (list: unknown): readonly string[] =>
  (Array.isArray(list) ? list : []).map(canonical).sort();

/**
 * The members of enumerations that are an entry's, as what its name is followed by and the value: a single code has the
 * name alone, and one of several is told apart by itself; a text has its place in the list.
 */
export function membersOf({ family, match }: EntrySnapshot): ReadonlySet<string> {
  const codes = (match.codes ?? []).flatMap(({ first, last, prefix }) => {
    if (prefix === true) return [];
    if (typeof first === "string" || typeof last === "string") return [first];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  const texts = (match.messages ?? []).map(messageData).filter((text) => typeof text === "string");
  const statuses = (match.statuses ?? []).filter((status) => typeof status === "number");
  const isSingle = codes.length === 1;
  return new Set([
    ...codes.map(
      (code, i) => `code ${isSingle ? "" : typeof code === "number" ? code : i} ${code}`,
    ),
    ...texts.map((text, i) => `text ${i} ${text}`),
    ...(isOfStatus(family) ? statuses.map((status) => `status ${status}`) : []),
  ]);
}

const isOfStatus = (key: string): boolean =>
  families.some(({ family }) => family.key === key && family.isByStatus);

/** The values of some features, for people. */
export function wireValues(features: readonly string[], { match }: EntrySnapshot): unknown {
  const said = features.flatMap((feature) => {
    const value = match[keys[feature as keyof typeof keys]];
    if (feature === "code") return (match.codes ?? []).map(codeWords);
    if (feature === "message") return (match.messages ?? []).map(({ template }) => template);
    return Array.isArray(value) ? (value as unknown[]) : value === null ? [] : [value];
  });
  return said.length === 1 ? said[0] : said;
}

function codeWords({ first, last, prefix }: CodeSnapshot): string | number {
  if (prefix === true) return `${first}*`;
  return first === last ? first : `${first}..${last}`;
}

/** The entries of an API that took a response before: by what a body says, and not by its status alone. */
export function takers(api: ApiSnapshot): (entry: EntrySnapshot, now: ApiSnapshot) => Taken | null {
  const known = api.entries
    .filter((entry) => isAbsent(entry["removed"]))
    .map((entry) => ({ entry, matcher: matcherFrom(entry, api) }))
    .filter(({ matcher }) => !isFallback(matcher));
  const coded = new Map<string, typeof known>();
  const others: typeof known = [];
  for (const one of known) {
    const codes = one.matcher.codes ?? [];
    const isPlain = codes.length > 0 && codes.every((code) => typeof code !== "object");
    if (!isPlain) others.push(one);
    else
      for (const code of codes) {
        const same = coded.get(String(code));
        if (same === undefined) coded.set(String(code), [one]);
        else same.push(one);
      }
  }
  return (entry, now) => {
    const places = placesOf(entry, now);
    const matcher = matcherFrom(entry, now);
    if (isFallback(matcher)) return null;
    const response = between(matcher, nothing, places);
    if (response === null) return null;
    const own = (entry.match.codes ?? []).flatMap(({ first }) => coded.get(String(first)) ?? []);
    const former = [...own, ...others].find(
      (one) =>
        one.entry.match.channels.some((channel) => entry.match.channels.includes(channel)) &&
        takes(one.matcher, response, places, false),
    );
    return former === undefined ? null : { by: former.entry.id, response };
  };
}

/** What an entry took before, and an example of it. */
export interface Taken {
  readonly by: string;
  readonly response: Response;
}

/** Takes nothing: no response has both of these. */
const nothing: Matcher = { id: "", texts: [] };

function shapeOf({ match, success }: EntrySnapshot, api: ApiSnapshot): Shape | undefined {
  const { shape, codes, messages } = match;
  if (shape === undefined || shape === null) return undefined;
  const root = listOf<Node>(api, "shapes").find(({ name }) => name === shape)?.["root"] as
    Shape | undefined;
  const isAlone = [codes, messages, match["where"] as unknown[]].every((one) => !one?.length);
  return root !== undefined && isAlone && success !== true ? telling(root) : root;
}

/** An entry's features as the runtime asks for them. */
function matcherFrom(entry: EntrySnapshot, api: ApiSnapshot): Matcher {
  const { match, id } = entry;
  const { statuses = [], codes = [], messages = [], operations = [] } = match;
  const shape = shapeOf(entry, api);
  const conditions = listOf<ConditionModel>(match, "where").map(({ at, header, test }) =>
    conditionData({ at: at ?? null, header: header ?? null, test }),
  );
  const isBare = isOfStatus(entry.family) && codes.length + messages.length === 0;
  return {
    id,
    ...list("statuses", statuses.map(statusSpan)),
    ...(isBare ? { fallback: true } : {}),
    ...list("codes", codes.map(codeData)),
    ...list("texts", messages.map(messageData)),
    ...list("operations", operations),
    ...(shape === undefined ? {} : { shape }),
    ...list("conditions", conditions),
  };
}

/** `503`, or `5xx` as a run. */
function statusSpan(status: number | string): number | readonly [number, number] {
  if (typeof status === "number") return status;
  const first = Number(status[0]) * 100;
  return [first, first + 99];
}

function codeData({ first, last, prefix }: CodeSnapshot): NonNullable<Matcher["codes"]>[number] {
  if (prefix === true) return [String(first)];
  return first === last ? first : [Number(first), Number(last)];
}

function messageData({ template, part, case: fold }: MessageSnapshot): Text {
  const parsed = parseTemplate(template);
  // What an older version wrote and this one cannot read stands for itself.
  const parts = "problem" in parsed ? [template] : parsed;
  const isFixed = parts.every((one) => typeof one === "string");
  const isWhole = part === undefined && fold === undefined;
  return textData({
    parts,
    literal: isFixed && isWhole ? parts.join("") : null,
    part: part ?? null,
    fold: fold === "ignore",
  });
}

/** Where the first channel of an entry has codes and messages. */
function placesOf({ match }: EntrySnapshot, api: ApiSnapshot): Places {
  const channel = listOf<Node>(api, "channels").find(({ name }) => name === match.channels[0]);
  const placed = (key: string, isCode: boolean): Places["code"] =>
    listOf<Location>(channel, key).map(({ at, header, after, before, when }) =>
      placeData(
        {
          ...{ at: at ?? null, header: header ?? null },
          ...{ after: after ?? null, before: before ?? null, when: when ?? [] },
        },
        isCode,
      ),
    );
  return { code: placed("code", true), message: placed("message", false) };
}
