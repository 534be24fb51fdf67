/** How long ajv takes to compile the JSON Schema of a whole reply, and then to validate one. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { built, entries, generatePackage } from "./synthetic.js";

const sizes = [30, 300, 2_000];
const runs = 500;

function median(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!.toFixed(3);
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const rows = sizes.map((count) => {
  const root = generatePackage(entries(count), built);
  const folder = join(root, "schemas/bench");
  const schemas = readdirSync(folder).map((name): AnySchemaObject =>
    JSON.parse(readFileSync(join(folder, name), "utf8")),
  );
  rmSync(dirname(root), { recursive: true });
  const named = (name: string): AnySchemaObject =>
    schemas.find(({ $id }) => $id!.endsWith(`/${name}.schema.json`))!;
  const ajv = new Ajv2020().addSchema(schemas);
  const { $id } = named("reply");
  const compile = timed(() => ajv.getSchema($id!)).toFixed(0);
  const isReply = ajv.getSchema($id!)!;
  const examples: readonly { readonly body: object }[] = named("errors")["examples"];
  const times = (responses: readonly object[], valid: boolean): readonly number[] =>
    Array.from({ length: runs }, (_, i) =>
      timed(() => {
        if (isReply(responses[i % responses.length]!) !== valid) throw new Error("a wrong answer");
      }),
    );
  const cells = [
    times(
      examples.filter(({ body }) => "code" in body),
      true,
    ),
    times(
      examples.filter(({ body }) => !("code" in body)),
      true,
    ),
    times([{ status: 400, body: { code: "9x", message: "The order vanished." } }], false),
  ];
  return `| ${[count, compile, ...cells.map(median)].join(" | ")} |`;
});

const report = `# Validation

Milliseconds that ajv takes for the schema of a whole reply: to compile it, and then, as the median of ${runs}, for one response.

| entries | compile | by a code | by a text | nobody's |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
const file = new URL("results/validate.md", import.meta.url);
mkdirSync(new URL(".", file), { recursive: true });
writeFileSync(file, report);
console.log(report);
