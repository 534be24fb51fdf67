/** Whatever a catalog, a document, a response or a name holds: no command lets it drive the terminal. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { complain, paint, print, printData } from "../generator/commands/terminal.js";
import { project, type Ran, smallest } from "./command.js";
import { errataIn, inProcess } from "./in-process.js";

/** A link, a cleared screen, C1, the ends of lines, what turns text around, and what nobody sees. */
const attack =
  "\u001b]8;;https://evil.example\u0007x\u001b[2J\u001b[31m\u009b2J\r\u0008\u007f\u0085\u2028\u202e\u2066\u200b\u{e0041}";
/** The same as YAML takes it: in escapes. */
const yaml = JSON.stringify(`bad ${attack} end`).replace(
  /[^ -~]/gu,
  (c) => `\\U${c.codePointAt(0)!.toString(16).padStart(8, "0")}`,
);

const catalog: Readonly<Record<string, string>> = {
  "catalog/catalog.yaml": smallest["catalog/catalog.yaml"]!,
  "catalog/shop/api.yaml": `api: { title: ${yaml}, summary: ${yaml}, codes: string }
channels:
  http: { cite: page#errors, transport: http, code: /code, message: /message }
sources:
  page: { title: ${yaml}, url: "https://shop.example/errors", read: 2026-01-01 }
retry:
  again: { cite: page#errors, verdict: retry, delay: [{ fixed: 1s }], jitter: 1ms, max-delay: 1m, max-attempts: 3, identity: none, summary: ${yaml} }
errors:
  evil:
    code: ${yaml}
    message: ${yaml}
    category: validation
    outcome: not-executed
    retry: again
    title: ${yaml}
    summary: ${yaml}
    remedy: ${yaml}
    tags: [evil]
    cite: page#errors
    examples: [{ status: 400, body: { code: ${yaml}, message: ${yaml} } }]
statuses:
  200: { cite: page#errors, success: true, outcome: accepted, summary: ${yaml}, examples: [{ status: 200 }] }
`,
};

const broken: Readonly<Record<string, string>> = {
  ...catalog,
  "catalog/shop/more.yaml": `errors:\n  bad:\n    code: ${yaml}\n    category: ${yaml}\n    ${yaml}: 1\n`,
};

const page = `# Errors ${attack}\n\n| Code | Message ${attack} |\n|---|---|\n| 7001 ${attack} | Gone ${attack} |\n\n## ${attack}\n\n- ${attack}\n`;
const body = JSON.stringify({ code: attack, message: attack, [attack]: attack });
const curl = `HTTP/2 429 ${attack}\nx-${attack}: ${attack}\n\n${body}`;
const har = JSON.stringify({
  log: {
    entries: [1, 2].map(() => ({
      request: { method: attack, url: attack },
      response: {
        status: 429,
        headers: [{ name: attack, value: attack }],
        content: { text: body },
      },
    })),
  },
});

