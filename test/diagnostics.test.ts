/**
 * Every diagnostic as its author sees it: a file of cases for each id, and the page that explains them all. To accept
 * what changed: `npx vitest run test/diagnostics.test.ts -u`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cp, mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import type { DiagnosticId } from "../generator/diagnostics/log.js";
import { pretty } from "../generator/diagnostics/pretty.js";
import { table } from "../generator/diagnostics/table.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { importDocument } from "../generator/import/import.js";
import { place } from "../generator/import/place.js";
import { check, generate } from "../generator/generate.js";
import { type Case, readCases, writeCases, writeCatalog } from "./case-file.js";
import { diagnosticPages, type Explained } from "./diagnostic-pages.js";
import { root } from "./support.js";

const folder = fileURLToPath(new URL("fixtures/invalid/", import.meta.url));
const ids = (Object.keys(table) as DiagnosticId[]).sort();
const fileOf = (id: string): string => `${id.replace("/", "-")}.txt`;

const later = (text: string | Buffer) => () => writeFile("catalog/shop/later.yaml", text);

/** Generates what the catalog of the case was before. */
const formerly = (text: string) => async (manifest: string) => {
  const path = join(dirname(manifest), "shop/api.yaml");
  const now = readFileSync(path, "utf8");
  await writeFile(path, now.replace(/errors:\n[^]*(?=statuses:)/, `errors:\n${text}\n`));
  expect((await generate(manifest)).diagnostics).toEqual([]);
  await writeFile(path, now);
};

/** What a text file cannot hold is made in the folder of the case. */
const preparations: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
  "draft/in-the-way": async () => {
    await mkdir("catalog");
    await writeFile("catalog/api.yaml", "# By hand.\n");
  },
  "draft/unreadable: large.md": (file) => truncate(file, 100_000_000),
  "draft/unreadable: mixed.md": (file) =>
    writeFile(file, Buffer.from("| 7001 | Café |\n", "latin1")),
  "draft/unreadable: missing.md": (file) => rm(file),
  "draft/unwritable": () => writeFile("catalog", ""),
  "file/character: control": later("# \u0000\u001b[2J\n"),
  "file/unreadable: folder": () => mkdir("catalog/shop/later.yaml"),
  "file/unreadable: large": later("#".repeat(5_000_001)),
  "file/unreadable: Latin-1": later(Buffer.from("# Le café est fermé.\n", "latin1")),
  "file/unreadable: UTF-16": later(Buffer.from("\ufefferrors:\n", "utf16le")),
  "id/reused": formerly(
    "  refused: { code: banned, category: permission, outcome: not-executed, retry: never, summary: No., examples: [{ body: { code: banned } }] }",
  ),
  "marker/file: Latin-1": () => writeFile("latin.md", Buffer.from("Le café.\n", "latin1")),
  "marker/file: generated": () => mkdir("generated/docs", { recursive: true }),
  "marker/file: link": () => symlink("guide.md", "link.md"),
  "match/reused": formerly(
    "  refused: { code: declined, category: permission, outcome: not-executed, retry: never, summary: No., examples: [{ body: { code: declined } }] }",
  ),
  "manifest/missing": (manifest) => rm(manifest),
  "output/foreign": async () => {
    await mkdir("generated");
    await writeFile("generated/package.json", "{}\n");
  },
  "output/taken": async (manifest) => {
    await cp("catalog", "other", { recursive: true });
    await generate(manifest.replace("catalog/catalog.yaml", "other/catalog.yaml"));
  },
  "output/unwritable": () => mkdir("generated/README.md", { recursive: true }),
  "output/unwritable: link": async () => {
    await mkdir("generated");
    await symlink("../catalog", "generated/docs");
  },
};

const home = process.cwd();
const scratch = mkdtempSync(join(tmpdir(), "errata-"));
afterAll(() => {
  process.chdir(home);
  rmSync(scratch, { recursive: true });
});

/** Writes the catalog of an input into a working directory of its own, and gives the path of its manifest. */
function enter(input: string): string {
  process.chdir(mkdtempSync(join(scratch, "case-")));
  return writeCatalog(input, join(process.cwd(), "catalog"));
}

