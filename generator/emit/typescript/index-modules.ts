/** The module of each API, the shared module, and the runtime that they use. */
import { readFileSync } from "node:fs";
import type { Api, Catalog, OutputFile } from "../../model/model.js";
import { packageRoot } from "../../read/package-root.js";
import {
  guard,
  header,
  literal,
  reexport,
  type Statement,
  tsFile,
  typeAlias,
  use,
} from "./printer.js";
import { recognition } from "../../recognise/recognition.js";
import { Category, Family } from "../../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "../emitter.js";
import { hosts } from "../../model/adapters.js";

const runtimeFiles = [
  "advice.ts",
  "advise.ts",
  "batch.ts",
  "call.ts",
  "conditions.ts",
  "decode.ts",
  "delay.ts",
  "failure.ts",
  "fetch.ts",
  "fields.ts",
  "guards.ts",
  "headers.ts",
  "lookup.ts",
  "matcher.ts",
  "peers.ts",
  "prefixes.ts",
  "several.ts",
  "shape.ts",
  "template.ts",
  "vocabulary.ts",
] as const;

/** The runtime ships as it is: real files, tested where they are written. */
export const runtime: Emitter = () => runtimeFiles.map(shipped);

/** The adapters for retry libraries, each a subpath of the package. They import nothing of the libraries. */
export const hostModules: Emitter = () =>
  Object.keys(hosts).map((name) => shipped(`hosts/${name}.ts`));

function shipped(name: string): OutputFile {
  const text = readFileSync(new URL(`generator/runtime/${name}`, packageRoot), "utf8");
  return {
    path: `src/runtime/${name}`,
    text: `${header("its runtime")}\n\n${text}`,
    written: true,
  };
}

const failureExports = [
  "type Answering",
  "type CodeValue",
  "type Failure",
  "type FieldValue",
  "type HttpResponse",
  "isFailure",
  "type NoFields",
  "type Reply",
  "type Success",
  "type UnknownFailure",
  "type UnknownWhy",
  "type UnlistedCode",
];

const adviceExports = [
  "type Advice",
  "type AdviceData",
  "type AdviceInput",
  "type AnyOperation",
  "type Reconcile",
  "type Retry",
  "type Stop",
  "type TransportFailure",
  "type Why",
];

const guardExports = [
  "type Caught",
  "CatalogError",
  "failureOf",
  ...Object.keys(Category).map((category) => `is${category}`),
];

export const sharedModule: Emitter = (catalog) => [
  tsFile("src/index.ts", "the manifest", [
    ...catalogError(catalog),
    reexport("./runtime/vocabulary.js"),
    reexport("./runtime/failure.js", failureExports),
    reexport("./runtime/advice.js", adviceExports),
    reexport("./runtime/advise.js", ["advise", "budgetAfter"]),
    reexport("./runtime/call.js", [
      "type Call",
      "type CallOptions",
      "startCall",
      "transportFailure",
    ]),
    reexport("./runtime/batch.js", ["type Batch", "type ItemReply"]),
    reexport("./runtime/fetch.js", ["readResponse", "type ResponseLike"]),
    reexport("./runtime/guards.js", guardExports),
  ]),
];

/** The guard of what is thrown knows the ids of this catalog, so that comparing with another one does not compile. */
function catalogError({ apis }: Catalog): readonly Statement[] {
  const failures = apis.map((api) => ({
    api,
    types: recognition(api).map(({ channel }) => channel.names.failure),
  }));
  return [
    use(["type CatalogError", "isCatalogErrorOf"], "./runtime/guards.js"),
    ...failures.map(({ api, types }) => use(types, `./${api.id}/decode.js`, "types")),
    typeAlias(
      "CatalogFailure",
      "Every failure of every API of this catalog.",
      failures.flatMap(({ types }) => types).join(" | "),
    ),
    guard(
      "isCatalogError",
      "Whether a value is a {@link CatalogError} with a failure of this catalog.",
      "CatalogError<CatalogFailure>",
      `isCatalogErrorOf(value, ${literal(apis.map(({ id }) => id))})`,
    ),
  ];
}

export const apiModule: Emitter = perApi((api) => {
  const families = Object.values(Family).filter((family) =>
    api.entries.some((entry) => entry.family === family && entry.removed === null),
  );
  const ids = families.map((family) => api.names.ids[family]);
  return [
    tsFile(`src/${api.id}/index.ts`, origin(api), [
      ...families.map((family, i) => use([ids[i]!], `./${family}.js`, "types")),
      ...families.map((family) => reexport(`./${family}.js`)),
      ...(api.shapes.length > 0 ? [shapesExport(api)] : []),
      ...(families.length > 0 ? [reexport("./decode.js"), reexport("./advise.js")] : []),
      reexport("./rules.js"),
      reexport("./words.js"),
      typeAlias(
        api.names.id,
        `The id of any entry of the ${api.title}.`,
        ids.length > 0 ? ids.join(" | ") : "never",
      ),
    ]),
  ];
});

function shapesExport(api: Api): Statement {
  return reexport(
    "./shapes.js",
    api.shapes.flatMap(({ names }) => [`type ${names.type}`, names.guard]),
  );
}
