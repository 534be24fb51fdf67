/** JSON Schemas (2020-12): one per shape, one per family, and one for a whole reply. Each stands by itself. */
import { steps } from "../match/pointer.js";
import { templatePattern } from "../match/template.js";
import type {
  Api,
  Catalog,
  Codes,
  Condition,
  Entry,
  Location,
  Message,
  OutputFile,
  Shape,
} from "../model.js";
import { shapeOf, unexplained } from "../recognition.js";
import type { LeafType, Shape as ShapeData } from "../runtime/shape.js";
import { Family } from "../runtime/vocabulary.js";
import { type Emitter, perApi } from "./emitter.js";

type Schema = Record<string, unknown>;

export const schemas: Emitter = perApi((api, catalog) => {
  const families = Object.values(Family).filter((family) => living(api, family).length > 0);
  const replies = living(api, "statuses", "errors").filter(
    (entry) => entry.match.channel.kind === "http",
  );
  return [
    ...api.shapes.map((shape) => file(api, catalog, shape.name, shapeSchema(shape))),
    ...families.map((family) => file(api, catalog, family, familySchema(api, family))),
    ...(replies.length > 0 ? [file(api, catalog, "reply", replySchema(api, replies))] : []),
  ];
});

function living(api: Api, ...families: readonly Family[]): readonly Entry[] {
  return api.entries.filter((entry) => families.includes(entry.family) && entry.removed === null);
}

function file(api: Api, catalog: Catalog, name: string, schema: Schema): OutputFile {
  const head = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:errata:${catalog.package.name.replace("@", "").replace("/", ":")}:${api.id}:${name}`,
  };
  return {
    path: `schemas/${api.id}/${name}.schema.json`,
    text: `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`,
  };
}

function shapeSchema(shape: Shape): Schema {
  return {
    title: shape.title,
    description: shape.summary,
    ...nodeSchema(shape.root),
    ...(shape.examples.length > 0 ? { examples: shape.examples } : {}),
  };
}

/** JSON Schema's name of each type; `any` has none. */
const types: Readonly<Record<Exclude<LeafType, "any">, string>> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  object: "object",
  array: "array",
  nothing: "null",
};

function nodeSchema(node: ShapeData): Schema {
  if ("is" in node) return typeSchema(node.is);
  if ("items" in node) return { type: "array", items: nodeSchema(node.items) };
  return {
    type: "object",
    required: node.keys.flatMap(([key, , optional]) => (optional === true ? [] : [key])),
    ...properties(node.keys.map(([key, child]) => [key, nodeSchema(child)])),
  };
}

function typeSchema(leaf: readonly LeafType[]): Schema {
  const named = leaf.flatMap((type) => (type === "any" ? [] : [types[type]]));
  if (named.length < leaf.length) return {};
  const [first, ...others] = named;
  // Several types as alternatives: ajv's strict mode refuses a list of types.
  return others.length === 0 ? { type: first } : { anyOf: named.map((type) => ({ type })) };
}

/** Any response of a family: on http `{ status, body }`, otherwise the item or the frame itself. */
function familySchema(api: Api, family: Family): Schema {
  const entries = living(api, family);
  return {
    title: `${api.title}: ${family}`,
    description:
      family === "statuses" || family === "errors"
        ? "A reply as { status, body }; the body is null when there is none."
        : family === "declines"
          ? "A declined item."
          : "A frame, as parsed JSON or as text.",
    ...alternatives(entries),
    examples: entries.flatMap((entry) => entry.examples.map((example) => instance(entry, example))),
  };
}

/** Any documented reply: what a response has to be for the catalog to say more than "unknown" about it. */
function replySchema(api: Api, entries: readonly Entry[]): Schema {
  return {
    title: `${api.title}: a whole reply`,
    description: "A reply as { status, body } that some entry of the catalog describes.",
    ...alternatives(entries),
    examples: entries.flatMap((entry) => entry.examples.map((example) => instance(entry, example))),
  };
}

function alternatives(entries: readonly Entry[]): Schema {
  return {
    anyOf: entries.map((entry) => ({ $ref: `#/$defs/${entry.name}` })),
    $defs: Object.fromEntries(entries.map((entry) => [entry.name, entrySchema(entry)])),
  };
}

/** An example as the schema of its family sees it. A reply without a body has the body null. */
export function instance(entry: Entry, example: Entry["examples"][number]): unknown {
  const { status, body = null } = example;
  if (entry.match.channel.kind !== "http") return body;
  return status === undefined ? { body } : { status, body };
}

