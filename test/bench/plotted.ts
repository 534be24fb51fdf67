/** What the plot of the builds shows, as points and in words. */
import type { BuildResult, BuildSubject } from "./build.js";

interface Point {
  readonly generator: string;
  readonly entries: number;
  readonly seconds: number;
  readonly mebibytes: number;
}

const generators: Readonly<Partial<Record<BuildSubject, string>>> = {
  whole: "errata, whole package",
  source: "errata, TypeScript only",
  "openapi-typescript": "openapi-typescript",
  "json-schema-to-typescript": "json-schema-to-typescript",
};

/** A point for each generator and number of made entries. */
export function plotted({ inputs }: BuildResult): readonly Point[] {
  return Object.entries(generators).flatMap(([subject, generator]) =>
    Object.entries(inputs)
      .filter(([name]) => name !== "catalogs")
      .map(([, { entries, measured }]) => {
        const { seconds, peak } = measured[subject as BuildSubject];
        return { generator, entries, seconds, mebibytes: peak };
      }),
  );
}

/** The plot for who cannot see it: every figure in it. */
export function described(result: BuildResult): string {
  const points = plotted(result);
  const said = [...new Set(points.map(({ generator }) => generator))].map((name) => {
    const own = points.filter(({ generator }) => generator === name);
    const all = (say: (point: Point) => string): string => own.map(say).join(", ");
    return `${name}: ${all(({ seconds }) => seconds.toFixed(1))} s, ${all(({ mebibytes }) => `${mebibytes}`)} MiB`;
  });
  const sizes = [...new Set(points.map(({ entries }) => entries.toLocaleString("en")))];
  return `Time and peak memory of a cold build of ${sizes.join("; ")} entries. ${said.join(". ")}.`;
}
