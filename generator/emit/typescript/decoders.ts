/** Decoders and guards: the failures of each channel as types, and the data by which the runtime tells them apart. */
import type { Api, Channel, Entry } from "../../model/model.js";
import {
  constant,
  delegate,
  interfaceOf,
  literal,
  type Property,
  type Statement,
  guard,
  tsFile,
  typeAlias,
  use,
} from "./printer.js";
import {
  batchData,
  isSeveral,
  type Recognition,
  recognition,
} from "../../recognise/recognition.js";
import { isSteps } from "../../runtime/matcher.js";
import { Family } from "../../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "../emitter.js";
import { failureType, isSealed } from "./failure-types.js";

export const decoders: Emitter = perApi((api) => {
  const channels = recognition(api);
  if (channels.length === 0) return [];
  const arriving = channels.flatMap(({ entries }) => entries);
  const failures = [...new Set(arriving)].filter(({ success }) => !success);
  const guarded = failures.flatMap((entry) =>
    entry.guard === null ? [] : [{ entry, name: entry.guard }],
  );
  const families = Object.values(Family).filter((family) =>
    channels.some(({ entries }) => entries.some((e) => e.family === family)),
  );
  const { names } = api;
  const statements = [
    interfaceOf(
      names.failures,
      `Every failure of the ${api.title}, by id.`,
      failures.map((entry): Property => ({
        name: entry.id,
        type: failureType(entry, channels),
        doc: [entry.summary, entry.remedy ?? ""].join(" ").trim(),
      })),
    ),
    ...channels.flatMap((found) => channelStatements(api, found)),
    ...guarded.map(({ entry, name }) =>
      guard(
        name,
        `Whether a value, or what was thrown with it, is the failure ${entry.id}.`,
        `Caught<${typeOf(api, entry)}>`,
        `hasId(value, ${literal(entry.id)})`,
      ),
    ),
  ];
  const words = wordsOf(statements);
  return [
    tsFile(`src/${api.id}/decode.ts`, origin(api), [
      ...runtime.flatMap(([from, exported]) => {
        const used = exported.filter((name) => words.has(name.replace("type ", "")));
        return used.length === 0 ? [] : [use(used, from)];
      }),
      ...families.map((family) => use([names.tables[family]], `./${family}.js`)),
      ...statements,
    ]),
  ];
});

/** What a decoder may need of the runtime. */
const runtime: readonly (readonly [from: string, exported: readonly string[]])[] = [
  ["../runtime/batch.js", ["type Batch", "type BatchData", "decodeBatch"]],
  ["../runtime/conditions.js", ["holds", "isMarked", "readPlace"]],
  [
    "../runtime/decode.js",
    ["type Channel", "channel", "decodeAnswer", "decodeFrame", "decodeHttp", "decodeItem"],
  ],
  [
    "../runtime/failure.js",
    [
      "type Answering",
      "type Failure",
      "type HttpResponse",
      "type NoFields",
      "type Reply",
      "type Success",
      "type UnknownFailure",
      "type UnlistedCode",
    ],
  ],
  ["../runtime/guards.js", ["type Caught", "hasId"]],
  ["../runtime/matcher.js", ["type Matcher"]],
  ["../runtime/peers.js", ["settle"]],
  ["../runtime/prefixes.js", ["templates"]],
  ["../runtime/several.js", ["several"]],
];

/** The words of code, without those of comments and texts: an import that nothing uses is an error in some projects. */
function wordsOf(code: unknown): ReadonlySet<string> {
  if (typeof code === "string")
    return new Set(code.replace(/\/\*\*[^]*?\*\/|"(?:[^"\\]|\\.)*"/g, "").match(/\w+/g));
  if (typeof code !== "object" || code === null) return new Set();
  const values = Object.entries(code as Record<string, unknown>).flatMap(([key, value]) =>
    key === "docs" ? [] : [value],
  );
  return new Set(values.flatMap((value) => [...wordsOf(value)]));
}

function typeOf(api: Api, entry: Entry): string {
  return `${api.names.failures}[${literal(entry.id)}]`;
}

/** What reads the data of a channel; a bundle carries only what its channels need. */
function readers({ channel, entries, data }: Recognition): readonly string[] {
  const { matchers, code, message, success, failure } = data;
  const places = [code, message, ...matchers.map(({ empty = [] }) => empty)].flat();
  const fields = matchers.flatMap(({ fields = [] }) => fields.map(([, place]) => place));
  const isRead = [...places, ...fields].some((place) => !isSteps(place));
  const isHeld = matchers.some(({ conditions }) => conditions !== undefined);
  const isCoded = entries.some((entry) => entry.success && entry.match.codes.length > 0);
  const isMarked = (success ?? failure) !== undefined || (isCoded && code.length > 1);
  const isShared = matchers.some(({ peers }) => peers !== undefined);
  const isTemplate = matchers.some(({ texts }) => texts?.some((text) => typeof text !== "string"));
  return [
    ...(isTemplate ? ["templates"] : []),
    ...(isRead ? ["read: readPlace"] : []),
    ...(isHeld ? ["holds"] : []),
    ...(isMarked ? ["isMarked"] : []),
    ...(isShared ? ["settle"] : []),
    ...(isSeveral(channel) ? ["several"] : []),
  ];
}

