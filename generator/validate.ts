/** The only home of ajv: is a document shaped as catalog.schema.json says? */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { DiagnosticLog } from "./diagnostics.js";
import { escapeStep } from "./match/pointer.js";
import { nearest } from "./nearest.js";
import { packageRoot } from "./paths.js";
import type { Document } from "./read.js";
import type { ManifestSyntax, Section, SectionsSyntax } from "./syntax.js";

type Schema = {
  title?: string;
  description?: string;
  properties?: Record<string, unknown>;
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

/** The keys that a node of a section may have, as the schema lists them. */
export function knownLeaves(section: Section): readonly string[] {
  const name = section === "retry" ? "retryRules" : section;
  const bookkeeping = ["cite", "inferred", "policy", "undocumented", "questions", "summary"];
  const keys = Object.keys(language.definitions[name]?.additionalProperties?.properties ?? {});
  return keys.filter((key) => !bookkeeping.includes(key));
}

export function validateManifest(
  document: Document,
  log: DiagnosticLog,
): Checked<ManifestSyntax> | null {
  return validate(document, "manifest", log) ? (document as Checked<ManifestSyntax>) : null;
}

export function validateSections(
  document: Document,
  log: DiagnosticLog,
): Checked<SectionsSyntax> | null {
  return validate(document, "sections", log) ? (document as Checked<SectionsSyntax>) : null;
}

function validate(document: Document, definition: string, log: DiagnosticLog): boolean {
  const check = validator(definition);
  if (check(document.value)) return true;
  for (const error of telling(check.errors ?? []).slice(0, 100)) report(error, document, log);
  return false;
}

/** Of the errors that a failed alternative leaves behind, those that tell the author something. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const alternatives = new Set(
    errors.filter((e) => e.keyword === "anyOf").map((e) => e.instancePath),
  );
  return errors.filter((error) => {
    if (error.keyword === "propertyNames" || error.keyword === "if") return false;
    if (!alternatives.has(error.instancePath)) return true;
    const here = errors.filter((e) => e.instancePath === error.instancePath);
    const deeper = errors.some((e) => e.instancePath.startsWith(`${error.instancePath}/`));
    if (deeper && Array.isArray(error.data)) return false;
    const told = here.find((e) => e.keyword === "enum") ?? here.find((e) => e.keyword === "anyOf");
    return error === told;
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
        value: `The name ${JSON.stringify(error.propertyName)}`,
        wanted: schema.description ?? error.message ?? "",
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
        near: nearest(key, known),
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
        wanted: ([] as string[])
          .concat(params["type"] as string | string[])
          .map(article)
          .join(" or "),
        got: article(typeName(data)),
        about: schema.description ?? `this is the value of ${called(instancePath)}.`,
      });
      return;
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
        wanted: schema.description ?? error.message ?? keyword,
      });
  }
}

/** `/limits/rate` as `limits.rate`. */
function called(pointer: string): string {
  return pointer === "" ? "the file" : `"${pointer.slice(1).replace(/\//g, ".")}"`;
}

function typeName(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? "map" : typeof value;
}

function article(type: string): string {
  const word = { object: "map", array: "list", null: "empty" }[type] ?? type;
  return word === "empty" ? "nothing" : /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
