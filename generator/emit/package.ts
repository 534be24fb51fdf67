/** What makes the output a package: package.json and README.md. */
import type { Catalog } from "../model.js";
import { fence, heading, line, link, list, text, code } from "../print/markdown.js";
import type { Emitter } from "./emitter.js";

export const packageFiles: Emitter = (catalog) => [
  {
    path: "package.json",
    text: `${JSON.stringify(manifest(catalog), null, 2)}\n`,
  },
  { path: "README.md", text: readme(catalog) },
];

function manifest({ package: { name, version, description, license }, apis }: Catalog): object {
  const entry = (path: string): object => ({
    types: `./dist/${path}.d.ts`,
    default: `./dist/${path}.js`,
  });
  return {
    name,
    version,
    description,
    ...(license === null ? {} : { license }),
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: {
      ".": entry("index"),
      ...Object.fromEntries(apis.map(({ id }) => [`./${id}`, entry(`${id}/index`)])),
      "./schemas/*": "./schemas/*",
      "./catalog.json": "./catalog.json",
      "./package.json": "./package.json",
    },
    files: ["dist", "schemas", "docs", "catalog.json"],
  };
}

function readme({ package: { name, description }, apis }: Catalog): string {
  const first = apis[0]!;
  const set = first.sets[0];
  const member = set?.members[0];
  const example =
    set === undefined || member === undefined
      ? []
      : [
          fence(
            "ts",
            [
              `import { ${set.type}, ${set.guard} } from "${name}/${first.id}";`,
              "",
              `export function read(value: unknown): string {`,
              `  if (!${set.guard}(value)) return "not in this release";`,
              `  return value === ${set.type}.${member.name} ? "${member.name}" : "another value";`,
              `}`,
            ].join("\n"),
          ),
        ];
  const blocks = [
    heading(1, text(name)),
    text(description),
    list(
      apis.map(
        (api) =>
          line`${code(`${name}/${api.id}`)}: ${text(api.title)}. ${link(text("Reference"), `docs/${api.id}/index.md`)}, ${link(text("JSON Schemas"), `schemas/${api.id}/`)}`,
      ),
    ),
    ...example,
    text(
      "Made from a catalog by errata. Every file is written by the generator; changes belong into the catalog.",
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}
