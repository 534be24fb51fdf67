/**
 * An OpenAPI 3.1 document for each API that answers over HTTP: its responses by status and by operation, for an owner's own
 * document to refer to. It stands alone, and says nothing twice.
 */
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { infoOf, schemasOf } from "../documents.js";
import { printJson } from "../json.js";
import { defineTarget, perApi } from "../target.js";
import { arrivingIn } from "./arrivals.js";
import { examplesOf } from "./bodies.js";
import { pathsOf, tags } from "./paths.js";
import { responsesOf } from "./responses.js";

export const openapi = defineTarget({
  name: "openapi",
  isOptional: true,
  packed: ["openapi"],
  names: () => null,
  emit: (emission) =>
    perApi(emission, (api) => {
      const document = documentOf(api, emission.catalog);
      if (document === null) return [];
      return [{ path: `openapi/${api.id}.json`, text: `${printJson(document)}\n` }];
    }),
});

/** `null` where nothing of the API comes over HTTP. */
function documentOf(api: RecognisedApi, catalog: RecognisedCatalog): object | null {
  const responses = responsesOf(api);
  if (responses.size === 0) return null;
  const { servers, credentials } = api;
  const schemes = credentials.map(
    (name) => [name, { type: "apiKey", in: "header", name }] as const,
  );
  return {
    openapi: "3.1.1",
    info: { ...infoOf(api, catalog), ...licenseOf(catalog) },
    // Without one, the specification has this one.
    servers: servers.length === 0 ? [{ url: "/" }] : servers.map((url) => ({ url })),
    tags,
    security: schemes.length === 0 ? [] : [Object.fromEntries(schemes.map(([name]) => [name, []]))],
    paths: pathsOf(api, responses),
    components: {
      responses: Object.fromEntries([...responses].map(([name, { response }]) => [name, response])),
      schemas: schemasOf(api, arrivingIn(api), catalog),
      examples: examplesOf(api),
      ...(schemes.length === 0 ? {} : { securitySchemes: Object.fromEntries(schemes) }),
    },
  };
}

/** A license by its SPDX identifier, which other documents have no place for. */
function licenseOf({ package: { license } }: RecognisedCatalog): object {
  return license === null ? {} : { license: { name: license, identifier: license } };
}
