/** What the tool says about the manifest. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const manifest = {
  "manifest/missing": error(
    "Without a manifest, errata knows neither which APIs there are nor where to write the package.",
    (p: { file: string }) => ({
      says: `There is no manifest at ${p.file}.`,
      help: "create catalog/catalog.yaml, or pass another path with --catalog <file>.",
    }),
  ),
  "manifest/no-folder": error(
    "The package would lack a subpath that its manifest promises, and every import of it would fail.",
    (p: { api: string; near: string | undefined }) => ({
      says: `The API ${quote(p.api)} has no folder of YAML files next to the manifest.`,
      help: near(p.near, `create the folder ${p.api}/ with a file api.yaml in it.`),
    }),
  ),
  "manifest/no-apis": error("The generated package would have nothing to import.", () => ({
    says: "The manifest lists no APIs, so there is nothing to generate.",
    help: "add the name of a folder to apis:.",
  })),
};
