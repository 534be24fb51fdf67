/** The emitted pages hold together: links lead somewhere, every entry has one anchor, tables are rectangular. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import MarkdownIt from "markdown-it";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Api } from "../generator/sections/catalog.js";
import { filesIn, generated, load, realManifest, stories } from "./support.js";

interface Page {
  /** Relative to the output folder. */
  readonly path: string;
  readonly front: string | null;
  readonly body: string;
  readonly anchors: readonly string[];
  readonly links: readonly string[];
}

const markdown = new MarkdownIt({ html: true });

function readPage(folder: string, path: string): Page {
  const text = readFileSync(join(folder, path), "utf8");
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

const packages = [
  { name: "generated", manifest: realManifest, expected: generated },
  ...stories.filter(({ name }) => name !== "emit-source"),
];

describe.each(packages)("the pages of $name", ({ manifest, expected }) => {
  const pages = filesIn(expected)
    .filter((path) => /^(README\.md|docs\/.*\.(md|txt))$/.test(path))
    .map((path) => readPage(expected, path));
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
    let checked = 0;
    for (const { path, links } of pages)
      for (const link of links.filter((href) => !/^https?:/.test(href))) {
        const [file = "", anchor] = link.split("#");
        const target = file === "" ? path : join(dirname(path), decodeURI(file));
        expect(existsSync(join(expected, target)), `${path}: ${link}`).toBe(true);
        expect(relative(expected, join(expected, target)), `${path}: ${link}`).not.toMatch(/^\.\./);
        if (anchor !== undefined)
          expect(pages.find((page) => page.path === target)?.anchors, path).toContain(anchor);
        checked++;
      }
    expect(checked).toBeGreaterThan(10);
  });

  it("have one anchor for each entry and each retry rule they show", () => {
    for (const { path, anchors } of pages) expect(new Set(anchors).size, path).toBe(anchors.length);
    const all = pages.flatMap(({ anchors }) => anchors);
    for (const { id } of apis.flatMap(({ entries }) => entries))
      expect(
        all.filter((anchor) => anchor === id.replace(".", "-")),
        id,
      ).toHaveLength(1);
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
