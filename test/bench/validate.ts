/** How long ajv takes to compile the JSON Schema of a whole reply, and then to validate one. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { remove } from "./files.js";
import { machine, median, rounded, saveResult, table } from "./report.js";
import { built, entries, generatePackage } from "./synthetic.js";

const sizes = [30, 300, 2_000];
const runs = 500;

/** Milliseconds. */
interface Row {
  readonly count: number;
  readonly compile: number;
  readonly byCode: number;
  readonly byText: number;
  readonly unknown: number;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function schemasOf(count: number): readonly AnySchemaObject[] {
  const out = generatePackage(entries(count), built);
  const folder = join(out, "schemas/bench");
  const schemas = readdirSync(folder).map((name): AnySchemaObject =>
    JSON.parse(readFileSync(join(folder, name), "utf8")),
  );
  remove(dirname(out));
  return schemas;
}

function measure(count: number): Row {
  const schemas = schemasOf(count);
  const named = (name: string): AnySchemaObject =>
    schemas.find(({ $id }) => $id!.endsWith(`/${name}.schema.json`))!;
  const ajv = new Ajv2020().addSchema(schemas);
  const { $id } = named("reply");
  const compile = rounded(timed(() => ajv.getSchema($id!)));
  const isReply = ajv.getSchema($id!)!;
  const examples: readonly { readonly body: object }[] = named("errors")["examples"];
  const times = (responses: readonly object[], valid: boolean): number =>
    rounded(
      median(
        Array.from({ length: runs }, (_, i) =>
          timed(() => {
            if (isReply(responses[i % responses.length]!) !== valid)
              throw new Error("a wrong answer");
          }),
        ),
      ),
    );
  const [byCode, byText] = [true, false].map((coded) =>
    times(
      examples.filter(({ body }) => "code" in body === coded),
      true,
    ),
  ) as [number, number];
  const nobodys = { status: 400, body: { code: "9x", message: "The order vanished." } };
  return { count, compile, byCode, byText, unknown: times([nobodys], false) };
}

const rows = sizes.map(measure);
const cells = rows.map(({ count, compile, ...times }) => [
  String(count),
  compile.toFixed(0),
  ...[times.byCode, times.byText, times.unknown].map((time) => time.toFixed(3)),
]);
saveResult(
  "validate",
  { machine, rows },
  `# Validation

Milliseconds that ajv takes for the schema of a whole reply: to compile it, and then, as the median of ${runs}, for one response.
${machine}.

${table(["entries", "compile", "by a code", "by a text", "nobody's"], cells)}
`,
);
