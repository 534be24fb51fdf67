/** Decoders: the failures of each channel, and the data by which the runtime tells them apart. */
import { isLooselyKnown } from "../../model/spans.js";
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import { batchData, isSeveral } from "../../recognise/batches.js";
import { isAsked } from "../../recognise/recognise.js";
import type { RecognisedApi, Recognition } from "../../recognise/recognise.js";
import { isSteps } from "../../runtime/places.js";
import { origin } from "../target.js";
import { failed, isSealed } from "./failure-types.js";
import { failureOf, failuresOf, failuresType } from "./failures.js";
import { alternatives, braces, enclosed, type Fragment, ts, type, value } from "./fragment.js";
import { dataOf, isLong, literal } from "./literal.js";
import { moduleFile } from "./module.js";
import type { ApiNames, ChannelNames } from "./names.js";
import { constant, delegate, typeAlias } from "./printer.js";

export function decoders(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const { recognition } = api;
  if (recognition.length === 0) return [];
  const read = { api, names, failures: failuresOf(api) };
  const statements = recognition.flatMap((found) => channelStatements({ ...read, found }));
  return [moduleFile(`${api.id}/decode`, origin(api), statements)];
}

/** What reads the data of a channel; a bundle carries only what its channels need. */
function readers({ channel, entries, data }: Recognition): readonly Fragment[] {
  const { matchers, code, message, further = [], success, failure } = data;
  const places = [code, message, further, ...matchers.map(({ empty = [] }) => empty)].flat();
  const fields = matchers.flatMap(({ fields = [] }) => fields.map(([, place]) => place));
  const isRead = [...places, ...fields].some((place) => !isSteps(place));
  const isHeld = matchers.some(({ conditions }) => conditions !== undefined);
  const isCoded = entries.some((entry) => entry.success && entry.match.codes.length > 0);
  const isMarked = (success ?? failure) !== undefined || (isCoded && code.length > 1);
  const isShared = matchers.some(({ peers }) => peers !== undefined);
  const isTemplate = matchers.some(({ texts }) => texts?.some((text) => typeof text !== "string"));
  return [
    ...(isTemplate ? [value("templates", "runtime/prefixes")] : []),
    ...(isRead ? [ts`read: ${value("readPlace", "runtime/conditions")}`] : []),
    ...(isHeld ? [value("holds", "runtime/conditions")] : []),
    ...(isMarked ? [value("isMarked", "runtime/conditions")] : []),
    ...(isShared ? [value("settle", "runtime/peers")] : []),
    ...(isSeveral(channel) ? [value("several", "runtime/several")] : []),
    ...(entries.some(({ match }) => isLooselyKnown(match) || match.operations.length > 0)
      ? [value("together", "runtime/together")]
      : []),
  ];
}

/** One channel of an API, and what it is recognised by. */
interface Read {
  readonly api: RecognisedApi;
  readonly names: ApiNames;
  /** All failures of the API, whatever their channel. */
  readonly failures: readonly Entry[];
  readonly found: Recognition;
}

/** The failures of a channel by type; where that is all of them, nobody has to list them again. */
function ownFailures({ api, names, failures, found }: Read): readonly Fragment[] {
  const own = found.entries.filter(({ success }) => !success);
  const all = failuresType(api, names);
  return own.length === failures.length && own.length > 1
    ? [ts`${all}[keyof ${all}]`]
    : own.map((entry) => failureOf(api, names, entry));
}

function channelStatements(read: Read): readonly Fragment[] {
  const { api, names, found } = read;
  const { channel, data } = found;
  const own = names.channels.get(channel)!;
  const unlisted = isSealed(found) ? [ts`${failed("UnlistedCode")} | null`] : [];
  const unknown = enclosed("<>", [literal(data.unknown), ...unlisted]);
  const called =
    channel.kind === "items"
      ? `An item of the channel \`${channel.name}\``
      : `The channel \`${channel.name}\``;
  return [
    typeAlias(
      own.failure,
      `${called} of the ${api.title}: every failure, and what is not known.`,
      alternatives([...ownFailures(read), ts`${failed("UnknownFailure")}${unknown}`]),
    ),
    constant(own.data, type("Channel", "runtime/decode"), channelData(read)),
    ...(channel.kind === "items" && channel.key !== null
      ? batchStatements(read, own)
      : readerStatements(read, own)),
  ];
}

/** The data of a channel, and what reads it. */
function channelData({ api, names, found }: Read): Fragment {
  const { matchers: _, ...places } = found.data;
  const keys = [...new Set(found.entries.map(({ family }) => family.key))];
  const tables = keys.map((key) => value(names.tables[key]!, `${api.id}/${key}`));
  const table = tables.length === 1 ? tables[0]! : braces(tables.map((one) => ts`...${one}`));
  const fields = [
    ...Object.entries(places).map(([key, data]) => ts`${key}: ${literal(data)}`),
    ts`matchers: ${matchersOf(found)}`,
    ts`entries: ${table}`,
    ...readers(found),
  ];
  return ts`/* @__PURE__ */ ${value("channel", "runtime/decode")}(() => (${braces(fields)}))`;
}

