/** The site of the three catalogs: its built pages, and what a real Chromium makes of them. Without one, that part is skipped. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Catalog } from "../site/lib/catalog.js";
import { build, executablePath, launch, serve, type Served } from "./built-site.js";
import { filesIn, generated, root } from "./support.js";
import { queriesOf } from "./site-queries.js";

const catalog = JSON.parse(readFileSync(join(generated, "catalog.json"), "utf8")) as Catalog;
const pathsOfEntries = catalog.apis.flatMap(({ id, entries }) =>
  entries.map(({ family, name }) => `${id}/${family}/${name}.html`),
);

let folder = "";
let files: readonly string[] = [];
let pages: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  folder = await build(root);
  files = filesIn(folder);
  pages = new Map(
    files
      .filter((path) => path.endsWith(".html"))
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
});

/** The files and anchors in the site that a built page links to. */
function targetsOf(path: string): readonly (readonly [file: string, anchor: string])[] {
  const links = [...pages.get(path)!.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, to]) => to!);
  return links
    .filter((to) => !/^(?:https?|data):/.test(to))
    .map((to) => {
      const [file = "", anchor = ""] = to.replaceAll("&amp;", "&").split("#");
      const from = posix.join("/", posix.dirname(path), "/");
      const target = file === "" ? `/${path}` : posix.resolve(from, file);
      const isFolder = file.endsWith("/") || /(?:^|\/)\.{1,2}$/.test(file);
      const found = isFolder ? posix.join(target, "index.html") : target;
      return [decodeURI(found.slice(1)), decodeURIComponent(anchor)];
    });
}

describe("the built site", () => {
  it("has a page for every page of the docs, and two of its own", () => {
    const docs = filesIn(join(generated, "docs")).filter((path) => path.endsWith(".md"));
    const wanted = [
      ...docs.map((path) => path.replace(/md$/, "html")),
      "decode.html",
      "entries.html",
    ];
    expect([...pages.keys()].sort()).toEqual([...wanted, "404.html"].sort());
  });

  it("links only to files and anchors that are there", () => {
    let checked = 0;
    for (const path of pages.keys())
      for (const [file, anchor] of targetsOf(path)) {
        expect(files, `${path}: ${file}`).toContain(file);
        if (anchor !== "")
          expect(pages.get(file), `${path}: ${file}#${anchor}`).toContain(` id="${anchor}"`);
        checked++;
      }
    expect(checked).toBeGreaterThan(5_000);
  });

  it("has every entry two clicks from its first page at the most", () => {
    const first = targetsOf("index.html").map(([file]) => file);
    const second = first.filter((file) => pages.has(file)).flatMap((file) => targetsOf(file));
    const near = new Set([...first, ...second.map(([file]) => file)]);
    expect(pathsOfEntries.length).toBeGreaterThan(60);
    expect(pathsOfEntries.filter((path) => !near.has(path))).toEqual([]);
  });

  it("has no page over 200 KB", () => {
    for (const [path, html] of pages) expect(Buffer.byteLength(html), path).toBeLessThan(200_000);
  });
});

