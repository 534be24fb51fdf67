/** The words in which emitters say JSON Schema. Knows no catalog. */
import { steps } from "../match/pointer.js";
import type { LeafType, Shape } from "../runtime/shape.js";

export type Schema = Record<string, unknown>;

/** The file of a schema, by which the others of the same API refer to it. */
export function fileOf(name: string): string {
  return `${name}.schema.json`;
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

/** What has a shape. */
export function nodeSchema(node: Shape): Schema {
  if ("is" in node) return typeSchema(node.is);
  if ("items" in node)
    return {
      type: "array",
      items: nodeSchema(node.items),
      ...(node.some === true ? { minItems: 1 } : {}),
    };
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

/** One of some schemas at least. */
export function oneOrAny(schemas: readonly Schema[]): Schema {
  return schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
}

/** A schema for what stands at a JSON pointer, which has to be there. A number in it is a place in a list. */
export function inside(pointer: string, schema: Schema): Schema {
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
