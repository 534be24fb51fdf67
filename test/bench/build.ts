/**
 * How long a build takes beside other generators of the same entries, how much memory, and how many bytes it writes.
 * Arguments: what to build, such as `30` entries, or `catalogs` for the three of this repository.
 */
import { bytesIn, remove, temporary } from "./files.js";
import { type Input, made, threeCatalogs } from "./inputs.js";
import { beside, type Peer, peers, peerSubjects } from "./peers.js";
import { howOften, type Measured, measure, shown } from "./processes.js";
import { project } from "./project.js";
import { machine, readResult, saveResult, table, versioned } from "./report.js";

/** What is run, by its name in the tables. */
const subjects = {
  whole: "errata, whole package, cold",
  source: "errata, TypeScript only, cold",
  unchanged: "errata, whole package, unchanged",
  "openapi-typescript": "openapi-typescript",
  "json-schema-to-typescript": "json-schema-to-typescript",
  node: "node, doing nothing",
} as const;

export type BuildSubject = keyof typeof subjects;

export interface BuildInput {
  readonly entries: number;
  readonly measured: Readonly<Record<BuildSubject, Measured>>;
  /** The bytes of the whole package, by folder. */
  readonly bytes: Readonly<Record<string, number>>;
}

export interface BuildResult {
  readonly machine: string;
  readonly versions: readonly string[];
  /** By the number of made entries, or `catalogs`. */
  readonly inputs: Readonly<Record<string, BuildInput>>;
}

/** Throws if a build fails. */
function build({ entries, catalog, schemas }: Input): BuildInput {
  const whole = project(catalog("package"));
  const source = project(catalog("source"));
  const others = temporary(schemas);
  const measured = measure<BuildSubject>({
    whole: whole.cold,
    source: source.cold,
    // Comes after a cold one, which it repeats.
    unchanged: { ...whole.again, isIdle: true },
    ...peerSubjects(others),
    node: { cwd: others, args: ["-e", "0"], isIdle: true },
  });
  const bytes = bytesIn(whole.out);
  remove(whole.folder, source.folder, others);
  return { entries, measured, bytes };
}

function report({ inputs }: BuildResult): string {
  const list = Object.entries(inputs);
  const names = list.map(([name, { entries }]) =>
    name === "catalogs" ? `three catalogs (${entries})` : name,
  );
  const row = (subject: BuildSubject, cell: (all: BuildInput) => string): readonly string[] => [
    subjects[subject],
    ...list.map(([, input]) => cell(input)),
  ];
  const own = Object.keys(subjects) as BuildSubject[];
  const ratios = (peer: Peer): string =>
    table(
      [`time over ${peer}`, ...names],
      own.map((subject) =>
        row(
          subject,
          ({ measured }) => `${(measured[subject].seconds / measured[peer].seconds).toFixed(2)} ×`,
        ),
      ),
    );
  const kinds = [...new Set(list.flatMap(([, { bytes }]) => Object.keys(bytes)))];
  return `# Build

The columns are numbers of entries. The others write types; errata writes enums, types, tables, guards and decoders, and for a
whole package schemas, docs and the compiled modules as well. ${howOften}. ${machine}, ${versions.join(", ")}.

${peers.map(ratios).join("\n\n")}

${table(
  ["time", ...names],
  own.map((subject) => row(subject, ({ measured }) => shown(measured[subject]))),
)}

${table(
  ["peak memory, MiB", ...names],
  own
    .filter((subject) => subject !== "unchanged" && subject !== "node")
    .map((subject) => row(subject, ({ measured }) => String(measured[subject].peak))),
)}

${table(
  ["kB of the whole package", ...names],
  kinds.map((kind) => [
    kind,
    ...list.map(([, { bytes }]) => ((bytes[kind] ?? 0) / 1000).toFixed(1)),
  ]),
)}
`;
}

const versions = [...peers, "typescript"].map((name) => versioned(name, beside));
for (const name of process.argv.slice(2)) {
  const measured = build(name === "catalogs" ? threeCatalogs() : made(Number(name)));
  // What was measured before stays, so that a size can be repeated by itself.
  const { inputs: before } = readResult<BuildResult>("build") ?? { inputs: {} };
  const result = { machine, versions, inputs: { ...before, [name]: measured } };
  saveResult("build", result, report(result));
}
