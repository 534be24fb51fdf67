/** The site: the pages of `generated/docs` as they are, and those of `site/pages`. */
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfigWithTheme } from "vitepress";
import type { Catalog } from "../lib/catalog.js";
import { entriesOf } from "../lib/entries.js";
import { type Navigation, navigationOf, type Pages } from "../lib/navigation.js";
import { catalogModules } from "./modules.js";
import { adapt } from "./markdown.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const generated = join(root, "generated");
const catalog = JSON.parse(readFileSync(join(generated, "catalog.json"), "utf8")) as Catalog;
const entries = new Map(entriesOf(catalog).map((one) => [one.path, one]));

/** The pages that are no entry's. The texts of front matter are JSON. */
function pagesIn(folder: string): Pages {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => path.split(sep).join("/").slice(0, -3))
    .filter((path) => !entries.has(path));
  return new Map(
    paths.sort().map((path) => {
      const text = readFileSync(join(folder, `${path}.md`), "utf8");
      const [title, description] = ["title", "description"].map(
        (key) => JSON.parse(new RegExp(`^${key}: (".*")$`, "m").exec(text)![1]!) as string,
      );
      return [path, { title: title!, description: description! }];
    }),
  );
}

const pages = pagesIn(join(generated, "docs"));

export default defineConfigWithTheme<Navigation>({
  lang: "en",
  title: catalog.package.name,
  // VitePress writes it into an attribute as it is.
  description: catalog.package.description.replaceAll('"', "'"),
  // Without one, browsers ask for a file that is not there.
  head: [["link", { rel: "icon", href: "data:," }]],
  // Two folders have pages, so they are rewritten from the root of the repository, in which all else is left out.
  srcDir: "..",
  srcExclude: [
    "*.md",
    "!(generated|site)/**",
    "generated/*.md",
    "generated/!(docs)/**",
    "site/*.md",
  ],
  rewrites: (path) => path.replace(/^(?:generated\/docs|site\/pages)\//, ""),
  // A list of all pages in every page would be most of it where there are thousands.
  metaChunk: true,
  // A page loads what it shows, and not what somebody might open next.
  router: { prefetchLinks: false },
  themeConfig: navigationOf(catalog, pages),
  markdown: {
    headers: { level: [2, 2] },
    // Braces at the end of a title would be read as attributes.
    attrs: { disable: true },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: adapt,
  },
  transformPageData: ({ relativePath }) => {
    const entry = entries.get(relativePath.replace(/\.md$/, ""));
    // No text of the catalog: it would stand in a script that VitePress writes.
    return entry === undefined ? {} : { entry: { outcome: entry.outcome, again: entry.again } };
  },
  buildEnd: ({ outDir }) =>
    copyFileSync(join(generated, "catalog.json"), join(outDir, "catalog.json")),
  vite: {
    plugins: [catalogModules(catalog, pages, generated)],
    build: { assetsInlineLimit: 0 },
  },
});
