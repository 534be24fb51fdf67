/** JSON Schemas (2020-12): one per shape, one per family, and one for a whole reply. Each stands by itself. */
import type { Api, Catalog, Entry, OutputFile, Shape } from "../../model/model.js";
import { nodeSchema, type Schema } from "./json-schema.js";
import { Family } from "../../runtime/vocabulary.js";
import { type Emitter, perApi } from "../emitter.js";
import { entrySchema } from "./entry-schemas.js";

export const schemas: Emitter = perApi((api, catalog) => {
  const families = Object.values(Family).filter((family) => living(api, family).length > 0);
  const replies = living(api, "statuses", "errors").filter(
    (entry) => entry.match.channel.kind === "http",
  );
  return [
    ...api.shapes.map((shape) => file(api, catalog, shape.name, shapeSchema(shape))),
    ...families.map((family) => file(api, catalog, family, familySchema(api, family))),
    ...(replies.length > 0 ? [file(api, catalog, "reply", replySchema(api, replies))] : []),
  ];
});

function living(api: Api, ...families: readonly Family[]): readonly Entry[] {
  return api.entries.filter((entry) => families.includes(entry.family) && entry.removed === null);
}

function file(api: Api, catalog: Catalog, name: string, schema: Schema): OutputFile {
  const head = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:errata:${catalog.package.name.replace("@", "").replace("/", ":")}:${api.id}:${name}`,
  };
  return {
    path: `schemas/${api.id}/${name}.schema.json`,
    text: `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`,
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
function familySchema(api: Api, family: Family): Schema {
  const entries = living(api, family);
  return {
    title: `${api.title}: ${family}`,
    description:
      family === "statuses" || family === "errors"
        ? "A reply as { status, body }; the body is null when there is none."
        : family === "declines"
          ? "A declined item."
          : "A frame, as parsed JSON or as text.",
    ...alternatives(entries),
    examples: entries.flatMap((entry) => entry.examples.map((example) => instance(entry, example))),
  };
}

/** Any documented reply: what a response has to be for the catalog to say more than "unknown" about it. */
function replySchema(api: Api, entries: readonly Entry[]): Schema {
  return {
    title: `${api.title}: a whole reply`,
    description: "A reply as { status, body } that some entry of the catalog describes.",
    ...alternatives(entries),
    examples: entries.flatMap((entry) => entry.examples.map((example) => instance(entry, example))),
  };
}

function alternatives(entries: readonly Entry[]): Schema {
  return {
    anyOf: entries.map((entry) => ({ $ref: `#/$defs/${entry.name}` })),
    $defs: Object.fromEntries(entries.map((entry) => [entry.name, entrySchema(entry)])),
  };
}

/** An example as the schema of its family sees it. A reply without a body has the body null. */
export function instance(entry: Entry, example: Entry["examples"][number]): unknown {
  const { status, body = null } = example;
  if (entry.match.channel.kind !== "http") return body;
  return status === undefined ? { body } : { status, body };
}