function channelStatements(api: Api, found: Recognition): readonly Statement[] {
  const { channel, entries, data } = found;
  const { names } = channel;
  const failures = entries.filter(({ success }) => !success);
  const successes = entries
    .filter(({ success }) => success)
    .map(({ id, outcome }) => `Success<${literal(id)}, ${literal(outcome)}>`);
  const tables = [...new Set(entries.map(({ family }) => api.names.tables[family]))];
  // No spread: a bundler takes it for a side effect, and keeps the whole channel for the sake of one guard.
  const table =
    tables.length === 1 ? tables[0]! : `/* @__PURE__ */ Object.assign({}, ${tables.join(", ")})`;
  const { matchers, ...places } = data;
  // A tuple: of a plain array, the compiler compares each row with every other, and gives up after a thousand.
  const tuple = matchers.length === 0 ? "" : " satisfies [Matcher, ...Matcher[]]";
  const rows = [
    ...Object.entries(places).map(([key, value]) => `${key}: ${literal(value)}`),
    `matchers: ${literal(matchers)}${tuple}`,
    `entries: ${table}`,
    ...readers(found),
  ];
  const called =
    channel.kind === "items"
      ? `An item of the channel \`${channel.name}\``
      : `The channel \`${channel.name}\``;
  return [
    typeAlias(
      names.failure,
      `${called} of the ${api.title}: every failure, and what is not known.`,
      [
        ...failures.map((entry) => typeOf(api, entry)),
        `UnknownFailure<${literal(data.unknown)}${isSealed(found) ? ", UnlistedCode | null" : ""}>`,
      ].join(" | "),
    ),
    constant(names.data, "Channel", `/* @__PURE__ */ channel({ ${rows.join(", ")} })`),
    ...readerStatements(api, channel, successes),
  ];
}

/** The function that reads a channel, and the type of what it returns. */
function readerStatements(
  api: Api,
  channel: Channel,
  successes: readonly string[],
): readonly Statement[] {
  const { names, kind, key, replyTo } = channel;
  if (kind === "items" && key !== null) return batchStatements(api, channel, successes);
  const reply = (...more: readonly string[]): string =>
    `Reply<${[...more, ...successes].join(" | ") || "never"}, ${names.failure}>`;
  const frame = reply(`Success<${literal(`${api.id}.frame`)}, "unknown">`);
  const { type, about, doc, parameter, decode } = {
    http: {
      type: reply(),
      about: "A success, or the one failure that a response is.",
      doc: `Reads a response of the ${api.title}. Never throws.`,
      parameter: { name: "response", type: "HttpResponse" },
      decode: "decodeHttp",
    },
    socket: {
      type: replyTo === null ? frame : `Answering<${frame}>`,
      about: "A frame that reports no error, or the one failure that a frame is.",
      doc: `Reads a frame of the ${api.title}, as text or as parsed JSON. Never throws.`,
      parameter: { name: "frame", type: "unknown" },
      decode: replyTo === null ? "decodeFrame" : "decodeAnswer",
    },
    // Without a key items cannot be told apart, so each is read by itself.
    items: {
      type: reply(),
      about: "A success, or the one failure that an item is.",
      doc: `Reads one item of the ${api.title}. Never throws.`,
      parameter: { name: "item", type: "unknown" },
      decode: "decodeItem",
    },
  }[kind];
  const call = `${decode}(${names.data}, ${parameter.name}) as ${names.reply}`;
  return [
    typeAlias(names.reply, about, type),
    delegate(names.decode, doc, [parameter], names.reply, call),
  ];
}

function batchStatements(
  api: Api,
  channel: Channel,
  successes: readonly string[],
): readonly Statement[] {
  const { names, within, taken, key } = channel;
  const data = batchData(api, channel);
  const { data: http, reply } = within!.names;
  const keys = key !== "position" && key?.type === "uuid" ? "string" : "string | number";
  const rows = [
    ...Object.entries(data).map(([name, value]) => `${name}: ${literal(value)}`),
    ...(taken.length === 0 ? [] : ["holds"]),
  ];
  const types = [names.failure, reply, successes.join(" | ") || "never", keys];
  return [
    typeAlias(names.reply, "What became of each item that was sent.", `Batch<${types.join(", ")}>`),
    constant(`${names.data}Batch`, "BatchData", `{ ${rows.join(", ")} }`),
    delegate(
      names.decode,
      `Reads the response to a batch, given the keys of what was sent. Never throws.`,
      [
        { name: "sent", type: `Iterable<${keys}>` },
        { name: "response", type: "HttpResponse" },
      ],
      names.reply,
      `decodeBatch(${http}, ${names.data}, ${names.data}Batch, sent, response) as ${names.reply}`,
    ),
  ];
}
