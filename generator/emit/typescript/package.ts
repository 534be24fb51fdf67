/** What makes the output a package: package.json and README.md. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedCatalog } from "../../recognise/recognise.js";
import { fence, heading, line, link, list, text, code } from "../markdown.js";
import type { Names } from "./names.js";
import { adapters } from "../adapters.js";

export function packageFiles(catalog: RecognisedCatalog, names: Names): readonly OutputFile[] {
  return [
    { path: "package.json", text: `${JSON.stringify(packageJson(catalog), null, 2)}\n` },
    { path: "README.md", text: readme(catalog, names) },
  ];
}

function packageJson({
  package: { name, version, description, license },
  apis,
}: RecognisedCatalog): object {
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
        Object.keys(adapters).map((name) => [`./${name}`, entry(`runtime/hosts/${name}`)]),
      ),
      "./schemas/*": "./schemas/*",
      "./catalog.json": "./catalog.json",
      "./package.json": "./package.json",
    },
    peerDependencies: adapters,
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(adapters).map((name) => [name, { optional: true }]),
    ),
    files: ["dist", "schemas", "docs", "catalog.json"],
  };
}

function readme({ package: { name, description }, apis }: RecognisedCatalog, names: Names): string {
  const blocks = [
    heading(1, text(name)),
    text(description),
    list(
      apis.map(
        (api) =>
          line`${code(`${name}/${api.id}`)}: ${text(api.title)}. ${link(text("Reference"), `docs/${api.id}/index.md`)}, ${link(text("what to do next"), `docs/${api.id}/retries.md`)}, ${link(text("JSON Schemas"), `schemas/${api.id}/`)}`,
      ),
    ),
    ...usage(name, apis, names),
    line`Another function says what to do after a failure, and ${link(text("retry libraries"), "docs/retries.md")} can follow it.`,
    text(
      "Generated from a catalog by errata. Do not edit these files; change the catalog instead.",
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** How to read a response of the first API that answers over HTTP. */
function usage(name: string, apis: RecognisedCatalog["apis"], names: Names): readonly string[] {
  const read = apis.flatMap((api) => api.recognition.map(({ channel }) => ({ api, channel })));
  const first = read.find(({ channel }) => channel.kind === "http");
  if (first === undefined) return [];
  const { api, channel } = first;
  const { decode, failure } = names.get(api.id)!.channels.get(channel)!;
  const lines = [
    `import { readResponse, type ResponseLike } from "${name}";`,
    `import { type ${failure}, ${decode} } from "${name}/${api.id}";`,
    "",
    "/** The failure in a fetch response, or null. Its id says which one it is; outcome and retry say what to do. */",
    `export async function readFailure(response: ResponseLike): Promise<${failure} | null> {`,
    `  const reply = ${decode}(await readResponse(response));`,
    "  return reply.ok ? null : reply.failure;",
    "}",
  ];
  return [fence("ts", lines.join("\n"))];
}
