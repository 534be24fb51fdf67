/**
 * What `errata diff` of two catalogs costs beside generating one of them, as whole processes in turn. `npm run bench:diff`
 * builds errata first. Every tenth entry differs: its words, its category, what it is known by, or its name.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogFiles, entries, type Entry } from "./synthetic.js";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const runs = 5;
const sizes = [300, 3000];

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

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function time(folder: string, args: readonly string[], expected: number): number {
  for (const path of ["out", "node_modules"])
    rmSync(join(folder, path), { recursive: true, force: true });
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (status !== expected) throw new Error(`${args[0]}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

const rows = sizes.map((count) => {
  const [old, now] = ["old", "now"].map(() => mkdtempSync(join(tmpdir(), "errata-bench-")));
  const list = entries(count);
  write(old!, catalogFiles(list));
  write(now!, catalogFiles(list.map(later)));
  const [made, compared]: [number[], number[]] = [[], []];
  for (let round = 0; round <= runs; round++) {
    const pair = [
      time(old!, ["generate"], 0),
      time(now!, ["diff", join(old!, "catalog"), "catalog", "--format", "json"], 1),
    ] as const;
    // The first round warms the file system up.
    if (round === 0) continue;
    made.push(pair[0]);
    compared.push(pair[1]);
  }
  for (const folder of [old!, now!]) rmSync(folder, { recursive: true });
  const [one, both] = [median(made), median(compared)];
  return `| ${count} | ${one.toFixed(2)} s | ${both.toFixed(2)} s | ${(both / one).toFixed(2)} |`;
});

const report = `# Comparing two catalogs

Medians of ${runs} runs of whole processes: \`errata diff\` of two catalogs of which every tenth entry differs, beside a cold
\`errata generate\` of one. Node ${process.versions.node}, ${cpus().length} cores.

| entries | generate | diff | ratio |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
writeFileSync(new URL("results/diff.md", import.meta.url), report);
console.log(report);
