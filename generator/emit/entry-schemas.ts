/** What a response has to be to be one entry, as a JSON Schema: on http `{ status, headers, body }`, otherwise the value itself. */
import { escapePattern, messagePattern } from "../match/template.js";
import type { Condition, Location } from "../model/channel.js";
import type { Codes, Entry, Message } from "../model/entry.js";
import type { Statuses } from "../model/spans.js";
import { fileOf, inside, nodeSchema, oneOrAny, type Schema } from "./json-schema.js";
import { shapeOf, unexplained } from "../recognise/matchers.js";

export function entrySchema(entry: Entry): Schema {
  return { title: entry.title, description: entry.summary, ...responseSchema(entry) };
}

/** The same without words. */
export function responseSchema(entry: Entry): Schema {
  const { match, success } = entry;
  const { channel, statuses, shape } = match;
  const body = bodySchema(entry);
  if (channel.kind !== "http") return body;
  const status =
    statuses.length === 0
      ? { type: "integer", minimum: success ? 200 : 100, maximum: success ? 299 : 599 }
      : statusSchema(statuses);
  const known = Object.keys(body).length > 0;
  const beside = besideBody(entry);
  return {
    type: "object",
    // An error known by its body is that error whatever its status; a status alone says nothing of the body.
    required: [
      ...(entry.family.isByStatus ? ["status"] : []),
      ...(known || shape !== null ? ["body"] : []),
    ],
    properties: { status, body },
    ...(beside.length > 0 ? { allOf: beside } : {}),
  };
}

/**
 * What an entry asks of the body, the item or the frame: its shape, its code, its message and its other values. A whole
 * shape is referred to, by its name.
 */
export function bodySchema(entry: Entry, refTo: (shape: string) => string = fileOf): Schema {
  const { match, success } = entry;
  const { channel, codes, messages, shape, where } = match;
  const asked: Schema[] = [];
  if (shape !== null) {
    const wanted = shapeOf(entry)!;
    asked.push(wanted === shape.root ? { $ref: refTo(shape.name) } : nodeSchema(wanted));
  }
  if (codes.length > 0 && isInBody(channel.code))
    asked.push(anywhere(channel.code, codeKind, codesSchema(codes)));
  if (messages.length > 0 && isInBody(channel.message))
    asked.push(anywhere(channel.message, textKind, messagesSchema(messages)));
  for (const condition of where) if (condition.at !== null) asked.push(held(condition));
  if (success) asked.push(...proofOf(entry));
  if (asked.length <= 1) return asked[0] ?? {};
  return { allOf: asked };
}

const isInBody = (locations: readonly Location[]): boolean =>
  locations.every(({ header }) => header === null);

/** What an entry asks of the headers, or of these or the body. Headers are told apart by their names in lower case. */
function besideBody({ match }: Entry): readonly Schema[] {
  const { channel, codes, messages, where } = match;
  const either = (locations: readonly Location[], schema: Schema): readonly Schema[] =>
    isInBody(locations)
      ? []
      : [
          oneOrAny(
            locations.map((location) =>
              location.header === null
                ? key("body", inside(location.at!, partly(location, schema)))
                : inHeader(location.header, partly(location, textual(schema))),
            ),
          ),
        ];
  return [
    ...(codes.length > 0 ? either(channel.code, codesSchema(codes)) : []),
    ...(messages.length > 0 ? either(channel.message, messagesSchema(messages)) : []),
    ...where.flatMap(({ header, test }) => {
      if (header === null) return [];
      if (test === "absent" || test === "empty") return [{ not: inHeader(header, {}) }];
      const isAny = test === "present" || test === "filled";
      return [inHeader(header, isAny ? {} : textual({ enum: [...test] }))];
    }),
  ];
}

const key = (name: string, schema: Schema): Schema => ({
  type: "object",
  required: [name],
  properties: { [name]: schema },
});

const inHeader = (name: string, schema: Schema): Schema => key("headers", key(name, schema));

/** A header's value is a text, whatever it says. */
function textual(schema: Schema): Schema {
  const values = schema["enum"] as readonly unknown[] | undefined;
  return values === undefined || values.some(Array.isArray)
    ? { type: "string" }
    : { enum: values.map(String) };
}

/** Of a value of which a part is meant, no more than that it is there. */
function partly({ after, before }: Location, schema: Schema): Schema {
  return after === null && before === null ? schema : { type: "string" };
}

