/** What a build, a type check and a decoder may cost beside others, and what they do cost by the last results. */
import type { BuildInput, BuildResult } from "./build.js";
import type { DecodeResult } from "./decode.js";
import type { EditResult } from "./edit.js";
import type { Peer } from "./peers.js";
import { type Measured, shown } from "./processes.js";
import { readResult, table } from "./report.js";
import type { TypecheckResult } from "./typecheck.js";
import type { WatchResult } from "./watch.js";

/** One row: a figure beside what it may be. What was not measured yet is `null`. */
export interface Goal {
  readonly work: string;
  readonly value: number | null;
  readonly unit: "×" | "GiB" | "MB";
  /** The most that the value may be; of a row that is `atLeast`, the least. */
  readonly goal: number;
  readonly atLeast?: boolean;
  readonly ours: string;
  readonly beside: string;
}

/** The smallest work is measured twice: with the catalogs of this repository, and with made entries. */
const small = [
  ["catalogs", "three catalogs"],
  ["30", "30 entries"],
] as const;

const gibibytes = (measured: Measured | undefined): number | null =>
  measured === undefined ? null : measured.peak / 1024;

type Timed = Pick<Measured, "seconds" | "runs"> | undefined;

/** What a row is beside, and its name. */
type Beside = readonly [string, Timed];

/** A row whose value is a ratio of times. */
function times(work: string, goal: number, ours: Timed, [name, theirs]: Beside): Goal {
  return {
    ...{ work, goal, unit: "×", ours: ours === undefined ? "" : shown(ours) },
    value: ours === undefined || theirs === undefined ? null : ours.seconds / theirs.seconds,
    beside: theirs === undefined ? name : `${name}: ${shown(theirs)}`,
  };
}

/** The rows, in the order of the goals. */
export function goals(): readonly Goal[] {
  const inputs: Readonly<Record<string, BuildInput>> =
    readResult<BuildResult>("build")?.inputs ?? {};
  const of = (input: string | number): Partial<BuildInput["measured"]> =>
    inputs[input]?.measured ?? {};
  const edit = readResult<EditResult>("edit")?.layouts;
  const watch = readResult<WatchResult>("watch");
  const check: Partial<TypecheckResult["measured"]> =
    readResult<TypecheckResult>("typecheck")?.measured ?? {};
  const [openapi, schema] = ["openapi-typescript", "json-schema-to-typescript"] as const;
  const [three, large] = [of(3_000), of(30_000)];
  const peer = (input: string | number, name: Peer): Beside => [name, of(input)[name]];
  const idle = (input: string | number): Beside => ["`node -e 0`", of(input).node];
  return [
    ...small.map(([input, name]) =>
      times(`${name}, cold, whole package`, 0.9, of(input).whole, peer(input, openapi)),
    ),
    ...small.map(([input, name]) =>
      times(`${name}, cold, TypeScript only`, 1.5, of(input).source, peer(input, schema)),
    ),
    times("3,000, cold, whole package", 1.2, three.whole, peer(3_000, openapi)),
    times("30,000 over 3,000, cold, whole package", 12, large.whole, [
      "errata at 3,000",
      three.whole,
    ]),
    {
      ...{ work: "30,000, cold, whole package: peak memory", goal: 1, unit: "GiB" },
      value: gibibytes(large.whole),
      ours: figure(gibibytes(large.whole), "GiB"),
      beside: `${openapi}: ${figure(gibibytes(large[openapi]), "GiB")}`,
    },
    times("30,000, cold, whole package", 1, large.whole, peer(30_000, openapi)),
    times("three catalogs, unchanged", 1.5, of("catalogs").unchanged, idle("catalogs")),
    times("3,000, unchanged", 1.5, three.unchanged, idle(3_000)),
    times("3,000 in one file, one edited", 0.3, edit?.one.edited, ["cold", edit?.one.cold]),
    times("3,000 in files of 300, one edited", 0.3, edit?.split.edited, ["cold", edit?.split.cold]),
    times("three catalogs, one edited, watch", 0.25, watch ?? undefined, ["cold", watch?.cold]),
    times("`tsc` on 3,000, declarations", 1.1, check.declarations, [schema, check[schema]]),
    times("`tsc` on 3,000, `emit: source`", 1.8, check.source, [schema, check[schema]]),
    written(inputs["3000"]?.bytes),
    decoded(),
  ];
}

function written(bytes: BuildInput["bytes"] | undefined): Goal {
  const megabytes = Object.entries(bytes ?? {}).map(
    ([kind, count]) => [kind, count / 1e6] as const,
  );
  const kinds = megabytes.filter(([, size]) => size >= 0.01);
  return {
    ...{ work: "bytes written at 3,000", goal: 10, unit: "MB", beside: "" },
    value: bytes === undefined ? null : megabytes.reduce((sum, [, size]) => sum + size, 0),
    ours: kinds.map(([kind, size]) => `${kind} ${size.toFixed(1)}`).join(", "),
  };
}

function decoded(): Goal {
  const size = readResult<DecodeResult>("decode")?.sizes.find(({ count }) => count === 3_000);
  const [ours, theirs] =
    size === undefined ? [] : [size.speed.mix["errata"]!, size.speed.mix[size.best]!];
  const speed = (value = 0): string => `${Math.round(value / 1000)} k/s`;
  return {
    ...{ work: "decoding the mix at 3,000", goal: 50, atLeast: true, unit: "×" },
    value: ours === undefined ? null : ours / theirs!,
    ours: speed(ours),
    beside: `${size?.best ?? "the best library"}: ${speed(theirs)}`,
  };
}

const figure = (value: number | null, unit: Goal["unit"]): string =>
  value === null ? "not measured" : `${value.toFixed(2)} ${unit}`;

export function isMet({ value, goal, atLeast }: Goal): boolean {
  return value !== null && (atLeast ? value >= goal : value <= goal);
}

/** The rows as a table, ratios first. */
export function goalTable(rows: readonly Goal[]): string {
  return table(
    ["work", "ratio", "goal", "met", "errata", "beside it"],
    rows.map((row) => {
      const { work, value, unit, goal, atLeast, ours, beside } = row;
      const limit = `${atLeast ? "≥" : "≤"} ${goal} ${unit}`;
      return [
        work,
        figure(value, unit),
        limit,
        value === null ? "" : isMet(row) ? "yes" : "no",
        ours,
        beside,
      ];
    }),
  );
}
