/**
 * Builds the command, the programmatic interface and the plug-ins: one bundle, with what only one subcommand needs in chunks
 * of their own, and the validators of the language as standalone code. What a user installs beside errata is not bundled. The
 * tests build into a folder of their own.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { build, transform } from "esbuild";
import { isolatedDeclarationSync } from "oxc-transform";
import { ajv, definitions, reference } from "./generator/read/validators.js";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
};
const references = definitions.map((definition) => [definition, reference(definition)]);
const code = standalone.default(ajv, Object.fromEntries(references));
const { code: validators } = await transform(code, { minify: true });

/** What others import. Their declarations import nothing but each other and what is installed. */
const modules = [
  "api",
  ...["vite", "webpack", "rspack", "esbuild"].map((name) => `plugin/${name}`),
];

const [folder = "dist"] = process.argv.slice(2);
// What is published has nothing of former builds; in the other folder a run of the tests may be at work.
if (folder === "dist") rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: ["cli", ...modules].map((name) => `generator/${name}.ts`),
  // As deep as the sources are, so that both find the package's own files in the same way.
  outdir: `${folder}/bin`,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: Object.keys(dependencies),
  plugins: [
    {
      name: "validators",
      setup: ({ onLoad }) =>
        onLoad({ filter: /generator.read.validators\.ts$/ }, () => ({
          contents: validators,
          resolveDir: ".",
        })),
    },
  ],
});

for (const name of modules) {
  const path = `generator/${name}.ts`;
  const { code, errors } = isolatedDeclarationSync(path, readFileSync(path, "utf8"));
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  mkdirSync(dirname(`${folder}/bin/${name}`), { recursive: true });
  writeFileSync(`${folder}/bin/${name}.d.ts`, code);
}
