/** JSON Schemas (2020-12): one per shape, one per family, and one for a whole reply. Each stands by itself. */
import { steps } from "../match/pointer.js";
import { templatePattern } from "../match/template.js";
import type { Api, Catalog, Codes, Entry, Message, OutputFile, Shape } from "../model.js";
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
  const { channel, statuses, shape } = entry.match;
  const words = { title: entry.title, description: entry.summary };
  const body = bodySchema(entry);
  if (channel.kind !== "http") return { ...words, ...body };
  const status =
    statuses.length === 0
      ? { type: "integer", minimum: 100, maximum: 599 }
      : { enum: [...statuses] };
  const known = Object.keys(body).length > 0;
  return {
    ...words,
    type: "object",
    // An error known by its body is that error whatever its status; a status alone says nothing of the body.
    required: [
      ...(entry.family === "statuses" ? ["status"] : []),
      ...(known || shape !== null ? ["body"] : []),
    ],
    properties: { status, body },
  };
}

/** What an entry asks of the body: its shape, its code, its message and its other values. */
function bodySchema({ match }: Entry): Schema {
  const { channel, codes, messages, shape, where } = match;
  const asked: Schema[] = [];
  if (shape !== null) asked.push(nodeSchema(shape.root));
  if (codes.length > 0) asked.push(anywhere(channel.code, codeKind, codesSchema(codes)));
  if (messages.length > 0)
    asked.push(anywhere(channel.message, textKind, messagesSchema(messages)));
  for (const { at, values } of where)
    asked.push(at === "" ? { enum: [...values] } : inside(at, { enum: [...values] }));
  if (asked.length <= 1) return asked[0] ?? {};
  return { allOf: asked };
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
function anywhere(pointers: readonly string[], kind: Schema, schema: Schema): Schema {
  return oneOrAny(
    pointers.map((pointer, i) => {
      const earlier = pointers.slice(0, i).map((other) => ({ not: inside(other, kind) }));
      return earlier.length === 0
        ? inside(pointer, schema)
        : { allOf: [inside(pointer, schema), ...earlier] };
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
