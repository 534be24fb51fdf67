/** What consumers of the generated package add to a bundle. The budgets are asserted by test/bundle.test.ts. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundled, consumers } from "./bundled.js";
import { built, entries, enumMember, generatePackage, guardOf } from "./synthetic.js";

const sizes = [30, 300, 3000];

interface Column {
  readonly title: string;
  readonly sizes: Readonly<Record<string, string>>;
}

async function column(
  title: string,
  root: string,
  modules: Readonly<Record<string, string>>,
): Promise<Column> {
  const cells: Record<string, string> = {};
  for (const [what, module] of Object.entries(modules)) {
    const { bytes, gzip } = await bundled(root, module);
    cells[what] = `${bytes} / ${gzip}`;
  }
  return { title, sizes: cells };
}

const abp = consumers("abp", {
  guard: "isAbpRateLimitExceeded",
  member: "AbpMessage.NoOddsFound",
  decoders: ["decodeAbp", "decodeAbpPlacement"],
  adviser: "adviseAbp",
});
const columns = [
  await column("ABP", fileURLToPath(new URL("../../generated/", import.meta.url)), abp),
];
for (const count of sizes) {
  const list = entries(count);
  const root = generatePackage(list, built);
  const names = {
    guard: guardOf(list[0]!),
    member: enumMember(list[0]!),
    decoders: ["decodeBench"],
  };
  columns.push(await column(`${count} entries`, root, consumers("bench", names)));
  rmSync(dirname(root), { recursive: true });
}

const rows = [...new Set(columns.flatMap(({ sizes }) => Object.keys(sizes)))].map(
  (what) => `| ${[what, ...columns.map(({ sizes }) => sizes[what] ?? "")].join(" | ")} |`,
);
const report = `# Bundle size

Bytes of what a consumer adds to a bundle: minified by esbuild, and then by gzip as well.

| used | ${columns.map(({ title }) => title).join(" | ")} |
| --- |${" --- |".repeat(columns.length)}
${rows.join("\n")}
`;
const file = new URL("results/bundle.md", import.meta.url);
mkdirSync(new URL(".", file), { recursive: true });
writeFileSync(file, report);
console.log(report);
