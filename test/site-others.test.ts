/** The same site beside other catalogs: a large one, and one whose every text attacks. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { catalogFiles, entries } from "./bench/synthetic.js";
import { build, copySite, executablePath, launch, serve } from "./built-site.js";
import { errata, project, tree } from "./command.js";
import { filesIn, stories } from "./support.js";

/** More than a page lists. The whole size, of 3,000, is measured by `npm run bench -- site`. */
const many = 300;

/** Generates the package of a catalog, and builds the site beside it. Returns the folder of the site. */
async function siteOf(files: Readonly<Record<string, string>>): Promise<string> {
  const manifest = files["catalog/catalog.yaml"]!.replace(/^output: .*$/m, "output: ../generated");
  const folder = copySite(project({ ...files, "catalog/catalog.yaml": manifest }));
  expect(await errata(folder, "generate")).toMatchObject({ code: 0, err: "" });
  return build(folder);
}

it(`${many} entries are on pages that a person can use`, async () => {
  const folder = await siteOf(catalogFiles(entries(many)));
  const pages = filesIn(folder).filter((path) => path.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(many);
  for (const path of pages)
    expect(readFileSync(join(folder, path)).length, path).toBeLessThan(200_000);
  // The table of entries begins empty, and the pages of the API have the list.
  expect(readFileSync(join(folder, "entries.html"), "utf8")).not.toContain("<tbody");
  expect(readFileSync(join(folder, "bench/entries.html"), "utf8")).toContain("<tbody");
});

it.skipIf(executablePath === undefined)(
  "shows texts that attack as texts (skipped without Chromium)",
  async () => {
    const { manifest } = stories.find(({ name }) => name === "hostile")!;
    const files = Object.entries(tree(dirname(manifest)));
    const catalog = files.map(([path, text]) => [`catalog/${path}`, text] as const);
    const served = await serve(await siteOf(Object.fromEntries(catalog)));
    const browser = await launch();
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") faults.push(message.text());
      });
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("dialog", (dialog) => faults.push(dialog.message()));
      for (const path of [
        "/",
        "/entries.html",
        "/constructor/",
        "/constructor/errors/constructor.html",
        "/constructor/reference.html",
      ]) {
        await page.goto(served.url + path, { waitUntil: "networkidle" });
        expect(await page.evaluate("globalThis.__pwned"), path).toBeUndefined();
        // The only pictures are those of the docs.
        const pictures = await page
          .locator("main img")
          .evaluateAll((all) => all.map((one) => one.getAttribute("src")));
        for (const src of pictures) expect(src).toMatch(/^\/assets\/\w+\.[\w-]+\.svg$/);
      }
      await page.keyboard.press("/");
      await page.locator("#query").fill("bold");
      await page.locator("#hits li").first().waitFor();
      expect(await page.locator("#hits :is(img, b, script)").count()).toBe(0);
      expect(await page.evaluate("globalThis.__pwned")).toBeUndefined();
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      served.close();
    }
  },
);