function entrySchema(entry: Entry): Schema {
  const { match, success } = entry;
  const { channel, statuses, shape } = match;
  const words = { title: entry.title, description: entry.summary };
  const body = bodySchema(entry);
  if (channel.kind !== "http") return { ...words, ...body };
  const status =
    statuses.length === 0
      ? { type: "integer", minimum: success ? 200 : 100, maximum: success ? 299 : 599 }
      : { enum: [...statuses] };
  const known = Object.keys(body).length > 0;
  const beside = besideBody(entry);
  return {
    ...words,
    type: "object",
    // An error known by its body is that error whatever its status; a status alone says nothing of the body.
    required: [
      ...(entry.family === "statuses" ? ["status"] : []),
      ...(known || shape !== null ? ["body"] : []),
    ],
    properties: { status, body },
    ...(beside.length > 0 ? { allOf: beside } : {}),
  };
}

/** What an entry asks of the body: its shape, its code, its message and its other values. */
function bodySchema(entry: Entry): Schema {
  const { match, success } = entry;
  const { channel, codes, messages, shape, where } = match;
  const asked: Schema[] = [];
  if (shape !== null) asked.push(nodeSchema(shapeOf(entry)!));
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
                : key("headers", key(location.header, partly(location, textual(schema)))),
            ),
          ),
        ];
  return [
    ...(codes.length > 0 ? either(channel.code, codesSchema(codes)) : []),
    ...(messages.length > 0 ? either(channel.message, messagesSchema(messages)) : []),
    ...where.flatMap(({ header, test }) => {
      if (header === null) return [];
      const asked = typeof test === "string" ? { not: {} } : textual({ enum: [...test] });
      if (test === "present" || test === "filled") return [key("headers", key(header, {}))];
      if (test === "absent" || test === "empty") return [{ not: key("headers", key(header, {})) }];
      return [key("headers", key(header, asked))];
    }),
  ];
}

const key = (name: string, schema: Schema): Schema => ({
  type: "object",
  required: [name],
  properties: { [name]: schema },
});

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
  for (const at of places)
    for (const [i] of [...at.matchAll(/\//g)].slice(1).entries()) {
      const [before, next] = [at.split("/").slice(0, i + 2), at.split("/")[i + 2]];
      const types = next === "*" ? ["object", "array", "null"] : ["object", "null"];
      if (!ends.has(before.join("/"))) ways.set(before.join("/"), types);
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

function codesSchema(codes: readonly Codes[]): Schema {
  const single = codes.filter(({ first, last }) => first === last).map(({ first }) => first);
  const ranges = codes
    .filter(({ first, last }) => first !== last)
    .map(({ first, last }) => ({
      type: "integer",
      minimum: first,
      maximum: last,
    }));
  return oneOrAny([...(single.length > 0 ? [{ enum: single }] : []), ...ranges]);
}

function messagesSchema(messages: readonly Message[]): Schema {
  const literals = messages.flatMap(({ literal }) => (literal === null ? [] : [literal]));
  const templates = messages
    .filter(({ literal }) => literal === null)
    .map(({ parts }) => ({ type: "string", pattern: templatePattern(parts) }));
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

function oneOrAny(schemas: readonly Schema[]): Schema {
  return schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
}

/** A schema for what stands at a JSON pointer, which has to be there. A number in it is a place in a list. */
function inside(pointer: string, schema: Schema): Schema {
  return steps(pointer).reduceRight<Schema>((inner, key) => {
    if (key === "*") return { type: "array", contains: inner };
    if (!/^(?:0|[1-9][0-9]?)$/.test(key))
      return { type: "object", required: [key], ...properties([[key, inner]]) };
    const before = Array.from({ length: Number(key) }, () => ({}));
    return {
      type: "array",
      minItems: before.length + 1,
      prefixItems: [...before, inner],
      items: {},
    };
  }, schema);
}

/** The schemas of an object's keys. ajv overlooks `__proto__` among properties, but not as a pattern. */
function properties(schemas: readonly (readonly [string, Schema])[]): Schema {
  const proto = schemas.find(([key]) => key === "__proto__");
  return {
    properties: Object.fromEntries(schemas.filter((schema) => schema !== proto)),
    ...(proto === undefined ? {} : { patternProperties: { "^__proto__$": proto[1] } }),
  };
}
