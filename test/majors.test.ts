/** An adapter binds nobody: the package installs, compiles and retries beside the oldest and the newest of each library. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { print, tableOf, wrongIn } from "./exchange/conformance/table.js";
import { check } from "./exchange/loopback/check.js";
import { hostsOf, type Libraries } from "./exchange/loopback/hosts.js";
import { lostAndAborted } from "./exchange/loopback/losses.js";
import { answered } from "./exchange/loopback/scenarios.js";
import { packGenerated, projectWith, put, run } from "./packed.js";
import { root } from "./support.js";

/** The oldest and the newest of those that the page on retry libraries names. */
const majors = {
  oldest: ["cockatiel@3.0.0", "p-retry@5.1.2", "ky@1.14.0", "got@11.8.6", "axios-retry@4.3.0"],
  newest: ["cockatiel@4.0.0", "p-retry@9.0.0", "ky@2.1.0", "got@16.1.0", "axios-retry@4.5.0"],
} as const;

const libraries = `
  export { default as axios } from "axios";
  export { default as axiosRetry } from "axios-retry";
  export * as cockatiel from "cockatiel";
  export { default as got } from "got";
  export { default as ky } from "ky";
  export { default as pRetry } from "p-retry";`;

const use = `
  import axios, { type AxiosRequestConfig } from "axios";
  import axiosRetry from "axios-retry";
  import { ConsecutiveBreaker, circuitBreaker, handleAll, wrap } from "cockatiel";
  import got from "got";
  import ky from "ky";
  import pRetry from "p-retry";
  import { type Call, startCall } from "trading-api-errors";
  import { adviseAbp, decodeAbp } from "trading-api-errors/abp";
  import { advisedRetry as byAxiosRetry } from "trading-api-errors/axios-retry";
  import { advisedRetry as byCockatiel } from "trading-api-errors/cockatiel";
  import { advisedFetch } from "trading-api-errors/fetch";
  import { advisedRetry as byGot } from "trading-api-errors/got";
  import { advisedRetry as byKy } from "trading-api-errors/ky";
  import { advisedRetry as byPRetry } from "trading-api-errors/p-retry";

  const call = (): Call => startCall(adviseAbp, "place-orders", { keyed: true });
  const send = async (): Promise<number> => 200;
  const url = "https://api.example/place-orders";
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: 1_000,
    breaker: new ConsecutiveBreaker(5),
  });
  axiosRetry(axios);

  const signal = new AbortController().signal;
  interface Order { readonly id: string }

  export const all = async (): Promise<readonly unknown[]> => {
    const one = call();
    const order = await byAxiosRetry(
      call(),
      decodeAbp,
      (sealed) => axios.post<Order>(url, {}, { headers: { accept: "*/*" }, ...sealed }),
      {
        signal,
        timeoutMs: 2_000,
        prepare: (config: AxiosRequestConfig, advice) => {
          config.headers = { ...config.headers, "x-attempt": String(advice.next.attempt) };
          config.data = "{}";
        },
      },
    );
    const id: string = order.data.id;
    return [
    id,
    await wrap(byCockatiel(call()), breaker).execute(() => send(), signal),
    await pRetry(() => one.attempt(send), byPRetry(one, signal)),
    await ky.post(url, {
      json: {},
      ...byKy(call(), decodeAbp, (request, { identity }) =>
        identity === "fresh" ? new Request(request, { body: "{}" }) : undefined,
      ),
    }),
    await got.post(url, {
      json: {},
      ...byGot(call(), decodeAbp, (options, advice) => {
        options.headers["x-attempt"] = String(advice.next.attempt);
        options.body = "{}";
      }),
    }),
    await advisedFetch(call(), decodeAbp, {
      timeoutMs: 2_000,
      prepare: ({ init }, { identity }) => {
        if (identity === "fresh") init.body = "{}";
      },
    })(url, { method: "POST", body: "{}", signal }).then((response) => response.json()),
    // @ts-expect-error: types are there, not any
    byKy("no call", decodeAbp),
  ];
  };`;

/** The last answer in each way that an adapter has to hear of: in the body, in a 200, and none at all. */
const titles = [
  "ABP, reset: a placement with a key is sent again with the same one",
  "ABP 429: waits as long as the body says, twice",
  "ABP 422: the request is not sent again",
  "6mm 3001 in a 200: a failure, and no success",
  "6mm 1002: renews the token once, and uses it",
];
const scenarios = [...lostAndAborted, ...answered].filter(({ title }) => titles.includes(title));

