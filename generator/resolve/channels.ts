/** Channels: where failures arrive, and the names of what is generated to read them. */
import { compare, type DiagnosticLog, type Place } from "../diagnostics/log.js";
import type { Channel, Key, Shape } from "../model/model.js";
import { camel, type Names, pascal } from "../model/names.js";
import type { ChannelSyntax } from "../read/syntax.js";
import { knownLeaves } from "../read/validate.js";
import { checkSingle, resolveConditions, resolvePlaces } from "./places.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

/** Item channels refer to the channel they are within, so plain channels come first. `null` for one that was reported. */
export function resolveChannels(
  items: ReadonlyMap<string, Item<ChannelSyntax>>,
  prefix: string,
  exports: Names,
  shapes: ReadonlyMap<string, Shape>,
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
    const list = ([] as string[]).concat(value.items ?? []);
    const lists: [keyof ChannelSyntax, readonly string[], string][] = [
      ["items", list, "expected a single list"],
      ["accepted", ([] as string[]).concat(value.accepted ?? []), "expected a single list"],
      ["key", keyOf(value)?.at ?? [], "expected a single value"],
      ["partial", ([] as string[]).concat(value.partial ?? []), "expected a single list"],
      ["reply-to", ([] as string[]).concat(value["reply-to"] ?? []), "expected a single value"],
    ];
    for (const [key, pointers, what] of lists)
      checkSingle(pointers, what, (...path) => item.at(key, ...path), log);
    for (const key of ["errors", "causes"] as const)
      if (value[key]?.endsWith("/*") === false)
        log.report("place/wildcard", item.at(key), {
          pointer: value[key],
          what: "expected the items of a list",
        });
    channels.set(name, {
      name,
      place,
      trace: tracer.trace(item, knownLeaves("channels")),
      kind: within === undefined ? (transport ?? "http") : "items",
      within:
        within === undefined ? null : refer(channels, within, "channel", item.at("within"), log),
      items: list,
      accepted: value.accepted ?? null,
      taken: resolveConditions(value.taken, "at"),
      key: value.by ?? keyOf(value),
      partial: value.partial ?? null,
      code: resolvePlaces(value.code, (...path) => item.at("code", ...path), log),
      message: resolvePlaces(value.message, (...path) => item.at("message", ...path), log),
      shape:
        value.shape === undefined
          ? null
          : refer(shapes, value.shape, "shape", item.at("shape"), log),
      success: resolveConditions(value.success, "at"),
      failure: resolveConditions(value.failure, "at"),
      errors: value.errors ?? null,
      causes: value.causes ?? null,
      replyTo: value["reply-to"] ?? null,
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
  value: ChannelSyntax,
  outer: Item<ChannelSyntax> | undefined,
): string | null {
  const { transport, within, items, key, by } = value;
  const ofItems = ["items", "accepted", "taken", "key", "by", "partial"] as const;
  if (within === undefined) {
    if (transport === undefined) return "has neither transport: nor within:";
    const lone = ofItems.find((name) => value[name] !== undefined);
    if (lone !== undefined) return `has ${lone}: without within:`;
    return value["reply-to"] !== undefined && transport !== "socket"
      ? "has reply-to:, but an HTTP response always answers its own request"
      : null;
  }
  if (transport !== undefined) return "has both transport: and within:";
  if (items === undefined) return "has within: without items:";
  if (key !== undefined && by !== undefined) return "has both key: and by:";
  return outer?.value.within === undefined
    ? null
    : "is within a channel that is itself within another";
}

function keyOf({ key }: ChannelSyntax): Key | null {
  if (key === undefined) return null;
  const { at, type = null } = typeof key === "string" || Array.isArray(key) ? { at: key } : key;
  return { at: ([] as string[]).concat(at), type };
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
