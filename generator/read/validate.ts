/** Is a document shaped as catalog.schema.json says? */
import type { ErrorObject, ValidateFunction } from "ajv";
import type { DiagnosticLog } from "../diagnostics/log.js";
import { meantKey, reportFault, wantedTypes } from "./faults.js";
import { manifest, sections } from "./validators.js";
import type { Document } from "./walk.js";

/** A document known to be of the shape `T`. */
export interface Checked<T> extends Document {
  readonly value: T;
}

export function validateManifest<T>(document: Document, log: DiagnosticLog): Checked<T> | null {
  return validate(document, manifest, log) ? (document as Checked<T>) : null;
}

export function validateSections(document: Document, log: DiagnosticLog): Checked<object> | null {
  return validate(document, sections, log) ? (document as Checked<object>) : null;
}

function validate(document: Document, check: ValidateFunction, log: DiagnosticLog): boolean {
  if (check(document.value)) return true;
  const errors = telling(check.errors ?? []);
  // A key that is misspelt is not missing as well.
  const misspelt = new Set(errors.map((error) => `${error.instancePath}\0${meantKey(error)}`));
  const isMisspelt = ({ keyword, instancePath, params }: ErrorObject): boolean =>
    keyword === "required" && misspelt.has(`${instancePath}\0${params["missingProperty"]}`);
  for (const error of errors.filter((error) => !isMisspelt(error)).slice(0, 100))
    reportFault(error, document, log);
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
