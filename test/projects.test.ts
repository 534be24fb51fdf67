/** errata in the projects of others: where a manifest is found, and where output may go. */
import { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errata, project, smallest } from "./command.js";

const manifest = smallest["catalog/catalog.yaml"]!;
/** Sources alone, which are written faster. */
const sources = `${manifest}options: { emit: source }\n`;
const shop = smallest["catalog/shop/api.yaml"]!;

/** A monorepo, whose package app has a catalog that generates into another package. */
const monorepo = {
  "package.json": '{ "private": true, "workspaces": ["packages/*"] }',
  "packages/app/package.json": '{ "name": "app" }',
  "packages/app/catalog/catalog.yaml": sources.replace("../out", "../../../errors"),
  "packages/app/catalog/shop/api.yaml": shop,
  "packages/app/src/index.ts": "export {};\n",
};

describe.concurrent("the output", () => {
  it.concurrent.each([
    ["a workspace of npm", monorepo],
    ["a workspace of pnpm", { ...monorepo, "package.json": "{}", "pnpm-workspace.yaml": "" }],
    ["a repository", { ...monorepo, "package.json": "{}", ".git/HEAD": "" }],
  ])("may be anywhere in %s, from wherever errata is started", async (_, files) => {
    const root = project(files);
    const ran = await errata(join(root, "packages/app"), "generate");
    expect([ran.code, ran.err]).toEqual([0, ""]);
    expect(existsSync(join(root, "errors/index.ts"))).toBe(true);
    expect(await errata(join(root, "packages/app/src"), "generate", "--check")).toMatchObject({
      code: 0,
    });
  });

  it("may not leave it, and the help names it", async () => {
    const path = "packages/app/catalog/catalog.yaml";
    const text = manifest.replace("../out", "../../../../errors");
    const root = project({
      "in/.git/HEAD": "",
      [`in/${path}`]: text,
      "in/packages/app/catalog/shop/api.yaml": shop,
    });
    const ran = await errata(join(root, "in/packages/app"), "generate");
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("output/misplaced")]);
    expect(ran.err).toContain("help: choose a folder in the repository (../..)");
    expect(existsSync(join(root, "errors"))).toBe(false);
  });

  it("does not follow a link out of it", async () => {
    const outside = project({ "mine.txt": "mine" });
    const linked = project({ ".git/HEAD": "", ...smallest });
    symlinkSync(outside, join(linked, "out"));
    const refused = await errata(linked, "generate");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("output/misplaced")]);
    expect(existsSync(join(outside, "package.json"))).toBe(false);
  });

  const source = "options: { emit: source }\n";

  it.each([
    [
      "is not that of another catalog, unless forced",
      "kiosk-errors",
      "",
      "../../out",
      "holds what",
    ],
    ["is not that of a copy of the catalog", "shop-errors", "", "../../out", "holds what"],
    ["is not that of another source tree", "kiosk-errors", source, "../../out", "holds what"],
    ["is not inside that of another", "kiosk-errors", "", "../../out/src", "is inside out, which"],
  ])("%s", async (_, name, options, output, says) => {
    const kiosk = manifest.replace("shop-errors", name).replace("../out", output) + options;
    const root = project({
      ...smallest,
      "catalog/catalog.yaml": manifest + options,
      "kiosk/catalog/catalog.yaml": kiosk,
      "kiosk/catalog/shop/api.yaml": shop,
    });
    expect((await errata(root, "generate")).code).toBe(0);
    const other = ["generate", "--catalog", "kiosk/catalog"];
    const refused = await errata(root, ...other);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("output/taken")]);
    expect(refused.err).toContain(`${says} catalog/catalog.yaml generates`);
    expect((await errata(root, "generate", "--check")).code).toBe(0);
    expect((await errata(root, ...other, "--force")).code).toBe(0);
  });

  it("is called . where errata is started in it", async () => {
    const root = project(smallest);
    expect((await errata(root, "generate")).code).toBe(0);
    const again = await errata(join(root, "out"), "generate", "--catalog", "../catalog");
    expect(again.out).toMatch(/^\.\/ is up to date: \d+ files\.\n$/);
  });

  it("stays the catalog's own when its package or the catalog itself is renamed", async () => {
    const root = project(smallest);
    expect((await errata(root, "generate")).code).toBe(0);
    renameSync(join(root, "catalog"), join(root, "errors"));
    const renamed = manifest.replace("shop-errors", "stall-errors");
    const args = ["generate", "--catalog", "errors"];
    expect((await errata(root, ...args)).code).toBe(0);
    writeFileSync(join(root, "errors/catalog.yaml"), renamed);
    expect((await errata(root, ...args)).code).toBe(0);
  });
});

describe.concurrent("the manifest", () => {
  it.concurrent.each([
    ["in a folder above", smallest, "src/deep", []],
    ["from within the catalog", smallest, "catalog/shop", []],
    [
      "with the other ending",
      { ".git/HEAD": "", "catalog/catalog.yml": manifest, "catalog/shop/api.yaml": shop },
      ".",
      [],
    ],
    [
      "by its folder",
      { "a/catalog.yaml": manifest, "a/shop/api.yaml": shop },
      ".",
      ["--catalog", "a"],
    ],
    ["by the folder around it", smallest, "src", ["--catalog", ".."]],
  ])("is found %s", async (_, files, from, args) => {
    const root = project({ ".git/HEAD": "", ...files });
    mkdirSync(join(root, from), { recursive: true });
    const ran = await errata(join(root, from), "check", ...args);
    expect(ran).toEqual({ code: 0, out: "1 API, 2 entries: no problems.\n", err: "" });
  });

  it("is not looked for outside of the repository, and the diagnostic says where it was", async () => {
    const root = project({ ...smallest, "inner/.git/HEAD": "", "inner/src/index.ts": "" });
    const ran = await errata(join(root, "inner/src"), "check");
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("manifest/missing")]);
    expect(ran.err).toContain(
      "There is no catalog/catalog.yaml here or in a folder above, up to ..",
    );
  });

  it("is not a file of an API", async () => {
    const ran = await errata(project(smallest), "check", "--catalog", "catalog/shop/api.yaml");
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("manifest/api-file")]);
    expect(ran.err).toContain("1 problem found");
  });

  it("may stand in the root of a project, beside YAML of other kinds", async () => {
    const root = project({
      "package.json": "{}",
      "catalog.yaml": manifest.replace("../out", "out"),
      "compose.yaml": "services: {}\n",
      "deploy/app.yaml": "kind: Deployment\n",
      "shop/api.yaml": shop,
    });
    const ran = await errata(root, "check", "--catalog", ".");
    expect([ran.code, ran.err]).toEqual([0, ""]);
  });

  it("may have another beside it, that lists other folders or the same ones", async () => {
    const root = project({
      "catalog/catalog.yaml": manifest,
      "catalog/source.yaml": manifest.replace("../out", "../src/errors"),
      "catalog/kiosk.yaml": manifest.replace("[shop]", "[kiosk]"),
      "catalog/shop/api.yaml": shop,
      "catalog/kiosk/api.yaml": shop,
    });
    for (const name of ["catalog", "source", "kiosk"]) {
      const ran = await errata(root, "check", "--catalog", `catalog/${name}.yaml`);
      expect([ran.code, ran.err]).toEqual([0, ""]);
    }
  });
});
