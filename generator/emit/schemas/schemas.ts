/** JSON Schemas (2020-12): one per shape, one per family, and one for a whole reply. Those of an API refer to each other. */
import type { Shape } from "../../model/channel.js";
import type { Entry } from "../../model/entry.js";
import type { OutputFile } from "../../model/output-file.js";
import type { Api, Catalog } from "../../sections/catalog.js";
import { printJson } from "../json.js";
import { alternatives } from "./alternatives.js";
import { fileOf, nodeSchema, type Schema } from "../json-schema.js";
import type { DiagnosticLog } from "../../diagnostics/log.js";
import type { Family } from "../../model/family.js";
import { byFamily, families } from "../../sections/families/index.js";
import { defineTarget, perApi } from "../target.js";
import { entrySchema } from "../entry-schemas.js";

export const schemas = defineTarget({
  name: "schemas",
  packed: ["schemas"],
  names: checkNames,
  emit: (emission) => perApi(emission, (api) => apiSchemas(api, emission.catalog)),
});

/** Shapes and families have a file each, and so has a whole reply. */
function checkNames({ apis }: Catalog, log: DiagnosticLog): void {
  const taken = new Set(["reply", ...families.map(({ key }) => key)]);
  for (const { name, place } of apis.flatMap(({ shapes }) => shapes))
    if (taken.has(name))
      log.report("name/reserved", place, {
        name,
        why: "a generated schema has that name",
      });
}

function* apiSchemas(api: Api, catalog: Catalog): Iterable<OutputFile> {
  const replies = api.living.filter(
    ({ family, match }) => family.channel === "http" && match.channel.kind === "http",
  );
  for (const shape of api.shapes) yield file(api, catalog, shape.name, shapeSchema(shape));
  for (const { family, entries } of byFamily(api.living))
    yield file(api, catalog, family.key, familySchema(api, family, entries));
  if (replies.length > 0) yield file(api, catalog, "reply", replySchema(api, replies));
}

function file(api: Api, catalog: Catalog, name: string, schema: Schema): OutputFile {
  const head = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    // A reference by file name leads to the same schema from here as from the file. Nobody can have the host.
    $id: `https://errata.example/${catalog.package.name}/${api.id}/${fileOf(name)}`,
  };
  return {
    path: `schemas/${api.id}/${fileOf(name)}`,
    text: `${printJson({ ...head, ...schema })}\n`,
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

/** Any response of a family: on http `{ status, body }`, otherwise the item or the frame itself. */
function familySchema(api: Api, family: Family, entries: readonly Entry[]): Schema {
  return {
    title: `${api.title}: ${family.key}`,
    description: family.instance,
    anyOf: alternatives(entries, ({ name }) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(entries.map((entry) => [entry.name, entrySchema(entry)])),
    examples: entries.flatMap((entry) => entry.examples.map((example) => instance(entry, example))),
  };
}

/** Any documented reply: what a response has to be for the catalog to say more than "unknown" about it. */
function replySchema(api: Api, replies: readonly Entry[]): Schema {
  return {
    title: `${api.title}: a whole reply`,
    description: "A reply as { status, body } that some entry of the catalog describes.",
    anyOf: byFamily(replies).flatMap(({ family, entries }) => {
      const all = api.living.filter((entry) => entry.family === family);
      const file = fileOf(family.key);
      return entries.length === all.length
        ? [{ $ref: file }]
        : alternatives(entries, ({ name }) => ({ $ref: `${file}#/$defs/${name}` }));
    }),
  };
}

/** An example as the schema of its family sees it. A reply without a body has the body null. */
export function instance(entry: Entry, example: Entry["examples"][number]): unknown {
  const { status, body = null } = example;
  if (entry.match.channel.kind !== "http") return body;
  return status === undefined ? { body } : { status, body };
}
