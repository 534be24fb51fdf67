/** What consumers of the generated package add to a bundle. The budgets are asserted by test/bundle.test.ts. */
import { dirname, join } from "node:path";
import { bundled, consumers } from "./bundled.js";
import { remove, root } from "./files.js";
import { saveResult, table } from "./report.js";
import { built, entries, enumMember, generatePackage, guardOf } from "./synthetic.js";

const sizes = [30, 300, 3_000];

interface Column {
  readonly title: string;
  /** By what is used. */
  readonly sizes: Readonly<Record<string, { readonly bytes: number; readonly gzip: number }>>;
}

export interface BundleResult {
  readonly columns: readonly Column[];
}

async function column(
  title: string,
  packageRoot: string,
  modules: Readonly<Record<string, string>>,
): Promise<Column> {
  const cells: Record<string, Column["sizes"][string]> = {};
  for (const [what, module] of Object.entries(modules)) {
    const { bytes, gzip } = await bundled(packageRoot, module);
    cells[what] = { bytes, gzip };
  }
  return { title, sizes: cells };
}

const abp = consumers("abp", {
  guard: "isAbpRateLimitExceeded",
  member: "AbpMessage.NoOddsFound",
  decoders: ["decodeAbp", "decodeAbpPlacement"],
  adviser: "adviseAbp",
});
const columns = [await column("ABP", join(root, "generated"), abp)];
for (const count of sizes) {
  const list = entries(count);
  const out = generatePackage(list, built);
  const names = {
    guard: guardOf(list[0]!),
    member: enumMember(list[0]!),
    decoders: ["decodeBench"],
  };
  columns.push(await column(`${count} entries`, out, consumers("bench", names)));
  remove(dirname(out));
}

const used = [...new Set(columns.flatMap((column) => Object.keys(column.sizes)))];
const rows = used.map((what) => {
  const cells = columns.map(({ sizes: { [what]: size } }) =>
    size === undefined ? "" : `${size.bytes} / ${size.gzip}`,
  );
  return [what, ...cells];
});
const result: BundleResult = { columns };
saveResult(
  "bundle",
  result,
  `# Bundle size

Bytes of what a consumer adds to a bundle: minified by esbuild, and then by gzip as well.

${table(["used", ...columns.map(({ title }) => title)], rows)}
`,
);