const unreachable = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENOTCACHED/;
/** Not every system has a Node.js to install. */
const absent = /E404|ETARGET|EBADPLATFORM/;

/** What is as safe, and not to be had otherwise. */
const known: Readonly<Record<string, readonly string[]>> = {
  oldest: [
    // To p-retry 5 such an error of fetch is a mistake in the program, and asks for nothing.
    "p-retry, with a key: a body cut off, and the same key again: 1 sent: reconcile, unknown",
    // got 11 has no signal, and Node.js takes it for itself: nothing is left to abort.
    "got, an upgrade that nobody asked for: 1 sent: no end",
    // Its error has no cause, only the code.
    "got, a gate that is shut: 0 sent: refused, CallRefused",
    "got, a call that succeeded, again: 1 sent: success, then refused, CallRefused",
    "got, a call that failed, again: 1 sent: reconcile, unknown, then refused, CallRefused",
    "got, one call, twice at once: 1 sent: refused, CallRefused and success",
  ],
  newest: [],
};

let tarball: string;
beforeAll(() => {
  tarball = packGenerated();
});

/** A project, or why there is none. */
function install(
  name: string,
  packages: readonly string[],
  spared = unreachable,
): string | { readonly offline: string } {
  try {
    return projectWith(name, tarball, ...packages);
  } catch (error) {
    // What npm refuses is what this is about.
    if (!unreachable.test(String(error)) && !spared.test(String(error))) throw error;
    return { offline: "no registry can be reached, or it has no Node.js for this system" };
  }
}

/** Makes the libraries of a project one module, which Node.js loads as it does for anybody. */
function putLibraries(folder: string): string {
  put(folder, "node_modules/libraries/package.json", '{ "type": "module", "main": "index.js" }');
  put(folder, "node_modules/libraries/index.js", libraries);
  return pathToFileURL(join(folder, "node_modules/libraries/index.js")).href;
}

describe.each(Object.entries(majors))("beside the %s of each library", (age, packages) => {
  let folder: ReturnType<typeof install>;
  beforeAll(() => {
    folder = install(age, [...packages, "axios@1", "@types/node@20"]);
  });

  it("compiles", ({ skip }) => {
    if (typeof folder !== "string") return skip(folder.offline);
    put(folder, "use.ts", use);
    const program = ts.createProgram([join(folder, "use.ts")], {
      // Under NodeNext the default export of got 11 is not what its types say.
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      typeRoots: [join(folder, "node_modules/@types")],
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    });
    // What the libraries' own declarations say is theirs.
    const own = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => !/node_modules\/(?!trading-api-errors)/.test(file?.fileName ?? ""));
    const said = own.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    expect(said).toEqual([]);
  });

  it("retries as advised", async ({ skip }) => {
    if (typeof folder !== "string") return skip(folder.offline);
    expect(scenarios).toHaveLength(titles.length);
    const loaded = (await import(putLibraries(folder))) as Libraries;
    const hosts = hostsOf(loaded);
    for (const scenario of scenarios) await Promise.all(hosts.map((host) => check(host, scenario)));
    const table = await tableOf(loaded);
    expect(wrongIn(table).toSorted(), print(table)).toEqual(known[age]!.toSorted());
  });
});

/** got 16, ky 2 and p-retry 9 ask for it, and load without it. */
it("comes through the conformance suite in Node 22", async ({ skip }) => {
  const system = process.platform === "win32" ? "win" : process.platform;
  const node = `node-${system}-${process.arch}`;
  const folder = install("node-22", [...majors.newest, "axios@1", `${node}@22`], absent);
  if (typeof folder !== "string") return skip(folder.offline);
  putLibraries(folder);
  await build({
    stdin: {
      contents: `
        import * as libraries from "libraries";
        import { tableOf, wrongIn } from "./test/exchange/conformance/table.ts";
        console.log(JSON.stringify([process.version, ...wrongIn(await tableOf(libraries))]));`,
      resolveDir: root,
    },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outfile: join(folder, "conformance.js"),
    logLevel: "silent",
  });
  const binary = system === "win" ? "bin/node.exe" : "bin/node";
  const said = run(folder, join(folder, "node_modules", node, binary), "conformance.js");
  expect(JSON.parse(said)).toEqual([expect.stringMatching(/^v22\./)]);
});
