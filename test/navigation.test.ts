/** The sidebars of the tools that publish docs: in the form that each takes, with every page once. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { DefaultTheme } from "vitepress";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { project } from "./command.js";
import { generated, realManifest, renderAll, root, stories } from "./support.js";

const all = "docs: { navigation: [vitepress, docusaurus, mintlify, fern] }\n";

/** The files of a story that asks for every tool. */
async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const { manifest } = stories.find((story) => story.name === name)!;
  const copy = join(project(new URL(`file://${dirname(manifest)}/`)), "catalog.yaml");
  writeFileSync(copy, `${readFileSync(copy, "utf8")}\n${all}`);
  const { files } = await renderAll(copy);
  return new Map(files.map(({ path, text }) => [path, text]));
}

type Json = { readonly [key: string]: unknown };

/** What is below a key, all the way down. A page has no such key. */
function flat(items: readonly unknown[], below: string): readonly unknown[] {
  return items.flatMap((item) => {
    const inner = (item as Json)[below] as readonly unknown[] | undefined;
    return inner === undefined ? [item] : flat(inner, below);
  });
}

function keysOf(items: readonly unknown[], below: string): ReadonlySet<string> {
  const keys = items.flatMap((item): string[] =>
    typeof item === "string"
      ? []
      : [
          Object.keys(item as Json).join(),
          ...keysOf(((item as Json)[below] ?? []) as readonly unknown[], below),
        ],
  );
  return new Set(keys);
}

describe.each(["the three APIs", "hostile", "vocabularies"])("the sidebars of %s", async (name) => {
  const files = name === "the three APIs" ? await real() : await filesOf(name);
  const pages = [...files.keys()]
    .filter((path) => /^docs\/.*\.md$/.test(path))
    .map((path) => path.slice(5))
    .sort();
  const slugs = pages.map((path) => path.replace(/\.md$/, "")).sort();
  const read = (file: string): Json => parse(files.get(`docs/nav/${file}`)!) as Json;

  it("of VitePress have links from the root of the docs, and texts that are no HTML", () => {
    const { sidebar } = read("vitepress.json") as { sidebar: DefaultTheme.SidebarItem[] };
    const links = flat(sidebar, "items").map((item) => (item as DefaultTheme.SidebarItem).link!);
    expect(
      links.map((link) => `${link.slice(1)}${link.endsWith("/") ? "index" : ""}`).sort(),
    ).toEqual(slugs);
    expect(keysOf(sidebar, "items")).toEqual(new Set(["text,link", "text,collapsed,items"]));
    expect(files.get("docs/nav/vitepress.json")).not.toMatch(/"text": "[^"]*</);
  });

  it("of Docusaurus have the ids of docs in categories with labels", () => {
    const { errors } = read("docusaurus.json")["sidebars"] as { errors: Json[] };
    const docs = flat(errors, "items") as Json[];
    expect(docs.map(({ id }) => String(id)).sort()).toEqual(slugs);
    expect(keysOf(errors, "items")).toEqual(new Set(["type,id,label", "type,label,items"]));
    expect(new Set(docs.map(({ type }) => type))).toEqual(new Set(["doc"]));
  });

  it("of Mintlify have pages in groups", () => {
    const { groups } = read("mintlify.json")["navigation"] as { groups: Json[] };
    expect(flat(groups, "pages").map(String).sort()).toEqual(slugs);
    expect(keysOf(groups, "pages")).toEqual(new Set(["group,pages"]));
  });

  it("of Fern have the paths of pages in sections", () => {
    const { navigation } = read("fern.yml") as { navigation: Json[] };
    const paths = flat(navigation, "contents").map((page) => String((page as Json)["path"]));
    expect(paths.sort()).toEqual(pages);
    expect(keysOf(navigation, "contents")).toEqual(new Set(["page,path", "section,contents"]));
  });
});

async function real(): Promise<ReadonlyMap<string, string>> {
  const { files } = await renderAll(realManifest);
  return new Map(files.map(({ path, text }) => [path, text]));
}

it("that of VitePress has the type of its sidebar", () => {
  const { sidebar } = JSON.parse(
    readFileSync(join(generated, "docs/nav/vitepress.json"), "utf8"),
  ) as Json;
  const problems = (value: unknown): readonly string[] => {
    const file = join(root, "test/sidebar.ts");
    const text = `import type { DefaultTheme } from "vitepress";\nexport const sidebar: DefaultTheme.SidebarItem[] = ${JSON.stringify(value)};\n`;
    const options: ts.CompilerOptions = {
      ...{
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
      },
      ...{ strict: true, skipLibCheck: true, noEmit: true, types: [] },
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (path, ...rest) =>
      path === file
        ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022)
        : getSourceFile(path, ...rest);
    const program = ts.createProgram([file], options, host);
    return program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  };
  expect(problems(sidebar)).toEqual([]);
  expect(problems([{ text: 7 }])).toHaveLength(1);
});

it("are there for the tools that a manifest names, and for no other", async () => {
  const { files } = await renderAll(stories.find(({ name }) => name === "vocabularies")!.manifest);
  expect(files.filter(({ path }) => path.startsWith("docs/nav/"))).toEqual([]);
});
