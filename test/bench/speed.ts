/** The section on speed in the README, from the last results. */
import { format } from "prettier";
import type { BuildResult } from "./build.js";
import type { BundleResult } from "./bundle.js";
import type { DecodeResult } from "./decode.js";
import { goals, goalTable } from "./goals.js";
import { described } from "./plotted.js";
import { howOften } from "./processes.js";
import { readResult } from "./report.js";

const [start, end] = [
  "<!-- From test/bench/results by `npm run bench`. Do not edit. -->",
  "<!-- The end of what `npm run bench` writes. -->",
];

/** The README with the figures of the last results in its section on speed. Throws if the section has no marks. */
export async function withSpeed(readme: string): Promise<string> {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error("The README has no place for the results");
  const text = `${readme.slice(0, from + start.length)}\n\n${speed()}\n\n${readme.slice(to)}`;
  return format(text, { parser: "markdown", printWidth: 100 });
}

function speed(): string {
  const build = readResult<BuildResult>("build");
  return [
    ...(build === null
      ? []
      : [
          `![${described(build)}](docs/speed.svg)`,
          `Whole processes. ${howOften}. ${build.machine}, ${build.versions.join(", ")}.`,
        ]),
    goalTable(goals()),
    [
      ...decoding(readResult<DecodeResult>("decode")),
      ...bundles(readResult<BundleResult>("bundle")),
    ].join("\n"),
  ].join("\n\n");
}

const listed = (values: readonly string[]): string =>
  values.join(", ").replace(/, ([^,]*)$/, " and $1");

function decoding(result: DecodeResult | null): readonly string[] {
  if (result === null) return [];
  const { sizes, base } = result;
  const counts = listed(sizes.map(({ count }) => `${count}`));
  const exact = sizes.map(({ speed }) => (speed.exact["errata"]! / speed.exact[base]!).toFixed(2));
  const mix = sizes.map(({ speed, best }) => (speed.mix["errata"]! / speed.mix[best]!).toFixed(1));
  const best = [...new Set(sizes.map((size) => size.best.split(",")[0]!))];
  return [
    `- **Decoding** a known code has ${listed(exact)} times the speed of a \`Map\` written by hand that returns as much, at ${counts} entries. A mix with message templates has ${listed(mix)} times that of the best library measured (${best.join("; ")}).`,
  ];
}

function bundles(result: BundleResult | null): readonly string[] {
  const abp = result?.columns.find(({ title }) => title === "ABP")?.sizes;
  if (abp === undefined) return [];
  const kilobytes = (what: string): string => `${(abp[what]!.gzip / 1000).toFixed(1)} KB`;
  return [
    `- **A bundle** carries ${abp["one entry guard"]!.gzip} bytes for a guard, ${kilobytes("`decodeAbp`")} for \`decodeAbp\` and ${kilobytes("`adviseAbp`")} for \`adviseAbp\`, minified and zipped.`,
  ];
}
