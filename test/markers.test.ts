/** Blocks in Markdown of an owner's own: they are kept up to date, and nothing else of the file changes by a byte. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { check, generate as generateFrom } from "../generator/api.js";
import { generate } from "../generator/generate.js";
import { writeCatalog } from "./case-file.js";
import { project, tree } from "./command.js";
import { errataIn } from "./in-process.js";
import { mdx } from "./markdown.js";

const catalog = (
  update: string,
  docs = "",
): string => `api: { title: Shop API, summary: Sells things., codes: string }
channels:
  http: { transport: http, code: /code, message: /message }
limits:
  burst: { count: 5, per: 1s, scope: client, summary: How much may be asked. }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
errors:
  sold-out: { code: sold_out, category: state-conflict, outcome: not-executed, retry: never, summary: It is gone., remedy: Ask later., examples: [{ status: 409, body: { code: sold_out } }] }
  odd: { message: "<!-- /errata -->", title: "<!-- /errata -->", category: validation, outcome: unknown, retry: reconcile, summary: "\`<!-- /errata -->\` {x} | <b>", examples: [{ status: 400, body: { message: "<!-- /errata -->" } }] }
--- catalog.yaml
package: { name: shop-errors, version: "1.0.0", description: What can go wrong in a shop. }
output: ../generated
apis: [shop]
docs: { update: [${update}]${docs} }
`;

/** A project with files and a catalog that updates some of them. */
function shop(files: Readonly<Record<string, string>>, update: string, docs = ""): string {
  const folder = project({ ".git/HEAD": "", ...files });
  writeCatalog(catalog(update, docs), join(folder, "catalog"));
  return folder;
}

const manifestIn = (folder: string): string => join(folder, "catalog/catalog.yaml");

/** What a page with this text becomes. */
async function filled(text: string, docs = ""): Promise<string> {
  const folder = shop({ "guide.md": text }, "../guide.md", docs);
  expect((await generate(manifestIn(folder))).diagnostics).toEqual([]);
  return readFileSync(join(folder, "guide.md"), "utf8");
}

describe("a block", () => {
  it("is a table of a family, the limits, or a short answer about one entry", async () => {
    const names = ["shop.errors", "shop.limits", "shop.errors.sold-out"];
    const text = await filled(
      names.map((name) => `<!-- errata:${name} -->\n<!-- /errata -->\n`).join("\n"),
    );
    expect(text).toMatchInlineSnapshot(`
      "<!-- errata:shop.errors -->

      | You see | It is | Did it go through? | Send it again? |
      | --- | --- | --- | --- |
      | \`<!-- /errata -->\` | [\\<!-- /errata -->](generated/docs/shop/errors/odd.md) | Maybe executed | A write: look it up first. A read: no. |
      | \`sold_out\` | [Sold out](generated/docs/shop/errors/sold-out.md) | Not executed | No. |

      <!-- /errata -->

      <!-- errata:shop.limits -->

      - \`burst\`: How much may be asked. 5 requests in 1 s, counted per client.

      <!-- /errata -->

      <!-- errata:shop.errors.sold-out -->

      \`sold_out\` **[Sold out](generated/docs/shop/errors/sold-out.md)**: It is gone.

      - **Did it go through?** No. Nothing was executed.
      - **Who acts?** Your program, by changing the request.
      - **Send it again?** No.
      - **What to do**: Ask later.

      <!-- /errata -->
      "
    `);
  });

  it("has no line that could be taken for a marker, and is compiled as it is meant", async () => {
    const text = await filled(
      "<!-- errata:shop.errors -->\n<!-- /errata -->\n\n<!-- errata:shop.errors.odd -->\n<!-- /errata -->\n",
    );
    expect(await filled(text)).toBe(text);
    expect(text.match(/^<!--/gm)).toHaveLength(4);
    const { foreign } = await mdx(text.replace(/^<!-- (.*) -->$/gm, "{/* $1 */}"));
    expect(foreign.filter((one) => !one.startsWith("mdxFlowExpression"))).toEqual([]);
  });

  it("leads to the pages of the package, or to where the docs are published", async () => {
    const text = "<!-- errata:shop.errors.sold-out -->\n<!-- /errata -->\n";
    expect(await filled(text)).toContain("(generated/docs/shop/errors/sold-out.md)");
    expect(await filled(text, ", url: https://docs.example/e/")).toContain(
      "(https://docs.example/e/shop/errors/sold-out)",
    );
  });

  it("may have the comments of MDX", async () => {
    const text = await filled("{/* errata:shop.limits */}\n{/* /errata */}\n");
    expect(text).toMatch(
      /^\{\/\* errata:shop\.limits \*\/\}\n\n- `burst`.*\n\n\{\/\* \/errata \*\/\}\n$/,
    );
  });
});

it.skipIf(process.platform === "win32")("is not read from what is no file", async () => {
  const folder = shop({}, "../guide.md");
  // A pipe that nobody writes to: who reads it waits for ever.
  execFileSync("mkfifo", [join(folder, "guide.md")]);
  const { code, err } = await errataIn(folder, "generate");
  expect([code, err]).toEqual([1, expect.stringMatching(/marker\/file[^]*guide\.md is neither/)]);
});

