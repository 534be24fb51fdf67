/** The language as one JSON Schema, for editors and for validation; `generator/catalog.schema.json` is this. */
import { ref } from "../read/json-schema.js";
import { definitions } from "../read/language.js";
import { apiSchema } from "./api.js";
import { defaultsSchema } from "./defaults.js";
import { sections } from "./index.js";
import { manifestSchema } from "./manifest.js";

export function languageSchema(): object {
  const maps = sections.map(({ key, names = ref("id"), schema, family }) => ({
    key,
    map: {
      type: "object",
      propertyNames: names,
      additionalProperties: family === undefined ? schema : ref("entry"),
    },
  }));
  const entry = sections.find(({ family }) => family !== undefined)!.schema;
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "errata catalog",
    description:
      "What an author may write in a catalog: the manifest (catalog.yaml) or the sections of one API.",
    type: "object",
    if: { required: ["package"] },
    then: ref("manifest"),
    else: ref("sections"),
    definitions: {
      manifest: manifestSchema,
      sections: {
        title: "an API's file",
        description:
          "Any number of sections of one API; its folder may hold any number of such files.",
        type: "object",
        additionalProperties: false,
        properties: {
          $schema: { type: "string" },
          api: ref("api"),
          defaults: ref("defaults"),
          ...Object.fromEntries(sections.map(({ key, about }) => [key, ref(key, about)])),
        },
      },
      api: apiSchema,
      defaults: defaultsSchema,
      ...Object.fromEntries(maps.map(({ key, map }) => [key, map])),
      entry,
      ...definitions,
    },
  };
}
