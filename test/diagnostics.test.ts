/**
 * Every diagnostic as its author sees it: a file of cases for each id. To accept what changed:
 * `npx vitest run test/diagnostics.test.ts -u`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pretty } from "../generator/diagnostics/pretty.js";
import { table } from "../generator/diagnostics/table.js";
import { generate } from "../generator/generate.js";
import { type Case, readCases, writeCases, writeCatalog } from "./case-file.js";

const folder = fileURLToPath(new URL("fixtures/invalid/", import.meta.url));
const ids = Object.keys(table).sort();
const fileOf = (id: string): string => `${id.replace("/", "-")}.txt`;

const later = (text: string | Buffer) => () => writeFile("catalog/shop/later.yaml", text);

/** What a text file cannot hold is made in the folder of the case. */
const preparations: Readonly<Record<string, (manifest: string) => Promise<unknown>>> = {
  "file/character: control": later("# \u0000\u001b[2J\n"),
  "file/unreadable: folder": () => mkdir("catalog/shop/later.yaml"),
  "file/unreadable: large": later("#".repeat(5_000_001)),
  "file/unreadable: Latin-1": later(Buffer.from("# Le café est fermé.\n", "latin1")),
  "file/unreadable: UTF-16": later(Buffer.from("\ufefferrors:\n", "utf16le")),
  "manifest/missing": (manifest) => rm(manifest),
  "output/edited": async (manifest) => {
    await generate(manifest);
    await appendFile("generated/README.md", "A remark of mine.\n");
  },
  "output/foreign": async () => {
    await mkdir("generated");
    await writeFile("generated/package.json", "{}\n");
  },
  "output/unwritable": () => mkdir("generated/README.md", { recursive: true }),
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

/** What the terminal prints about a catalog, in a working directory of its own. */
async function printed(id: string, { name, input }: Case): Promise<string> {
  process.chdir(mkdtempSync(join(scratch, "case-")));
  const manifest = writeCatalog(input, join(process.cwd(), "catalog"));
  await preparations[name === "" ? id : `${id}: ${name}`]?.(manifest);
  const { diagnostics } = await generate(manifest);
  // A mistake has one diagnostic: no other follows from it.
  expect(new Set(diagnostics.map((diagnostic) => diagnostic.id)), name).toEqual(new Set([id]));
  const text = pretty(diagnostics);
  expect(text).not.toMatch(/^ +at |Error:/m);
  return text;
}

it.each(ids)("%s", async (id) => {
  const path = join(folder, fileOf(id));
  const now: Case[] = [];
  for (const one of readCases(readFileSync(path, "utf8")))
    now.push({ ...one, printed: await printed(id, one) });
  await expect(writeCases(now)).toMatchFileSnapshot(path);
});

it("has a file of cases for each diagnostic, and no other", () => {
  expect(readdirSync(folder).sort()).toEqual(ids.map(fileOf).sort());
});
