/** Whole output trees, byte for byte. To accept what changed: `npx vitest run test/golden.test.ts -u`, and run it again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { filesIn, realManifest, renderAll, stories } from "./support.js";

const scratch = mkdtempSync(join(tmpdir(), "errata-golden-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Every file by its path, so that a difference is shown where it is. */
async function outputOf(manifest: string): Promise<Record<string, string>> {
  const { files, built } = await renderAll(manifest);
  return Object.fromEntries([...files, ...built].map(({ path, text }) => [path, text]));
}

/**
 * The same catalog, with the keys of every map the other way round and each section in a file of its own, the last one
 * first. This turns around the order of any two keys. What is data, not language, stays as it is.
 */
function turnedAround(manifest: string): string {
  const from = dirname(manifest);
  const to = mkdtempSync(join(scratch, "catalog-"));
  for (const api of readdirSync(from).filter((name) => statSync(join(from, name)).isDirectory())) {
    mkdirSync(join(to, api));
    let left = 999;
    for (const file of readdirSync(join(from, api)).sort())
      for (const [section, content] of read(join(from, api, file)))
        writeFileSync(
          join(to, api, `${left--}.yaml`),
          written(new Map([[section, reversed(content, [section])]])),
        );
  }
  writeFileSync(join(to, basename(manifest)), written(reversed(read(manifest), [])));
  return join(to, basename(manifest));
}

function read(file: string): Map<string, unknown> {
  return parse(readFileSync(file, "utf8"), { mapAsMap: true }) as Map<string, unknown>;
}

/** Texts in double quotes, where what cannot be seen is an escape. */
function written(value: unknown): string {
  const yaml = stringify(value, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
  return yaml.replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

function reversed(value: unknown, path: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item, i) => reversed(item, [...path, i]));
  const isData = path.at(-3) === "examples" || (path[0] === "shapes" && path.at(-2) === "examples");
  if (!(value instanceof Map) || isData) return value;
  return new Map(
    [...value].reverse().map(([key, child]) => [key, reversed(child, [...path, key])]),
  );
}

describe.each(stories)("$name", ({ manifest, expected }) => {
  it("gives the expected files and no other", async () => {
    const { files } = await renderAll(manifest);
    for (const { path, text } of files)
      await expect(text).toMatchFileSnapshot(join(expected, path));
    expect(filesIn(expected)).toEqual(files.map(({ path }) => path).sort());
  });
});

describe.each([...stories, { name: "the real catalog", manifest: realManifest }])(
  "$name",
  ({ manifest }) => {
    it("gives the same bytes again, whatever the order of keys and files", async () => {
      const output = await outputOf(manifest);
      expect(await outputOf(manifest)).toEqual(output);
      expect(await outputOf(turnedAround(manifest))).toEqual(output);
    });
  },
);
