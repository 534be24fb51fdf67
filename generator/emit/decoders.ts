/** Decoders and guards: the failures of each channel as types, and the data by which the runtime tells them apart. */
import { steps } from "../match/pointer.js";
import type { Api, Channel, Entry, Field } from "../model.js";
import {
  constant,
  delegate,
  interfaceOf,
  literal,
  type Property,
  type Statement,
  guard,
  propertyKey,
  tsFile,
  typeAlias,
  union,
  use,
} from "../print/typescript.js";
import { type Recognition, recognition } from "../recognition.js";
import type { BatchData } from "../runtime/batch.js";
import type { HoleType } from "../runtime/template.js";
import { Family } from "../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "./emitter.js";

export const decoders: Emitter = perApi((api) => {
  const channels = recognition(api);
  if (channels.length === 0) return [];
  const failures = channels.flatMap(({ entries }) => entries.filter(({ success }) => !success));
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
      failures.map((entry): Property => ({ name: entry.id, type: failureType(entry) })),
    ),
    ...channels.flatMap((found) => channelStatements(api, found)),
    ...guarded.map(({ entry, name }) =>
      guard(
        name,
        `Whether a value is the failure ${entry.id}.`,
        typeOf(api, entry),
        `hasId(value, ${literal(entry.id)})`,
      ),
    ),
  ];
  return [
    tsFile(`src/${api.id}/decode.ts`, origin(api), [
      ...runtime.flatMap(([from, exported]) => {
        const used = exported.filter((name) => mentions(statements, name.replace("type ", "")));
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
  ["../runtime/decode.js", ["type Channel", "channel", "decodeFrame", "decodeHttp", "decodeItem"]],
  [
    "../runtime/failure.js",
    ["type Failure", "type HttpResponse", "type NoFields", "type Reply", "type UnknownFailure"],
  ],
  ["../runtime/guards.js", ["hasId"]],
  ["../runtime/matcher.js", ["type Matcher"]],
  ["../runtime/template.js", ["matchTemplate"]],
];

/** Whether a name occurs in statements. A text may happen to hold it too; then an import is not used. */
function mentions(statements: readonly Statement[], name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(JSON.stringify(statements));
}

function typeOf(api: Api, entry: Entry): string {
  return `${api.names.failures}[${literal(entry.id)}]`;
}

function failureType({ id, category, actor, outcome, retry, match, fields }: Entry): string {
  // An item of which something was carried out is no longer what its entry says.
  const or = (own: string | undefined | null, partly: string): string =>
    match.channel.partial === null || own === partly
      ? literal(own)
      : union([own ?? partly, partly]);
  const facts = [
    literal(id),
    literal(category),
    or(actor, "reconcile"),
    or(outcome, "partial"),
    or(retry?.name, "reconcile"),
  ];
  return `Failure<${facts.join(", ")}, ${fieldsType(match.messages, fields)}>`;
}

const fieldTypes: Readonly<Record<Field["type"], string>> = {
  string: "string",
  integer: "number",
  decimal: "string",
  boolean: "boolean",
  duration: "number",
  strings: "readonly string[]",
};

function captureType(type: HoleType): string {
  return type === "integer" ? "number | null" : type === "duration" ? "number" : "string";
}

/** Fields of the body may be `null`; a capture is missing when another text of the entry came. */
function fieldsType(messages: Entry["match"]["messages"], fields: readonly Field[]): string {
  const captures = new Map<string, string>();
  for (const { parts } of messages)
    for (const part of parts)
      if (typeof part !== "string") captures.set(part[0], captureType(part[1]));
  const everywhere = (name: string): boolean =>
    messages.every(({ parts }) =>
      parts.some((part) => typeof part !== "string" && part[0] === name),
    );
  const rows = [
    ...[...captures].map(
      ([name, type]) => `readonly ${propertyKey(name)}${everywhere(name) ? "" : "?"}: ${type}`,
    ),
    ...fields.map(
      ({ property, type }) => `readonly ${propertyKey(property)}: ${fieldTypes[type]} | null`,
    ),
  ];
  return rows.length === 0 ? "NoFields" : `{ ${rows.join("; ")} }`;
}

function channelStatements(
  api: Api,
  { channel, entries, data }: Recognition,
): readonly Statement[] {
  const { names } = channel;
  const failures = entries.filter(({ success }) => !success);
  const successes = entries.filter(({ success }) => success).map(({ id }) => id);
  const tables = [...new Set(entries.map(({ family }) => api.names.tables[family]))];
  // No spread: a bundler takes it for a side effect, and keeps the whole channel for the sake of one guard.
  const table =
    tables.length === 1 ? tables[0]! : `/* @__PURE__ */ Object.assign({}, ${tables.join(", ")})`;
  const templates = data.matchers.some(({ texts }) =>
    texts?.some((text) => typeof text !== "string"),
  );
  const { matchers, ...places } = data;
  // A tuple: of a plain array, the compiler compares each row with every other, and gives up after a thousand.
  const tuple = matchers.length === 0 ? "" : " satisfies [Matcher, ...Matcher[]]";
  const rows = [
    ...Object.entries(places).map(([key, value]) => `${key}: ${literal(value)}`),
    `matchers: ${literal(matchers)}${tuple}`,
    `entries: ${table}`,
    ...(templates ? ["templates: matchTemplate"] : []),
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
        `UnknownFailure<${literal(data.unknown)}>`,
      ].join(" | "),
    ),
    constant(names.data, "Channel", `/* @__PURE__ */ channel({ ${rows.join(", ")} })`),
    ...(channel.kind === "http"
      ? [
          typeAlias(
            names.reply,
            "A success, or the one failure that a response is.",
            `Reply<${union(successes)}, ${names.failure}>`,
          ),
          delegate(
            names.decode,
            `Reads a response of the ${api.title}. Never throws.`,
            [{ name: "response", type: "HttpResponse" }],
            names.reply,
            `decodeHttp(${names.data}, response) as ${names.reply}`,
          ),
        ]
      : channel.kind === "socket"
        ? [
            typeAlias(
              names.reply,
              "A frame that reports no error, or the one failure that a frame is.",
              `Reply<${literal(`${api.id}.frame`)}, ${names.failure}>`,
            ),
            delegate(
              names.decode,
              `Reads a frame of the ${api.title}, as text or as parsed JSON. Never throws.`,
              [{ name: "frame", type: "unknown" }],
              names.reply,
              `decodeFrame(${names.data}, frame) as ${names.reply}`,
            ),
          ]
        : batchStatements(api, channel)),
  ];
}

function batchStatements(api: Api, channel: Channel): readonly Statement[] {
  const { names, within, items, accepted, key } = channel;
  if (within === null || items === null) return [];
  // Without a key items cannot be told apart, so each is read by itself.
  if (key === null)
    return [
      delegate(
        names.decode,
        `Reads one item of the ${api.title}. Never throws.`,
        [{ name: "item", type: "unknown" }],
        names.failure,
        `decodeItem(${names.data}, item) as ${names.failure}`,
      ),
    ];
  const marks = api.entries.flatMap((entry) =>
    entry.fields.flatMap(({ property, marks: is }) =>
      is === null ? [] : [[entry.id, property, is] as const],
    ),
  );
  const data: BatchData = {
    declined: steps(items),
    accepted: accepted === null ? null : steps(accepted),
    key: steps(key),
    marks,
  };
  const { failure, reply } = { failure: names.failure, reply: within.names.reply };
  return [
    typeAlias(
      names.reply,
      "What became of each item that was sent.",
      `Batch<${failure}, ${reply}>`,
    ),
    constant(`${names.data}Batch`, "BatchData", literal(data)),
    delegate(
      names.decode,
      `Reads the response to a batch, given the keys of what was sent. Never throws.`,
      [
        { name: "sent", type: "Iterable<string>" },
        { name: "response", type: "HttpResponse" },
      ],
      names.reply,
      `decodeBatch(${within.names.data}, ${names.data}, ${names.data}Batch, sent, response) as ${names.reply}`,
    ),
  ];
}