/** Anything that a code or a text could be. */
const filled: Schema = { not: { enum: [null, "", false, [], {}] } };
const present: Schema = { not: { type: "null" } };
const someText: Schema = { type: "string", minLength: 1 };

/** What a success has besides: its channel's marks, and nothing that it does not explain where errors have their code and text. */
function proofOf(entry: Entry): readonly Schema[] {
  const { channel } = entry.match;
  const places = unexplained(entry, channel).flatMap(({ at }) => at ?? []);
  const failures = channel.failure.filter(({ at }) => at !== null).map(held);
  return [
    ...(places.length > 0 ? [{ not: oneOrAny(standing(places)) }] : []),
    ...channel.success.filter(({ at }) => at !== null).map(held),
    ...(failures.length > 0 ? [{ not: oneOrAny(failures) }] : []),
  ];
}

/** What may stand at some places, or in the way to them. The whole body is a text, or it is no place for one. */
function standing(places: readonly string[]): readonly Schema[] {
  // One error that is in no list is an error as well.
  const alone = places.map((at) => at.replaceAll("/*", ""));
  const ends = new Set([...places, ...alone].filter((at) => at !== ""));
  const ways = new Map<string, readonly string[]>();
  for (const keys of places.map((at) => at.split("/")))
    for (let i = 2; i < keys.length; i++) {
      const before = keys.slice(0, i).join("/");
      const types = keys[i] === "*" ? ["object", "array", "null"] : ["object", "null"];
      if (!ends.has(before)) ways.set(before, types);
    }
  return [
    someText,
    ...[...ends].map((at) => inside(at, filled)),
    ...[...ways].map(([at, types]) => inside(at, { allOf: [{ not: { type: types } }, filled] })),
  ];
}

/** A condition on the body. */
function held({ at, test }: Condition): Schema {
  if (test === "present") return inside(at!, present);
  if (test === "absent") return { not: inside(at!, present) };
  if (test === "filled") return inside(at!, filled);
  if (test === "empty") return { not: inside(at!, filled) };
  const single = test.filter((wanted) => !Array.isArray(wanted));
  const ranges = test.flatMap((wanted) =>
    Array.isArray(wanted)
      ? [{ type: "integer", minimum: wanted[0] as number, maximum: wanted[1] as number }]
      : [],
  );
  return inside(at!, oneOrAny([...(single.length > 0 ? [{ enum: single }] : []), ...ranges]));
}

function statusSchema(statuses: readonly Statuses[]): Schema {
  const single = statuses.filter((status) => typeof status === "number");
  const spans = statuses
    .filter((status) => typeof status === "object")
    .map(([minimum, maximum]) => ({ type: "integer", minimum, maximum }));
  return oneOrAny([...(single.length > 0 ? [{ enum: single }] : []), ...spans]);
}

function codesSchema(codes: readonly Codes[]): Schema {
  const [heads, others] = [true, false].map((is) =>
    codes.filter(({ prefix }) => (prefix ?? false) === is),
  ) as [Codes[], Codes[]];
  const single = others.filter(({ first, last }) => first === last).map(({ first }) => first);
  const ranges = others
    .filter(({ first, last }) => first !== last)
    .map(({ first, last }) => ({
      type: "integer",
      minimum: first,
      maximum: last,
    }));
  const begun = heads.map(({ first }) => ({
    type: "string",
    pattern: `^${escapePattern(String(first))}`,
  }));
  return oneOrAny([...(single.length > 0 ? [{ enum: single }] : []), ...ranges, ...begun]);
}

function messagesSchema(messages: readonly Message[]): Schema {
  const literals = messages.flatMap(({ literal }) => (literal === null ? [] : [literal]));
  const templates = messages
    .filter(({ literal }) => literal === null)
    .map((message) => ({ type: "string", pattern: messagePattern(message) }));
  return oneOrAny([...(literals.length > 0 ? [{ enum: literals }] : []), ...templates]);
}

/** At the first of the places that has a value of the kind at all, as a decoder reads it. */
function anywhere(locations: readonly Location[], kind: Schema, schema: Schema): Schema {
  return oneOrAny(
    locations.map((location, i) => {
      const here = inside(location.at!, partly(location, schema));
      const earlier = locations.slice(0, i).map((other) => ({ not: inside(other.at!, kind) }));
      const asked = [here, ...location.when.map(held), ...earlier];
      return asked.length === 1 ? here : { allOf: asked };
    }),
  );
}

const codeKind: Schema = { anyOf: [{ type: "string" }, { type: "number" }] };
const textKind: Schema = { type: "string" };
