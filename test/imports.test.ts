/** options: { imports }: the sources are resolved by what builds the project that they are written into. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { errata, project, smallest } from "./command.js";
import { filesIn } from "./support.js";

type Ending = "js" | "ts" | "none";

const use = (ending: string): string => `
import { isCatalogError } from "./out/index${ending}";
import { decodeShop, ShopStatus } from "./out/shop/index${ending}";
import { shopFixtures } from "./out/shop/fixtures${ending}";
const { status, body } = shopFixtures["shop.too-many-requests"][0]!;
const reply = decodeShop({ status, body });
console.log(reply.ok, ShopStatus.TooManyRequests, isCatalogError(reply));
`;
const said = "false 429 false\n";

async function sources(imports: Ending): Promise<string> {
  const manifest = `${smallest["catalog/catalog.yaml"]!}options: { emit: source, imports: ${imports} }\n`;
  const folder = project({ ...smallest, "catalog/catalog.yaml": manifest, "package.json": "{}" });
  expect(await errata(folder, "generate")).toMatchObject({ code: 0, err: "" });
  writeFileSync(join(folder, "use.ts"), use(imports === "none" ? "" : `.${imports}`));
  return folder;
}

/** Compiles what uses the sources, and writes JavaScript if the options say where. */
function compile(folder: string, options: ts.CompilerOptions): void {
  const program = ts.createProgram([join(folder, "use.ts")], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    ...options,
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  const told = problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  expect(told).toEqual([]);
}

const node = (folder: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

/** The relative imports of every file. */
function imported(folder: string): readonly string[] {
  return filesIn(join(folder, "out"))
    .filter((path) => path.endsWith(".ts"))
    .flatMap(
      (path) => ts.preProcessFile(readFileSync(join(folder, "out", path), "utf8")).importedFiles,
    )
    .map(({ fileName }) => fileName);
}

describe.concurrent("the sources", () => {
  it.concurrent.each([
    ["js", /^\.\.?\/.*\.js$/],
    ["ts", /^\.\.?\/.*\.ts$/],
    ["none", /^\.\.?\/(?!.*\.[jt]s$)/],
  ] as const)("import each other as %s says, the runtime included", async (imports, wanted) => {
    const found = imported(await sources(imports));
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((name) => !wanted.test(name))).toEqual([]);
  });

  it("without endings compile to CommonJS, which Node.js runs, and for a bundler", async () => {
    const folder = await sources("none");
    compile(folder, {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noEmit: true,
    });
    compile(folder, {
      module: ts.ModuleKind.CommonJS,
      // oxlint-disable-next-line typescript/no-deprecated -- old projects still use it
      moduleResolution: ts.ModuleResolutionKind.Node10,
      ignoreDeprecations: "6.0",
      outDir: join(folder, "built"),
    });
    expect(node(folder, "built/use.js")).toBe(said);
  });

  it("with .ts run as they are", async () => {
    const folder = await sources("ts");
    compile(folder, {
      module: ts.ModuleKind.NodeNext,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      noEmit: true,
    });
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    // Node.js itself takes the types out from 22.18 on.
    const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
    const strips = major > 22 || (major === 22 && minor >= 18);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    expect(node(folder, ...(strips ? [] : ["--import", tsx]), "use.ts")).toBe(said);
  });
});
