/** docs/getting-started.md is what happens: its commands run in an empty project with the packed errata, and its code compiles. */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formats } from "../generator/import/formats/index.js";
import { errata, errataReading, project, tree } from "./command.js";
import { errataIn } from "./in-process.js";
import { pack, projectWith, put, run } from "./packed.js";
import { root } from "./support.js";

const text = readFileSync(join(root, "docs/getting-started.md"), "utf8");
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, block]) => block!,
  );
const commands = blocks("sh").map((block) => block.trim());

describe("the first day", () => {
  let folder: string;
  beforeAll(() => {
    folder = projectWith("first-day", pack(root), "typescript@~6.0.3", "@types/node@20");
  });

  /** A command of the page, as a shell would run it. */
  const type = (line: string): string => {
    const [program, ...args] = line.split(" ");
    // The packed errata, and no other that npx could find or fetch.
    return run(folder, program!, ...(program === "npx" ? ["--no-install"] : []), ...args);
  };

  it("takes the commands of the page, one after the other", () => {
    const [install, init, from, draft, generate, add] = commands;
    expect(install).toMatch(/^npm install --save-dev \.\/errata-[\d.]+\.tgz$/);
    expect(type(init!)).toBe(
      "Wrote catalog/catalog.yaml, catalog/shop/api.yaml.\nNext: npx errata generate.\n",
    );
    expect(() => type(from!)).toThrow(/"catalog\/catalog\.yaml" exists already/);
    put(folder, "errors.md", "# Errors\n\n| Code | Description |\n|---|---|\n| 7001 | Gone |\n");
    expect(type(draft!)).toContain("Drafted 1 status, 1 error.");
    expect(type(generate!)).toMatch(/^shop-errors\/: \d+ added of \d+ files\.\n$/);
    expect(add).toBe("npm install ./shop-errors");
    run(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "./shop-errors");
  });

  it("has docs, in pages of one's own as well", () => {
    put(folder, "ERRORS.md", blocks("md")[0]!);
    const manifest = join(folder, "catalog/catalog.yaml");
    appendFileSync(manifest, blocks("yaml")[0]!);
    type("npx errata generate");
    const page = readFileSync(join(folder, "ERRORS.md"), "utf8");
    const shown = "[Name taken](https://docs.shop.example/errors/shop/errors/name-taken)";
    expect(page).toContain(`| \`name_taken\` | ${shown} | Not executed | No. |`);
    expect(page.replace(/(?<=errors -->\n)[^]*(?=<!-- \/errata)/, "")).toBe(blocks("md")[0]!);
    const files = Object.keys(tree(join(folder, "shop-errors")));
    const named = text.match(/(?<=`)(?:docs\/nav|openapi|problems)\/[\w.]*/g)!;
    expect(named).toEqual(["docs/nav/", "openapi/shop.json", "problems/shop.json"]);
    for (const path of named)
      expect(
        files.some((file) => file.startsWith(path)),
        path,
      ).toBe(true);
    const problems = readFileSync(join(folder, "shop-errors/src/shop/problems.ts"), "utf8");
    expect(problems).toContain("export const shopProblems:");
    const open = readFileSync(join(folder, "shop-errors/openapi/shop.json"), "utf8");
    expect(
      Object.keys((JSON.parse(open) as { components: { responses: object } }).components.responses),
    ).toContain("409");
    for (const name of ["shop.statuses", "shop.errors.name-taken"]) expect(text).toContain(name);
    expect(type("npx errata generate --check")).toMatch(/is up to date/);
  });

  it("makes dist/ again, which a fresh clone does not have", () => {
    const dist = join(folder, "shop-errors/dist");
    rmSync(dist, { recursive: true });
    expect(text).toContain("`npx errata generate --check`");
    expect(type("npx errata generate --check")).toMatch(/^shop-errors\/ is up to date/);
    expect(existsSync(dist)).toBe(false);
    type("npx errata generate");
    expect(existsSync(join(dist, "index.js"))).toBe(true);
  });

  it("ends with the code of the page, which compiles and does what it says", () => {
    put(folder, "explain.ts", blocks("ts")[0]!);
    const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
    run(
      folder,
      process.execPath,
      join("node_modules", "typescript/bin/tsc"),
      ...options,
      "--types",
      "node",
      "explain.ts",
    );
    put(
      folder,
      "try.js",
      `import { explain } from "./explain.js";
const json = (status, body, headers) => explain(new Response(JSON.stringify(body), { status, headers }));
console.log(await json(200, { id: "7" }));
console.log(await json(409, { code: "name_taken", message: "The name is taken." }));
console.log(await json(422, { code: "invalid_field", message: "The field size is invalid." }));
console.log(await json(429, {}, { "retry-after": "3" }));
console.log(await json(500, {}));
`,
    );
    expect(run(folder, process.execPath, "try.js").split("\n")).toEqual([
      "done: executed",
      "Choose another name.",
      "Correct size.",
      "Send it again after 3000 ms.",
      "reconcile",
      "",
    ]);
  });
});

it("shows what is found, decoded and told of a mistake", async () => {
  const [lookUps, mistake] = blocks("text") as [string, string];
  const [list, explain, decode] = lookUps.trim().split("\n") as [string, string, string];
  const folder = project({});
  expect((await errataIn(folder, "init", "--api", "shop")).code).toBe(0);
  const words = (line: string): string[] =>
    [...line.replace("npx errata ", "").matchAll(/"([^"]*)"|\S+/g)].map(
      ([all, quoted]) => quoted ?? all,
    );
  expect((await errataIn(folder, ...words(list))).out).toContain("shop.too-many-requests");
  expect((await errataIn(folder, ...words(explain))).out).toContain("shop.name-taken  Name taken");
  const [, curl, command] = /^(curl -si .+) \| (npx errata decode .+)$/.exec(decode)!;
  expect(curl).toMatch(/ -d /);
  const answer = 'HTTP/2 409 \r\n\r\n{"code":"name_taken"}';
  const decoded = await errataReading(answer, folder, ...words(command!));
  expect([decoded.code, decoded.out]).toEqual([0, expect.stringContaining("shop.name-taken")]);
  const path = join(folder, "catalog/shop/api.yaml");
  const text = readFileSync(path, "utf8");
  put(folder, "catalog/shop/api.yaml", text.replace("summary: Creates", "sumary: Creates"));
  const [told] = (await errataIn(folder, "check")).err.split("\n1 problem found.");
  expect(told).toBe(mistake);
});

it("drafts from an OpenAPI document, asks nothing where nobody can answer, and takes all from flags", async () => {
  const folder = project({});
  cpSync(join(root, "test/fixtures/import/openapi.yaml"), join(folder, "openapi.yaml"));
  const flags = ["--from", "openapi.yaml", "--api", "orchard", "--package", "@acme/orchard-errors"];
  const ran = await errata(
    folder,
    "init",
    ...flags,
    "--output",
    "../src/errors",
    "--emit",
    "source",
  );
  expect([ran.code, ran.err]).toEqual([0, ""]);
  expect(tree(folder)["catalog/catalog.yaml"]).toBe(`package:
  name: "@acme/orchard-errors"
  version: 0.1.0
  description: What the API orchard can answer.
output: ../src/errors
apis:
  - orchard
options:
  emit: source
`);
  const generated = await errata(folder, "generate");
  expect([generated.code, generated.err]).toEqual([0, ""]);
  expect(tree(folder)["src/errors/orchard/errors.ts"]).toContain('FrozenGround: "frozen_ground"');
});

it("names the project's package, or its folder, where no flag does", async () => {
  const folder = project({ "package.json": '{ "name": "@acme/Web_Shop" }' });
  expect((await errata(folder, "init")).code).toBe(0);
  expect(Object.keys(tree(folder))).toContain("catalog/web-shop/api.yaml");
  expect(await errata(folder, "check")).toMatchObject({ code: 0, err: "" });
});

it("replaces no catalog without --force", async () => {
  const files = { "catalog/catalog.yaml": "# mine\n" };
  const folder = project(files);
  for (const more of [[], ["--from", "nothing.yaml"]]) {
    const { code, err } = await errata(folder, "init", "--api", "shop", ...more);
    expect([code, err]).toEqual([2, expect.stringContaining("draft/in-the-way")]);
  }
  expect(tree(folder)).toEqual(files);
  expect((await errata(folder, "init", "--api", "shop", "--force")).code).toBe(0);
  expect(tree(folder)["catalog/catalog.yaml"]).toContain("apis:\n  - shop\n");
});

it("offers with --as the formats that there are", async () => {
  const { out } = await errata(project({}), "import", "--help");
  for (const { name } of formats) expect(out).toContain(`"${name}"`);
  expect(out.match(/choices: (.*?)\)/s)![1]!.split(",")).toHaveLength(formats.length);
});
