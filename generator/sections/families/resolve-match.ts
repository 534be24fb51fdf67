/** What an entry of the language is recognised by: its channels, and every feature that a response has to have. */
import type { DiagnosticLog, Place } from "../../diagnostics/log.js";
import type { Channel } from "../../model/channel.js";
import type { Coded, Match } from "../../model/entry.js";
import type { Family } from "../../model/family.js";
import type { Scope } from "../../resolve/section.js";
import { channels as channelSection } from "../channels.js";
import { codes as codeSection } from "../codes.js";
import { operations as operationSection } from "../operations.js";
import { resolveConditions } from "../places.js";
import { shapes } from "../shapes.js";
import {
  type EntryItem,
  resolveCodes,
  resolveMessages,
  resolveStatuses,
  spanOf,
} from "./features.js";

/** What an entry is recognised by, with what it overrides still open; `null` when it arrives nowhere. */
export function resolveMatch(family: Family, item: EntryItem, scope: Scope): Match | null {
  const channels = resolveChannels(family, item, scope);
  const { value } = item;
  const { log } = scope;
  const shape =
    value.shape === undefined ? null : scope.refer(shapes, value.shape, item.at("shape"));
  const statuses = family.isByStatus ? [spanOf(item.written)] : resolveStatuses(item, log);
  const codes = resolveCodes(item, scope);
  const messages = resolveMessages(item, log);
  const coded = resolveCoded(item, scope);
  const asked = (value.operations ?? []).flatMap(
    (name, i) => scope.refer(operationSection, name, item.at("operations", i)) ?? [],
  );
  checkPlaces(item, channels ?? [], scope);
  const [channel] = channels ?? [];
  if (channels === null || channel === undefined) return null;
  return {
    ...{ channel, channels, statuses, codes, messages, shape },
    ...{ coded, operations: asked },
    where: [
      ...resolveConditions(value.where, "at"),
      ...resolveConditions(value.headers, "header"),
      ...coded.map(({ vocabulary: { at, header, type }, values }) => ({
        ...{ at, header },
        // A number may come as its digits.
        test: type === "integer" ? [...values, ...values.map(String)] : values,
      })),
    ],
    overrides: [],
  };
}

function resolveCoded({ value, at }: EntryItem, scope: Scope): readonly Coded[] {
  return Object.entries(value.codes ?? {}).flatMap(([name, given]) => {
    const place = at("codes", name);
    const vocabulary = scope.refer(codeSection, name, place);
    if (vocabulary === null) return [];
    const values = [given].flat();
    const kind = vocabulary.type;
    const odd = values.find((one) => typeof one !== (kind === "integer" ? "number" : "string"));
    if (odd !== undefined)
      scope.log.report("code/kind", place, { code: JSON.stringify(odd), kind });
    return [{ vocabulary, values, place }];
  });
}

/** An entry that is known by its code needs a channel that says where codes are; messages likewise. */
function checkPlaces(
  { value, key }: EntryItem,
  channels: readonly Channel[],
  { log, once }: Scope,
): void {
  for (const { name, place, ...channel } of channels)
    for (const what of ["code", "message"] as const)
      if (value[what] !== undefined && channel[what].length === 0 && once(`${name} ${what}`))
        log.report("channel/unplaced", key(what), { channel: name, what }, [
          { place, note: "the channel" },
        ]);
}

/** Where an entry arrives; `null` when that was reported. */
function resolveChannels(
  { key: family, channel: kind }: Family,
  item: EntryItem,
  scope: Scope,
): readonly Channel[] | null {
  const { channel } = item.value;
  if (channel !== undefined) {
    const names = ([] as string[]).concat(channel);
    const at = (i: number): Place => item.at("channel", ...(Array.isArray(channel) ? [i] : []));
    const found = names.map((name, i) => scope.refer(channelSection, name, at(i)));
    return found.includes(null) ? null : [...new Set(found as Channel[])];
  }
  const all = [...scope.nodes(channelSection).values()];
  const fit = all.filter((channel) => channel?.kind === kind);
  if (fit.length === 1) return [fit[0]!];
  // A channel with a mistake may be the one that is missing.
  if (fit.length > 1 || (!all.includes(null) && scope.once(kind)))
    scope.log.report("channel/undecided", item.place, { family, kind, count: fit.length });
  return null;
}

/** An entry without a status of its own needs something else to be known by. */
export function checkRecognisable(
  family: Family,
  { value, place }: EntryItem,
  log: DiagnosticLog,
): void {
  const features = [
    value.code,
    value.codes,
    value.message,
    value.shape,
    value.where,
    value.headers,
  ];
  if (!family.isByStatus && features.every((feature) => feature === undefined))
    log.report("entry/unrecognisable", place);
}
