/** The schemas of an OpenAPI document: references, samples, examples, and the enums of codes in them. */
import { steps } from "../../match/pointer.js";
import { type Placed, placedIn } from "../bodies.js";

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

  /** A schema and those that it is made of or chooses from, each once. */
  parts(schema: unknown): readonly Plain[] {
    const found = new Set([this.plain(schema)]);
    // What is added meanwhile is gone through as well.
    for (const part of found)
      for (const key of ["allOf", "oneOf", "anyOf"])
        for (const inner of list(part[key])) found.add(this.plain(inner));
    return [...found];
  }
}

/** The deepest that a code or a text of an error is looked for. */
const maxLevels = 5;
/** A schema that refers to itself unfolds into more with every level. */
const maxValues = 5_000;

/** The codes and texts that stand outermost in the bodies of a schema. */
export function placesOf(spec: Spec, schema: unknown): readonly Placed[] {
  for (let levels = 0; levels <= maxLevels; levels++) {
    const left = { values: maxValues };
    const placed = placedIn(sampleOf(spec, schema, levels, left));
    const depths = placed.map(({ at }) => at.split("/").length);
    if (placed.length > 0) return placed.filter((_, i) => depths[i] === Math.min(...depths));
    if (left.values < 0) break;
  }
  return [];
}

/** A body as a schema has it, down to a level: an enum's first value, or a value of the type. */
function sampleOf(spec: Spec, schema: unknown, levels: number, left: { values: number }): unknown {
  if (levels < 0 || --left.values < 0) return null;
  const parts = spec.parts(schema);
  for (const part of parts) {
    const [first] = [part["const"], ...list(part["enum"])].filter((one) => one !== undefined);
    if (first !== undefined) return first;
  }
  const properties = parts.flatMap((part) =>
    Object.entries(isMap(part["properties"]) ? part["properties"] : {}),
  );
  if (properties.length > 0)
    return Object.fromEntries(
      properties.map(([key, inner]) => [key, sampleOf(spec, inner, levels - 1, left)]),
    );
  const types = parts.flatMap(({ type }) => [type].flat());
  const items = parts.find((part) => part["items"] !== undefined)?.["items"];
  if (items !== undefined) return [sampleOf(spec, items, levels - 1, left)];
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

/** The enums of the properties that hold codes, outermost first; with `isOfCodes`, the schema's own as well. */
export function enumsIn(spec: Spec, schema: unknown, isOfCodes: boolean): readonly Enum[] {
  const found: Enum[] = [];
  // A schema that refers to itself is gone through once as a code, and once as something else.
  const seen = { codes: new Set<Plain>(), others: new Set<Plain>() };
  let level = [{ schema, isOfCodes }];
  for (let depth = 0; depth <= maxDepth; depth++) {
    const next: typeof level = [];
    for (const { schema, isOfCodes } of level) {
      const known = isOfCodes ? seen.codes : seen.others;
      for (const part of spec.parts(schema)) {
        if (known.has(part)) continue;
        known.add(part);
        const listed = [part["const"] ?? [], part["enum"] ?? []].flat();
        const values = listed.filter((one) => typeof one === "string" || typeof one === "number");
        if (isOfCodes && values.length > 0) found.push({ values, ...wordsOf(part) });
        const properties = Object.entries(isMap(part["properties"]) ? part["properties"] : {});
        for (const [key, property] of properties)
          next.push({ schema: property, isOfCodes: ofCodes.test(key) });
        if (part["items"] !== undefined) next.push({ schema: part["items"], isOfCodes });
      }
    }
    level = next;
  }
  return found;
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

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
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
