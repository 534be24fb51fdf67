/**
 * The only home of ajv: validators of the language. When errata is built, the standalone code that ajv makes of them takes
 * the place of this module, since loading ajv and compiling the schema takes longer than most catalogs do.
 */
import { Ajv, type ValidateFunction } from "ajv";
import { language } from "./language-schema.js";

export const definitions = ["manifest", "sections"] as const;

export const ajv: Ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: false,
  discriminator: true,
  ownProperties: true,
  code: { source: true, esm: true },
}).addSchema(language, "catalog");

export const reference = (definition: string): string => `catalog#/definitions/${definition}`;

const validators = Object.fromEntries(
  definitions.map((definition) => [definition, ajv.getSchema(reference(definition))!]),
) as Readonly<Record<(typeof definitions)[number], ValidateFunction>>;

export const { manifest, sections } = validators;
