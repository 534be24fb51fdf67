/** `errata import`: what documents of every kind say arrives in a draft that passes, and bad ones are told so. */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { runImport } from "../generator/commands/import.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { pretty } from "../generator/diagnostics/pretty.js";
import { check } from "../generator/generate.js";
import { errata, project, type Ran, smallest, tree } from "./command.js";
import { imported, importing, wires } from "./importing.js";
import { inProcess } from "./in-process.js";
import { root } from "./support.js";

const fixtures = join(root, "test/fixtures/import");

/** What the command does with a document in a folder of its own. */
async function run(
  files: Readonly<Record<string, string>>,
  document: string,
  flags: Partial<Parameters<typeof runImport>[1]> = {},
): Promise<Ran & { readonly folder: string }> {
  const folder = project(files);
  return { ...(await runIn(folder, document, flags)), folder };
}

async function runIn(
  folder: string,
  document: string,
  flags: Partial<Parameters<typeof runImport>[1]> = {},
): Promise<Ran> {
  const home = process.cwd();
  process.chdir(folder);
  const none = { catalog: undefined, as: undefined, encoding: undefined, url: undefined };
  try {
    return await inProcess(() =>
      runImport(document, { ...none, api: "bank", force: false, format: "pretty", ...flags }),
    );
  } finally {
    process.chdir(home);
  }
}

/** How many there are of each family. */
function countsOf(all: readonly { readonly family: string }[]): Readonly<Record<string, number>> {
  const families = [...new Set(all.map(({ family }) => family))];
  const count = (of: string): number => all.filter(({ family }) => family === of).length;
  return Object.fromEntries(families.map((family) => [family, count(family)]));
}

describe("drafts", () => {
  const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    "codes.csv": { errors: 4 },
    "codes.py": { statuses: 1, errors: 4 },
    "codes.ts": { statuses: 1, errors: 8 },
    "errcodes.txt": { errors: 11 },
    "list.yaml": { statuses: 3, errors: 4 },
    "openapi.yaml": { statuses: 6, errors: 5 },
    "page.html": { statuses: 5, errors: 8 },
    "spot.md": { statuses: 5, errors: 19 },
  };

  it("has a document of each kind", () => {
    const names = readdirSync(fixtures).filter((name) => !name.endsWith(".draft"));
    expect(names.sort()).toEqual(Object.keys(counts).sort());
  });

  it.each(Object.entries(counts))("%s", async (name, wanted) => {
    const { files, draft } = await imported(join(fixtures, name));
    expect(countsOf(draft.entries)).toEqual(wanted);
    const text = files.map((file) => `--- ${file.name}\n${file.text}`).join("");
    const undated = text.replace(/^( *read:) \d{4}-\d\d-\d\d$/m, "$1 2026-11-27");
    await expect(undated).toMatchFileSnapshot(join(fixtures, `${name}.draft`));
  });

  it("cites the heading of each, and leaves undocumented what the document does not say", async () => {
    const { draft } = await imported(join(fixtures, "spot.md"));
    for (const { node, name } of draft.entries) {
      expect([node["cite"]].flat().length, name).toBeGreaterThan(0);
      for (const fact of ["outcome", "retry", "actor"]) expect(node, name).not.toHaveProperty(fact);
      // A category is read from the words, and they are quoted.
      const { category } = (node["inferred"] ?? {}) as { category?: string };
      expect(category !== undefined, name).toBe(node["category"] !== undefined);
    }
    expect(draft.sections["defaults"]).toMatchObject({
      undocumented: ["category", "outcome", "retry"],
    });
  });
});

/** The three pages that the catalogs of this repository were made from, where they are at hand. */
const seeds = join(root, "../shared/seeds");

describe.skipIf(!existsSync(seeds))("the pages of the vendors, unedited", () => {
  const pages = existsSync(seeds) ? readdirSync(seeds) : [];
  const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    "MM Error Handling": { statuses: 9, sockets: 4 },
    "ABP Error Handling": { statuses: 13, declines: 7 },
    "Error Codes and Troubleshooting": { errors: 25 },
  };

  it("are three", () => {
    expect(pages).toHaveLength(3);
  });

  it.each(pages)("%s: each row of each table", async (page) => {
    const path = join(seeds, page);
    const { reading } = await imported(path);
    expect(countsOf(reading.rows)).toEqual(counts[reading.title!]);
    // The rows of its tables by their lines, told without a parser: what is no head and no line of dashes.
    const lines = readFileSync(path, "utf8").split("\n");
    const isDashed = (line = ""): boolean => /^\|[\s|:-]+$/.test(line);
    const rows = lines.flatMap((line, i) =>
      line.startsWith("|") && !isDashed(line) && !isDashed(lines[i + 1]) ? [i + 1] : [],
    );
    expect(reading.rows.map(({ spot }) => spot.line)).toEqual(rows);
    expect(reading.skipped).toEqual([]);
  });
});

