/** What a consumer of a generated package ships to a browser: bundled and minified by esbuild. */
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface Bundle {
  readonly text: string;
  readonly bytes: number;
  readonly gzip: number;
}

/** The bundle of one module of a package, which is reached by its root. */
export async function bundled(packageRoot: string, module: string): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: module, resolveDir: packageRoot },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const { text, contents } = outputFiles[0]!;
  return { text, bytes: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}

/** Modules that use one thing of a package, by what that is. */
export function consumers(
  api: string,
  names: {
    readonly guard: string;
    readonly member: string;
    readonly decoders: readonly string[];
    readonly adviser?: string;
  },
): Readonly<Record<string, string>> {
  const from = `from "./dist/${api}/index.js"`;
  return {
    "one entry guard": `export { ${names.guard} as default } ${from};`,
    "one category guard": `export { isThrottled as default } from "./dist/index.js";`,
    "one enum member": `import { ${names.member.split(".")[0]} } ${from}; export default ${names.member};`,
    ...Object.fromEntries(
      names.decoders.map((name) => [`\`${name}\``, `export { ${name} as default } ${from};`]),
    ),
    ...(names.adviser === undefined
      ? {}
      : { [`\`${names.adviser}\``]: `export { ${names.adviser} as default } ${from};` }),
    ...(names.decoders.length > 1
      ? { "all decoders": `export { ${names.decoders.join(", ")} } ${from};` }
      : {}),
  };
}
