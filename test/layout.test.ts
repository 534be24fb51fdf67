/** One layout at every size: prettier's, and an entry more is a few lines more, however many there are already. */
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { project } from "./command.js";
import { filesIn, generated, renderAll, stories } from "./support.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";

describe("modules are as prettier would lay them out", () => {
  const folders = [generated, ...stories.map(({ expected }) => expected)];

  it.each(folders)("%s", async (folder) => {
    const modules = filesIn(folder).filter(
      (path) => /(?<!\.d)\.ts$/.test(path) && !/^(dist|node_modules)\/|runtime\//.test(path),
    );
    expect(modules.length).toBeGreaterThan(5);
    for (const path of modules) {
      const text = readFileSync(join(folder, path), "utf8");
      expect(await format(text, { parser: "babel-ts", printWidth: 100 }), path).toBe(text);
    }
  });
});

/** A plain catalog of so many errors, known by their codes. */
async function filesOf(count: number): Promise<ReadonlyMap<string, string>> {
  const errors = Array.from({ length: count }, (_, i) => i + 1).map(
    (i) =>
      `  fault-${i}: { code: ${i}, category: validation, outcome: not-executed, retry: never, summary: "Fault ${i}.", examples: [{ status: 400, body: { code: ${i} } }] }\n`,
  );
  const folder = project({
    "catalog/catalog.yaml": `package: { name: shop-errors, version: "1.0.0", description: A shop. }\noutput: ../generated\napis: [shop]\n`,
    "catalog/shop/api.yaml": `api: { title: Shop API, summary: Sells things., codes: integer }
channels: { http: { transport: http, code: /code } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
errors:
${errors.join("")}`,
  });
  const { files } = await renderAll(join(folder, "catalog/catalog.yaml"));
  return new Map(files.map(({ path, text }) => [path, text]));
}

/** How many lines one entry more adds and takes away, by file. */
async function differences(count: number): Promise<Record<string, number>> {
  const [before, after] = [await filesOf(count - 1), await filesOf(count)];
  return Object.fromEntries(
    [...after].flatMap(([path, text]) => {
      const lines = new Map<string, number>();
      const add = (all: string, by: number): void => {
        for (const line of all.split("\n")) lines.set(line, (lines.get(line) ?? 0) + by);
      };
      add(before.get(path) ?? "", -1);
      add(text, 1);
      const changed = [...lines.values()].reduce((sum, by) => sum + Math.abs(by), 0);
      return changed === 0 ? [] : [[path, changed]];
    }),
  );
}

it("an entry more is the same few lines, be it the 105th or the 3,001st", async () => {
  const few = await differences(105);
  expect(few["src/shop/decode.ts"]).toBeLessThan(40);
  expect(Object.values(few).reduce((sum, lines) => sum + lines, 0)).toBeLessThan(250);
  const many = await differences(3_001);
  // So many entries are listed on pages of their own, and few on the index; the page of the new entry has its name.
  const alike = (path: string): string =>
    path.replace(/entries(-[0-9]+)?\.md$/, "index.md").replace("fault-3001", "fault-105");
  for (const [path, lines] of Object.entries(many))
    expect(lines, path).toBeLessThanOrEqual(few[alike(path)]! + 12);
});
