/** What the schema of the language finds wrong, in words. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { nearest } from "../diagnostics/nearest.js";
import { enumerate } from "../diagnostics/phrases.js";
import { escapeStep, steps } from "../match/pointer.js";
import { renamed } from "./language.js";
import type { Document } from "./walk.js";

export type Schema = {
  title?: string;
  description?: string;
  properties?: Record<string, unknown>;
  oneOf?: readonly Schema[];
  $ref?: string;
};

/** What a validator says of a value: the part of ajv's errors that is read here. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: unknown;
  /** The key that is wrong, where it is not a value. */
  readonly propertyName?: string;
}

/** What a keyword of the schema found, and where. */
interface Found {
  readonly error: SchemaError;
  readonly schema: Schema;
  readonly document: Document;
  readonly log: DiagnosticLog;
}

/** Says what is wrong with a document, as its author would. */
export function reportFault(error: SchemaError, document: Document, log: DiagnosticLog): void {
  const schema = (error.parentSchema ?? {}) as Schema;
  const { propertyName: key } = error;
  if (key === undefined) {
    (reports[error.keyword] ?? badValue)({ error, schema, document, log });
    return;
  }
  const place = document.keyPlace(`${error.instancePath}/${escapeStep(key)}`);
  const value = `The key ${JSON.stringify(key)}`;
  log.report("syntax/bad-value", place, { value, wanted: wanted(error) });
}

/** The key that somebody most likely meant by one that there is not. */
export function meantKey({ keyword, params, parentSchema }: SchemaError): string | undefined {
  if (keyword !== "additionalProperties") return undefined;
  const key = String(params["additionalProperty"]);
  const known = knownKeys((parentSchema ?? {}) as Schema);
  return renamedTo(key, known) ?? nearest(key, known);
}

function knownKeys({ properties = {} }: Schema): readonly string[] {
  return Object.keys(properties).filter((key) => key !== "$schema");
}

const reports: Readonly<Record<string, (found: Found) => void>> = {
  additionalProperties: ({ error, schema, document, log }) => {
    const { instancePath, params } = error;
    const key = String(params["additionalProperty"]);
    log.report("syntax/unknown-key", document.keyPlace(`${instancePath}/${escapeStep(key)}`), {
      ...{ key, known: knownKeys(schema), where: owner(error, schema) },
      near: meantKey(error),
    });
  },
  required: ({ error, schema, document, log }) =>
    log.report("syntax/missing-key", document.keyPlace(error.instancePath), {
      key: String(error.params["missingProperty"]),
      where: owner(error, schema),
    }),
  type: ({ error, schema, document, log }) =>
    log.report("syntax/wrong-type", document.place(error.instancePath), {
      wanted: enumerate(wantedTypes(error).map(article), "or"),
      got: article(typeName(error.data)),
      about: lower(schema.description ?? `this is the value of ${called(error.instancePath)}.`),
    }),
  // Another branch has to be chosen before anything else can be said; without any the key is missing.
  discriminator: ({ error: { params, instancePath }, schema, document, log }) => {
    if (params["error"] !== "mapping") return;
    const known = branchesOf(schema, String(params["tag"]));
    log.report("syntax/unknown-value", document.place(`${instancePath}/${String(params["tag"])}`), {
      value: shown(params["tagValue"]),
      near: nearest(String(params["tagValue"]), known),
      known,
    });
  },
  enum: ({ error: { params, instancePath, data }, document, log }) => {
    const known = (params["allowedValues"] as unknown[]).map(String);
    log.report("syntax/unknown-value", document.place(instancePath), {
      value: shown(data),
      near: typeof data === "string" ? nearest(data, known) : undefined,
      known,
    });
  },
};

function badValue({ error, document, log }: Found): void {
  const value = shown(error.data);
  log.report("syntax/bad-value", document.place(error.instancePath), {
    value,
    wanted: wanted(error),
  });
}

/** What a key belongs to. */
function owner({ instancePath }: SchemaError, { title }: Schema): string {
  return capital(title ?? called(instancePath));
}

/** The types that would have been right, of which a schema names one or several. */
export function wantedTypes({ params }: SchemaError): readonly string[] {
  return [params["type"] as string | string[]].flat();
}

/** What a key of an older catalog is called now, if it is one that can be here. */
function renamedTo(key: string, known: readonly string[]): string | undefined {
  const now = Object.hasOwn(renamed, key) ? renamed[key] : undefined;
  return now !== undefined && known.includes(now) ? now : undefined;
}

/** The values of the key by which the branches of a union are told apart. */
function branchesOf({ oneOf = [] }: Schema, tag: string): readonly string[] {
  return oneOf.flatMap(({ properties }) => {
    const { const: value } = (properties?.[tag] ?? {}) as { readonly const?: unknown };
    return typeof value === "string" ? [value] : [];
  });
}

/** What a value should be: the schema's description, and the bound that it misses. */
function wanted({ keyword, params, parentSchema }: SchemaError): string {
  const { description = "" } = (parentSchema ?? {}) as Schema;
  const limit = String(params["limit"]);
  const bound = {
    minimum: `at least ${limit}`,
    exclusiveMinimum: `more than ${limit}`,
    maximum: `at most ${limit}`,
    maxLength: `at most ${limit} characters`,
    minLength: "not empty",
    minItems: "not empty",
    minProperties: "not empty",
    maxProperties: "a single key",
  }[keyword];
  const parts = [lower(description).replace(/\.$/, ""), bound ?? ""].filter((part) => part !== "");
  return `${parts.join("; ")}.`;
}

/** `/limits/rate` as `limits.rate`. */
function called(pointer: string): string {
  return pointer === "" ? "the file" : `"${steps(pointer).join(".")}"`;
}

function typeName(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number" && !Number.isInteger(value)) return "fraction";
  return typeof value === "object" ? "map" : typeof value;
}

function article(type: string): string {
  const word = { object: "map", array: "list" }[type] ?? type;
  if (word === "null" || word === "empty") return "nothing";
  return word === "boolean" ? "true or false" : /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sentence as it goes on after a colon; abbreviations stay. */
function lower(text: string): string {
  return text.replace(/^[A-Z](?![A-Z])/, (c) => c.toLowerCase());
}
