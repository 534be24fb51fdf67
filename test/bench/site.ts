/** The site of 3,000 entries: how long it takes to build, and how large its pages are. */
import { renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, copySite } from "../built-site.js";
import { pathsIn, remove } from "./files.js";
import { machine, rounded, saveResult, table } from "./report.js";
import { built, entries, generatePackage } from "./synthetic.js";

const sizes = [30, 300, 3_000];

interface Site {
  readonly seconds: number;
  readonly pages: number;
  /** In KB. */
  readonly largestPage: number;
}

async function measure(count: number): Promise<Site> {
  const out = generatePackage(entries(count), built);
  const project = dirname(out);
  renameSync(out, join(project, "generated"));
  copySite(project);
  const begin = performance.now();
  const folder = await build(project);
  const seconds = rounded((performance.now() - begin) / 1_000);
  const pages = pathsIn(folder).filter((path) => path.endsWith(".html"));
  const bytes = pages.map((path) => statSync(join(folder, path)).size);
  remove(project);
  return { seconds, pages: pages.length, largestPage: rounded(Math.max(...bytes) / 1_000) };
}

const rows: ({ readonly count: number } & Site)[] = [];
for (const count of sizes) rows.push({ count, ...(await measure(count)) });
const cells = rows.map(({ count, seconds, pages, largestPage }) => [
  ...[String(count), `${seconds} s`, String(pages), `${largestPage} KB`],
]);
saveResult(
  "site",
  { machine, rows },
  `# The site

\`npm run docs\` beside catalogs of so many entries. ${machine}.

${table(["entries", "build", "pages", "largest page"], cells)}
`,
);
