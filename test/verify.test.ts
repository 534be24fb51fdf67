/** `errata verify`: clean on the page that was read, and not on any other. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { RecognisedApi } from "../generator/recognise/recognise.js";
import type { Page } from "../generator/verify/page.js";
import { readPage } from "../generator/verify/read.js";
import { type PageRecord, readRecord, recordText } from "../generator/verify/record.js";
import type { Difference } from "../generator/verify/difference.js";
import { verify } from "../generator/verify/verify.js";
import { runVerify } from "../generator/commands/verify.js";
import { errata, project, type Ran } from "./command.js";
import { inProcess } from "./in-process.js";
import { mutations } from "./page-mutations.js";
import { load, realManifest, root } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "errata-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function pageOf(text: string, name = "page.md"): Promise<Page> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readPage(path);
}

const ours = join(fileURLToPath(new URL("fixtures/verify/", import.meta.url)));
const seeds = join(root, "../shared/seeds");

interface Subject {
  readonly name: string;
  readonly manifest: string;
  readonly api: string;
  readonly page: string;
  readonly record: string;
}

/** The page of the seeds that has a hash. */
function seedOf(sha256: string): string | null {
  if (!existsSync(seeds)) return null;
  const found = readdirSync(seeds)
    .map((name) => join(seeds, name))
    .find((path) => createHash("sha256").update(readFileSync(path)).digest("hex") === sha256);
  return found ?? null;
}

const real = ["mm", "abp", "6mm"].map((api): Subject => {
  const record = join(root, "catalog", api, "errors.page.json");
  const { sha256 } = JSON.parse(readFileSync(record, "utf8")) as PageRecord;
  return { name: api, manifest: realManifest, api, page: seedOf(sha256) ?? "", record };
});
const subjects: readonly Subject[] = [
  ...real,
  ...["md", "html"].map((ext) => ({
    ...{
      name: `a page of ours, as ${ext}`,
      manifest: join(ours, "catalog/catalog.yaml"),
      api: "shop",
    },
    ...{ page: join(ours, `page.${ext}`), record: "" },
  })),
];

async function apiOf({ manifest, api }: Subject): Promise<RecognisedApi> {
  return (await load(manifest)).apis.find(({ id }) => id === api)!;
}

async function recordOf({ record }: Subject, page: Page): Promise<PageRecord> {
  if (record !== "") return (await readRecord(record))!;
  return JSON.parse(recordText(page)) as PageRecord;
}

const lines = (differences: readonly Difference[]): string =>
  differences
    .map(({ kind, line, before, after }) => JSON.stringify({ kind, line, before, after }))
    .join("\n");

describe.each(subjects)("$name", (subject) => {
  const isAbsent = subject.page === "";

  it.skipIf(isAbsent)("is clean, with what was read and without", async () => {
    const [api, page] = [await apiOf(subject), await readPage(subject.page)];
    const [source] = api.sources.filter(({ name }) => name === "errors");
    const record = await recordOf(subject, page);
    expect(lines(verify(api, source!, page, null).differences)).toBe("");
    expect(lines(verify(api, source!, page, record).differences)).toBe("");
  });

  it.skipIf(isAbsent)(
    "differs in every change of a row, a code, a number or a literal, and in nothing else",
    async () => {
      const [api, text] = [await apiOf(subject), readFileSync(subject.page, "utf8")];
      const source = api.sources.find(({ name }) => name === "errors")!;
      const record = await recordOf(subject, await readPage(subject.page));
      const name = subject.page.endsWith(".html") ? "page.html" : "page.md";
      const all = mutations(text);
      const textAt = (at: number): string => text.split("\n")[at - 1]!.trim();
      expect(all.length).toBeGreaterThan(30);
      for (const { what, line, text: mutated } of all) {
        const { differences } = verify(api, source, await pageOf(mutated, name), record);
        const shown = `${what} of line ${line}:\n${lines(differences)}`;
        expect(differences, shown).toHaveLength(1);
        const [{ kind, line: at, wasLine, touches }] = differences as [Difference];
        expect(["changed", "gone", "missing", "heading"], shown).toContain(kind);
        // Of two lines with the same code, nobody can say which one is gone.
        if (kind === "gone") expect(textAt(wasLine!), shown).toBe(textAt(line));
        else expect([at, wasLine], shown).toContain(line);
        expect(touches.length, shown).toBeGreaterThan(0);
      }
    },
  );
});

