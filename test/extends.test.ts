/** What an API has from the folders that it extends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Diagnostic } from "../generator/diagnostics/log.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { check } from "../generator/generate.js";
import type { Api } from "../generator/sections/catalog.js";
import { writeCatalog } from "./case-file.js";
import { load, renderAll } from "./support.js";

const scratch = mkdtempSync(join(tmpdir(), "errata-extends-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const write = (input: string): string => writeCatalog(input, mkdtempSync(join(scratch, "case-")));

async function shop(input: string): Promise<Api> {
  const { apis } = await load(write(input));
  return apis.find(({ id }) => id === "shop")!;
}

async function found(input: string): Promise<readonly Diagnostic[]> {
  const log = new DiagnosticLog();
  await check(write(input), log);
  return log.sorted;
}

const two = `--- catalog.yaml
package: { name: shop-errors, version: "1.0.0", description: What can go wrong. }
output: ../generated
apis: [shop, kiosk]
`;

const wire = `channels:
  http: { transport: http, code: /code }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
`;

const entry = (code: string, more: string): string =>
  `  ${code}: { code: ${code}, category: permission, outcome: not-executed, summary: No., examples: made, ${more} }\n`;

const summaries = ({ entries }: Api): object =>
  Object.fromEntries(
    entries.map(({ name, retry, summary }) => [name, `${retry?.name} ${summary}`]),
  );

it("has the nodes of all of them once, where a later one goes over an earlier one", async () => {
  const api = await shop(`api: { title: S, summary: S., codes: string, extends: [left, right] }
errors: { c: { summary: Of the shop. } }
--- root/a.yaml
${wire}errors:
${["a", "b", "c", "d"].map((code) => entry(code, "retry: never")).join("")}
--- left/a.yaml
api: { title: L, summary: L., extends: [root] }
errors: { a: { summary: Of the left. }, b: { summary: Of the left., retry: reconcile } }
--- right/a.yaml
api: { title: R, summary: R., extends: [root] }
errors: { b: { summary: Of the right. }, c: { summary: Of the right. } }
`);
  expect(summaries(api)).toEqual({
    ...{ ok: "undefined Taken.", a: "never Of the left.", b: "reconcile Of the right." },
    ...{ c: "never Of the shop.", d: "never No." },
  });
});

it("takes what a base says of the API's requests and defaults, and not what it is called", async () => {
  const api =
    await shop(`api: { title: S, summary: S., extends: [common], servers: ["https://a.example"] }
defaults: { retry: reconcile }
--- common/a.yaml
api:
  title: C
  summary: C.
  prefix: Common
  codes: string
  servers: ["https://b.example"]
  credentials: [x-key]
  no-retry: { x-should-retry: "false" }
defaults: { retry: never, severity: grave }
${wire}errors:
${entry("a", "tags: [x]")}`);
  expect(api).toMatchObject({
    ...{ title: "S", prefix: null, codeType: "string", servers: ["https://a.example"] },
    ...{ credentials: ["x-key"], noRetry: [{ header: "x-should-retry" }] },
  });
  const [a] = api.entries.filter(({ name }) => name === "a");
  expect(a).toMatchObject({ severity: "grave", retry: { name: "reconcile" } });
});

it("has places in the file where each fact is written", async () => {
  const api = await shop(`api: { title: S, summary: S., codes: string, extends: [common] }
errors: { a: { retry: reconcile, policy: { retry: ours } } }
--- common/a.yaml
${wire}errors:
${entry("a", "retry: never, policy: { retry: x, outcome: y }")}${entry("b", "retry: never")}`);
  const places = api.entries.map(({ name, place, trace }) => [
    `${name}: ${place.source.file.split("/").at(-2)}`,
    ...trace.leaves.map((leaf) => `${leaf.path}: ${leaf.place.source.file.split("/").at(-2)}`),
  ]);
  expect(places).toEqual([
    ["ok: common"],
    ["a: shop", "outcome: common", "retry: shop"],
    ["b: common"],
  ]);
});

it("says once what is wrong with a base in several APIs", async () => {
  const input = `api: { title: S, summary: S., codes: string, extends: [common] }
${two}--- kiosk/a.yaml
api: { title: K, summary: K., codes: string, extends: [common] }
--- common/a.yaml
${wire}errors:
${entry("a", "retry: nevre")}`;
  const all = await found(input);
  expect(all.map(({ id, place }) => `${id} ${place!.source.file.split("/").at(-2)}`)).toEqual([
    "ref/unknown common",
  ]);
});

it("uses a rule of a base if one of the APIs does", async () => {
  const rule =
    "retry: { slow: { verdict: retry, delay: [{ fixed: 1s }], max-delay: 1s, jitter: 1s, max-attempts: 2, identity: none, summary: Slow. } }\n";
  const input = (
    use: string,
  ): string => `api: { title: S, summary: S., codes: string, extends: [common] }
errors: { a: { retry: never } }
${two}--- kiosk/a.yaml
api: { title: K, summary: K., codes: string, extends: [common] }
errors: { a: { retry: ${use} } }
--- common/a.yaml
${wire}${rule}errors:
${entry("a", "retry: never")}`;
  expect(await found(input("slow"))).toEqual([]);
  const all = await found(input("never"));
  expect(all.map(({ id }) => id)).toEqual(["ref/unused"]);
});

it("has rules with what they take from others, and with the reasons for it", async () => {
  const api = await shop(`api: { title: S, summary: S., codes: string, extends: [common] }
retry:
  soon: { max-attempts: 9 }
  before: { verdict: after, extends: later, before: [{ do: log-in }], summary: First log in. }
errors: { a: { retry: before } }
--- common/a.yaml
${wire}retry:
  soon:
    verdict: retry
    delay: [{ fixed: 1s }]
    max-delay: 1m
    jitter: 1s
    max-attempts: 2
    identity: none
    summary: Soon.
    policy: { delay: short, max-attempts: few }
  later:
    extends: soon
    delay: [{ fixed: 8s }]
    summary: Later.
    inferred: { delay: long }
errors:
${entry("a", "retry: never")}`);
  const rules = new Map(api.retry.map((rule) => [rule.name, rule]));
  // The API's own rule soon is what later extends.
  expect(rules.get("later")!.data).toEqual({
    ...{ verdict: "retry", delay: [{ source: "fixed", ms: 8000 }], maxDelayMs: 60_000 },
    ...{ jitterMs: 1000, maxAttempts: 9, identity: "none" },
  });
  const { data, trace } = rules.get("before")!;
  expect(data).toEqual({
    ...rules.get("later")!.data,
    ...{ verdict: "after", before: [{ do: "log-in" }] },
  });
  expect(trace.leaves.map(({ path, reason }) => [path, reason])).toEqual([["delay", "long"]]);
});

it.each(["[shop, kiosk]", "[shop, common]"])("prints shared words once for %s", async (apis) => {
  const input = `api: { title: S, summary: S., codes: string, extends: [common] }
errors: { a: { summary: Of the shop. } }
--- catalog.yaml
package: { name: shop-errors, version: "1.0.0", description: What can go wrong. }
output: ../generated
apis: ${apis}
--- kiosk/a.yaml
api: { title: K, summary: K., codes: string, extends: [common] }
--- common/a.yaml
api: { title: C, summary: C., codes: string }
${wire.replace("Taken.", "Of all.")}errors:
${["a", "b"].map((code) => entry(code, "retry: never").replace("No.", `Of ${code}.`)).join("")}`;
  const manifest = write(apis.includes("kiosk") ? input : input.replace(/--- kiosk.*\n.*\n/, ""));
  const { files } = await renderAll(manifest);
  const words = files.filter(({ path }) => path.endsWith("words.ts"));
  const places = (text: string): readonly string[] =>
    words.flatMap((file) =>
      file.text
        .split(JSON.stringify(text))
        .slice(1)
        .map(() => file.path),
    );
  expect(places("Of the shop.")).toEqual(["src/shop/words.ts"]);
  for (const text of ["Of all.", "Of a.", "Of b."])
    expect(places(text), text).toEqual(["src/common/shared-words.ts"]);
  expect(words.find(({ path }) => path === "src/shop/words.ts")!.text).toContain(
    '"shop.b": wordsB,',
  );
});

it("reads no folder outside the catalog", async () => {
  const all = await found(`api: { title: S, summary: S., extends: ["../shop"] }
${wire}`);
  expect(all.map(({ id }) => id)).toEqual(["syntax/bad-value"]);
});
