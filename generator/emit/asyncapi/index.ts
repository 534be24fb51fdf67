/**
 * An AsyncAPI 3 document for each API that sends frames: a message for each entry that comes as one, or as an item within
 * one. It stands alone, and says nothing twice.
 */
import type { Channel } from "../../model/channel.js";
import type { Entry } from "../../model/entry.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { byFamily } from "../../sections/families/index.js";
import { bodyWith, examplesOn, infoOf, pageOf, refTo, schemasOf, titled } from "../documents.js";
import { inside, type Schema } from "../json-schema.js";
import { printJson } from "../json.js";
import { text } from "../markdown.js";
import { open } from "../open-schema.js";
import { defineTarget, perApi } from "../target.js";

export const asyncapi = defineTarget({
  name: "asyncapi",
  isOptional: true,
  packed: ["asyncapi"],
  names: () => null,
  emit: (emission) =>
    perApi(emission, (api) => {
      const document = documentOf(api, emission.catalog);
      if (document === null) return [];
      return [{ path: `asyncapi/${api.id}.json`, text: `${printJson(document)}\n` }];
    }),
});

/** An entry in a frame of a socket; `item` is the channel of the items within it, if it is one of them. */
interface Message {
  readonly entry: Entry;
  readonly socket: Channel;
  readonly item: Channel | null;
}

function messagesOf({ living }: RecognisedApi): readonly Message[] {
  return living.flatMap((entry) =>
    entry.match.channels.flatMap((channel): readonly Message[] => {
      if (channel.kind === "socket") return [{ entry, socket: channel, item: null }];
      const { within } = channel;
      return within?.kind === "socket" ? [{ entry, socket: within, item: channel }] : [];
    }),
  );
}

/** `null` where nothing of the API comes in a frame. */
function documentOf(api: RecognisedApi, catalog: RecognisedCatalog): object | null {
  const messages = messagesOf(api);
  if (messages.length === 0) return null;
  const sockets = [...new Set(messages.map(({ socket }) => socket))];
  const entries = [...new Set(messages.map(({ entry }) => entry))];
  const on = (socket: Channel): readonly Message[] => messages.filter((m) => m.socket === socket);
  return {
    asyncapi: "3.0.0",
    info: {
      ...infoOf(api, catalog),
      tags: byFamily(entries).map(({ family }) => ({
        name: family.key,
        description: family.instance,
      })),
    },
    defaultContentType: "application/json",
    channels: Object.fromEntries(
      sockets.map((socket) => [socket.name, channelOf(socket, on(socket))]),
    ),
    operations: Object.fromEntries(
      sockets.map(({ name }) => [
        `receive-${name}`,
        {
          action: "receive",
          channel: { $ref: `#/channels/${name}` },
          description: "What may come in place of what was asked for.",
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(messages.map((one) => [nameOf(one), messageOf(one, catalog)])),
      schemas: schemasOf(api, entries, catalog),
    },
  };
}

/** A channel has no address: where a client connects is no part of a catalog. */
function channelOf({ name, summary }: Channel, messages: readonly Message[]): object {
  return {
    title: name,
    ...(summary === null ? {} : { description: text(summary) }),
    messages: Object.fromEntries(
      messages.map((one) => [nameOf(one), { $ref: `#/components/messages/${nameOf(one)}` }]),
    ),
  };
}

/** An entry may come on several sockets, and as an item as well. */
function nameOf({ entry, socket, item }: Message): string {
  const isUsual = (item ?? socket) === entry.match.channel;
  return isUsual ? entry.name : `${entry.name}.${(item ?? socket).name}`;
}

function messageOf(message: Message, catalog: RecognisedCatalog): object {
  const { entry, socket, item } = message;
  const { title, summary } = entry;
  const examples = examplesOn(item ?? socket, entry).map(([name, example]) => ({
    name,
    summary: titled(example, entry),
    payload: item === null ? example.body : bodyWith(example.body, item),
  }));
  return {
    ...{ name: nameOf(message), title, summary: text(summary) },
    ...pageOf(entry, catalog),
    ...(socket.replyTo === null
      ? {}
      : { correlationId: { location: `$message.payload#${socket.replyTo}` } }),
    payload: item === null ? refTo(entry) : itemSchema(entry, item),
    ...(examples.length === 0 ? {} : { examples }),
  };
}

/** A frame in whose list an item is the entry. */
function itemSchema(entry: Entry, { items }: Channel): Schema {
  const [list = ""] = items;
  return open(inside(`${list}/*`, refTo(entry)));
}
