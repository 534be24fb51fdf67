/** Every diagnostic as its author sees it: at least one fixture for each id, its whole text beside it. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { table } from "../generator/diagnostics/table.js";
import { generate } from "../generator/generate.js";
import { pretty } from "../generator/diagnostics/pretty.js";

const fixtures = fileURLToPath(new URL("fixtures/invalid/", import.meta.url));
const names = readdirSync(fixtures).sort();
const manifest = "catalog/catalog.yaml";

/** What a repository cannot hold is made in the copy of the fixture. */
const preparations: Readonly<Record<string, () => Promise<unknown>>> = {
  "file-unreadable--folder": () => mkdir("catalog/shop/errors.yaml"),
  "file-unreadable--large": () => writeFile("catalog/shop/errors.yaml", "#".repeat(5_000_001)),
  "output-edited": async () => {
    await generate(resolve(manifest));
    await appendFile("generated/README.md", "A remark of mine.\n");
  },
  "output-foreign": async () => {
    await mkdir("generated");
    await writeFile("generated/package.json", "{}\n");
  },
  "output-taken": async () => {
    await generate(resolve(manifest));
    const text = await readFile(manifest, "utf8");
    await writeFile(manifest, text.replace("shop-errors", "kiosk-errors"));
  },
  "output-unwritable": () => mkdir("generated/README.md", { recursive: true }),
};

const home = process.cwd();
let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "errata-"));
});
afterEach(() => {
  process.chdir(home);
  rmSync(scratch, { recursive: true });
});

it.each(names)("%s", async (name) => {
  const catalog = join(fixtures, name, "catalog");
  if (existsSync(catalog)) cpSync(catalog, join(scratch, "catalog"), { recursive: true });
  process.chdir(scratch);
  await preparations[name]?.();
  const { diagnostics } = await generate(resolve(manifest));
  const text = pretty(diagnostics);
  // A mistake has one diagnostic: no other follows from it.
  expect(new Set(diagnostics.map(({ id }) => id.replace("/", "-")))).toEqual(
    new Set([name.split("--")[0]]),
  );
  expect(text).not.toMatch(/^ +at |Error:/m);
  await expect(text).toMatchFileSnapshot(join(fixtures, name, "expected.txt"));
});

it("has a fixture for every diagnostic", () => {
  // A fixture has the name of the one diagnostic that its own test lets it have.
  const shown = new Set(names.map((name) => name.split("--")[0]));
  expect(Object.keys(table).filter((id) => !shown.has(id.replace("/", "-")))).toEqual([]);
});
