/** What makes the output a package: package.json and README.md. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedCatalog } from "../../recognise/recognise.js";
import { fence, heading, line, link, list, text, code } from "../markdown.js";
import type { Names } from "./names.js";
import { adapters } from "../adapters.js";

/** `packed` is what npm packs. */
export function packageFiles(
  catalog: RecognisedCatalog,
  names: Names,
  packed: readonly string[],
): readonly OutputFile[] {
  return [
    { path: "package.json", text: `${JSON.stringify(packageJson(catalog, packed), null, 2)}\n` },
    { path: "README.md", text: readme(catalog, names) },
  ];
}

/** What fails where nothing was built: npm would pack a package without any code. It needs no more than Node.js. */
const prepack = `node -e "if (!fs.existsSync('dist/index.js')) { console.error('Run errata generate first: dist/ is not built.'); process.exit(1); }"`;

function packageJson(
  { package: { name, version, description, license }, apis }: RecognisedCatalog,
  packed: readonly string[],
): object {
  const subpaths: readonly (readonly [name: string, path: string])[] = [
    ...apis.flatMap(({ id }) => [
      [id, `${id}/index`] as const,
      [`${id}/fixtures`, `${id}/fixtures`] as const,
    ]),
    ...Object.keys(adapters).map((host) => [host, `runtime/hosts/${host}`] as const),
  ];
  const types = (path: string): string => `./dist/${path}.d.ts`;
  const code = (path: string): string => `./dist/${path}.js`;
  const entry = (path: string): object => ({ types: types(path), default: code(path) });
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
      ...Object.fromEntries(subpaths.map(([name, path]) => [`./${name}`, entry(path)])),
      "./schemas/*": "./schemas/*",
      "./catalog.json": "./catalog.json",
      "./package.json": "./package.json",
    },
    // For what does not read exports.
    main: code("index"),
    types: types("index"),
    typesVersions: {
      "*": Object.fromEntries(subpaths.map(([name, path]) => [name, [types(path)]])),
    },
    files: packed,
    scripts: { prepack },
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
    ...settings(),
    line`The JSON Schemas of an API refer to each other by file name. A validator that reads no files is given all of them, and knows each by its ${code("$id")}; with ajv, ${code("new Ajv2020().addSchema(schemas)")}.`,
    line`What to do after a failure is a function as well, and ${link(text("retry libraries"), "docs/retries.md")} can follow it.`,
    text(
      "Generated from a catalog by errata. Do not edit these files; change the catalog instead.",
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** What a project has to set, if anything, to import the package. */
function settings(): readonly string[] {
  return [
    line`The package is made of ES modules, and its subpaths are ${code("exports")}:`,
    list([
      line`TypeScript: ${code('"moduleResolution": "bundler"')} or ${code('"nodenext"')}. The types are found under ${code('"node10"')} as well.`,
      line`Node.js: ${code("import")} from 20 on, and ${code("require()")} from 20.19 on.`,
      line`Jest: run it with ${code("--experimental-vm-modules")}, or have the package transformed (${code("transformIgnorePatterns")}).`,
      line`Metro before 0.82: ${code("resolver.unstable_enablePackageExports: true")}.`,
    ]),
  ];
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