describe("tables", () => {
  const heads = [
    ["Code", "Error code", "errno", "Return code"],
    ["Message", "Error message", "msg"],
    ["Description", "Meaning", "Notes", "Cause"],
    ["Solution", "What to do", "Recommended action"],
  ] as const;

  it("are read in whatever order their columns stand, and whatever these are called", async () => {
    const orders = fc.tuple(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.tuple(...heads.map((names) => fc.constantFrom(...names))),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([order, names]) => {
        const rows = [1001, 1002, 1003].map((code) => [
          String(code),
          `Reason ${code} is given.`,
          `It happens in the case of ${code}, which is long to explain.`,
          `Look at ${code}.`,
        ]);
        const lines = [names, names.map(() => "---"), ...rows].map(
          (cells) => `| ${order.map((i) => cells[i]).join(" | ")} |`,
        );
        const { reading } = await importing("page.md", `# Errors\n\n${lines.join("\n")}\n`);
        expect(
          reading.rows.map(({ codes, texts, summary, remedy }) => [
            ...codes,
            ...texts,
            summary,
            remedy,
          ]),
        ).toEqual(rows);
      }),
      { numRuns: 20 },
    );
  });

  it("may have a column that the heading above calls by its whole name", async () => {
    const rows = "| mc | Message |\n|---|---|\n| AUTH_001 | No key. |\n| AUTH_002 | Bad key. |\n";
    const found = await importing("page.md", `# Error codes\n\n## Message Code (mc)\n\n${rows}`);
    expect(wires(found).filter((wire) => wire !== "2xx")).toEqual(["AUTH_001", "AUTH_002"]);
  });

  it("are read with four hundred codes", async () => {
    const codes = Array.from({ length: 400 }, (_, i) => 10_000 + i * 7);
    const rows = codes.map((code) => `| ${code} | The thing number ${code} went wrong. |`);
    const page = `# Error codes\n\n| Code | Message |\n| --- | --- |\n${rows.join("\n")}\n`;
    const found = await importing("page.md", page);
    expect(wires(found).filter((wire) => wire !== "2xx")).toEqual(codes.map(String));
    const csv = ["code;message", ...codes.map((code) => `${code};The thing ${code} went wrong.`)];
    expect(wires(await importing("codes.csv", csv.join("\n")))).toEqual(wires(found));
  });

  it("may lack cells, and have a heading in common", async () => {
    const page = `## Error codes
| Code | Message | Description |
| --- | --- | --- |
| E100 |
| E101 | Text of it. |
| | A text without a code. | And more. |
| E102 | | Only described. | too | many |

| Code | Description |
|---|---|
| E101 | Said again. |
| E103 | Another. |
`;
    const found = await importing("page.md", page);
    expect(wires(found)).toEqual(
      ["2xx", "E100", "E101", "A text without a code.", "E102", "E103"].toSorted(
        (a, b) => wires(found).indexOf(a) - wires(found).indexOf(b),
      ),
    );
    expect(found.draft.entries.find(({ node }) => node["code"] === "E101")!.node).toMatchObject({
      summary: "Said again.",
    });
  });

  it("answer a question in their head, and the answer keeps it", async () => {
    const text = `# Card errors

| Code | Message | Retry? |
| --- | --- | --- |
| \`card_declined\` | The card was declined. | No |
| \`card_busy\` | The card is busy. | After a minute |
`;
    const { draft } = await importing("page.md", text);
    expect(
      draft.entries.flatMap(({ node, decide }) => (node["code"] ? [[node["remedy"], decide]] : [])),
    ).toEqual([
      ["Retry? No", "It speaks of waiting or sending again: choose a retry rule."],
      ["After a minute", null],
    ]);
  });

  it("are left alone where they list something else, and that is said", async () => {
    const page = `# Shop API
## Parameters
| Name | Type | Required | Description |
| --- | --- | --- | --- |
| order_id | string | yes | Which one |
## Currencies
| Currency code | Name |
| --- | --- |
| EUR | Euro |
## Errors
| HTTP status | Meaning |
| --- | --- |
| 404 | Not there |
`;
    const { reading } = await importing("page.md", page);
    expect(reading.rows.map(({ statuses }) => statuses)).toEqual([["404"]]);
    expect(reading.skipped.map(({ line }) => line)).toEqual([3, 7]);
  });
});