describe.skipIf(executablePath === undefined)("the site in Chromium (skipped without one)", () => {
  let served: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    served = await serve(folder);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  /** A page of its own, in which no error and no request to another host is let by. */
  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    context = await browser.newContext({
      baseURL: served.url,
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(20_000);
    context.on("request", (request) => {
      if (!request.url().startsWith(served.url) && !request.url().startsWith("data:"))
        faults.push(`request to ${request.url()}`);
    });
    context.on("console", (message) => {
      if (/error|warning/.test(message.type())) faults.push(message.text());
    });
    context.on("weberror", (error) => faults.push(String(error.error())));
    page = await context.newPage();
    return page;
  }

  beforeEach(() => {
    faults = [];
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  /** Opens a page, and waits until it listens. */
  async function visit(path: string): Promise<void> {
    await page.goto(path);
    await page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");
  }

  async function openSearch(key = "/"): Promise<void> {
    await page.keyboard.press(key);
    await page.locator('dialog[aria-busy="false"]').waitFor();
  }

  /** What a search lists, by the paths of its pages. */
  async function search(query: string): Promise<readonly string[]> {
    await page.locator("#query").fill(query);
    return page
      .locator("#hits li")
      .evaluateAll((hits) =>
        hits.map((hit) => String((hit as { dataset?: { path?: string } }).dataset?.path)),
      );
  }

  it("loads less than 100 KB for its first page, and none of it moves", async () => {
    await open();
    const sizes = new Map<string, number>();
    page.on("response", (response) => {
      if (!response.url().startsWith("data:"))
        void response.body().then((body) => sizes.set(response.url(), gzipSync(body).length));
    });
    await page.goto("/", { waitUntil: "networkidle" });
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(sizes.size).toBeGreaterThan(4);
    expect(total).toBeLessThan(100_000);
    expect([...sizes.keys()].filter((url) => url.includes("virtual_"))).toEqual([]);
  });

  it.each(["/", "/abp/", "/entries.html"])("moves nothing on %s as it loads", async (path) => {
    await open();
    await page.addInitScript(`
      globalThis.shifts = [];
      new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value)))
        .observe({ type: "layout-shift", buffered: true });`);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path, { waitUntil: "networkidle" });
      expect(await page.evaluate("globalThis.shifts"), String(width)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth"), String(width)).toBe(
        width,
      );
    }
  });

  it("finds what somebody has: every literal text, template with other values, and code", async () => {
    await open();
    await visit("/");
    await openSearch();
    const queries = queriesOf(catalog);
    expect(queries.length).toBeGreaterThan(60);
    for (const { query, entries } of queries) {
      const found = await search(query);
      expect(entries, query).toContain(found[0]);
      expect(
        entries.filter((entry) => !found.includes(entry)),
        query,
      ).toEqual([]);
    }
  });

  it("finds a template by a part of one of its instances", async () => {
    await open();
    await visit("/");
    await openSearch();
    expect((await search("15000.00 USD exceeds available limit"))[0]).toBe(
      "abp/declines/stake-exceeds-limit",
    );
    const hit = page.locator("#hits li").first();
    expect(await hit.innerText()).toMatch(
      /^Stake exceeds limit\n55-tech ABP API · decline\n✕ Did not go through\nDo not send it again\. Lower orderStake/,
    );
    expect(await search("zebra quantum")).toEqual([]);
    expect((await search("timeout")).slice(0, 3)).toEqual([
      "mm/retries",
      "abp/retries",
      "6mm/retries",
    ]);
  });

  it("is searched, and walked, with the keyboard alone", async () => {
    await open();
    await visit("/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await openSearch("Control+k");
    await page.keyboard.type("Invalid API key");
    await expect
      .poll(() => page.locator('[aria-selected="true"]').getAttribute("data-path"))
      .toBe("mm/sockets/invalid-api-key");
    await page.keyboard.press("ArrowDown");
    const second = await page.locator('[aria-selected="true"]').getAttribute("data-path");
    const active = await page.locator("#query").getAttribute("aria-activedescendant");
    expect(await page.locator(`#${active}`).getAttribute("data-path")).toBe(second);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${second}.html`);
    await expect.poll(() => page.locator("dialog").isVisible()).toBe(false);
    await page.keyboard.press("/");
    await expect.poll(() => page.locator("dialog").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog").isVisible()).toBe(false);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByRole("button", { name: "Menu" }).press("Enter");
    await expect.poll(() => page.getByRole("link", { name: "All entries" }).isVisible()).toBe(true);
    await page.getByRole("link", { name: "All entries" }).press("Enter");
    await page.waitForURL("**/entries.html");
    await expect.poll(() => page.locator("#menu").isVisible()).toBe(false);
  });

  describe("the decode box", () => {
    /** What the box says of a response, by its headings. */
    async function decode(text: string): Promise<readonly string[]> {
      await page.locator("#pasted").fill(text);
      await page.locator("#pasted").press("Control+Enter");
      await page.locator('.decoded[aria-busy="false"] .read-as').waitFor();
      return page.locator(".match h2").allInnerTexts();
    }
    const decline = `{"requestUuid":"fb5f2dd9-c855-4ba9-8ef9-4c2278ca2f1d","declineReason":"Order stake 15000.00 USD exceeds available limit 5000.00 USD","bets":[]}`;

    it("takes curl's output, a status and a body, a bare body, an item and a frame", async () => {
      await open();
      await visit("/decode.html");
      const head =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 429\r\ncontent-type: application/json\r\nretry-after: 3\r\n\r\n";
      expect(
        await decode(`${head}{"detail":"Rate limit exceeded","limit":"100","retry_after":2}`),
      ).toEqual(["Rate limit exceeded"]);
      expect(await page.locator(".match dl").innerText()).toContain(
        "Send it again after 3 s, under the same key.",
      );
      expect(await decode(`201\n{"acceptedOrders":[],"declinedOrders":[${decline}]}`)).toEqual([
        "Stake exceeds limit",
        "Placement",
      ]);
      expect(await decode(decline)).toEqual(["Stake exceeds limit"]);
      expect(await page.locator(".match dl").innerText()).toMatch(/limit\s+5000\.00/);
      expect(await decode(`{"code":1002,"message":"expired"}`)).toEqual(["Token expired"]);
      expect(await decode(`{"error":"Connection limit exceeded"}`)).toEqual([
        "Connection limit exceeded",
      ]);
      expect(await decode("502 Bad Gateway\n<html>nginx</html>")).toEqual(["Bad gateway"]);
    });

    it("takes a HAR, and says what is wrong with a recording", async () => {
      await open();
      await visit("/decode.html");
      const entry = (status: number, text: string): object => ({
        request: { method: "GET", url: "https://shop.example/orders" },
        response: { status, headers: [], content: { text } },
      });
      const entries = [
        entry(429, '{"detail":"Rate limit exceeded","limit":"100","retry_after":2}'),
        entry(502, "<html>"),
      ];
      expect(await decode(JSON.stringify({ log: { entries } }))).toEqual([
        "Rate limit exceeded",
        "Bad gateway",
      ]);
      expect(await page.locator(".match-of").first().innerText()).toContain(
        "the response to GET https://shop.example/orders",
      );
      await decode("HTTP/1.1 502\ncontent-length: 90\n\ncut");
      expect(await page.locator(".read-as").innerText()).toContain("3 of 90 bytes");
    });

    it("asks one API, or says which of all it is", async () => {
      await open();
      await visit("/decode.html");
      expect(await decode("401\n{}")).toEqual(["Unauthorized", "Unauthorized", "Unauthorized"]);
      await page.locator("#api").selectOption({ label: "6mm API" });
      expect(await decode("401\n{}")).toEqual(["Unauthorized"]);
      expect(await page.locator(".match-of").innerText()).toBe(
        "6mm API, the response: known by its status alone",
      );
    });

    it("shows what was pasted as text", async () => {
      await open();
      await visit("/decode.html");
      const attack = `<img src=x onerror="globalThis.pwned = 1"><script>globalThis.pwned = 1</script>`;
      const stake = JSON.stringify(`Order stake 1.0 USD exceeds available limit ${attack}`);
      for (const text of [
        attack,
        `429 ${attack}`,
        `HTTP/1.1 200 ${attack}\n\n${attack}`,
        `422\n{"detail":${JSON.stringify(attack)}}`,
      ])
        await decode(text);
      await decode(`{"requestUuid":${JSON.stringify(attack)},"declineReason":${stake}}`);
      await decode(
        `201\n{"acceptedOrders":[],"declinedOrders":[{"requestUuid":${JSON.stringify(attack)},"declineReason":"Invalid odds"}]}`,
      );
      expect(await page.locator(".decoded").innerText()).toContain("<img src=x");
      expect(await page.locator(".decoded :is(img, script)").count()).toBe(0);
      expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    });
  });

  it("narrows the table of entries down by category, outcome and retry", async () => {
    await open();
    await visit("/entries.html");
    const rows = page.locator("tbody tr");
    expect(await rows.count()).toBe(pathsOfEntries.length);
    await page.locator("#filter-category").selectOption("throttled");
    const throttled = await rows.count();
    expect(throttled).toBeGreaterThan(3);
    await page.locator("#filter-retry").selectOption({ label: "Send it again after a step." });
    await page.locator("#filter-outcome").selectOption({ label: "Did not go through" });
    const narrow = await rows.allInnerTexts();
    expect(narrow.length).toBeGreaterThan(0);
    expect(narrow.length).toBeLessThan(throttled);
    for (const row of narrow)
      expect(row).toMatch(/throttled.*Did not go through.*Send it again after a step/s);
  });

  it("reads and links without JavaScript, and offers nothing that needs it", async () => {
    await open({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto("/");
    await page.getByRole("link", { name: "Stake exceeds limit", exact: true }).first().click();
    expect(await page.locator("main").innerText()).toContain(
      "Did it go through? No. Nothing was executed.",
    );
    expect(await page.getByRole("button").count()).toBe(0);
    await page.getByRole("link", { name: "All entries" }).click();
    expect(await page.locator("tbody tr").count()).toBe(pathsOfEntries.length);
  });

  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  // What is dark is the same elements in other colours.
  describe.each([
    { colorScheme: "light", options: {} },
    { colorScheme: "dark", options: { runOnly: ["color-contrast"] } },
  ] as const)("in $colorScheme", ({ colorScheme, options }) => {
    it("is clean for axe, page by page", async () => {
      await open({ colorScheme });
      /** What axe complains about. */
      const complaints = async (): Promise<unknown> => {
        await page.evaluate(axe);
        const shown = "({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`";
        return page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ passes, violations }) =>
          passes.length === 0 ? "nothing was looked at" : violations.map(${shown}))`);
      };
      for (const path of [
        "/",
        "/abp/",
        "/abp/declines/stake-exceeds-limit.html",
        "/abp/retries.html",
        "/entries.html",
      ]) {
        await visit(path);
        expect(await complaints(), path).toEqual([]);
      }
      await visit("/decode.html");
      await page.locator("#pasted").fill("429");
      await page.locator("#pasted").press("Control+Enter");
      await page.locator(".match").first().waitFor();
      expect(await complaints(), "decode").toEqual([]);
      await page.getByRole("button", { name: "Search" }).click();
      await search("limit");
      expect(await complaints(), "search").toEqual([]);
    });
  });
});