/** Each command with something hostile, by the files that it needs. */
const runs: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ["check", catalog, ["check"]],
  ["check of mistakes", broken, ["check"]],
  [
    "check of a strange name",
    { ...smallest, [`catalog/shop/a\u009b\u202e.yaml`]: "x: 1\n" },
    ["check"],
  ],
  ["generate", catalog, ["generate"]],
  ["generate of mistakes", broken, ["generate"]],
  ["list", catalog, ["list"]],
  ["list of something else", catalog, ["list", attack]],
  ["list by something else", catalog, ["list", "--tag", attack]],
  ["explain of an id", catalog, ["explain", "shop.evil"]],
  ["explain of several", catalog, ["explain", "bad"]],
  ["explain of nothing", catalog, ["explain", `zzz${attack}`]],
  ["decode of curl", { ...catalog, r: curl }, ["decode", "r"]],
  ["decode of a HAR", { ...catalog, r: har }, ["decode", "r"]],
  ["decode of a body", { ...catalog, r: attack }, ["decode", "r"]],
  [
    "decode of its example",
    { ...catalog, r: JSON.stringify({ code: `bad ${attack} end` }) },
    ["decode", "r"],
  ],
  ["decode of no file", catalog, ["decode", `no${attack}`]],
  ["init", { "package.json": JSON.stringify({ name: `a${attack}` }) }, ["init"]],
  ["init from a page", { "page.md": page }, ["init", "--api", "bank", "--from", "page.md"]],
  ["import", { "page.md": page }, ["import", "page.md", "--api", "bank"]],
  ["import of no file", {}, ["import", `no${attack}.md`, "--api", "bank"]],
  [
    "import of no list",
    { "list.yaml": `- ${yaml}: [\n` },
    ["import", "list.yaml", "--api", "bank"],
  ],
  ["verify", { ...catalog, "page.md": page }, ["verify", "shop", "page.md"]],
  [
    "verify of no source",
    { ...catalog, "page.md": page },
    ["verify", "shop", "page.md", "--source", attack],
  ],
  ["verify of no file", catalog, ["verify", "shop", `no${attack}`]],
  [
    "diff",
    {
      ...catalog,
      "old/catalog.yaml": smallest["catalog/catalog.yaml"]!,
      "old/shop/api.yaml": smallest["catalog/shop/api.yaml"]!,
    },
    ["diff", "old", "catalog"],
  ],
  ["diff with no revision", catalog, ["diff", attack]],
  ["a command that there is not", {}, [`check${attack}`]],
  ["an option that there is not", {}, ["check", `--${attack}`]],
];

const control =
  /[\0-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u{e0041}]/u;
/** What we print in colours. */
const own = /\u001b\[(?:1|2|22|31|32|33|39)m/g;

function expectTame({ out, err }: Ran, isColoured: boolean): void {
  for (const text of [out, err]) {
    const rest = isColoured ? text.replace(own, "") : text;
    expect(control.exec(rest)?.[0], JSON.stringify(rest)).toBe(undefined);
  }
}

const formats = ["pretty", "json", "github", "sarif"];

describe.each([
  ["without colours", { NO_COLOR: "1" }],
  ["with colours", { FORCE_COLOR: "1" }],
])("%s", (name, environment) => {
  const before = { ...process.env };
  beforeEach(() => {
    delete process.env["NO_COLOR"];
    Object.assign(process.env, environment);
  });
  afterEach(() => {
    process.env = { ...before };
  });
  const isColoured = name === "with colours";

  it.each(runs)("%s", async (_, files, args) => {
    const folder = project(files);
    const ran = await errataIn(folder, ...args);
    expect([0, 1, 2]).toContain(ran.code);
    expect(ran.out + ran.err).not.toBe("");
    expectTame(ran, isColoured);
    if (isColoured) return;
    for (const format of formats) {
      const again = await errataIn(project(files), ...args, "--format", format);
      expect([0, 1, 2]).toContain(again.code);
      expectTame(again, false);
    }
  });

  it("generate --check", async () => {
    const folder = project(catalog);
    expect((await errataIn(folder, "generate")).code).toBe(0);
    mkdirSync(join(folder, "out/src"), { recursive: true });
    const marked = `// Generated by errata from x. Do not edit.\n${attack}\n`;
    for (const path of ["out/src/shop/index.ts", "out/docs/index.md"])
      writeFileSync(join(folder, path), marked);
    for (const format of formats)
      expectTame(await errataIn(folder, "generate", "--check", "--format", format), isColoured);
  });

  it("sets off what is ours, and nothing else", async () => {
    const hostile = `\u001b[31m${paint("error", "a\u001b[0m")}\u001b[1m`;
    const ran = await inProcess(async () => {
      print(hostile);
      complain(hostile);
      printData({ [attack]: attack });
      return Promise.resolve(0);
    });
    const a = isColoured ? "\u001b[31ma\\u001b[0m\u001b[39m" : "a\\u001b[0m";
    const line = `\\u001b[31m${a}\\u001b[1m\n`;
    expect(ran.err).toBe(line);
    expect(ran.out.startsWith(line)).toBe(true);
    // JSON shows them, and says the same.
    expect(JSON.parse(ran.out.slice(line.length))).toEqual({ [attack]: attack });
  });
});