it("reads headings, nested lists and placeholders of other notations", async () => {
  const page = `# Exchange errors
### Error 1001: Invalid token
### \`INVALID_AMOUNT\` (1002)
- The amount {amount} is above \${limit}.
- Of <side>:
  - a nested line
### 2024-01-01 Changes
### 3. Introduction
### LONELY_CONSTANT
`;
  const found = await importing("page.md", page);
  expect(wires(found)).toEqual(
    [
      "1001",
      "1002",
      "1002 The amount {amount:text} is above {limit:text}.",
      "1002 Of {side:text}:",
      "LONELY_CONSTANT",
      "2xx",
    ].toSorted((a, b) => wires(found).indexOf(a) - wires(found).indexOf(b)),
  );
});

it("takes statuses in brackets behind the code of a bullet", async () => {
  const text = `# Errors

- \`api_error\` (500): Something failed.
- \`upstream\` (HTTP 502/504) - The network did not answer.
- \`odd\` (rare): It is odd.
`;
  const { draft } = await importing("page.md", text);
  const nodes = draft.entries.map(({ node }) => node).filter((node) => "code" in node);
  expect(nodes).toMatchObject([
    { code: "api_error", status: 500, summary: "Something failed." },
    { code: "upstream", status: [502, 504], summary: "The network did not answer." },
    { code: "odd", summary: "(rare): It is odd." },
  ]);
  expect(nodes[2]).not.toHaveProperty("status");
});

describe("what cannot be told apart", () => {
  it("is left out and said, so that the rest passes", async () => {
    const page = `# Errors
### -1 A_B
- Value %s of %s is wrong.
- Value %s of order is %s.
### -2 C_D
- Fine.
`;
    const found = await importing("page.md", page);
    expect(found.dropped.length).toBeGreaterThan(0);
    expect(wires(found)).toEqual(expect.arrayContaining(["-1", "-2"]));
  });
});

