/** What the tool says about the manifest. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const manifest = {
  "manifest/missing": error(
    "Without a manifest, errata knows neither which APIs there are nor where to write the package.",
    (p: { file: string; looked: string | null }) => ({
      says:
        p.looked === null
          ? `There is no manifest at ${p.file}.`
          : `There is no ${p.file} ${p.looked}.`,
      help: "start one with npx errata init, or name another manifest, or its folder, with --catalog.",
    }),
  ),
  "manifest/unlisted": error(
    "Its entries would be missing from the package without a word.",
    (p: { folder: string }) => ({
      says: `The folder ${quote(p.folder)} has YAML files, but it is not an API of this manifest, and no API extends it, so nothing reads them.`,
      help: `add ${p.folder} to apis:, or to extends: in the api section of an API, or move the folder out of the catalog; a folder whose name starts with a dot is ignored.`,
    }),
  ),
  "manifest/api-file": error(
    "An API's file lists no APIs and no package, so there is nothing to generate from it.",
    () => ({
      says: "This is a file of an API, not a manifest.",
      help: "name the file that lists the APIs, such as --catalog catalog/catalog.yaml, or its folder.",
    }),
  ),
  "manifest/imports": error(
    "Node.js would not find the modules of a package whose imports have another ending.",
    (p: { imports: string }) => ({
      says: `A package is built with imports: js, so imports: ${p.imports} is not possible here.`,
      help: "remove it, or use emit: source for files that your own project builds.",
    }),
  ),
  "manifest/package-only": error(
    "What the manifest asks for would be missing without a word.",
    (p: { key: string }) => ({
      says: `Source for a project's own tree comes without docs and schemas, so ${p.key}: has no effect here.`,
      help: "remove it, or remove emit: source for a complete package.",
    }),
  ),
  "manifest/no-folder": error(
    "The package would lack a subpath that its manifest promises, and every import of it would fail.",
    (p: { api: string; near: string | undefined }) => ({
      says: `The API ${quote(p.api)} has no folder of YAML files next to the manifest.`,
      help: near(p.near, `create the folder ${p.api}/ with a file api.yaml in it.`),
    }),
  ),
  "manifest/no-url": error(
    "A problem type is an address, and one that leads nowhere tells nobody what happened.",
    () => ({
      says: "Problem types have the addresses of the docs, but nothing says where these are published.",
      help: "add docs: { url: https://… } to the manifest, or remove problems.",
    }),
  ),
  "manifest/no-apis": error("The generated package would have nothing to import.", () => ({
    says: "The manifest lists no APIs, so there is nothing to generate.",
    help: "add the name of a folder to apis:.",
  })),
};