/** What the terminal prints about a document that a catalog is drafted from, which has the name of its case. */
async function drafted(id: string, { name, input }: Case): Promise<string> {
  process.chdir(mkdtempSync(join(scratch, "case-")));
  await writeFile(name, input);
  await (preparations[`${id}: ${name}`] ?? preparations[id])?.(name);
  const log = new DiagnosticLog();
  const none = { as: undefined, encoding: undefined, url: undefined, schema: null };
  const found = await importDocument(name, { api: "shop", ...none }, log);
  if (typeof found !== "string") await place("catalog", found.files, false, log);
  expect(new Set(log.sorted.map((diagnostic) => diagnostic.id)), name).toEqual(new Set([id]));
  return pretty(log.sorted);
}

/** What the terminal prints about a catalog. */
async function printed(id: string, one: Case): Promise<string> {
  if (id.startsWith("draft/")) return drafted(id, one);
  const { name, input } = one;
  const manifest = enter(input);
  await preparations[name === "" ? id : `${id}: ${name}`]?.(manifest);
  const { diagnostics } = await generate(manifest);
  // A mistake has one diagnostic: no other follows from it.
  expect(new Set(diagnostics.map((diagnostic) => diagnostic.id)), name).toEqual(new Set([id]));
  const text = pretty(diagnostics);
  expect(text).not.toMatch(/^ +at |Error:/m);
  return text;
}

const read = (id: string): readonly Case[] =>
  readCases(readFileSync(join(folder, fileOf(id)), "utf8"));

const cases = new Map<string, Promise<readonly Case[]>>();
/** The cases of a diagnostic with what is printed now. Each is run once, by whichever test needs it first. */
function casesOf(id: string): Promise<readonly Case[]> {
  const run = async (): Promise<readonly Case[]> => {
    const now: Case[] = [];
    for (const one of read(id)) now.push({ ...one, printed: await printed(id, one) });
    return now;
  };
  const result = cases.get(id) ?? run();
  cases.set(id, result);
  return result;
}

it.each(ids)("%s", async (id) => {
  await expect(writeCases(await casesOf(id))).toMatchFileSnapshot(join(folder, fileOf(id)));
});

it.each(ids.filter((id) => read(id).some(({ fixed }) => fixed !== null)))(
  "%s has a fix that works",
  async (id) => {
    for (const { fixed } of read(id).filter((one) => one.fixed !== null)) {
      const manifest = enter(fixed!);
      const log = new DiagnosticLog();
      // Only what is said of the output takes an output to see.
      const { diagnostics } = id.startsWith("output/")
        ? await generate(manifest, { dryRun: true })
        : { diagnostics: (await check(manifest, log), log.sorted) };
      expect(pretty(diagnostics)).toBe(pretty([]));
    }
  },
);

it("explains each diagnostic on a page", async () => {
  const all: Explained[] = [];
  for (const id of ids) all.push({ id, ...table[id], example: (await casesOf(id))[0]! });
  await expect(diagnosticPages(all)).toMatchFileSnapshot(
    join(root, "generator/diagnostics/README.md"),
  );
});

it("prints the severity, which may be milder than an error", () => {
  const warning = { id: "ref/unused", severity: "warning", says: "S.", help: null } as const;
  expect(pretty([{ ...warning, place: null, related: [] }])).toMatch(/^warning {2}ref\/unused\n/);
});

it("has a file of cases for each diagnostic, and no other", () => {
  expect(readdirSync(folder).sort()).toEqual(ids.map(fileOf).sort());
});

it("shows a fix of every mistake that is made in a catalog", () => {
  const without = ids.filter((id) => read(id)[0]!.fixed === null);
  expect(without).toEqual([
    "draft/format",
    "draft/in-the-way",
    "draft/nothing",
    "draft/unreadable",
    "draft/unwritable",
    "file/unreadable",
    "manifest/missing",
    "output/foreign",
    "output/taken",
    "output/unwritable",
  ]);
});
