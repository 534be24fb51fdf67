/** Small catalogs as text, for the tests of recognition. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import type { Entry } from "../generator/model/entry.js";
import { documentsOf } from "../generator/read/documents.js";
import { readFolder, readManifest } from "../generator/read/files.js";
import {
  recognise,
  type RecognisedApi,
  type Recognition,
} from "../generator/recognise/recognise.js";
import { pretty } from "../generator/diagnostics/pretty.js";
import { resolve } from "../generator/sections/catalog.js";
import type { ManifestSyntax } from "../generator/sections/manifest.js";
import type { Witness } from "../generator/match/meeting.js";
import { holds, readPlace } from "../generator/runtime/conditions.js";
import { fits, look } from "../generator/runtime/matcher.js";
import { templates } from "../generator/runtime/prefixes.js";
import { validateManifest, validateSections } from "../generator/read/validate.js";
import { project } from "./command.js";

/** A shop with these entries, each in the braces of a YAML map, on a channel with a code and two places for a text. */
export async function shop(
  entries: Readonly<Record<string, string>>,
  { codes = "integer", http = "code: /code, message: [/error, /detail]", more = "" } = {},
): Promise<RecognisedApi> {
  const errors = Object.entries(entries).map(
    ([name, features]) =>
      `  ${name}: { ${features}, category: validation, outcome: not-executed, retry: never, summary: S. }\n`,
  );
  return unjudged(
    `api: { title: Shop API, summary: Sells things., codes: ${codes} }\n` +
      `channels:\n  http: { transport: http, ${http} }\nerrors:\n${errors.join("")}${more}`,
  );
}

/** The one API of a catalog, resolved and not judged. */
export async function unjudged(yaml: string): Promise<RecognisedApi> {
  const folder = project({
    "catalog.yaml": `package: { name: shop-errors, version: "1.0.0", description: A shop. }\noutput: ../out\napis: [shop]\n`,
    "shop/api.yaml": yaml,
  });
  try {
    const log = new DiagnosticLog();
    const path = join(folder, "catalog.yaml");
    const manifest = validateManifest<ManifestSyntax>((await readManifest(path, log))!, log)!;
    const place = manifest.place("/apis/0");
    const read = await readFolder(path, "shop", place, log, documentsOf(path));
    const documents = read.flatMap((document) => validateSections(document, log) ?? []);
    const catalog = resolve(manifest, [{ name: "shop", place, documents, bases: new Map() }], log);
    if (log.count > 0) throw new Error(pretty(log.sorted));
    return recognise(catalog).apis[0]!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The recognition of an API's first channel. */
export function first(api: RecognisedApi): Recognition {
  return api.recognition[0]!;
}

/** Whether a response has everything that one entry is recognised by. */
export function isFit(
  { entries, data }: Recognition,
  entry: Entry,
  { status, headers, body }: Witness,
): boolean {
  const seen = look({ ...data, read: readPlace, holds }, status, body, headers);
  return fits(data.matchers[entries.indexOf(entry)]!, seen, templates, holds) !== null;
}
