/** The OpenAPI and AsyncAPI documents: linters find nothing, every entry is in them, and an owner's document can refer to them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asyncapiSpecs from "@asyncapi/specs";
import { bundle, createConfig, lintFromString } from "@redocly/openapi-core";
import spectral, { type RulesetDefinition } from "@stoplight/spectral-core";
import { asyncapi, oas } from "@stoplight/spectral-rulesets";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { examplesOn } from "../generator/emit/documents.js";
import { steps } from "../generator/match/pointer.js";
import type { Channel } from "../generator/model/channel.js";
import type { Example } from "../generator/model/entry.js";
import { decodeHttp, decodeItem } from "../generator/runtime/decode.js";
import type { Reply } from "../generator/runtime/failure.js";
import type { RecognisedApi } from "../generator/recognise/recognise.js";
import { writeCatalog } from "./case-file.js";
import { project } from "./command.js";
import { loadChecked, realManifest, rendered, stories } from "./support.js";

/** What owners have: batches, frames with items, answers of one operation only, texts as bodies, and no status at all. */
const depot = `api: { title: Depot API, summary: Keeps parcels., codes: string, credentials: [x-key] }
channels:
  http: { transport: http, code: /code, message: /message }
  parcels: { within: http, items: /result/refused, accepted: /result/taken, code: /why, key: /id }
  feed: { transport: socket, code: /code, message: /message, reply-to: /id, summary: What happens. }
  scans: { within: feed, items: /scans, code: /why, by: position }
operations:
  store: { request: "POST /depots/{depot}/parcels", kind: write, items: /parcels, summary: Stores parcels. }
  find: { request: "GET /depots/{id}/parcels?page=1", kind: read, summary: Finds parcels. }
  move: { request: "PUT /depots/{depot}/parcels/{parcel}", kind: write, summary: Moves a parcel. }
  count: { kind: read, summary: Counts parcels. }
retry:
  later: { verdict: retry, summary: Wait., delay: [{ header: retry-after, as: seconds }, { fixed: 1s }], max-delay: 1m, max-attempts: 3 }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200, body: { result: {} } }] }
  204: { success: true, outcome: accepted, summary: Nothing to say., examples: [{ status: 204 }] }
  502: { category: unavailable, outcome: unknown, retry: reconcile, summary: A proxy., examples: [{ status: 502, headers: { Content-Type: text/html; charset=utf-8 }, body: <h1>Bad</h1> }] }
  5xx: { category: internal, outcome: unknown, retry: reconcile, summary: Any fault., examples: [{ status: 500, body: Oops }] }
errors:
  busy: { code: busy, status: 503, category: throttled, outcome: not-executed, retry: later, summary: Too much., examples: [{ status: 503, body: { code: busy } }] }
  full: { code: full, if-prior-unknown: { outcome: unknown, retry: reconcile }, channel: [http, feed], category: state-conflict, outcome: not-executed, retry: never, summary: No room., examples: [{ status: 409, body: { code: full } }, { channel: feed, body: { code: full, id: 7 } }] }
  moving: { code: moving, if-prior-unknown: { outcome: unknown, retry: reconcile }, status: 409, operations: [move], category: state-conflict, outcome: not-executed, retry: never, summary: It is under way., examples: [{ status: 409, body: { code: moving } }] }
  odd: { code: [odd, strange], category: validation, outcome: not-executed, retry: never, summary: It is odd., examples: [{ status: 400, body: { code: odd } }, { title: Strange, status: 422, body: { code: strange } }] }
declines:
  too-large: { channel: parcels, code: large, category: validation, outcome: not-executed, retry: never, summary: It is too large., examples: [{ body: { id: a, why: large } }] }
  unread: { channel: scans, code: unread, category: validation, outcome: not-executed, retry: never, summary: It could not be read., examples: [{ body: { why: unread } }] }
sockets:
  closed: { channel: feed, message: "Closed at {hour:integer}", category: unavailable, outcome: not-executed, retry: never, summary: The depot is closed., examples: [{ body: { message: Closed at 6 } }] }
`;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly channels: Readonly<Record<string, unknown>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly $ref: string }>>;
}

interface Response {
  readonly headers?: object;
  readonly content?: Readonly<Record<string, { readonly examples?: object }>>;
}

