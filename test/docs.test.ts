/** The emitted pages hold together: links lead somewhere, every entry has one page, tables are rectangular, pictures are sound. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { NodeTypes, parse as parseXml, type TemplateChildNode } from "@vue/compiler-dom";
import MarkdownIt from "markdown-it";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Api } from "../generator/sections/catalog.js";
import { docs } from "../generator/emit/docs/index.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { entries, yaml } from "./bench/synthetic.js";
import { writeCatalog } from "./case-file.js";
import { project } from "./command.js";
import { filesIn, generated, load, loadChecked, realManifest, stories } from "./support.js";

interface Page {
  /** Relative to the output folder. */
  readonly path: string;
  readonly front: string | null;
  readonly body: string;
  readonly anchors: readonly string[];
  readonly links: readonly string[];
}

const markdown = new MarkdownIt({ html: true });

function readPage(path: string, text: string): Page {
  const [, front = null, body = text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  const inline = markdown.parse(body, {}).flatMap(({ children }) => children ?? []);
  return {
    path,
    front,
    body,
    anchors: inline.flatMap(({ type, content }) =>
      type === "html_inline" ? (/^<a id="(.*)">$/.exec(content)?.slice(1) ?? []) : [],
    ),
    links: inline.flatMap((token) => {
      if (token.type === "image") return [String(token.attrGet("src"))];
      return token.type === "link_open" ? [String(token.attrGet("href"))] : [];
    }),
  };
}

/** The file, and the anchor in it, that a link within the package leads to; `null` for one that leads out of it. */
function targetOf({ path }: Page, link: string): readonly [file: string, anchor?: string] | null {
  if (/^https?:/.test(link)) return null;
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? path : posix.join(posix.dirname(path), decodeURI(file));
  return anchor === undefined ? [target] : [target, anchor];
}

/** Every link within the package leads to something in it. Returns how many there were. */
function checkLinks(pages: readonly Page[], isThere: (path: string) => boolean): number {
  const anchors = new Map(pages.map((page) => [page.path, new Set(page.anchors)]));
  let checked = 0;
  for (const page of pages)
    for (const link of page.links) {
      const target = targetOf(page, link);
      if (target === null) continue;
      const [file, anchor] = target;
      expect(isThere(file), `${page.path}: ${link}`).toBe(true);
      expect(file, `${page.path}: ${link}`).not.toMatch(/^\.\./);
      if (anchor !== undefined)
        expect(anchors.get(file)?.has(anchor), `${page.path}: ${link}`).toBe(true);
      checked++;
    }
  return checked;
}

/** The page that says the id of an entry under its heading is that entry's, and there is one for each. */
function checkEntries(pages: readonly Page[], apis: readonly Api[]): void {
  for (const { path, anchors } of pages) expect(new Set(anchors).size, path).toBe(anchors.length);
  const documented = pages.flatMap(({ path, body }) => {
    const [, id] = /^\n# .*\n\n\[.*\]\(\.\.\/index\.md\), \w+ `([^`]+)`/.exec(body) ?? [];
    return id === undefined ? [] : [`${id} ${path}`];
  });
  const entries = apis.flatMap(({ id: api, entries }) =>
    entries.map(({ id, name, family }) => `${id} docs/${api}/${family.key}/${name}.md`),
  );
  expect(documented.sort()).toEqual(entries.sort());
}

/** How many links lead from the index to each page. */
function clicksTo(pages: readonly Page[]): ReadonlyMap<string, number> {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const clicks = new Map([["docs/index.md", 0]]);
  for (const [path, count] of clicks) {
    const page = byPath.get(path);
    for (const link of page?.links ?? []) {
      const file = targetOf(page!, link)?.[0];
      if (file !== undefined && !clicks.has(file)) clicks.set(file, count + 1);
    }
  }
  return clicks;
}

function checkClicks(pages: readonly Page[], apis: readonly Api[]): void {
  const clicks = clicksTo(pages);
  for (const { id, entries } of apis)
    for (const { name, family } of entries)
      expect(clicks.get(`docs/${id}/${family.key}/${name}.md`), name).toBeLessThanOrEqual(2);
}

const packages = [
  { name: "generated", manifest: realManifest, expected: generated },
  ...stories.filter(({ name }) => name !== "emit-source"),
];

describe.each(packages)("the pages of $name", ({ manifest, expected }) => {
  const pages = filesIn(expected)
    .filter((path) => /^(README\.md|docs\/.*\.(md|txt))$/.test(path))
    .map((path) => readPage(path, readFileSync(join(expected, path), "utf8")));
  let apis: readonly Api[];
  beforeAll(async () => {
    ({ apis } = await load(manifest));
  });

  it("are those of the catalog, those of each API, and one of each entry", () => {
    const perApi = apis.flatMap(({ id, entries }) => [
      ...["index", "limits", "questions", "reference", "retries"].map((page) => `${id}/${page}.md`),
      ...entries.map(({ family, name }) => `${id}/${family.key}/${name}.md`),
    ]);
    const ofAll = ["index.md", "compare.md", "glossary.md", "retries.md", "sessions.md"];
    const wanted = [...ofAll, "llms.txt", "llms-full.txt", ...perApi].map((path) => `docs/${path}`);
    expect(pages.map(({ path }) => path).sort()).toEqual(["README.md", ...wanted].sort());
  });

  it("link only to files and anchors that exist", () => {
    const isThere = (path: string): boolean => existsSync(join(expected, path));
    expect(checkLinks(pages, isThere)).toBeGreaterThan(10);
  });

  it("document each entry once, two clicks from the index at the most", () => {
    checkEntries(pages, apis);
    checkClicks(pages, apis);
  });

  it("have as many cells in every row of a table as in its head", () => {
    let rows = 0;
    for (const { path, body } of pages) {
      const lines = body.split("\n");
      for (const { type, map } of markdown.parse(body, {}))
        if (type === "table_open") {
          // markdown-it itself pads and cuts rows; every pipe that is not escaped ends a cell.
          const [head, ...others] = lines
            .slice(...map!)
            .map((row) => row.split(/(?<!\\)\|/).length);
          for (const cells of others) expect(cells, path).toBe(head);
          rows += others.length;
        }
    }
    expect(rows).toBeGreaterThan(0);
  });

  it("have front matter that is YAML with a title and a description", () => {
    for (const { path, front } of pages.filter(({ path }) => /^docs\/.*\.md$/.test(path))) {
      const { title, description, ...others } = parse(front!);
      expect([typeof title, typeof description, others], path).toEqual(["string", "string", {}]);
      expect(title.length * description.length, path).toBeGreaterThan(0);
    }
  });

  it("have the titles of the APIs in their front matter, letter by letter", () => {
    for (const { id, title } of apis) {
      const { front } = pages.find(({ path }) => path === `docs/${id}/index.md`)!;
      // A word joiner keeps `</script` from ending a script that a site copies it into.
      expect(parse(front!).title.replaceAll("\u2060", "")).toBe(title);
    }
  });

  it("have pictures that are SVG for a phone, in light and in dark, with a text for those who do not see", () => {
    const pictures = filesIn(expected).filter((path) => path.endsWith(".svg"));
    expect(pictures.length).toBeGreaterThan(0);
    for (const path of pictures) {
      const svg = readFileSync(join(expected, path), "utf8");
      const tags = tagsOf(svg, path);
      expect(tags.slice(0, 5), path).toEqual(["svg", "title", "desc", "style", "rect"]);
      for (const tag of tags)
        expect(["svg", "title", "desc", "style", "rect", "text", "path", "circle"]).toContain(tag);
      expect(svg).toContain('viewBox="0 0 360 ');
      expect(svg).toContain("prefers-color-scheme: dark");
      expect(svg).toMatch(/<title id="t">[^<]+<\/title>\n<desc id="d">[^<]+<\/desc>/);
    }
    const shown = pages.flatMap((page) =>
      page.links.flatMap((link) => targetOf(page, link)?.[0] ?? []),
    );
    expect(pictures.filter((path) => !shown.includes(path))).toEqual([]);
  });
});

/** The tags of a picture, in their order. What is no well-formed XML fails. */
function tagsOf(svg: string, path: string): readonly string[] {
  const tags: string[] = [];
  const read = (node: TemplateChildNode): void => {
    if (node.type === NodeTypes.ELEMENT) {
      tags.push(node.tag);
      // Directives and handlers are no attributes of a picture.
      for (const { type, name } of node.props)
        expect([type, name.startsWith("on")], path).toEqual([NodeTypes.ATTRIBUTE, false]);
      node.children.forEach(read);
    } else expect([NodeTypes.TEXT, NodeTypes.COMMENT], path).toContain(node.type);
  };
  const { children } = parseXml(svg, {
    parseMode: "base",
    // Nothing that a text of a catalog may have in it: no interpolation is wanted.
    delimiters: ["\0", "\0"],
    onError: (error) => expect.fail(`${path}: ${error.message}`),
  });
  children.forEach(read);
  return tags;
}

/** Each entry is sent again and leaves something open, so that every page that speaks of entries grows with them. */
const large = (
  count: number,
): string => `api: { title: Shop API, summary: Sells things., codes: string }
channels:
  http: { transport: http, code: /code, message: /message }
retry:
  again: { verdict: retry, summary: Send it again., delay: [{ fixed: 1s }], max-attempts: 4 }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
errors:
${entries(count)
  .map((entry) => yaml({ ...entry, retry: "again" }))
  .map((entry) => `${entry}    undocumented: [status]\n    questions: [What comes after it?]\n`)
  .map((entry, i) =>
    i === 0
      ? entry
      : `${entry}    deprecated: { since: "2", reason: Renamed., use: order-rejected-0 }\n`,
  )
  .join("")}`;

describe("the pages of an API with 3,000 entries", async () => {
  const manifest = writeCatalog(large(3_000), join(project({}), "catalog"));
  const { catalog, plans } = await loadChecked(manifest);
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { apis: stale } = catalog;
  const shared = { catalog, stale, symbols, runtime: new Map(), manifest: "", packed: [] };
  const files = [...(await docs.plan(catalog, new DiagnosticLog()).emit(shared))];
  const pages = files
    .filter(({ path }) => path.endsWith(".md"))
    .map(({ path, text }) => readPage(path, text));

  it("have a size that a person can use, and are one for each entry and a few more", () => {
    const sizes = pages.map(({ path, body }) => [path, Buffer.byteLength(body)] as const);
    expect(sizes.filter(([, size]) => size > 200_000)).toEqual([]);
    expect(pages.length).toBeLessThan(3_030);
  });

  it("leave room for more entries where they are not shown themselves", () => {
    for (const name of ["index", "compare", "shop/index", "shop/retries"]) {
      const { text } = files.find(({ path }) => path === `docs/${name}.md`)!;
      expect(text.length, name).toBeLessThan(8_000);
    }
  });

  it("link only to pages and anchors that exist", () => {
    const paths = new Set(files.map(({ path }) => path));
    const isThere = (path: string): boolean => paths.has(path) || path === "catalog.json";
    expect(checkLinks(pages, isThere)).toBeGreaterThan(12_000);
  });

  it("document each entry once, two clicks from the index at the most", () => {
    checkEntries(pages, catalog.apis);
    checkClicks(pages, catalog.apis);
  });

  it("ask a question once, and name all that it is about", () => {
    const open = pages.filter(({ path }) => path.startsWith("docs/shop/questions"));
    const text = open.map(({ body }) => body).join("\n");
    expect(text.match(/What comes after it\?/g)).toHaveLength(1);
    expect(new Set(text.match(/errors\/[\w-]+\.md/g)).size).toBe(3_000);
  });
});
