/** The same site beside another catalog: one API of it is large, and every text of the others attacks. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { catalogFiles, entries } from "./bench/synthetic.js";
import { build, copySite, executablePath, launch, serve } from "./built-site.js";
import { errata, project, tree } from "./command.js";
import { filesIn, stories } from "./support.js";

/** More than a page lists. A site of 3,000 is measured by `npm run bench -- site`. */
const many = 260;

let folder = "";

beforeAll(async () => {
  const hostile = stories.find(({ name }) => name === "hostile")!;
  const files: Record<string, string> = catalogFiles(entries(many));
  for (const [path, text] of Object.entries(tree(dirname(hostile.manifest))))
    files[`catalog/${path}`] = text
      .replace(/^output: .*$/m, "output: ../generated")
      .replace(/^apis: \[/m, "apis: [bench, ");
  const root = copySite(project(files));
  expect(await errata(root, "generate")).toMatchObject({ code: 0, err: "" });
  folder = await build(root);
});

it("has no page that is too long for a person", () => {
  const pages = filesIn(folder).filter((path) => path.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(many);
  for (const path of pages)
    expect(readFileSync(join(folder, path)).length, path).toBeLessThan(200_000);
  // The table of entries begins empty, and the pages of the large API have the list.
  expect(readFileSync(join(folder, "entries.html"), "utf8")).not.toContain("<tbody");
  expect(readFileSync(join(folder, "bench/entries.html"), "utf8")).toContain("<tbody");
});

it.skipIf(executablePath === undefined)(
  "shows texts that attack as texts (skipped without Chromium)",
  async () => {
    const served = await serve(folder);
    const browser = await launch();
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") faults.push(message.text());
      });
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("dialog", (dialog) => faults.push(dialog.message()));
      const paths = ["/", "/constructor/", "/constructor/errors/constructor.html", "/decode.html"];
      for (const path of paths) {
        await page.goto(served.url + path, { waitUntil: "networkidle" });
        expect(await page.evaluate("globalThis.__pwned"), path).toBeUndefined();
        const pictures = await page
          .locator("img")
          .evaluateAll((all) => all.map((one) => one.getAttribute("src")));
        for (const src of pictures) expect(src).toMatch(/^\/assets\/[\w.-]+\.svg$/);
      }
      await page.keyboard.press("/");
      await page.locator("#query").fill("bold");
      await page.locator("#hits li").first().waitFor();
      expect(await page.locator("#hits :is(img, b, script)").count()).toBe(0);
      // Where there are too many entries for the page, the table takes them from the index.
      await page.goto(`${served.url}/entries.html`, { waitUntil: "networkidle" });
      await page.locator("#filter-api").selectOption("bench");
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(249);
      await page.locator("#filter-api").selectOption({ index: 2 });
      expect(await page.locator("table :is(img, b, script)").count()).toBe(0);
      expect(await page.evaluate("globalThis.__pwned")).toBeUndefined();
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      served.close();
    }
  },
);
