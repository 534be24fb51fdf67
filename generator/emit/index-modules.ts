/** The module of each API, the shared module, and the runtime that they use. */
import { readFileSync } from "node:fs";
import type { Api, OutputFile } from "../model.js";
import { packageRoot } from "../paths.js";
import { header, reexport, type Statement, tsFile, typeAlias, use } from "../print/typescript.js";
import { Category, Family } from "../runtime/vocabulary.js";
import { type Emitter, origin, perApi } from "./emitter.js";
import { hosts } from "../hosts.js";

const runtimeFiles = [
  "advice.ts",
  "advise.ts",
  "batch.ts",
  "call.ts",
  "decode.ts",
  "delay.ts",
  "failure.ts",
  "fetch.ts",
  "guards.ts",
  "lookup.ts",
  "matcher.ts",
  "shape.ts",
  "template.ts",
  "vocabulary.ts",
] as const;

/** The runtime ships as it is: real files, tested where they are written. */
export const runtime: Emitter = () => runtimeFiles.map(shipped);

/** The adapters for retry libraries; only a package can name these as optional peers. */
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
  "type Failure",
  "type FieldValue",
  "type HttpResponse",
  "isFailure",
  "type NoFields",
  "type Reply",
  "type UnknownFailure",
  "type UnknownWhy",
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
  "CatalogError",
  "isCatalogError",
  ...Object.keys(Category).map((category) => `is${category}`),
];

export const sharedModule: Emitter = () => [
  tsFile("src/index.ts", "the manifest", [
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
