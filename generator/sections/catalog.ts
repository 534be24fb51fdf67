/** A catalog as the model has it. */
import type { DiagnosticLog, Place, SourceText } from "../diagnostics/log.js";
import type { Condition } from "../model/channel.js";
import type { Entry } from "../model/entry.js";
import type { Named, Trace } from "../model/trace.js";
import type { Checked } from "../read/validate.js";
import { reportTwice } from "../resolve/item.js";
import { type Folder, resolveSections } from "../resolve/resolve.js";
import { aboutApi, apiLeaves, type ApiSyntax } from "./api.js";
import { defaultsOf, type DefaultsSyntax } from "./defaults.js";
import { type Nodes, sections } from "./index.js";
import type { ManifestSyntax } from "./manifest.js";
import { resolveConditions } from "./places.js";

export interface Catalog {
  readonly package: {
    readonly name: string;
    readonly version: string;
    readonly description: string;
    readonly license: string | null;
  };
  /** The folder to write, as the manifest has it, and its place there. */
  readonly output: { readonly path: string; readonly place: Place };
  readonly enums: "const" | "enum";
  readonly emit: "package" | "source";
  /** How the relative imports of generated files end. */
  readonly imports: "js" | "ts" | "none";
  /** The names of the targets that are generated only where a manifest asks for them. */
  readonly targets: readonly string[];
  readonly docs: {
    /** Where they are published, without a slash at the end. */
    readonly url: string | null;
    /** The tools that publish them. */
    readonly navigation: readonly string[];
    /** Files and folders of Markdown in which blocks are kept up to date, as the manifest has them. */
    readonly update: readonly { readonly path: string; readonly place: Place }[];
  };
  readonly apis: readonly Api[];
}

export interface Api extends Nodes {
  /** The folder's name, such as `6mm`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What generated names begin with; `null` where the folder's name will do. */
  readonly prefix: string | null;
  /** What the main codes are. */
  readonly codeType: "integer" | "string" | null;
  readonly servers: readonly string[];
  /** What a response says that is not to be answered by sending again. */
  readonly noRetry: readonly Condition[];
  /** The headers that say who sends a request. */
  readonly credentials: readonly string[];
  readonly trace: Trace;
  /** By family, then by status, code or name. */
  readonly entries: readonly Entry[];
  /** Those that can still come back. */
  readonly living: readonly Entry[];
  /** The nodes that another one refers to. */
  readonly referred: ReadonlySet<Named>;
  /** The place of its api section, and of its folder in the manifest. */
  readonly place: Place;
  readonly folder: Place;
  /** The folder that it extends, for each file that is from there. */
  readonly bases: ReadonlyMap<SourceText, string>;
}

export function resolve(
  manifest: Checked<ManifestSyntax>,
  folders: readonly Folder[],
  log: DiagnosticLog,
): Catalog {
  const { value } = manifest;
  const { name, version, description, license = null } = value.package;
  const { emit = "package", enums = "const", imports = "js" } = value.options ?? {};
  if (emit === "package" && imports !== "js")
    log.report("manifest/imports", manifest.place("/options/imports"), { imports });
  if (emit === "source") reportPackageOnly(manifest, log);
  const targets = value.targets ?? [];
  const asked = targets.indexOf("problems");
  if (asked >= 0 && value.docs?.url === undefined)
    log.report("manifest/no-url", manifest.place(`/targets/${asked}`));
  return {
    package: { name, version, description, license },
    output: { path: value.output, place: manifest.place("/output") },
    enums,
    emit,
    imports,
    targets,
    docs: docsOf(manifest),
    apis: folders.map((folder) => {
      const first = folders.find(({ name }) => name === folder.name)!;
      if (first !== folder) reportTwice(folder, first, "APIs", log);
      return resolveApi(folder, log);
    }),
  };
}

/** What only a package has: source for another project's tree comes without docs. */
function reportPackageOnly({ value, keyPlace }: Checked<ManifestSyntax>, log: DiagnosticLog): void {
  const { targets = [], docs: { navigation = [], update = [] } = {} } = value;
  // Problem types are code as well.
  const others = targets.filter((target) => target !== "problems");
  const asked = { "/targets": others, "/docs/navigation": navigation, "/docs/update": update };
  for (const [at, { length }] of Object.entries(asked))
    if (length > 0)
      log.report("manifest/package-only", keyPlace(at), { key: at.slice(at.lastIndexOf("/") + 1) });
}

function docsOf({ value, place }: Checked<ManifestSyntax>): Catalog["docs"] {
  const { url, navigation = [], update = [] } = value.docs ?? {};
  return {
    url: url?.replace(/\/+$/, "") ?? null,
    navigation,
    update: update.map((path, i) => ({ path, place: place(`/docs/update/${i}`) })),
  };
}

function resolveApi(folder: Folder, log: DiagnosticLog): Api {
  const { name: id, documents, place, bases } = folder;
  const { item, isGiven } = aboutApi(
    id,
    documents as readonly Checked<{ readonly api?: ApiSyntax }>[],
    place,
    log,
  );
  const { title, summary, prefix, codes, servers, credentials } = item.value;
  const noRetry = resolveConditions(item.value["no-retry"], "header");
  const about = {
    codes: codes ?? null,
    place: item.place,
    // Without its api section an API says nothing of its codes.
    lacking: new Set(isGiven ? [] : ["codes"]),
    defaults: defaultsOf(documents as readonly Checked<{ defaults?: DefaultsSyntax }>[], log),
  };
  const { nodes, entries, referred, scope } = resolveSections(folder, about, sections, log);
  if (entries.length === 0 && !hasEntries(documents) && documents.length > 0)
    log.report("catalog/empty", place, { api: id });
  return {
    ...(nodes as unknown as Nodes),
    ...{ id, title, summary },
    prefix: prefix ?? null,
    codeType: codes ?? null,
    servers: servers ?? [],
    noRetry,
    credentials: credentials ?? [],
    trace: scope.traced(item, apiLeaves).trace,
    entries,
    living: entries.filter(({ removed }) => removed === null),
    referred,
    place: item.place,
    folder: place,
    bases,
  };
}

/** Whether the files have entries, though every one of them may have been reported. */
function hasEntries(documents: Folder["documents"]): boolean {
  return sections.some(
    ({ key, family }) =>
      family !== undefined && documents.some(({ value }) => Object.hasOwn(value, key)),
  );
}