describe("the rest of a file", () => {
  const block = "<!-- errata:shop.limits -->\nold\n<!-- /errata -->";

  it.each([
    ["with a byte order mark", `\ufeff${block}\n`],
    ["without a last line end", `# Guide\n\n${block}`],
    ["with CRLF", `# Guide\r\n\r\n${block.replaceAll("\n", "\r\n")}\r\n\r\nMore.\r\n`],
    ["with spaces at line ends", `One  \nTwo\t\n\n${block}  \n\n\n`],
  ])("%s stays as it is", async (_, text) => {
    const after = await filled(text);
    const [before, end] = text.split("old");
    expect(after.startsWith(before!)).toBe(true);
    expect(after.endsWith(end!)).toBe(true);
    expect(after).toContain("`burst`");
    expect(/\r/.test(after)).toBe(/\r/.test(text));
    if (/\r/.test(text)) expect(after).not.toMatch(/[^\r]\n/);
  });

  it("stays as it is, whatever it is", async () => {
    const part = fc
      .array(
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.constantFrom("\r\n", "\r", "\n", "\ufeff", "| a |", "> b", "- c", "\u2028"),
        ),
      )
      .map((all) => all.join("").replace(/[`~]|errata/g, ""));
    await fc.assert(
      fc.asyncProperty(part, part, async (before, after) => {
        // A marker needs a line of its own, with nothing that is indented code or an open comment before it.
        const [head, tail] = [
          `${before.replace(/<|\t| {4}/g, "")}\n\n`,
          `\n${after.replace(/</g, "")}`,
        ];
        const text = await filled(head + block + tail);
        expect(text.startsWith(`${head}<!-- errata`)).toBe(true);
        expect(text.endsWith(`/errata -->${tail}`)).toBe(true);
        expect(text).toContain("`burst`");
      }),
      { numRuns: 25 },
    );
  });
});

describe("errata generate", () => {
  const page = "# Guide\n\n<!-- errata:shop.limits -->\n<!-- /errata -->\n";

  it("updates the files of a folder, and --check says which one is out of date", async () => {
    const folder = shop(
      {
        "docs/a.md": page,
        "docs/deep/b.mdx": "{/* errata:shop.limits */}\n{/* /errata */}\n",
        "docs/c.txt": page,
      },
      "../docs",
    );
    const first = await errataIn(folder, "generate");
    expect([first.code, first.err]).toEqual([0, ""]);
    const { "docs/a.md": a, "docs/deep/b.mdx": b, "docs/c.txt": c } = tree(folder);
    expect([a, b].map((text) => text!.includes("`burst`"))).toEqual([true, true]);
    expect(c).toBe(page);
    expect(await errataIn(folder, "generate", "--check")).toMatchObject({ code: 0 });
    // By the memory of the last run, and without it.
    writeFileSync(join(folder, "docs/a.md"), a!.replace("burst", "burts"));
    const drift = await errataIn(folder, "generate", "--check");
    expect([drift.code, drift.out]).toEqual([
      1,
      expect.stringContaining("differs: docs/a.md from line 5 on"),
    ]);
    writeFileSync(join(folder, "docs/new.md"), page);
    expect((await errataIn(folder, "generate")).out).toBe(
      `generated/: 2 changed of ${/\d+(?= files)/.exec(first.out)![0]} files.\n`,
    );
    expect(tree(folder)["docs/a.md"]).toBe(a);
    expect(tree(folder)["docs/new.md"]).toBe(a);
    expect((await errataIn(folder, "generate")).out).toMatch(/is up to date/);
  });

  it("writes all or nothing: neither docs without their package, nor a package without its docs", async () => {
    const folder = shop(
      { "guide.md": page, "bad.md": "<!-- errata:shop.limit -->\n<!-- /errata -->\n" },
      "../guide.md, ../bad.md",
    );
    const broken = await errataIn(folder, "generate");
    expect([broken.code, broken.err]).toEqual([
      1,
      expect.stringContaining('did you mean "shop.limits"?'),
    ]);
    expect(await errataIn(folder, "check")).toMatchObject({
      code: 1,
      err: expect.stringContaining("marker/unknown") as string,
    });
    const files = Object.keys(tree(folder));
    expect(files.filter((path) => path.startsWith("generated/"))).toEqual([]);
    writeFileSync(join(folder, "bad.md"), page);
    mkdirSync(join(folder, "generated/README.md"), { recursive: true });
    expect(await errataIn(folder, "generate")).toMatchObject({
      code: 1,
      err: expect.stringContaining("output/unwritable") as string,
    });
    expect([tree(folder)["guide.md"], tree(folder)["bad.md"]]).toEqual([page, page]);
  });

  it("looks at the files even where it can tell at a glance that its output is as it was", async () => {
    const folder = shop({ "docs/a.md": page, "node_modules/.keep": "" }, "../docs");
    await errataIn(folder, "generate");
    const { "docs/a.md": text } = tree(folder);
    // The glance counts once the files are no longer young.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    try {
      for (const _ of [1, 2])
        expect((await errataIn(folder, "generate")).out).toMatch(/up to date/);
      writeFileSync(join(folder, "docs/a.md"), text!.replace("burst", "burts"));
      expect(await errataIn(folder, "generate", "--check")).toMatchObject({ code: 1 });
    } finally {
      vi.useRealTimers();
    }
  });

  it("is no other where a program calls it", async () => {
    const folder = shop({ "guide.md": page.replace("limits", "limit") }, "../guide.md");
    const { diagnostics } = await check({ cwd: folder });
    expect(diagnostics).toMatchObject([
      { id: "marker/unknown", at: { file: join(folder, "guide.md"), line: 3 } },
    ]);
    writeFileSync(join(folder, "guide.md"), page);
    const { changes } = await generateFrom({ cwd: folder });
    expect(changes).toContainEqual({ kind: "changed", path: "../guide.md" });
  });
});
