/** The schemas of an OpenAPI document: references, samples, examples, and the enums of codes in them. */
import { steps } from "../../match/pointer.js";

export type Plain = Readonly<Record<string, unknown>>;

const maxDepth = 8;

/** A document in which references are followed, as far as they lead. */
export class Spec {
  readonly root: Plain;

  constructor(root: unknown) {
    this.root = isMap(root) ? root : {};
  }

  /** A value, or what it refers to; an empty map where that is no map, is elsewhere, or runs in a circle. */
  plain(value: unknown): Plain {
    let at = value;
    for (let i = 0; i < maxDepth && isMap(at); i++) {
      const { $ref: ref } = at;
      if (typeof ref !== "string") return at;
      at = ref.startsWith("#/") ? this.at(steps(decoded(ref.slice(1)))) : undefined;
    }
    return {};
  }

  at(path: readonly string[]): unknown {
    let at: unknown = this.root;
    for (const step of path) at = isMap(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    return at;
  }

  examplesOf(schema: unknown): readonly unknown[] {
    const { example, examples } = this.plain(schema);
    if (example !== undefined) return [example];
    return Array.isArray(examples) ? examples : [];
  }

  /** A schema and those that it is made of or chooses from. */
  parts(schema: unknown): readonly Plain[] {
    const own = this.plain(schema);
    const inner = ["allOf", "oneOf", "anyOf"].flatMap((key) =>
      Array.isArray(own[key]) ? (own[key] as unknown[]) : [],
    );
    return [own, ...inner.map((part) => this.plain(part))];
  }
}

/** A body as a schema has it: an enum's first value, an example, or a value of the type. */
export function sampleOf(spec: Spec, schema: unknown, depth = 0): unknown {
  if (depth > maxDepth) return null;
  const parts = spec.parts(schema);
  for (const part of parts) {
    const [first] = [
      part["const"],
      ...(Array.isArray(part["enum"]) ? (part["enum"] as unknown[]) : []),
    ].filter((one) => one !== undefined);
    if (first !== undefined) return first;
  }
  const properties = parts.flatMap((part) =>
    Object.entries(isMap(part["properties"]) ? part["properties"] : {}),
  );
  if (properties.length > 0)
    return Object.fromEntries(
      properties.map(([key, inner]) => [key, sampleOf(spec, inner, depth + 1)]),
    );
  const types = parts.flatMap(({ type }) => [type].flat());
  const items = parts.find((part) => part["items"] !== undefined)?.["items"];
  if (items !== undefined) return [sampleOf(spec, items, depth + 1)];
  if (types.includes("integer") || types.includes("number")) return 1;
  if (types.includes("boolean")) return true;
  return types.includes("string") ? "some text" : null;
}

interface Enum {
  readonly values: readonly (string | number)[];
  readonly names: readonly string[];
  readonly descriptions: readonly string[];
}

const ofCodes = /^(?:err(?:or)?_?)?(?:code|type|reason|error|slug)$|error_?code$|^errno$/i;

/** The enums of the properties that hold codes; with `isOfCodes`, the schema's own as well. */
export function enumsIn(
  spec: Spec,
  schema: unknown,
  isOfCodes: boolean,
  depth = 0,
): readonly Enum[] {
  if (depth > maxDepth) return [];
  return spec.parts(schema).flatMap((part): readonly Enum[] => {
    const listed = [part["const"] ?? [], part["enum"] ?? []].flat();
    const values = listed.filter((one) => typeof one === "string" || typeof one === "number");
    const own = !isOfCodes || values.length === 0 ? [] : [{ values, ...wordsOf(part) }];
    const properties = Object.entries(isMap(part["properties"]) ? part["properties"] : {});
    const inner = properties.flatMap(([key, property]) =>
      enumsIn(spec, property, ofCodes.test(key), depth + 1),
    );
    return [
      ...own,
      ...inner,
      ...(part["items"] === undefined ? [] : enumsIn(spec, part["items"], isOfCodes, depth + 1)),
    ];
  });
}

/** What generators of clients write beside an enum. */
function wordsOf(schema: Plain): Pick<Enum, "names" | "descriptions"> {
  const texts = (...keys: readonly string[]): readonly string[] => {
    const found = keys.map((key) => schema[key]).find((value) => Array.isArray(value));
    return Array.isArray(found) ? found.map(String) : [];
  };
  return {
    names: texts("x-enum-varnames", "x-enumNames"),
    descriptions: texts("x-enum-descriptions", "x-enumDescriptions"),
  };
}

function isMap(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
