/**
 * How long a build takes beside other generators on the same entries, as ratios within one run. Each is a whole
 * process, in turn, several times over; the medians count. `npm run bench` builds errata first.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = (path: string): string => join(root, "node_modules", path);

interface Subject {
  readonly name: string;
  /** What it needs before each run. */
  readonly prepare: () => void;
  readonly args: readonly string[];
}

const sizes = [30, 300, 3000];
const runs = 5;

interface Entry {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly summary: string;
}

function entries(count: number): readonly Entry[] {
  const subjects = ["order", "account", "market", "stake", "token", "request"];
  const faults = ["rejected", "missing", "expired", "locked", "unknown", "exceeded"];
  return Array.from({ length: count }, (_, i) => {
    const [subject, fault] = [subjects[i % 6]!, faults[Math.floor(i / 6) % 6]!];
    const placeholder = i % 5 < 3 ? " {amount:decimal}" : "";
    return {
      name: `${subject}-${fault}-${i}`,
      code: 10_000 + i,
      message: `The ${subject} number ${i} is ${fault}${placeholder}`,
      summary: `The ${subject} cannot be used because it is ${fault}; this is case ${i} of its kind.`,
    };
  });
}

function catalog(list: readonly Entry[]): Readonly<Record<string, string>> {
  const errors = list.map(({ name, code, message, summary }) => {
    const text = message.replace("{amount:decimal}", "12.5");
    return `  ${name}:
    code: ${code}
    message: "${message}"
    category: validation
    outcome: not-executed
    retry: never
    summary: ${summary}
    examples:
      - { body: { code: ${code}, message: ${text} } }
`;
  });
  return {
    "catalog/catalog.yaml": `package: { name: bench-errors, version: "1.0.0", description: Entries made for a benchmark. }
output: ../out
apis: [bench]
`,
    "catalog/source.yaml": `package: { name: bench-errors, version: "1.0.0", description: Entries made for a benchmark. }
output: ../out
apis: [bench]
options: { emit: source }
`,
    "catalog/bench/api.yaml": `api: { title: Bench API, summary: An API made for a benchmark., codes: integer }
channels:
  http: { transport: http, code: /code, message: /message }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
errors:
${errors.join("")}`,
  };
}

/** One object schema for each entry, as OpenAPI components and as one JSON Schema. */
function schemas(list: readonly Entry[]): Readonly<Record<string, string>> {
  const defs = Object.fromEntries(
    list.map(({ name, code, message, summary }) => [
      name,
      {
        type: "object",
        title: name,
        description: summary,
        required: ["code", "message"],
        properties: {
          code: { type: "integer", enum: [code] },
          message: { type: "string", description: message },
          category: { type: "string", enum: ["validation"] },
          outcome: { type: "string", enum: ["not-executed"] },
          retry: { type: "string", enum: ["never"] },
        },
        examples: [{ code, message: message.replace("{amount:decimal}", "12.5") }],
      },
    ]),
  );
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Bench", version: "1" },
    paths: {},
    components: { schemas: defs },
  };
  const schema = {
    title: "Bench",
    anyOf: list.map(({ name }) => ({ $ref: `#/definitions/${name}` })),
    definitions: defs,
  };
  return {
    "openapi.json": JSON.stringify(openapi, null, 2),
    "schema.json": JSON.stringify(schema, null, 2),
  };
}

function time(folder: string, { prepare, args }: Subject): number {
  prepare();
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr}`);
  return seconds;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

function measure(count: number): Readonly<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "errata-bench-"));
  const list = entries(count);
  for (const [path, text] of Object.entries({ ...catalog(list), ...schemas(list) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // What errata remembers of its last run lives in node_modules, as in any project.
  const [out, modules] = [join(folder, "out"), join(folder, "node_modules")];
  const fresh = (): void => {
    for (const path of [out, modules]) rmSync(path, { recursive: true, force: true });
    mkdirSync(modules);
  };
  const generate = [join(root, "dist/bin/cli.js"), "generate"];
  const source = [...generate, "--catalog", "catalog/source.yaml"];
  const subjects: readonly Subject[] = [
    { name: "errata, TypeScript only, cold", prepare: fresh, args: source },
    { name: "errata, whole package, cold", prepare: fresh, args: generate },
    { name: "errata, whole package, unchanged", prepare: () => {}, args: generate },
    {
      name: "openapi-typescript",
      prepare: () => {},
      args: [bin("openapi-typescript/bin/cli.js"), "openapi.json", "-o", "openapi.ts"],
    },
    {
      name: "json-schema-to-typescript",
      prepare: () => {},
      args: [bin("json-schema-to-typescript/dist/src/cli.js"), "schema.json", "schema.ts"],
    },
    { name: "node, doing nothing", prepare: () => {}, args: ["-e", "0"] },
  ];
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const rounds = count > 1000 ? 3 : runs;
  for (let round = 0; round <= rounds; round++)
    for (const subject of subjects) {
      const seconds = time(folder, subject);
      // The first round warms the file system up.
      if (round > 0) times.get(subject.name)!.push(seconds);
    }
  rmSync(folder, { recursive: true });
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}

const results = sizes.map((count) => ({ count, seconds: measure(count) }));
const base = "openapi-typescript";
const rows = Object.keys(results[0]!.seconds).map((name) => {
  const cells = results.map(({ seconds }) => {
    const value = seconds[name]!;
    return `${value.toFixed(2)} s (${(value / seconds[base]!).toFixed(2)} ×)`;
  });
  return `| ${[name, ...cells].join(" | ")} |`;
});
const report = `# Build time

Medians of whole processes, and in brackets the ratio to ${base} in the same run. The others write types; errata writes
enums, types, tables, guards and decoders, and for a whole package schemas, docs and the compiled modules as well. Node ${process.versions.node}, ${cpus().length} cores.

| generator | ${sizes.map((count) => `${count} entries`).join(" | ")} |
| --- |${" --- |".repeat(sizes.length)}
${rows.join("\n")}
`;
writeFileSync(new URL("results/build.md", import.meta.url), report);
console.log(report);
