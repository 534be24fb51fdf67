/** The emitted pages hold together: links lead somewhere, every entry has one anchor, tables are rectangular. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
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
    links: inline.flatMap((token) =>
      token.type === "link_open" ? [String(token.attrGet("href"))] : [],
    ),
  };
}

/** Every link within the package leads to something in it. Returns how many there were. */
function checkLinks(pages: readonly Page[], isThere: (path: string) => boolean): number {
  const anchors = new Map(pages.map((page) => [page.path, new Set(page.anchors)]));
  let checked = 0;
  for (const { path, links } of pages)
    for (const link of links.filter((href) => !/^https?:/.test(href))) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : posix.join(posix.dirname(path), decodeURI(file));
      expect(isThere(target), `${path}: ${link}`).toBe(true);
      expect(target, `${path}: ${link}`).not.toMatch(/^\.\./);
      if (anchor !== undefined)
        expect(anchors.get(target)?.has(anchor), `${path}: ${link}`).toBe(true);
      checked++;
    }
  return checked;
}

function checkAnchors(pages: readonly Page[], apis: readonly Api[]): void {
  for (const { path, anchors } of pages) expect(new Set(anchors).size, path).toBe(anchors.length);
  const all = pages.flatMap(({ anchors }) => anchors);
  const entries = new Set(
    apis.flatMap(({ entries }) => entries.map(({ id }) => id.replace(".", "-"))),
  );
  expect(all.filter((anchor) => entries.has(anchor)).sort()).toEqual([...entries].sort());
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

  it("are an index, and for each API a reference, what to do next and open questions", () => {
    const perApi = apis.flatMap(({ id }) =>
      ["index", "questions", "retries"].map((page) => `docs/${id}/${page}.md`),
    );
    const wanted = [
      "README.md",
      "docs/index.md",
      "docs/llms.txt",
      "docs/retries.md",
      "docs/sessions.md",
      ...perApi,
    ];
    expect(pages.map(({ path }) => path).sort()).toEqual(wanted.sort());
  });

  it("link only to files and anchors that exist", () => {
    const isThere = (path: string): boolean => existsSync(join(expected, path));
    expect(checkLinks(pages, isThere)).toBeGreaterThan(10);
  });

  it("have one anchor for each entry and each retry rule they show", () => {
    checkAnchors(pages, apis);
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
      expect(parse(front!).title).toBe(`${title}: errors`);
    }
  });
});

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

describe("the pages of an API with 2,000 entries", async () => {
  const manifest = writeCatalog(large(2_000), join(project({}), "catalog"));
  const { catalog, plans } = await loadChecked(manifest);
  const symbols = plans.find((plan) => plan.symbols !== null)!.symbols!;
  const { apis: stale } = catalog;
  const shared = { catalog, stale, symbols, runtime: new Map(), manifest: "", packed: [] };
  const files = [...(await docs.plan(catalog, new DiagnosticLog()).emit(shared))];
  const pages = files
    .filter(({ path }) => path.endsWith(".md"))
    .map(({ path, text }) => readPage(path, text));

  it("have a size that a person can use, and none is next to empty", () => {
    const sizes = files.map(({ path, text }) => [path, Buffer.byteLength(text)] as const);
    expect(sizes.filter(([, size]) => size > 200_000)).toEqual([]);
    const full = sizes.filter(([path]) => /errors/.test(path)).slice(0, -1);
    expect(full.length).toBeGreaterThan(5);
    expect(full.filter(([, size]) => size < 50_000)).toEqual([]);
  });

  it("leave room for more entries where they are not shown themselves", () => {
    for (const name of ["index", "shop/index", "shop/questions", "shop/retries"]) {
      const { text } = files.find(({ path }) => path === `docs/${name}.md`)!;
      expect(text.length, name).toBeLessThan(8_000);
    }
  });

  it("link only to pages and anchors that exist", () => {
    const paths = new Set(files.map(({ path }) => path));
    expect(checkLinks(pages, (path) => paths.has(path))).toBeGreaterThan(8_000);
  });

  it("have one anchor for each entry", () => {
    checkAnchors(pages, catalog.apis);
  });

  it("count every entry and every question where they do not show them", () => {
    const sumOf = (name: string, column: number): number => {
      const { text } = files.find(({ path }) => path === `docs/shop/${name}.md`)!;
      const rows = [...text.matchAll(/^\| \[.*\]\(.*\.md\) \|.*$/gm)];
      return rows.reduce(
        (sum, [row]) => sum + Number(row.split(" | ")[column]!.replace(" |", "")),
        0,
      );
    };
    expect(sumOf("index", 1)).toBe(2_001);
    expect(sumOf("questions", 1)).toBe(2_000);
    expect(sumOf("questions", 2)).toBe(2_000);
  });
});
