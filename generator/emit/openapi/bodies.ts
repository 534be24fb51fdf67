/** The bodies of responses: by media type any of some entries, and their examples. */
import type { Channel } from "../../model/channel.js";
import type { Example } from "../../model/entry.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { asksOfBody, bodyWith, examplesOn, refTo, titled } from "../documents.js";
import { inside, type Schema } from "../json-schema.js";
import { open } from "../open-schema.js";
import { type Arrival, arrivalsOf, bodiless } from "./arrivals.js";

/** The media types of a response; `null` where no body is known of. */
export function contentOf(status: string, arrivals: readonly Arrival[]): object | null {
  const examples = arrivals.flatMap(({ entry, channel }) =>
    examplesOn(channel, entry)
      .filter(([, example]) => hasBody(example) && isShownWith(example, status))
      .map(([name, example]) => ({ name, type: mediaType(example) })),
  );
  if (bodiless.has(status)) return null;
  const speaking = arrivals.filter(({ entry }) => asksOfBody(entry));
  const isSilent = speaking.length < arrivals.length;
  if (examples.length === 0 && speaking.length === 0) return null;
  const types = [
    ...new Set([...(speaking.length > 0 ? [json] : []), ...examples.map((e) => e.type)]),
  ];
  return Object.fromEntries(
    types.map((type) => {
      const own = examples.filter((example) => example.type === type);
      return [
        type,
        {
          schema: type === json ? schemaOf(speaking, isSilent) : { type: "string" },
          ...(own.length === 0
            ? {}
            : {
                examples: Object.fromEntries(
                  own.map(({ name }) => [name, { $ref: `#/components/examples/${name}` }]),
                ),
              }),
        },
      ];
    }),
  );
}

function schemaOf(arrivals: readonly Arrival[], isSilent: boolean): Schema {
  const whole = arrivals.filter(({ channel }) => channel.kind === "http");
  const items = [...new Set(arrivals.map(({ channel }) => channel))].filter(
    ({ kind }) => kind === "items",
  );
  const any = [
    ...whole.map(({ entry }) => refTo(entry)),
    ...items.map((channel) => batchSchema(channel, arrivals)),
    ...(isSilent ? [{ description: "Any other body." }] : []),
  ];
  return any.length === 1 ? any[0]! : { anyOf: any };
}

/** A body with a list of items, of which each may be one of these entries. */
function batchSchema(channel: Channel, arrivals: readonly Arrival[]): Schema {
  const own = arrivals.filter((one) => one.channel === channel);
  const any = [...own.map(({ entry }) => refTo(entry)), { description: "Any other item." }];
  const list = channel.items[0]!.replace(/(?:\/\*)+$/, "");
  return open(inside(list, { type: "array", items: { anyOf: any } }));
}

const json = "application/json";

/** JSON, unless the example says otherwise or is a text. */
function mediaType({ headers, body }: Example): string {
  const said = Object.entries(headers ?? {}).find(
    ([name]) => name.toLowerCase() === "content-type",
  );
  return said?.[1].split(";")[0]!.trim() ?? (typeof body === "string" ? "text/plain" : json);
}

function hasBody({ body }: Example): boolean {
  return body !== undefined && body !== null;
}

/** An example without a status, such as an item, goes with each. */
function isShownWith({ status }: Example, key: string): boolean {
  if (status === undefined || key === "default" || String(status) === key) return true;
  return key === `${Math.floor(status / 100)}XX`;
}

/** The bodies of all examples, each once. Items stand in the body that they would arrive in alone. */
export function examplesOf(api: RecognisedApi): object {
  const shown = arrivalsOf(api).flatMap(({ entry, channel }) =>
    examplesOn(channel, entry)
      .filter(([, example]) => hasBody(example))
      .map(([name, example]) => {
        const value = channel.kind === "items" ? bodyWith(example.body, channel) : example.body;
        return [name, { summary: titled(example, entry), value }] as const;
      }),
  );
  return Object.fromEntries(shown);
}
