/**
 * How long `tsc` takes for a consumer of 3,000 entries: beside the types that json-schema-to-typescript makes of them,
 * our declarations, and what `emit: source` writes, which are sources and checked as such.
 */
import { join } from "node:path";
import { remove, root, temporary, writeFiles } from "./files.js";
import { made } from "./inputs.js";
import { peerSubjects } from "./peers.js";
import { howOften, type Measured, measure, run, shown, type Subject } from "./processes.js";
import { project } from "./project.js";
import { machine, saveResult, table, versioned } from "./report.js";

const count = 3_000;

/** Whose types the consumer imports. */
const subjects = {
  declarations: "errata, declarations of the package",
  source: "errata, `emit: source`",
  "json-schema-to-typescript": "json-schema-to-typescript",
} as const;

export interface TypecheckResult {
  readonly machine: string;
  readonly entries: number;
  readonly measured: Readonly<Record<keyof typeof subjects, Measured>>;
}

/** All do the same with an error: one entry told apart from all others, and the rest by a fact. */
const ofErrata = (
  module: string,
): string => `import { decodeBench, isBenchOrderRejected0 } from "${module}";

export function shown(status: number, body: unknown): string {
  const result = decodeBench({ status, body });
  if (result.ok) return "fine";
  const { failure } = result;
  if (isBenchOrderRejected0(failure)) return \`\${failure.code} is rejected\`;
  return failure.category === "validation" ? \`\${failure.code} is wrong\` : failure.outcome;
}
`;
const ofPeer = `import type { Bench } from "./schema.js";

export function shown(failure: Bench): string {
  if (failure.code === 10_000) return \`\${failure.code} is rejected\`;
  return failure.category === "validation" ? \`\${failure.code} is wrong\` : \`\${failure.outcome}\`;
}
`;

/** With `skipLibCheck`, as `tsc --init` writes it. */
const settings = JSON.stringify({
  compilerOptions: {
    ...{ strict: true, noEmit: true, types: [], lib: ["es2022"], skipLibCheck: true },
    ...{ target: "es2022", module: "nodenext" },
  },
  files: ["consumer.ts"],
});

function consumer(cwd: string, text: string): Subject {
  writeFiles(cwd, {
    "consumer.ts": text,
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": settings,
  });
  return { cwd, args: [join(root, "node_modules/typescript/bin/tsc")] };
}

const { catalog, schemas } = made(count);
const [whole, source] = [project(catalog("package")), project(catalog("source"))];
const others = temporary(schemas);
run(whole.cold);
run(source.cold);
run(peerSubjects(others)["json-schema-to-typescript"]);
const measured = measure<keyof typeof subjects>({
  declarations: consumer(whole.folder, ofErrata("./out/dist/bench/index.js")),
  source: consumer(source.folder, ofErrata("./out/bench/index.js")),
  "json-schema-to-typescript": consumer(others, ofPeer),
});
remove(whole.folder, source.folder, others);

const base = measured["json-schema-to-typescript"];
const rows = (Object.keys(subjects) as (keyof typeof subjects)[]).map((subject) => {
  const own = measured[subject];
  const ratio = (own.seconds / base.seconds).toFixed(2);
  return [subjects[subject], `${ratio} ×`, shown(own), String(own.peak)];
});
const result: TypecheckResult = { machine, entries: count, measured };
saveResult(
  "typecheck",
  result,
  `# Type check

\`tsc\` on a consumer of ${count} entries, with \`skipLibCheck\`, as \`tsc --init\` writes it. ${howOften}. ${machine}, ${versioned("typescript", root)}.

${table(["types of", "ratio", "time", "peak memory, MiB"], rows)}
`,
);
