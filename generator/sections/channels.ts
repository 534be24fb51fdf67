/** Channels: where failures arrive. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import type { Channel, Key } from "../model/channel.js";
import { object, oneOrMore, ref } from "../read/json-schema.js";
import { type Infer, traced } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import { defineSection, leavesOf, type Section } from "../resolve/section.js";
import { codes } from "./codes.js";
import { checkSingle, resolveConditions, resolvePlaces } from "./places.js";
import { shapes } from "./shapes.js";

const schema = traced([], {
  transport: {
    description: "http: a response. socket: a frame.",
    enum: ["http", "socket"],
  },
  within: ref("id", "The channel whose body holds the items of this one."),
  items: oneOrMore(ref("pointer"), {
    description:
      "Where the items are in that body. Several lists are read side by side: an item is what they have at the same place, at /0, /1 and so on.",
  }),
  accepted: ref("pointer", "Where the same body has the items that were not declined."),
  taken: ref("conditions"),
  key: {
    description:
      "What identifies an item, within it: a pointer, a list of them, or { at: …, type: … }.",
    anyOf: [
      ref("pointer"),
      {
        type: "array",
        minItems: 1,
        items: ref("pointer"),
      },
      object(
        ["at"],
        {
          at: ref("pointers"),
          type: {
            description:
              "uuid: in any letter case. index: the item's place in the request, from 0.",
            enum: ["uuid", "index"],
          },
        },
        { title: "a key" },
      ),
    ],
  },
  by: {
    description: "position: the items come in the order of the request.",
    enum: ["position"],
  },
  partial: ref(
    "pointer",
    "A list within an item; an item in which it has something was carried out in part.",
  ),
  code: ref("places"),
  message: ref("places"),
  shape: ref("id", "The shape that its bodies usually have, by name; it recognises nothing."),
  success: ref("conditions", 'What every success has, such as { /code: "0" }: all of it.'),
  failure: ref("conditions", "What no success has, such as { /error: filled }: not one of these."),
  errors: ref(
    "pointer",
    "Where a body has several errors, such as /errors/*: all else of the channel is then within one of them, or within the body where there is none. All are kept, and the most careful leads.",
  ),
  causes: ref("pointer", "Where an error has its causes, such as /causes/*."),
  "reply-to": ref("pointer", "Where a frame says which request it answers."),
  summary: ref("text"),
});

type ChannelSyntax = Infer<typeof schema>;
type ChannelItem = Item<ChannelSyntax>;

export const channels = defineSection({
  key: "channels",
  noun: "channel",
  nouns: "channels",
  about: "Where failures arrive, and where each keeps its code and its message.",
  schema,
  resolve: (item, scope): Channel => {
    const { name, value, place } = item;
    const { log } = scope;
    const problem = channelProblem(value);
    if (problem !== null) log.report("channel/kind", place, { channel: name, problem });
    checkPointers(item, log);
    return {
      ...scope.traced(item, leavesOf(schema)),
      kind: value.within === undefined ? (value.transport ?? "http") : "items",
      within: null,
      items: ([] as string[]).concat(value.items ?? []),
      accepted: value.accepted ?? null,
      taken: resolveConditions(value.taken, "at"),
      key: value.by ?? keyOf(value),
      partial: value.partial ?? null,
      code: resolvePlaces(value.code, (...path) => item.at("code", ...path), log),
      message: resolvePlaces(value.message, (...path) => item.at("message", ...path), log),
      further: [],
      shape: value.shape === undefined ? null : scope.refer(shapes, value.shape, item.at("shape")),
      success: resolveConditions(value.success, "at"),
      failure: resolveConditions(value.failure, "at"),
      errors: value.errors ?? null,
      causes: value.causes ?? null,
      replyTo: value["reply-to"] ?? null,
      summary: value.summary ?? null,
    };
  },
  link: (channel, item, scope) => {
    const { within } = item.value;
    channel.further = [...scope.nodes(codes).values()].flatMap((vocabulary) =>
      vocabulary === null
        ? []
        : [{ at: vocabulary.at, header: vocabulary.header, after: null, before: null, when: [] }],
    );
    if (within === undefined) return;
    channel.within = scope.refer(self(), within, item.at("within"));
    if ((channel.within?.kind ?? "http") === "items")
      scope.log.report("channel/kind", item.place, {
        channel: item.name,
        problem: "is within a channel that is itself within another",
      });
  },
});

/** An item channel refers to the channel that it is within. */
function self(): Section<"channels", never, Channel> {
  return channels;
}

/** One list, or one value, is wanted in most places, and the items of a list in two. */
function checkPointers({ value, at }: ChannelItem, log: DiagnosticLog): void {
  const all = (given: string | string[] | undefined): readonly string[] =>
    ([] as string[]).concat(given ?? []);
  const single: [keyof ChannelSyntax, readonly string[], string][] = [
    ["items", all(value.items), "expected a single list"],
    ["accepted", all(value.accepted), "expected a single list"],
    ["key", keyOf(value)?.at ?? [], "expected a single value"],
    ["partial", all(value.partial), "expected a single list"],
    ["reply-to", all(value["reply-to"]), "expected a single value"],
  ];
  for (const [key, pointers, what] of single)
    checkSingle(pointers, what, (...path) => at(key, ...path), log);
  for (const key of ["errors", "causes"] as const)
    if (value[key]?.endsWith("/*") === false)
      log.report("place/wildcard", at(key), {
        pointer: value[key],
        what: "expected the items of a list",
      });
}

function channelProblem(value: ChannelSyntax): string | null {
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
  return key !== undefined && by !== undefined ? "has both key: and by:" : null;
}

function keyOf({ key }: ChannelSyntax): Key | null {
  if (key === undefined) return null;
  const { at, type = null } = typeof key === "string" || Array.isArray(key) ? { at: key } : key;
  return { at: ([] as string[]).concat(at), type };
}
