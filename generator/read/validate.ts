/** The only home of ajv: is a document shaped as catalog.schema.json says? */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { DiagnosticLog } from "../diagnostics/log.js";
import { enumerate } from "../diagnostics/phrases.js";
import { escapeStep, steps } from "../match/pointer.js";
import { nearest } from "../diagnostics/nearest.js";
import { renamed } from "./language.js";
import { packageRoot } from "./package-root.js";
import type { Document } from "./walk.js";

type Schema = {
  title?: string;
  description?: string;
  properties?: Record<string, unknown>;
  oneOf?: readonly Schema[];
  $ref?: string;
};

/** A document known to be of the shape `T`. */
export interface Checked<T> extends Document {
  readonly value: T;
}

const language = JSON.parse(
  readFileSync(new URL("generator/catalog.schema.json", packageRoot), "utf8"),
) as {
  definitions: Record<string, Schema & { additionalProperties?: Schema }>;
};

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: false,
  discriminator: true,
  ownProperties: true,
});
ajv.addSchema(language, "catalog");
const compiled = new Map<string, ValidateFunction>();

function validator(definition: string): ValidateFunction {
  let check = compiled.get(definition);
  if (check === undefined) {
    check = ajv.compile({ $ref: `catalog#/definitions/${definition}` });
    compiled.set(definition, check);
  }
  return check;
}

export function validateManifest<T>(document: Document, log: DiagnosticLog): Checked<T> | null {
  return validate(document, "manifest", log) ? (document as Checked<T>) : null;
}

export function validateSections(document: Document, log: DiagnosticLog): Checked<object> | null {
  return validate(document, "sections", log) ? (document as Checked<object>) : null;
}

function validate(document: Document, definition: string, log: DiagnosticLog): boolean {
  const check = validator(definition);
  if (check(document.value)) return true;
  for (const error of telling(check.errors ?? []).slice(0, 100)) report(error, document, log);
  return false;
}

/** The types that would have been right, of which a schema names one or several. */
function wantedTypes({ params }: ErrorObject): readonly string[] {
  return [params["type"] as string | string[]].flat();
}

/** Of the errors that a failed alternative leaves behind, those that tell the author something. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const at = new Map<string, ErrorObject[]>();
  const parents = new Set<string>();
  for (const error of errors) {
    const { instancePath: path } = error;
    const here = at.get(path);
    if (here === undefined) at.set(path, [error]);
    else here.push(error);
    parents.add(path.slice(0, path.lastIndexOf("/")));
  }
  return errors.flatMap((error) => {
    if (error.keyword === "propertyNames" || error.keyword === "if") return [];
    const here = at.get(error.instancePath)!;
    const choice = here.find((e) => e.keyword === "anyOf");
    if (choice === undefined) return [error];
    // An item with a mistake tells more than the list does.
    if (error !== choice || (Array.isArray(error.data) && parents.has(error.instancePath)))
      return [];
    const others = here.filter((e) => e !== choice);
    const types = others.filter((e) => e.keyword === "type").flatMap(wantedTypes);
    return [
      others.find((e) => e.keyword !== "type") ?? {
        ...choice,
        keyword: "type",
        params: { type: types },
      },
    ];
  });
}

function report(error: ErrorObject, document: Document, log: DiagnosticLog): void {
  const { instancePath, keyword, params, data } = error;
  const schema = (error.parentSchema ?? {}) as Schema;
  const place = document.place(instancePath);
  const where = capital(schema.title ?? called(instancePath));
  if (error.propertyName !== undefined) {
    log.report(
      "syntax/bad-value",
      document.keyPlace(`${instancePath}/${escapeStep(error.propertyName)}`),
      {
        value: `The key ${JSON.stringify(error.propertyName)}`,
        wanted: wanted(error),
      },
    );
    return;
  }
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys(schema.properties ?? {}).filter((k) => k !== "$schema");
      const at = document.keyPlace(`${instancePath}/${escapeStep(key)}`);
      log.report("syntax/unknown-key", at, {
        key,
        where,
        near: renamedTo(key, known) ?? nearest(key, known),
        known,
      });
      return;
    }
    case "required":
      log.report("syntax/missing-key", document.keyPlace(instancePath), {
        key: String(params["missingProperty"]),
        where,
      });
      return;
    case "type":
      log.report("syntax/wrong-type", place, {
        wanted: enumerate(wantedTypes(error).map(article), "or"),
        got: article(typeName(data)),
        about: lower(schema.description ?? `this is the value of ${called(instancePath)}.`),
      });
      return;
    // Another branch has to be chosen before anything else can be said; without any the key is missing.
    case "discriminator": {
      if (params["error"] !== "mapping") return;
      const known = branchesOf(schema, String(params["tag"]));
      log.report("syntax/unknown-value", document.place(`${instancePath}/${params["tag"]}`), {
        value: shown(params["tagValue"]),
        near: nearest(String(params["tagValue"]), known),
        known,
      });
      return;
    }
    case "enum": {
      const known = (params["allowedValues"] as unknown[]).map(String);
      log.report("syntax/unknown-value", place, {
        value: shown(data),
        near: typeof data === "string" ? nearest(data, known) : undefined,
        known,
      });
      return;
    }
    default:
      log.report("syntax/bad-value", place, {
        value: shown(data),
        wanted: wanted(error),
      });
  }
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
function wanted({ keyword, params, parentSchema }: ErrorObject): string {
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
