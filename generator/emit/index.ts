/** Every emitter, in the order of their files, and what npm ships of them. */
import type { Catalog, OutputFile } from "../model/model.js";
import { compile } from "./typescript/compile.js";
import { advice } from "./typescript/advice.js";
import { catalogJson } from "./json/catalog-json.js";
import { apiDocs } from "./docs/api.js";
import { retryDocs } from "./docs/retries.js";
import { sharedDocs } from "./docs/shared.js";
import { decoders } from "./typescript/decoders.js";
import type { Emitter } from "./emitter.js";
import { families } from "./typescript/families.js";
import { fixtures } from "./typescript/fixtures.js";
import { apiModule, hostModules, runtime, sharedModule } from "./typescript/index-modules.js";
import { withImports } from "./typescript/imports.js";
import { packageFiles } from "./typescript/package.js";
import { rules } from "./typescript/rules.js";
import { schemas } from "./schemas/schemas.js";
import { shapes } from "./typescript/shapes.js";
import { words } from "./typescript/words.js";

const sources: readonly Emitter[] = [
  sharedModule,
  apiModule,
  families,
  shapes,
  rules,
  words,
  decoders,
  advice,
  fixtures,
  runtime,
];
const others: readonly Emitter[] = [
  hostModules,
  packageFiles,
  schemas,
  sharedDocs,
  apiDocs,
  retryDocs,
  catalogJson,
];

export function emit(catalog: Catalog): readonly OutputFile[] {
  const files = (emitters: readonly Emitter[]): readonly OutputFile[] =>
    emitters.flatMap((emitter) => emitter(catalog));
  if (catalog.emit === "package") return files([...sources, ...others]);
  return withImports(files(sources), catalog.imports).map((file) => ({
    ...file,
    path: file.path.replace("src/", ""),
  }));
}

/** The build of a package's sources: dist/, as JavaScript and declarations. */
export function build(catalog: Catalog, files: readonly OutputFile[]): readonly OutputFile[] {
  if (catalog.emit === "source") return [];
  const sources = files.filter((file) => file.path.startsWith("src/"));
  return compile(sources, "src", "dist");
}