/** The documents of a catalog, by their paths, and its APIs. */
async function documentsOf(manifest: string): Promise<{
  readonly apis: readonly RecognisedApi[];
  readonly files: ReadonlyMap<string, string>;
}> {
  const { catalog, plans } = await loadChecked(manifest);
  const { files } = await rendered({ catalog, plans, inputs: new Map() }, manifest);
  const own = files.filter(({ path }) => /^(?:openapi|asyncapi)\//.test(path));
  return { apis: catalog.apis, files: new Map(own.map(({ path, text }) => [path, text])) };
}

/** The manifest of a copy of a story that asks for both. */
function asking(name: string): string {
  const { manifest } = stories.find((story) => story.name === name)!;
  const folder = project(new URL(`file://${join(manifest, "..")}/`));
  const copy = join(folder, "catalog.yaml");
  writeFileSync(copy, `${readFileSync(copy, "utf8")}\ntargets: [openapi, asyncapi]\n`);
  return copy;
}

const owners = writeCatalog(
  `${depot}--- catalog.yaml\npackage: { name: depot-errors, version: "1.0.0", description: Errors., license: MIT }\noutput: ../out\napis: [shop]\ntargets: [openapi, asyncapi]\ndocs: { url: https://docs.example }\n`,
  join(project({}), "catalog"),
);

const catalogs = [
  { name: "the three APIs", manifest: realManifest },
  { name: "an owner", manifest: owners },
  { name: "enums-enum", manifest: stories.find(({ name }) => name === "enums-enum")!.manifest },
  ...["hostile", "string-codes", "shared-vocabulary", "vocabularies"].map((name) => ({
    ...{ name, manifest: asking(name) },
  })),
];

/** Nobody says whom to ask, where a socket is, nor how it is opened; and not every package has a license. */
const unsaid = {
  openapi: { redocly: { "info-license": "off" }, spectral: { "info-contact": "off" } },
  asyncapi: {
    redocly: { "security-defined": "off", "info-license": "off", "info-license-strict": "off" },
    spectral: {
      ...{ "asyncapi-info-contact": "off", "asyncapi-servers": "off" },
      // More tools read 3.0 than the latest.
      "asyncapi-latest-version": "off",
    },
  },
} as const;

async function problemsOf(path: string, source: string, name: string): Promise<readonly string[]> {
  const kind = path.startsWith("openapi/") ? "openapi" : "asyncapi";
  const config = await createConfig({ extends: ["recommended"], rules: unsaid[kind].redocly });
  const found = await lintFromString({ source, absoluteRef: `/${path}`, config });
  const shown = found.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
  );
  // What attacks looks like an attack where one is searched for; and keys such as __proto__ make spectral itself throw.
  if (name === "hostile") return shown.filter((one) => /^(?:struct|no-unresolved)/.test(one));
  const other = new spectral.Spectral();
  const rules = { extends: [{ openapi: oas, asyncapi }[kind]], rules: unsaid[kind].spectral };
  other.setRuleset(rules as unknown as RulesetDefinition);
  return [
    ...shown,
    ...(await other.run(source)).map(
      ({ code, message, path }) => `${code}: ${message} ${path.join("/")}`,
    ),
  ];
}

describe.each(catalogs)("the documents of $name", async ({ name, manifest }) => {
  const { apis, files } = await documentsOf(manifest);
  const read = (path: string): Document => JSON.parse(files.get(path)!) as Document;

  it("are there where something comes over HTTP, or in a frame", () => {
    const expected = apis.flatMap(({ id, living }) => {
      const comes = (kind: string): boolean =>
        living.some(({ match }) => match.channels.some((one) => (one.within ?? one).kind === kind));
      return [
        ...(comes("http") ? [`openapi/${id}.json`] : []),
        ...(comes("socket") ? [`asyncapi/${id}.json`] : []),
      ];
    });
    expect([...files.keys()].sort()).toEqual(expected.sort());
  });

  it("are what redocly and spectral recommend", async () => {
    for (const [path, text] of files) {
      const problems = await problemsOf(path, text, name);
      // The responses of an API without operations are there to be referred to.
      const isLibrary = text.includes('"paths": {}');
      const own = problems.filter(
        (problem) => !isLibrary || !/^(?:no|oas3)-unused-component/.test(problem),
      );
      expect(own, path).toEqual([]);
    }
  });

  it("are valid by the schema of AsyncAPI", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(asyncapiSpecs.schemasWithoutId["3.0.0"] as object);
    for (const [path, text] of files)
      if (path.startsWith("asyncapi/")) {
        validate(JSON.parse(text));
        expect(validate.errors ?? [], path).toEqual([]);
      }
  });

  it("have every example in the responses of each operation that it can answer, and there it is its entry", () => {
    for (const api of apis.filter(({ id }) => files.has(`openapi/${id}.json`))) {
      const { paths, components } = read(`openapi/${api.id}.json`);
      const known = new Map(
        api.living.flatMap((entry) =>
          entry.match.channels
            .filter(isWeb)
            .flatMap((channel) =>
              examplesOn(channel, entry).map(
                ([name, example]) => [name, { entry, example }] as const,
              ),
            ),
        ),
      );
      const seen = new Set<string>();
      for (const operation of Object.values(paths).flatMap((item) => Object.values(item)))
        for (const [key, { $ref }] of Object.entries(operation.responses)) {
          const response = components["responses"]![$ref.split("/").at(-1)!] as Response;
          for (const name of Object.values(response.content ?? {}).flatMap((media) =>
            Object.keys(media.examples ?? {}),
          )) {
            const { entry, example } = known.get(name)!;
            const { value } = components["examples"]![name] as { value: unknown };
            const reply = replyTo(api, operation.operationId, key, example, value);
            expect(reply.ok ? reply.id : reply.failure.id, `${operation.operationId} ${key}`).toBe(
              entry.id,
            );
            seen.add(name);
          }
        }
      if (Object.keys(paths).length > 0)
        expect([...seen].sort()).toEqual(Object.keys(components["examples"]!).sort());
      expect(Object.keys(components["examples"]!).sort()).toEqual(
        [...known]
          .filter(([, { example }]) => (example.body ?? null) !== null)
          .map(([name]) => name)
          .sort(),
      );
    }
  });

  it("have every entry of a socket as a message, with its examples", () => {
    for (const api of apis.filter(({ id }) => files.has(`asyncapi/${id}.json`))) {
      const { components } = read(`asyncapi/${api.id}.json`);
      const messages = Object.entries(components["messages"]!) as [
        string,
        { examples?: { payload: unknown }[] },
      ][];
      const shown = messages.map(([name, { examples = [] }]) => [
        name.split(".")[0],
        examples.length,
      ]);
      const arriving = api.living.flatMap((entry) =>
        entry.match.channels
          .filter((channel) => (channel.within ?? channel).kind === "socket")
          .map((channel) => [
            entry.name,
            entry.examples.filter((one) => one.channel === channel).length,
          ]),
      );
      expect(new Set(shown.map(String))).toEqual(new Set(arriving.map(String)));
    }
  });
});