/** A tuple: of a plain array, the compiler compares each row with every other, and gives up after a thousand. */
function matchersOf({ data: { matchers } }: Recognition): Fragment {
  const rows = dataOf(matchers);
  if (matchers.length === 0 || isLong(matchers)) return rows;
  const row = type("Matcher", "runtime/matcher");
  return ts`${rows} satisfies ${enclosed("[]", [row, ts`...${row}[]`])}`;
}

/** The successes of a channel as types. */
function successesOf({ entries }: Recognition): readonly Fragment[] {
  return entries
    .filter(({ success }) => success)
    .map(({ id, outcome }) => successType(id, outcome));
}

function successType(id: string, outcome: string): Fragment {
  return ts`${failed("Success")}<${literal(id)}, ${literal(outcome)}>`;
}

/** What a reader returns, what it is given, and the function of the runtime that does it. */
interface Reader {
  readonly type: Fragment;
  readonly about: string;
  readonly doc: string;
  readonly parameter: { readonly name: string; readonly type: Fragment | string };
  readonly decode: string;
}

/** The function that reads a channel, and the type of what it returns. */
function readerStatements({ api, names, found }: Read, own: ChannelNames): readonly Fragment[] {
  const { type, about, doc, parameter, decode } = readerOf(api, found, own);
  const asked = askedOf([found], api, names);
  const given = [own.data, parameter.name, ...asked.map(({ name }) => name.replace("?", ""))];
  const call = ts`${value(decode, "runtime/decode")}${enclosed("()", given)}`;
  return [
    typeAlias(own.reply, about, type),
    delegate(own.decode, doc, [parameter, ...asked], own.reply, ts`${call} as ${own.reply}`),
  ];
}

/** The parameter by which a caller says what was asked, where that matters. */
function askedOf(
  found: readonly Recognition[],
  api: RecognisedApi,
  names: ApiNames,
): readonly { readonly name: string; readonly type: Fragment }[] {
  if (!found.some(({ channel }) => isAsked(api, channel))) return [];
  const operation = type(names.operation, `${api.id}/advise`);
  return [{ name: "asked?", type: ts`${failed("Asked")}<${operation}>` }];
}

function readerOf({ id, title }: RecognisedApi, found: Recognition, own: ChannelNames): Reader {
  const { kind, replyTo } = found.channel;
  const reply = (...more: readonly Fragment[]): Fragment =>
    ts`${failed("Reply")}${enclosed("<>", [
      alternatives([...more, ...successesOf(found)]),
      own.failure,
    ])}`;
  switch (kind) {
    case "http":
      return {
        type: reply(),
        about: "A success, or the one failure that a response is.",
        doc: `Reads a response of the ${title}. Never throws.`,
        parameter: { name: "response", type: failed("HttpResponse") },
        decode: "decodeHttp",
      };
    case "socket": {
      const frame = reply(successType(`${id}.frame`, "unknown"));
      return {
        type: replyTo === null ? frame : ts`${failed("Answering")}${enclosed("<>", [frame])}`,
        about: "A frame that reports no error, or the one failure that a frame is.",
        doc: `Reads a frame of the ${title}, as text or as parsed JSON. Never throws.`,
        parameter: { name: "frame", type: "unknown" },
        decode: replyTo === null ? "decodeFrame" : "decodeAnswer",
      };
    }
    // Without a key items cannot be told apart, so each is read by itself.
    case "items":
      return {
        type: reply(),
        about: "A success, or the one failure that an item is.",
        doc: `Reads one item of the ${title}. Never throws.`,
        parameter: { name: "item", type: "unknown" },
        decode: "decodeItem",
      };
  }
}

function batchStatements({ api, names, found }: Read, own: ChannelNames): readonly Fragment[] {
  const { within, taken, key } = found.channel;
  const outer = names.channels.get(within!)!;
  const keys = key !== "position" && key?.type === "uuid" ? "string" : "string | number";
  const data = Object.entries(batchData(api, found.channel));
  const rows = [
    ...data.map(([name, given]) => ts`${name}: ${literal(given)}`),
    ...(taken.length === 0 ? [] : [value("holds", "runtime/conditions")]),
  ];
  const types = [own.failure, outer.reply, alternatives(successesOf(found)), keys];
  const batch = (name: string): Fragment => type(name, "runtime/batch");
  const both = api.recognition.filter(({ channel }) => [within, found.channel].includes(channel));
  const asked = askedOf(both, api, names);
  const given = [
    ...[outer.data, own.data, `${own.data}Batch`, "sent", "response"],
    ...asked.map(({ name }) => name.replace("?", "")),
  ];
  return [
    typeAlias(
      own.reply,
      "What happened to each item that was sent.",
      ts`${batch("Batch")}${enclosed("<>", types)}`,
    ),
    constant(`${own.data}Batch`, batch("BatchData"), braces(rows)),
    delegate(
      own.decode,
      `Reads the response to a batch, given the keys of what was sent. Never throws.`,
      [
        { name: "sent", type: `Iterable<${keys}>` },
        { name: "response", type: failed("HttpResponse") },
        ...asked,
      ],
      own.reply,
      ts`${value("decodeBatch", "runtime/batch")}${enclosed("()", given)} as ${own.reply}`,
    ),
  ];
}
