/**
 * The same entries for errata and for the generators beside it: as a catalog, as OpenAPI components and as one JSON
 * Schema. Each made entry has both a code and a message, so that a schema of the others has something to say of it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Files, pathsIn, root } from "./files.js";

interface Entry {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly summary: string;
}

/** What is generated from, by everybody. */
export interface Input {
  readonly entries: number;
  /** The catalog below `catalog/`, with its output in `out/`. */
  readonly catalog: (emit: "package" | "source") => Files;
  /** `openapi.json` and `schema.json`. */
  readonly schemas: Files;
}

/** So many made entries. A file has no more of them than the language allows. */
export function made(count: number, perFile = 6_000): Input {
  const list = entries(count);
  return {
    entries: count,
    catalog: (emit) => catalog(list, emit, perFile),
    schemas: schemas(list),
  };
}

/** The three catalogs of this repository. The others get a schema with the id, title and summary of each entry. */
export function threeCatalogs(): Input {
  const { apis } = JSON.parse(readFileSync(join(root, "generated/catalog.json"), "utf8")) as {
    apis: readonly {
      readonly entries: readonly { id: string; title?: string; summary: string }[];
    }[];
  };
  const list = apis
    .flatMap((api) => api.entries)
    .map(({ id, title, summary }, i): Entry => {
      return { name: id.replace(".", "-"), code: 10_000 + i, message: title ?? id, summary };
    });
  return { entries: list.length, catalog: repositoryCatalog, schemas: schemas(list) };
}

function repositoryCatalog(emit: "package" | "source"): Files {
  const folder = join(root, "catalog");
  const files = pathsIn(folder).map((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    return [`catalog/${path}`, path === "catalog.yaml" ? manifest(text, emit) : text] as const;
  });
  return Object.fromEntries(files);
}

/** Without what has to be asked for, such as OpenAPI: nobody beside errata writes that, and source comes without it. */
function manifest(text: string, emit: "package" | "source"): string {
  const plain = text.replace(/^(?:targets|docs): .*\n/gm, "");
  return `${plain.replace(/^output: .*$/m, "output: ../out")}options: { emit: ${emit} }\n`;
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

const filled = (message: string): string => message.replace("{amount:decimal}", "12.5");

function yaml({ name, code, message, summary }: Entry): string {
  return `  ${name}:
    code: ${code}
    message: "${message}"
    category: validation
    outcome: not-executed
    retry: never
    summary: ${summary}
    examples:
      - { body: { code: ${code}, message: ${filled(message)} } }
`;
}

function catalog(list: readonly Entry[], emit: "package" | "source", perFile: number): Files {
  const files: Record<string, string> = {
    "catalog/catalog.yaml": manifest(
      `package: { name: bench-errors, version: "1.0.0", description: Entries made for a benchmark. }
output: ../out
apis: [bench]
`,
      emit,
    ),
    "catalog/bench/api.yaml": `api: { title: Bench API, summary: An API made for a benchmark., codes: integer }
channels:
  http: { transport: http, code: /code, message: /message }
statuses:
  200: { success: true, outcome: accepted, summary: It was taken., examples: [{ status: 200 }] }
`,
  };
  for (let at = 0; at < list.length; at += perFile) {
    const part = list.slice(at, at + perFile);
    files[`catalog/bench/errors-${at / perFile}.yaml`] = `errors:\n${part.map(yaml).join("")}`;
  }
  return files;
}

/** One object schema for each entry. */
function schemas(list: readonly Entry[]): Files {
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
        examples: [{ code, message: filled(message) }],
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