describe("without a record", () => {
  const differencesOf = async (from: string, to: string): Promise<readonly unknown[]> => {
    const text = readFileSync(join(ours, "page.md"), "utf8");
    expect(text.split(from)).toHaveLength(2);
    const api = await apiOf(subjects[3]!);
    const source = api.sources.find(({ name }) => name === "errors")!;
    const page = await pageOf(text.replace(from, () => to));
    return verify(api, source, page, null).differences.map(
      ({ kind, line, before, after, touches }) => ({
        ...{ kind, line, before, after },
        touches: touches.map(({ of }) => of),
      }),
    );
  };

  it.each([
    [
      "a status is gone",
      "| `503`                  | Down, see `/status` |\n",
      "",
      { kind: "gone", line: 27, before: ["503"], after: [], touches: ["shop.service-unavailable"] },
    ],
    [
      "a code is another one",
      "| `-1004` ",
      "| `-1005` ",
      {
        kind: "changed",
        line: 40,
        before: ["-1004"],
        after: ["-1005"],
        touches: ["shop.repeated"],
      },
    ],
    [
      "a run of codes is longer",
      "`3112`",
      "`3113`",
      { kind: "missing", line: 41, before: [], after: ["3113"], touches: [] },
    ],
    [
      "a text is another one",
      "Name is too long",
      "The name is too long",
      {
        ...{ kind: "changed", line: 21, before: ["Name is too long"] },
        ...{ after: ["The name is too long"], touches: ["shop.name-too-long"] },
      },
    ],
    [
      "a text fits its template no more",
      "Stake 20.00 EUR is above 10.00",
      "Stake 20.00 EUR exceeds 10.00",
      {
        ...{ kind: "missing", line: 14, before: [] },
        ...{ after: ["Stake 20.00 EUR exceeds 10.00"], touches: [] },
      },
    ],
    [
      "a number is another one",
      "2,000 requests/minute",
      "100 requests/minute",
      { kind: "gone", line: 51, before: ["2000"], after: [], touches: ["limits.orders"] },
    ],
    [
      "a limit is counted in another time",
      "2,000 requests/minute",
      "2,000 requests/second",
      { kind: "gone", line: 51, before: ["per 1 min"], after: [], touches: ["limits.orders"] },
    ],
    [
      "a window is another one",
      "**30 minutes**",
      "**5 minutes**",
      { kind: "gone", line: 47, before: ["30 min"], after: [], touches: ["idempotency.order-key"] },
    ],
    [
      "a row is new",
      "| `503`   ",
      "| `502`                  | Bad gateway         |\n| `503`   ",
      { kind: "missing", line: 33, before: [], after: ["502"], touches: [] },
    ],
    [
      "a heading is gone",
      "## Orders\n",
      "",
      {
        ...{ kind: "heading", line: 1, before: ["#orders"], after: [] },
        touches: ["operations.buy", "idempotency.order-key"],
      },
    ],
  ])("says where %s", async (_, from, to, difference) => {
    expect(await differencesOf(from, to)).toEqual([difference]);
  });

  it("says once that a page is another one", async () => {
    const api = await apiOf(subjects[3]!);
    const source = api.sources.find(({ name }) => name === "errors")!;
    const { differences } = verify(api, source, await pageOf("# Sign in\n"), null);
    expect(differences.map(({ kind }) => kind)).toEqual(["page"]);
  });
});

