/** The module of each API, and the one that they share. */
import type { Channel } from "../../model/channel.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import { writesOf } from "../../recognise/uses.js";
import { Category } from "../../runtime/vocabulary.js";
import { origin } from "../target.js";
import { byFamily } from "../../sections/families/index.js";
import { failuresOf } from "./failures.js";
import { alternatives, type Fragment, ts, type, value } from "./fragment.js";
import { hasGroups } from "./groups.js";
import { literal } from "./literal.js";
import { moduleFile, reexport, type Statement } from "./module.js";
import type { ApiNames, Names } from "./names.js";
import { guard, typeAlias } from "./printer.js";
import { idsOf } from "./words.js";

const failureExports = [
  "type Answering",
  "type Asked",
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

const sessionExports = [
  "type Client",
  "type Copy",
  "type Sending",
  "type Session",
  "type SessionOptions",
  "type Settled",
  "type Write",
];

const guardExports = [
  "type Caught",
  "CatalogError",
  "failureOf",
  ...Object.keys(Category).map((category) => `is${category}`),
];

const gateExports = ["type Gate", "type GateData", "type GateOptions", "type Leaving", "openGate"];

export function sharedModule(
  catalog: RecognisedCatalog,
  names: Names,
  manifest: string,
): OutputFile {
  return moduleFile("index", `the manifest ${manifest}`, [
    ...catalogError(catalog, names),
    reexport("runtime/vocabulary"),
    reexport("runtime/failure", failureExports),
    reexport("runtime/advice", adviceExports),
    reexport("runtime/advise", ["advise", "budgetAfter"]),
    reexport("runtime/call", ["type Call", "type CallGate", "type CallOptions", "startCall"]),
    reexport("runtime/run-session", ["startSession"]),
    reexport("runtime/client", sessionExports),
    reexport("runtime/item", ["type Ending", "type Proof"]),
    reexport("runtime/transport", ["CallRefused", "transportFailure"]),
    reexport("runtime/batch", ["type Batch", "type ItemReply"]),
    reexport("runtime/fetch", ["readResponse", "type ResponseLike"]),
    reexport("runtime/guards", guardExports),
    reexport("runtime/gate", gateExports),
    reexport("runtime/gate-event", ["type GateEvent"]),
    reexport("runtime/gate-store", ["type GateStore", "memoryStore"]),
  ]);
}

/** The guard of what is thrown knows the ids of this catalog, so that comparing with another one does not compile. */
function catalogError({ apis }: RecognisedCatalog, names: Names): readonly Fragment[] {
  const failure = (api: RecognisedApi, channel: Channel): Fragment =>
    type(names.get(api.id)!.channels.get(channel)!.failure, `${api.id}/decode`);
  return [
    typeAlias(
      "CatalogFailure",
      "Every failure of every API of this catalog.",
      alternatives(
        apis.flatMap((api) => api.recognition.map(({ channel }) => failure(api, channel))),
      ),
    ),
    guard(
      "isCatalogError",
      "Whether a value is a CatalogError with a failure of this catalog.",
      ts`${type("CatalogError", "runtime/guards")}<CatalogFailure>`,
      ts`${value("isCatalogErrorOf", "runtime/guards")}(value, ${literal(apis.map(({ id }) => id))})`,
    ),
  ];
}

export function apiModule(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  const families = byFamily(api.living);
  const own = (file: string, exported: readonly string[] = []): Statement =>
    reexport(`${api.id}/${file}`, exported);
  return [
    moduleFile(`${api.id}/index`, origin(api), [
      ...families.map(({ family }) => own(family.key)),
      ...(hasGroups(api) ? [own("groups")] : []),
      ...(api.shapes.length > 0 ? [own("shapes", shapeExports(api, names))] : []),
      ...(api.recognition.length > 0 ? [own("failures"), own("decode")] : []),
      ...(failuresOf(api).length > 0 ? [own("guards")] : []),
      ...(api.recognition.length > 0 ? [own("advise")] : []),
      own("rules"),
      ...(writesOf(api).length > 0 ? [own("writes")] : []),
      ...(names.problems === null ? [] : [own("problems")]),
      own("words"),
      typeAlias(names.id, `The id of any entry of the ${api.title}.`, idsOf(api, names)),
    ]),
  ];
}

function shapeExports(api: RecognisedApi, names: ApiNames): readonly string[] {
  return api.shapes.flatMap((shape) => {
    const { type, guard } = names.shapes.get(shape)!;
    return [`type ${type}`, guard];
  });
}
