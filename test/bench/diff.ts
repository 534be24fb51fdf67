/** What `errata diff` of two catalogs costs beside generating one of them. */
import { join } from "node:path";
import { cli, remove, temporary } from "./files.js";
import { howOften, measure, shown } from "./processes.js";
import { project } from "./project.js";
import { machine, saveResult, table } from "./report.js";
import { catalogFiles, entries, type Entry } from "./synthetic.js";

const sizes = [300, 3_000];

/** An entry as it might be a version later. */
function later(entry: Entry, i: number): Entry {
  if (i % 10 !== 0) return entry;
  const { code, name, summary, prefix } = entry;
  const changes: readonly Partial<Entry>[] = [
    { summary: `${summary} It was said in other words.` },
    { category: "unsupported" },
    code === null ? { prefix: `${prefix}now ` } : { code: `${code}-2` },
    { name: `${name}-again` },
  ];
  return { ...entry, ...changes[(i / 10) % changes.length]! };
}

const rows = sizes.map((count) => {
  const list = entries(count);
  const old = project(catalogFiles(list));
  const now = temporary(catalogFiles(list.map(later)));
  const args = [cli, "diff", join(old.folder, "catalog"), "catalog", "--format", "json"];
  const measured = measure({ generate: old.cold, diff: { cwd: now, args, code: 1 } });
  remove(old.folder, now);
  return { count, ...measured };
});

const cells = rows.map(({ count, generate, diff }) => [
  ...[String(count), shown(generate), shown(diff)],
  (diff.seconds / generate.seconds).toFixed(2),
]);
saveResult(
  "diff",
  { machine, rows },
  `# Comparing two catalogs

A diff of two catalogs of which every tenth entry differs, beside a cold build of one. ${howOften}. ${machine}.

${table(["entries", "generate", "diff", "ratio"], cells)}
`,
);
