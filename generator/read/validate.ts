/** The only home of ajv: is a document shaped as catalog.schema.json says? */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { DiagnosticLog } from "../diagnostics/log.js";
import { reportFault, type Schema, wantedTypes } from "./faults.js";
import { packageRoot } from "./package-root.js";
import type { Document } from "./walk.js";

/** A document known to be of the shape `T`. */
export interface Checked<T> extends Document {
  readonly value: T;
}

const language = JSON.parse(
  readFileSync(new URL("generator/catalog.schema.json", packageRoot), "utf8"),
) as {
  definitions: Record<string, Schema & { additionalProperties?: Schema }>;
};

/** The keys of a file of an API. */
export const sectionKeys = Object.keys(language.definitions["sections"]!.properties!);

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
  for (const error of telling(check.errors ?? []).slice(0, 100)) reportFault(error, document, log);
  return false;
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
