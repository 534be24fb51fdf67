/** What a script imports from `errata`: docs/api.md runs in test/package.test.ts. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, generate } from "../generator/api.js";
import { project, smallest, tree } from "./command.js";

const api = "catalog/shop/api.yaml";
const broken = { ...smallest, [api]: smallest[api]!.replace("throttled", "throtled") };

describe("check", () => {
  it("finds nothing, and says what it read", async () => {
    const cwd = project(smallest);
    expect(await check({ cwd })).toEqual({
      ...{ ok: true, diagnostics: [] },
      documents: ["catalog/catalog.yaml", api].map((path) => join(cwd, path)),
    });
    expect(Object.keys(tree(cwd))).toEqual(Object.keys(smallest));
  });

  it("gives mistakes with their place and help, and throws nothing", async () => {
    const cwd = project(broken);
    for (const options of [
      { cwd },
      { catalog: join(cwd, "catalog") },
      { cwd, catalog: "catalog" },
    ]) {
      const { ok, diagnostics } = await check(options);
      expect([ok, diagnostics]).toEqual([
        false,
        [
          {
            ...{ id: "ref/unknown", level: "error", related: [] },
            why: expect.stringMatching(/\.$/),
            says: 'There is no category called "throtled".',
            help: 'did you mean "throttled"?',
            at: { file: join(cwd, api), line: 7, column: 15, end: { line: 7, column: 23 } },
            shown: expect.stringMatching(
              /category: throtled\n +\| +\^{8}\n {2}help: did you mean "throttled"\?$/,
            ),
          },
        ],
      ]);
    }
  });

  it.each([{}, { catalog: "nowhere" }])("has no catalog to check: %j", async (options) => {
    const { ok, diagnostics, documents } = await check({ cwd: project({}), ...options });
    expect([ok, diagnostics, documents]).toMatchObject([
      false,
      [{ id: "manifest/missing", at: null }],
      [],
    ]);
  });

  it("compares with what is committed, as the command does", async () => {
    const cwd = project(smallest);
    await generate({ cwd });
    const moved = smallest[api]!.replace("429:", "429:\n    name: slow-down").replace(
      "throttled",
      "permission",
    );
    writeFileSync(join(cwd, api), moved);
    expect((await check({ cwd })).diagnostics).toMatchObject([{ id: "match/reused" }]);
  });
});

describe("generate", () => {
  it("writes, or says what it would, and then has nothing to do", async () => {
    const cwd = project(smallest);
    const dry = await generate({ cwd, dryRun: true });
    expect(dry).toMatchObject({ ok: true, folder: join(cwd, "out"), diagnostics: [] });
    expect(Object.keys(tree(cwd))).toEqual(Object.keys(smallest));
    const { changes } = await generate({ cwd });
    expect(changes).toEqual(expect.arrayContaining([...dry.changes]));
    expect(changes).toContainEqual({ kind: "added", path: "src/shop/statuses.ts" });
    expect((await generate({ cwd })).changes).toEqual([]);
  });

  it("replaces a file of somebody else's only when told to", async () => {
    const cwd = project({ ...smallest, "out/package.json": "{}\n" });
    const { ok, folder, diagnostics } = await generate({ cwd });
    expect([ok, folder, diagnostics]).toMatchObject([false, null, [{ id: "output/foreign" }]]);
    expect(await generate({ cwd, force: true })).toMatchObject({ ok: true });
  });
});
