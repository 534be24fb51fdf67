/** Every emitter of the package, in the order of their files, and what npm ships of them. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { type Emission, perApi } from "../target.js";
import { adapterModules, runtimeModules } from "./runtime-modules.js";
import { advice } from "./advice.js";
import { apiModule, sharedModule } from "./index-modules.js";
import { compile } from "./compile.js";
import { decoders } from "./decoders.js";
import { failures } from "./failures.js";
import { families } from "./families.js";
import { fixtures } from "./fixtures.js";
import { groups } from "./groups.js";
import { guards } from "./guards.js";
import { withImports } from "./imports.js";
import type { ApiNames, Names } from "./names.js";
import { packageFiles } from "./package.js";
import { problems } from "./problems.js";
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
  failures,
  decoders,
  guards,
  advice,
  writes,
  problems,
  fixtures,
];

export function* emit(emission: Emission, names: Names): Iterable<OutputFile> {
  const { catalog, runtime, packed } = emission;
  if (catalog.emit === "source")
    for (const file of sources(emission, names))
      yield { ...withImports(file, catalog.imports), path: file.path.replace("src/", "") };
  else {
    yield* sources(emission, names);
    yield* adapterModules(runtime);
    yield* packageFiles(catalog, names, packed);
  }
}

function* sources(emission: Emission, names: Names): Iterable<OutputFile> {
  const { catalog, runtime, manifest } = emission;
  yield sharedModule(catalog, names, manifest);
  yield* perApi(emission, function* (api) {
    for (const emitter of apiEmitters) yield* emitter(api, names.get(api.id)!, catalog);
  });
  yield* sharedWords(catalog, names);
  yield* runtimeModules(runtime);
}

/** The build of a package's source: JavaScript and declarations in dist/. */
export function build(file: OutputFile): readonly OutputFile[] {
  return file.path.startsWith("src/") ? compile(file, "src", "dist") : [];
}