const isWeb = (channel: Channel): boolean => (channel.within ?? channel).kind === "http";

/** What the decoder that ships makes of a body in a document, sent in answer to an operation. */
function replyTo(
  api: RecognisedApi,
  operation: string,
  key: string,
  { status, headers, channel }: Example,
  body: unknown,
): Reply {
  const { decoder } = api.recognition.find((one) => one.channel === channel)!;
  const asked = { operation };
  if (channel.kind !== "items")
    return decodeHttp(
      decoder,
      { status: status ?? (Number(key.replace("XX", "00")) || 400), headers, body },
      asked,
    );
  const list = steps(channel.items[0]!).reduce(
    (inner, step) => (inner as Record<string, unknown>)[step],
    body,
  );
  return decodeItem(decoder, (list as unknown[])[0], asked);
}

describe("the documents of an owner", async () => {
  const { files } = await documentsOf(owners);

  it("say what one operation alone is answered, in which type, and where to read on", () => {
    const { paths, components } = JSON.parse(files.get("openapi/shop.json")!) as Document;
    const { put } = paths["/depots/{depot}/parcels/{parcel}"]!;
    const { post, get } = paths["/depots/{id}/parcels"]!;
    expect(put!.responses["409"]!.$ref).toMatch(/move-409$/);
    expect(post!.responses["409"]!.$ref).toMatch(/\/409$/);
    expect(post!.responses["200"]!.$ref).toMatch(/store-200$/);
    expect(get!.responses["200"]!.$ref).toMatch(/\/200$/);
    const responses = components["responses"] as Readonly<Record<string, Response>>;
    expect(Object.keys(responses["204"]!)).toEqual(["description"]);
    expect(Object.keys(responses["502"]!.content!)).toEqual(["text/html"]);
    expect(Object.keys(responses["503"]!.headers!)).toEqual(["retry-after"]);
    expect(Object.keys(responses["5XX"]!.content!)).toEqual(["text/plain"]);
    expect(components["schemas"]!["busy"]).toMatchObject({
      externalDocs: { url: "https://docs.example/shop/errors/busy" },
    });
    expect(components["examples"]!["too-large"]).toMatchObject({
      value: { result: { refused: [{ id: "a", why: "large" }], taken: [] } },
    });
  });

  it("can be referred to from a document of the owner's own", async () => {
    const folder = project(Object.fromEntries(files));
    const own = join(folder, "api.yaml");
    writeFileSync(
      own,
      `openapi: 3.1.0
info: { title: Depot, version: 1.0.0 }
paths:
  /parcels:
    get:
      responses:
        "200": { description: The parcels. }
        "503": { $ref: "openapi/shop.json#/components/responses/503" }
`,
    );
    const { bundle: whole, problems } = await bundle({ ref: own, config: await createConfig({}) });
    expect(problems).toEqual([]);
    expect(whole.parsed).toMatchObject({
      components: { examples: { busy: { value: { code: "busy" } } } },
      paths: {
        "/parcels": { get: { responses: { 503: { $ref: "#/components/responses/503" } } } },
      },
    });
  });
});

it("there are none where no manifest asks for them", async () => {
  const { files } = await documentsOf(
    stories.find(({ name }) => name === "string-codes")!.manifest,
  );
  expect([...files.keys()]).toEqual([]);
});