describe("errata import", () => {
  const page =
    "# Errors\n\n| Code | Message |\n|---|---|\n| 7001 | Out of stock. |\n| 7002 | Wait a moment. |\n";

  it("writes a catalog where there is none, and says what it did", async () => {
    const { code, out, err, folder } = await run({ "errors.md": page }, "errors.md");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatchInlineSnapshot(`
      "Read errors.md as Markdown: 1 table, 1 heading.
      Drafted 1 status, 2 errors.
      For a person: 4
        the document lists no success: the draft takes any 2xx for one
        where the code stands in the channel http is not shown: the draft assumes "/code"
        the address of the document is unknown: write it under sources:
        line 6: wait-a-moment speaks of waiting or sending again: choose a retry rule
      Wrote catalog/bank/api.yaml, catalog/bank/statuses.yaml, catalog/bank/errors.yaml, catalog/catalog.yaml.
      Next: npx errata check, then npx errata generate.
      "
    `);
    const log = new DiagnosticLog();
    await check(join(folder, "catalog/catalog.yaml"), log);
    expect(pretty(log.sorted)).toBe(pretty([]));
  });

  it("counts messages of sockets, and says which rows are struck out", async () => {
    const rows = "| 9001 | Log in. |\n| 9002 | No ~~good~~ topic. |\n| ~~9003~~ | ~~Gone.~~ |\n";
    const text = `${page}\n## WebSocket errors\n\n| Code | Message |\n|---|---|\n${rows}`;
    const { code, out } = await run({ "errors.md": text }, "errors.md");
    expect(code).toBe(0);
    expect(out).toContain("Drafted 1 status, 2 errors, 2 socket messages.\n");
    expect(out).toContain("a row that is struck out: 9003 | Gone.\n");
    const inHtml = text.replace(/~~(.*?)~~/g, "<del>$1</del>");
    const { draft } = await importing("errors.md", inHtml);
    const summaries = draft.entries.map(({ node }) => node["summary"]);
    expect(summaries).toEqual(expect.arrayContaining(["Log in.", "No topic."]));
    expect(summaries).not.toContain("Gone.");
  });

  it("cuts names of any length so that the language takes them", async () => {
    const long = "put_the_very_long_path_of_a_shop_with_all_its_parts_and_every_one_of_its_words";
    const ids = ["add", "update", "delete", "AddAndUpdateAndDeleteAllThatIsThere".repeat(3)];
    const responses = { 404: { description: "There is none." } };
    const calls = ids.map((end) => [
      `/${end}`,
      { put: { operationId: `${long}#${end}`, responses } },
    ]);
    const openapi = { openapi: "3.1.0", info: {}, paths: Object.fromEntries(calls) as object };
    const { code, out, err } = await run({ "api.json": JSON.stringify(openapi) }, "api.json");
    expect([code, err, out]).toEqual([0, "", expect.stringContaining("4 operations")]);
  });

  it("adds an API to a catalog, of which nothing else changes", async () => {
    const manifest = smallest["catalog/catalog.yaml"]!.replace("[shop]", "[ shop ] # all of them");
    const files = { ...smallest, "catalog/catalog.yaml": manifest, "errors.md": page };
    const { code, folder } = await run(files, "errors.md");
    expect(code).toBe(0);
    expect(tree(folder)["catalog/catalog.yaml"]).toBe(manifest.replace("shop ]", "shop, bank ]"));
    const block = manifest.replace("[ shop ] # all of them", "\n  # The shop.\n  - shop # old");
    const second = await run({ ...files, "catalog/catalog.yaml": block }, "errors.md");
    expect(tree(second.folder)["catalog/catalog.yaml"]).toBe(
      block.replace("- shop # old", "- shop\n  - bank # old"),
    );
  });

  it("replaces nothing without --force", async () => {
    const files = { "errors.md": page, "catalog/bank/api.yaml": "# mine\n" };
    const { code, err, folder } = await run(files, "errors.md");
    expect(code).toBe(2);
    expect(err).toMatch(/draft\/in-the-way\n {2}"catalog\/bank\/api\.yaml" exists already/);
    expect(tree(folder)).toEqual(files);
    expect((await runIn(folder, "errors.md", { force: true })).code).toBe(0);
    expect(tree(folder)["catalog/bank/api.yaml"]).toContain("Drafted by errata import");
  });

  it("makes a catalog anew for init --force", async () => {
    const folder = project({ ...smallest, "errors.md": page });
    const flags = ["--from", "errors.md", "--api", "bank", "--package", "bank-faults", "--force"];
    expect(await errata(folder, "init", ...flags)).toMatchObject({ code: 0 });
    expect(parse(tree(folder)["catalog/catalog.yaml"]!)).toMatchObject({
      package: { name: "bank-faults" },
      apis: ["bank"],
    });
  });

  it("says which file of an earlier draft is left", async () => {
    const { folder } = await run({ "errors.md": page, "s.csv": "status\n404\n" }, "errors.md");
    const { code, out } = await runIn(folder, "s.csv", { force: true });
    expect([code, out]).toEqual([
      0,
      expect.stringContaining("Left catalog/bank/errors.yaml as it was"),
    ]);
  });

  it("writes all files of a draft, or leaves all as they were", async () => {
    // The second one is a folder, and so cannot be written.
    const files = {
      "errors.md": page,
      "catalog/bank/api.yaml": "# mine\n",
      "catalog/bank/errors.yaml/x": "",
    };
    const { code, err, folder } = await run(files, "errors.md", { force: true });
    expect(code).toBe(2);
    expect(err).toMatch(/draft\/unwritable\n {2}"catalog\/bank\/errors\.yaml" cannot be written/);
    expect(tree(folder)).toEqual(files);
  });

  it("keeps the line ends of the manifest", async () => {
    const manifest = smallest["catalog/catalog.yaml"]!.replace("[shop]", "\n  - shop");
    const crlf = manifest.replaceAll("\n", "\r\n");
    const files = { ...smallest, "catalog/catalog.yaml": crlf, "errors.md": page };
    const { folder } = await run(files, "errors.md");
    expect(tree(folder)["catalog/catalog.yaml"]).toBe(crlf.replace("- shop", "- shop\r\n  - bank"));
  });

  it("takes its flags from the command line", async () => {
    const folder = project({
      "errors.txt": Buffer.from(page.replace("stock", "stöck"), "latin1").toString("latin1"),
    });
    writeFileSync(
      join(folder, "errors.txt"),
      Buffer.from(page.replace("stock", "stöck"), "latin1"),
    );
    const flags = ["--api", "bank", "--url", "https://bank.example/errors", "--encoding", "latin1"];
    const { code, err } = await errata(
      folder,
      "import",
      "errors.txt",
      ...flags,
      "--as",
      "markdown",
    );
    expect([code, err]).toEqual([0, ""]);
    const files = tree(join(folder, "catalog/bank"));
    expect(files["errors.yaml"]).toContain("summary: Out of stöck.");
    expect(parse(files["api.yaml"]!)).toMatchObject({
      sources: { errors: { url: "https://bank.example/errors" } },
    });
    expect(await errata(folder, "import", "errors.txt", "--api", "My Bank")).toMatchObject({
      code: 2,
    });
    expect(await errata(folder, "import", "errors.txt")).toMatchObject({ code: 2 });
  });

  it("refuses what is too large before it is read", async () => {
    const folder = project({ "errors.md": page });
    truncateSync(join(folder, "errors.md"), 100_000_000);
    expect(await runIn(folder, "errors.md")).toMatchObject({
      code: 2,
      err: expect.stringContaining("it has 100 MB, and 10 MB is the most that is read") as string,
    });
  });

  it("refuses what has too many lines before it is parsed", async () => {
    const { code, err } = await run({ "errors.md": "\n".repeat(300_000) }, "errors.md");
    expect([code, err]).toEqual([2, expect.stringContaining("it has 300001 lines")]);
  });

  it("reads UTF-16 by its mark, and refuses what is of no encoding or no text", async () => {
    const folder = project({ "errors.md": page });
    const write = (bytes: Buffer): void => writeFileSync(join(folder, "errors.md"), bytes);
    write(Buffer.from(`\ufeff${page}`, "utf16le"));
    expect((await runIn(folder, "errors.md")).code).toBe(0);
    write(Buffer.concat([Buffer.from(page), Buffer.from("| 7003 | Caf\xe9 |\n", "latin1")]));
    const mixed = await runIn(folder, "errors.md", { api: "other" });
    expect(mixed.code).toBe(2);
    expect(mixed.err).toMatch(/^errors\.md:7:13 {2}error {2}draft\/unreadable\n.*it is not UTF-8/);
    write(Buffer.from("a\0b"));
    expect(await runIn(folder, "errors.md", { api: "other" })).toMatchObject({ code: 2 });
    expect(await runIn(folder, "none.md")).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no such file") as string,
    });
    expect(await runIn(folder, ".")).toMatchObject({ code: 2 });
    expect(await runIn(folder, "errors.md", { encoding: "klingon" })).toMatchObject({ code: 2 });
  });

  it.each([
    ["an empty file", "e.md", ""],
    ["a page without a table", "e.md", "# Errors\n\nThere are none.\n"],
    ["a table of something else", "e.md", "| Name | Age |\n|---|---|\n| Ann | 7 |\n"],
    [
      "a list of fields",
      "e.md",
      "## Error format\n\n- `code`: what went wrong\n- `message`: in words\n",
    ],
    ["an OpenAPI document without paths", "e.yaml", "openapi: 3.0.0\n"],
    ["YAML that is none", "e.yaml", "errors: [\n"],
    ["a map of something else", "e.json", '{ "name": "x" }'],
    ["CSV with an open quote", "e.csv", 'code,message\n1,"open\n2,x\n'],
    [
      "aliases that multiply",
      "e.yaml",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefgh".replace(/./g, (c, i: number) => `${c}: &${c} [${`*${"abcdefg"[i]},`.repeat(10)}]\n`)}`,
    ],
    ["brackets without an end", "e.md", `# Errors\n\n\`\`\`json\n${"{".repeat(100_000)}\n\`\`\`\n`],
    ["elements in elements", "e.html", `<html>${"<div>".repeat(100_000)}`],
  ])("says that there is nothing to draft in %s", async (_, name, text) => {
    const { code, out, err, folder } = await run({ [name]: text }, name);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/ {2}error {2}draft\/(?:nothing|format)\n/);
    expect(err).not.toMatch(/^ +at /m);
    expect(tree(folder)).toEqual({ [name]: text });
  });

  it("reads HTML that is called Markdown, and says so", async () => {
    const html =
      "<!doctype html><title>Errors</title><h1>Error codes</h1><table><tr><th>Code<th>Message<tr><td>7001<td>Gone.</table>";
    const { code, out } = await run({ "errors.md": html }, "errors.md");
    expect(code).toBe(0);
    expect(out).toContain("errors.md is HTML, whatever its name says, and was read as that.");
  });

  it("lets nothing of a document drive the terminal or the catalog", async () => {
    const evil = "\u001b]8;;https://evil.example\u0007x\u001b[2J\u202e";
    const rows = `| 7001 | Stop ${evil}. |\n|  | |\n| x${evil} | |\n`;
    const text = `# Errors ${evil}\n\n| Code | Message |\n|---|---|\n${rows}\n\n| Parameter ${evil} | B |\n|---|---|\n| a | b |\n\n\`\`\`json\n{"code": 7001, "message": "\\u001b[2J\\u202e"}\n\`\`\`\n`;
    const { code, out, err, folder } = await run({ "e.md": text }, "e.md");
    expect(code).toBe(0);
    const files = Object.entries(tree(join(folder, "catalog"))).map(([, file]) => file);
    for (const said of [out, err, ...files])
      expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).toContain("characters that nobody sees");
  });
});
