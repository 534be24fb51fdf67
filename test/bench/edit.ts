/** How long a build takes after one entry of 3,000 was edited, in a new process, beside a cold one of the same catalog. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { remove } from "./files.js";
import { made } from "./inputs.js";
import { howOften, type Measured, measure, run, shown } from "./processes.js";
import { edit, expectWritten, project } from "./project.js";
import { machine, saveResult, table } from "./report.js";

const [count, perFile] = [3_000, 300];

/** How the entries are laid out in files. */
const layouts = {
  one: `${count} entries in one file`,
  split: `${count} entries in files of ${perFile}`,
} as const;

type Layout = keyof typeof layouts;

export interface EditResult {
  readonly machine: string;
  readonly entries: number;
  readonly perFile: number;
  readonly layouts: Readonly<
    Record<Layout, Readonly<Record<"cold" | "edited" | "unchanged", Measured>>>
  >;
}

function edited(size: number): EditResult["layouts"][Layout] {
  const files = made(count, size).catalog("package");
  const [cold, warm] = [project(files), project(files)];
  run(warm.cold);
  const folder = join(warm.folder, "catalog/bench");
  const file = join(
    folder,
    readdirSync(folder).find((name) => name.startsWith("errors"))!,
  );
  let summary = "";
  const measured = measure({
    cold: cold.cold,
    edited: { ...warm.again, prepare: () => void (summary = edit(file)) },
    unchanged: { ...warm.again, isIdle: true },
  });
  expectWritten(warm, summary);
  remove(cold.folder, warm.folder);
  return measured;
}

const result: EditResult = {
  ...{ machine, entries: count, perFile },
  layouts: { one: edited(count), split: edited(perFile) },
};
const rows = Object.entries(layouts).map(([layout, name]) => {
  const { cold, edited, unchanged } = result.layouts[layout as Layout];
  const ratio = (own: Measured): string =>
    `${(own.seconds / cold.seconds).toFixed(2)} ×: ${shown(own)}`;
  return [name, ratio(edited), ratio(unchanged), shown(cold)];
});
saveResult(
  "edit",
  result,
  `# One entry edited

A whole package, each time in a new process, and the ratio to a cold build of the same catalog. ${howOften}. ${machine}.

${table(["catalog", "one entry edited", "unchanged", "cold"], rows)}
`,
);
