/** Channels: where failures arrive, and the names of what is generated to read them. */
import { compare, type DiagnosticLog, type Place } from "../diagnostics.js";
import type { Channel } from "../model.js";
import { camel, type Names, pascal } from "../names.js";
import type { ChannelSyntax } from "../syntax.js";
import { knownLeaves } from "../validate.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

/** Item channels refer to the channel they are within, so plain channels come first. `null` for one that was reported. */
export function resolveChannels(
  items: ReadonlyMap<string, Item<ChannelSyntax>>,
  prefix: string,
  exports: Names,
  tracer: Tracer,
  log: DiagnosticLog,
): ReadonlyMap<string, Channel | null> {
  const channels = new Map<string, Channel | null>();
  const plainFirst = [...items.values()].sort(
    (a, b) => Number(a.value.within !== undefined) - Number(b.value.within !== undefined),
  );
  const http = plainFirst.filter(({ value }) => value.transport === "http");
  for (const item of plainFirst) {
    const { name, value, place } = item;
    const { transport, within } = value;
    const problem = channelProblem(value, within === undefined ? undefined : items.get(within));
    if (problem !== null) {
      log.report("channel/kind", place, { channel: name, problem });
      channels.set(name, null);
      continue;
    }
    channels.set(name, {
      name,
      place,
      trace: tracer.trace(item, knownLeaves("channels")),
      kind: within === undefined ? (transport ?? "http") : "items",
      within:
        within === undefined ? null : refer(channels, within, "channel", item.at("within"), log),
      items: value.items ?? null,
      accepted: value.accepted ?? null,
      key: value.key ?? null,
      partial: value.partial ?? null,
      code: ([] as string[]).concat(value.code ?? []),
      message: ([] as string[]).concat(value.message ?? []),
      summary: value.summary ?? null,
      // The responses of an API are what its plain names stand for.
      names: channelNames(
        prefix,
        http.length === 1 && http[0] === item ? "" : pascal(name),
        exports,
        place,
      ),
    });
  }
  return new Map([...channels].sort(([a], [b]) => compare(a, b)));
}

function channelProblem(
  { transport, within, items, partial }: ChannelSyntax,
  outer: Item<ChannelSyntax> | undefined,
): string | null {
  if (within === undefined) {
    if (transport === undefined) return "has neither transport: nor within:";
    if (items !== undefined) return "has items: without within:";
    return partial === undefined ? null : "has partial: without within:";
  }
  if (transport !== undefined) return "has both transport: and within:";
  if (items === undefined) return "has within: without items:";
  return outer?.value.within === undefined ? null : "is within a channel that is not a transport";
}

function channelNames(
  prefix: string,
  suffix: string,
  exports: Names,
  place: Place,
): Channel["names"] {
  return {
    decode: exports.take(`decode${prefix}${suffix}`, place),
    failure: exports.take(`${prefix}${suffix}Failure`, place),
    reply: exports.take(`${prefix}${suffix}Reply`, place),
    data: `${camel(prefix)}${suffix}Channel`,
  };
}
