/** Imports in generator/ point down one list of layers, and each heavy dependency has one home. */
import { readdirSync, readFileSync } from "node:fs";
import { posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const layers = `
  cli.ts
  commands/
  plugin/
  api.ts
  once.ts
  import/
  generate.ts
  emit/ output/ diff/ verify/
  checks/
  recognise/
  sections/
  resolve/
  read/
  model/
  match/ diagnostics/
  runtime/
`.trim();

const homes: Readonly<Record<string, string | readonly string[]>> = {
  ajv: "read/valid",
  chokidar: "commands/generate.ts",
  commander: ["cli.ts", "commands/"],
  "csv-parse/sync": "import/formats/csv.ts",
  diff: "verify/record.ts",
  esbuild: "plugin/",
  "github-slugger": "import/page/blocks.ts",
  hast: "import/",
  "hast-util-from-html": "import/formats/markup.ts",
  "hast-util-raw": "import/formats/markup.ts",
  mdast: ["import/formats/markup.ts", "read/markers.ts", "verify/markdown.ts"],
  "mdast-util-from-markdown": ["import/formats/markup.ts", "read/markers.ts", "verify/markdown.ts"],
  "mdast-util-frontmatter": "import/formats/markup.ts",
  "mdast-util-gfm-strikethrough": ["import/formats/markup.ts", "verify/markdown.ts"],
  "mdast-util-gfm-table": ["import/formats/markup.ts", "verify/markdown.ts"],
  "mdast-util-to-hast": "import/formats/markup.ts",
  "micromark-extension-frontmatter": "import/formats/markup.ts",
  "micromark-extension-gfm-strikethrough": ["import/formats/markup.ts", "verify/markdown.ts"],
  "micromark-extension-gfm-table": ["import/formats/markup.ts", "verify/markdown.ts"],
  "oxc-transform": "emit/typescript/compile.ts",
  parse5: "verify/html.ts",
  prettier: "import/write.ts",
  "prettier/doc": "emit/typescript/fragment.ts",
  "ts-morph": ["emit/typescript/", "import/formats/typescript.ts"],
  unplugin: "plugin/",
  vfile: "import/formats/markup.ts",
  vite: "plugin/vite.ts",
  webpack: "plugin/",
  yaml: ["read/", "import/"],
};

const root = new URL("../generator/", import.meta.url);
const files = readdirSync(fileURLToPath(root), { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(new URL(path, root), "utf8");
    const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    return { path, text, imports };
  });

function within(path: string, name: string): string {
  return posix.join(posix.dirname(path), name);
}

function layerOf(path: string): number {
  const holds = (part: string): boolean => part === path || part === `${path.split("/")[0]}/`;
  return layers.split("\n").findIndex((layer) => layer.trim().split(" ").some(holds));
}

it.each(files)("$path imports what is below it", ({ path, imports }) => {
  expect(layerOf(path), "its layer").toBeGreaterThanOrEqual(0);
  const inner = imports.filter((name) => name.startsWith("."));
  for (const name of inner.map((name) => within(path, name)))
    expect(layerOf(name.replace(/\.js$/, ".ts")), name).toBeGreaterThanOrEqual(layerOf(path));
  const ships = path.startsWith("runtime/");
  const outer = imports.filter((name) => !name.startsWith("."));
  if (ships) for (const name of inner) expect(within(path, name)).toMatch(/^runtime\//);
  for (const name of outer.filter((name) => ships || !name.startsWith("node:")))
    expect(
      [homes[name] ?? []].flat().some((home) => path.startsWith(home)),
      name,
    ).toBe(true);
});

it("reads recorded traffic with nothing that a browser lacks", () => {
  const reader = files.filter(({ path }) => path.startsWith("recognise/traffic/"));
  expect(reader.length).toBeGreaterThan(0);
  for (const { path, imports } of reader)
    for (const name of imports) expect(within(path, name), path).toMatch(/^recognise\/traffic\//);
});

it("keeps the console and the exit code to the command line", () => {
  const speaking = files.filter(({ text }) => /\bconsole\.|\bprocess\.exit/.test(text));
  // The package that is emitted has a script that speaks, and so has the code in its docs.
  const allowed = /^(cli\.ts$|commands\/|emit\/typescript\/package\.ts$|emit\/docs\/snippet\.ts$)/;
  const strangers = speaking.filter(({ path }) => !allowed.test(path));
  expect(strangers.map(({ path }) => path)).toEqual([]);
});

/** The target that a file in a folder of emit/ belongs to. */
const targetOf = (path: string): string | undefined => /^emit\/([^/]+)\//.exec(path)?.[1];

it("has emitters that are pure, and know nothing of other targets", () => {
  const found = files.flatMap(({ path, text, imports }) => {
    const target = targetOf(path);
    if (!path.startsWith("emit/")) return [];
    const others = imports
      .filter((name) => name.startsWith("."))
      .map((name) => within(path, name))
      .filter((name) => target !== undefined && (targetOf(name) ?? target) !== target);
    const outside = imports.filter((name) => /^node:(fs|child_process)/.test(name));
    // The script of the package that is emitted speaks, and the code in its docs; not their emitters.
    const code = path === "emit/typescript/package.ts" ? text.replace(/`node -e .*`/, "") : text;
    const printed = path === "emit/docs/snippet.ts" ? code.replace(/`[^`]*`/g, "") : code;
    const globals = [...printed.matchAll(/\b(?:console|process)(?=\.)/g)].map(([name]) => name);
    return [...others, ...outside, ...globals].map((what) => `${path}: ${what}`);
  });
  expect(found).toEqual([]);
});

it("has a site that knows the output only, with a library that needs neither Node nor a browser", () => {
  const site = new URL("../site/", import.meta.url);
  const paths = readdirSync(fileURLToPath(site), { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => /^(?:lib|\.vitepress\/theme)\/|^\.vitepress\/[\w-]+\.ts$/.test(path));
  const importing = paths.flatMap((path) => {
    if (!/\.(?:ts|vue)$/.test(path)) return [];
    const text = readFileSync(new URL(path, site), "utf8");
    return ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({ path, name: fileName }));
  });
  expect(importing.length).toBeGreaterThan(20);
  for (const { path, name } of importing) {
    // What is pasted is read as the command reads it.
    if (/generator\/recognise\/traffic\/\w+\.js$/.test(name)) continue;
    expect(name, path).not.toMatch(/generator|^\.\.\/\.\.\/\.\./);
    if (path.startsWith("lib/"))
      expect(name, path).toMatch(/^\.\/[a-z]+\.js$|^trading-api-errors$/);
  }
});
