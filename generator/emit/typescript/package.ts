/** What makes the output a package: package.json and README.md. */
import type { Catalog } from "../../model/model.js";
import { fence, heading, line, link, list, text, code } from "../docs/markdown.js";
import { recognition } from "../../recognise/recognition.js";
import type { Emitter } from "../emitter.js";
import { hosts } from "../../model/adapters.js";

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
      ...Object.fromEntries(
        apis.flatMap(({ id }) => [
          [`./${id}`, entry(`${id}/index`)],
          [`./${id}/fixtures`, entry(`${id}/fixtures`)],
        ]),
      ),
      ...Object.fromEntries(
        Object.keys(hosts).map((name) => [`./${name}`, entry(`runtime/hosts/${name}`)]),
      ),
      "./schemas/*": "./schemas/*",
      "./catalog.json": "./catalog.json",
      "./package.json": "./package.json",
    },
    files: ["dist", "schemas", "docs", "catalog.json"],
  };
}

function readme({ package: { name, description }, apis }: Catalog): string {
  const blocks = [
    heading(1, text(name)),
    text(description),
    list(
      apis.map(
        (api) =>
          line`${code(`${name}/${api.id}`)}: ${text(api.title)}. ${link(text("Reference"), `docs/${api.id}/index.md`)}, ${link(text("what to do next"), `docs/${api.id}/retries.md`)}, ${link(text("JSON Schemas"), `schemas/${api.id}/`)}`,
      ),
    ),
    ...usage(name, apis),
    line`What to do after a failure is a function as well, and ${link(text("retry libraries"), "docs/retries.md")} can follow it.`,
    text(
      "Made from a catalog by errata. Every file is written by the generator; changes belong into the catalog.",
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** How to read a response of the first API that answers over HTTP. */
function usage(name: string, apis: Catalog["apis"]): readonly string[] {
  const read = apis.flatMap((api) => recognition(api).map(({ channel }) => ({ api, channel })));
  const first = read.find(({ channel }) => channel.kind === "http");
  if (first === undefined) return [];
  const { api, channel } = first;
  const { decode, failure } = channel.names;
  const lines = [
    `import { readResponse, type ResponseLike } from "${name}";`,
    `import { type ${failure}, ${decode} } from "${name}/${api.id}";`,
    "",
    "/** The failure that a fetch response is, or null. Its id tells it apart; outcome and retry tell what to do. */",
    `export async function readFailure(response: ResponseLike): Promise<${failure} | null> {`,
    `  const reply = ${decode}(await readResponse(response));`,
    "  return reply.ok ? null : reply.failure;",
    "}",
  ];
  return [fence("ts", lines.join("\n"))];
}
