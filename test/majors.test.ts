/** An adapter binds nobody: the package installs, compiles and retries beside the oldest and the newest of each library. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "./exchange/loopback/check.js";
import { hostsOf, type Libraries } from "./exchange/loopback/hosts.js";
import { lostAndAborted } from "./exchange/loopback/losses.js";
import { answered } from "./exchange/loopback/scenarios.js";
import { packGenerated, projectWith, put } from "./packed.js";

/** The oldest and the newest of those that the page on retry libraries names; got 16, ky 2 and p-retry 9 ask for Node 22. */
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

let tarball: string;
beforeAll(() => {
  tarball = packGenerated();
});

describe.each(Object.entries(majors))("beside the %s of each library", (age, packages) => {
  /** Or why there is none. */
  let folder: string | { readonly offline: string };
  beforeAll(() => {
    try {
      folder = projectWith(age, tarball, ...packages, "axios@1", "@types/node@20");
    } catch (error) {
      // What npm refuses is what this is about.
      if (!unreachable.test(String(error))) throw error;
      folder = { offline: "no registry can be reached" };
    }
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
    // Under node_modules, so that Node.js loads it, and what it imports, as it does for anybody.
    put(folder, "node_modules/libraries/package.json", '{ "type": "module" }');
    put(folder, "node_modules/libraries/index.js", libraries);
    const path = pathToFileURL(join(folder, "node_modules/libraries/index.js")).href;
    const hosts = hostsOf((await import(path)) as Libraries);
    for (const scenario of scenarios) await Promise.all(hosts.map((host) => check(host, scenario)));
  });
});
