/** Every emitter of the package, in the order of their files, and what npm ships of them. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import type { Emission } from "../target.js";
import { adapterModules, runtimeModules } from "./runtime-modules.js";
import { advice } from "./advice.js";
import { apiModule, sharedModule } from "./index-modules.js";
import { compile } from "./compile.js";
import { decoders } from "./decoders.js";
import { families } from "./families.js";
import { fixtures } from "./fixtures.js";
import { groups } from "./groups.js";
import { withImports } from "./imports.js";
import type { ApiNames, Names } from "./names.js";
import { packageFiles } from "./package.js";
import { rules } from "./rules.js";
import { shapes } from "./shapes.js";
import { sharedWords, words } from "./words.js";
import { writes } from "./writes.js";

/** Prints a part of one API's modules. */
type ApiEmitter = (
  api: RecognisedApi,
  names: ApiNames,
  catalog: RecognisedCatalog,
) => readonly OutputFile[];

const apiEmitters: readonly ApiEmitter[] = [
  apiModule,
  families,
  groups,
  shapes,
  rules,
  words,
  decoders,
  advice,
  writes,
  fixtures,
];

export function emit(
  { catalog, runtime, manifest, packed }: Emission,
  names: Names,
): readonly OutputFile[] {
  const sources = [
    sharedModule(catalog, names, manifest),
    ...apiEmitters.flatMap((emitter) =>
      catalog.apis.flatMap((api) => emitter(api, names.get(api.id)!, catalog)),
    ),
    ...sharedWords(catalog, names),
    ...runtimeModules(runtime),
  ];
  if (catalog.emit === "source")
    return withImports(sources, catalog.imports).map((file) => ({
      ...file,
      path: file.path.replace("src/", ""),
    }));
  return [...sources, ...adapterModules(runtime), ...packageFiles(catalog, names, packed)];
}

/** The build of a package's sources: dist/, as JavaScript and declarations. */
export function build(files: readonly OutputFile[]): readonly OutputFile[] {
  const sources = files.filter((file) => file.path.startsWith("src/"));
  return compile(sources, "src", "dist");
}