describe("the command", () => {
  const run = (...args: Parameters<typeof runVerify>): Promise<Ran> =>
    inProcess(() => runVerify(...args));
  /** A project with the catalog of ours. */
  const copy = (): { readonly catalog: string; readonly record: string } => {
    const at = mkdtempSync(join(folder, "project-"));
    cpSync(join(ours, "catalog"), join(at, "catalog"), { recursive: true });
    return { catalog: join(at, "catalog"), record: join(at, "catalog/shop/errors.page.json") };
  };
  const flags = {
    ...{ source: undefined, encoding: undefined, accept: false },
    format: "pretty",
  } as const;

  it("records what was read, and then sees what the catalog has no fact of", async () => {
    const { catalog, record } = copy();
    const page = join(ours, "page.md");
    const accepted = await run("shop", page, { ...flags, catalog, accept: true });
    expect([accepted.code, accepted.err]).toEqual([0, ""]);
    expect(existsSync(record)).toBe(true);
    expect(readFileSync(record, "utf8")).not.toMatch(/Nothing is left|for people/);
    const text = readFileSync(page, "utf8").replace("Nothing is left", "All is gone");
    const other = join(folder, "other.md");
    writeFileSync(other, text);
    const changed = await run("shop", other, { ...flags, catalog });
    expect(changed.code).toBe(1);
    expect(changed.out).toMatch(
      /other\.md:39 {2}changed {2}The words beside "-1003", "SOLD_OUT" under "Codes" \(line 39 when it was read\) are not the same any more\.\n {2}\S*shop\/api\.yaml:26:21 {2}shop\.sold-out: code -1003\n/,
    );
    const json = await run("shop", other, { ...flags, catalog, format: "json" });
    expect(JSON.parse(json.out)).toMatchObject({
      ...{ api: "shop", source: "errors", format: "Markdown" },
      differences: [{ kind: "changed", line: 39, touches: [{ of: "shop.sold-out", line: 26 }] }],
    });
  });

  it("never writes over a file that it did not write", async () => {
    const { catalog, record } = copy();
    writeFileSync(record, "{}\n");
    const ran = await run("shop", join(ours, "page.md"), { ...flags, catalog, accept: true });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("is not a record") });
    expect(readFileSync(record, "utf8")).toBe("{}\n");
  });

  it.each([
    ["a file that is not there", "none.md", null, /there is no such file/],
    ["a folder", "", null, /it is a folder/],
    ["100 MB", "large.md", "large", /it has 100 MB, and 10 MB is the most/],
    [
      "Latin-1",
      "latin.md",
      Buffer.from("# Caf\u00e9", "latin1"),
      /it is not UTF-8; save it as UTF-8, or name its encoding/,
    ],
    ["HTML without an end", "deep.html", "<div>".repeat(5000), /nested too deeply/],
    ["quotations in quotations", "deep.md", `${">".repeat(600)} x`, /nested too deeply/],
  ])("refuses %s", async (_, name, content, message) => {
    const path = join(folder, name);
    if (content === "large") {
      writeFileSync(path, "");
      truncateSync(path, 100_000_000);
    } else if (content !== null) writeFileSync(path, content);
    const ran = await run("shop", path, { ...flags, catalog: join(ours, "catalog") });
    expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringMatching(message) });
  });

  it("reads another encoding where it is named", async () => {
    const path = join(folder, "latin.md");
    writeFileSync(path, Buffer.from("# Caf\u00e9\n\n`-1009`\n", "latin1"));
    const catalog = join(ours, "catalog");
    const ran = await run("shop", path, { ...flags, catalog, encoding: "windows-1252" });
    expect(ran).toMatchObject({ err: "", out: expect.stringContaining("2 blocks") });
  });

  it.each([
    ["an empty page", "", /None of the headings/],
    ["a page without a table", "# Errors\n\nNone.\n", /There is no heading #statuses/],
    [
      "a table with missing cells",
      "# Errors\n\n| Code | When |\n| --- | --- |\n| `-1009` |\n|\n",
      /"-1009" stands/,
    ],
    ["UTF-16", Buffer.from("\ufeff# Errors\n\n`-1009`\n", "utf16le"), /There is no heading/],
    ["HTML in a Markdown file", "<!doctype html><h1>Errors</h1><p>No.</p>", /page\.md \(HTML\)/],
    [
      "control sequences",
      "# Errors\n\n| Code |\n| --- |\n| \u001b[2J\u009b1m |\n",
      /\\u001b\[2J\\u009b1m/,
    ],
  ])("says what it finds in %s", async (_, content, message) => {
    const path = join(folder, "page.md");
    writeFileSync(path, content);
    const ran = await run("shop", path, { ...flags, catalog: join(ours, "catalog") });
    expect(ran).toMatchObject({ code: 1, err: "" });
    expect(ran.out).toMatch(message);
    expect(ran.out).not.toMatch(/\u001b|\u009b/);
  });

  it("asks for an API and a source that there are", async () => {
    const catalog = join(ours, "catalog");
    const page = join(ours, "page.md");
    const api = await run("shopp", page, { ...flags, catalog });
    expect(api).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean shop?") });
    const source = await run("shop", page, { ...flags, catalog, source: "error" });
    expect(source).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean errors?") });
  });

  it("finds a page unchanged that a catalog was just drafted from", async () => {
    const at = mkdtempSync(join(folder, "drafted-"));
    const page = join(at, "errors.md");
    writeFileSync(
      page,
      `# Errors

| Status | Meaning |
| --- | --- |
| 200 OK | All is well. |
| 500, 502 Server Errors | Something failed. |

## Codes

| Code | Message |
| --- | --- |
| \`field_missing\` | The field {name} is missing. |
| \`no_such_item\` | No such \`{item}\` here. |
| \`sold_out\` | It is sold out. |
`,
    );
    const catalog = join(at, "catalog/catalog.yaml");
    expect((await errata(at, "import", page, "--api", "shop")).code).toBe(0);
    expect(await run("shop", page, { ...flags, catalog })).toMatchObject({ code: 0, err: "" });
    const text = readFileSync(page, "utf8");
    writeFileSync(
      page,
      text.replace("The field {name} is missing", "A field {name} has to be sent"),
    );
    const changed = await run("shop", page, { ...flags, catalog });
    expect(changed.code).toBe(1);
    expect(changed.out).toMatch(
      /gone {2}The page does not have "The field \{name:text\} is missing\."/,
    );
  });

  it("takes what it is told from the command line", async () => {
    const catalog = join(ours, "catalog");
    const args = ["verify", "shop", join(ours, "page.html"), "-c", catalog, "--source", "errors"];
    const ran = await errata(root, ...args, "--format", "json");
    expect([ran.code, ran.err, JSON.parse(ran.out)]).toMatchObject([
      0,
      "",
      { format: "HTML", differences: [] },
    ]);
  });
});

describe("a catalog that was imported", () => {
  const pages = {
    "codes.md": `# Errors

| HTTP | Error code | Description |
| --- | --- | --- |
| 400 | INVALID_KEY | The key is bad. |
| 429 | 10023 | Too many. |
`,
    "cells.html": `<!doctype html><h1>Errors</h1><table>
<tr><th>HTTP<th>Error code<th>Description
<tr><td rowspan=2>400<td>INVALID_KEY<td>The key is bad.
<tr><td>10023<td>Too many.</table>
`,
  };

  it.each(Object.entries(pages))(
    "is clean on %s, and not once a code is another",
    async (name, text) => {
      const folder = project({ [name]: text });
      expect(await errata(folder, "import", name, "--api", "bank")).toMatchObject({ code: 0 });
      const clean = await errata(folder, "verify", "bank", name);
      expect(clean).toMatchObject({
        code: 0,
        out: expect.stringContaining("no differences") as string,
      });
      writeFileSync(join(folder, name), text.replace("10023", "10024"));
      const { code, out } = await errata(folder, "verify", "bank", name);
      expect([code, out]).toEqual([1, expect.stringContaining('"10023" became "10024"')]);
    },
  );
});
