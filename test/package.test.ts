/** Both packages as npm ships them: packed, installed into empty projects, and used there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publint } from "publint";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { pack, packGenerated, projectWith, put, run } from "./packed.js";
import { filesIn, root } from "./support.js";

/** The relative links of a page that lead nowhere. */
function deadLinks(folder: string, page = "README.md"): readonly string[] {
  const text = readFileSync(join(folder, page), "utf8").replace(/```.*?```/gs, "");
  const links = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link!);
  const paths = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => link.split("#")[0]!);
  return paths.filter((path) => !existsSync(join(folder, dirname(page), path)));
}

describe("the generated package", () => {
  let tarball: string;
  let consumer: string;
  let installed: string;

  const manifest = (): { readonly name: string; readonly exports: object } =>
    JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

  beforeAll(() => {
    tarball = packGenerated();
    // It has no dependencies, so nothing has to be fetched.
    consumer = projectWith("consumer", tarball, "--offline");
    installed = join(consumer, "node_modules/trading-api-errors");
  });

  it("is importable by every subpath", () => {
    const { name, exports } = manifest();
    const schemas = filesIn(join(installed, "schemas")).map((path) => `./schemas/${path}`);
    expect(schemas.length).toBeGreaterThan(15);
    const subpaths = Object.keys(exports).flatMap((path) =>
      path === "./schemas/*" ? schemas : [path],
    );
    expect(subpaths).toEqual(
      expect.arrayContaining([".", "./mm", "./abp", "./6mm", "./catalog.json", "./package.json"]),
    );
    const script = `
      const found = {};
      for (const path of ${JSON.stringify(subpaths)}) {
        const json = path.endsWith(".json") ? { with: { type: "json" } } : {};
        found[path] = Object.keys(await import("${name}" + path.slice(1), json)).length;
      }
      const { isAbpDecline, AbpDecline } = await import("${name}/abp");
      found.used = isAbpDecline(AbpDecline.InvalidOdds) && !isAbpDecline("odds");
      console.log(JSON.stringify(found));`;
    put(consumer, "every-subpath.js", script);
    const found = JSON.parse(run(consumer, process.execPath, "--no-warnings", "every-subpath.js"));
    expect(Object.keys(found)).toEqual([...subpaths, "used"]);
    expect(Object.entries(found).filter(([, count]) => count === 0 || count === false)).toEqual([]);
  });

  it("has a README whose links lead to what ships", () => {
    expect(readFileSync(join(installed, "README.md"), "utf8")).toContain("](docs/abp/index.md");
    expect(deadLinks(installed)).toEqual([]);
  });

  it("is not packed without a build", () => {
    const folder = join(dirname(consumer), "unbuilt");
    put(folder, "package.json", readFileSync(join(installed, "package.json"), "utf8"));
    const fails = (): string => run(folder, "npm", "pack");
    expect(fails).toThrow("\nRun errata generate first: dist/ is not built.\n");
    expect(filesIn(folder)).toEqual(["package.json"]);
    put(folder, "dist/index.js", "export {};");
    expect(fails()).toContain("trading-api-errors-");
  });

  it("ships what it says, and no source maps, tests or sources", () => {
    const files = filesIn(installed);
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "catalog.json", "docs/index.md", "dist/abp/index.d.ts"]),
    );
    const foreign =
      /^(package\.json|README\.md|LICENSE|catalog\.json|(asyncapi|dist|docs|openapi|schemas)\/.*\.(js|d\.ts|md|svg|txt|json|yml))$/;
    expect(files.filter((path) => !foreign.test(path))).toEqual([]);
  });

  it.each([
    ["nodenext", ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ["bundler", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    // It reads no exports, so it knows no schemas either.
    // oxlint-disable-next-line typescript/no-deprecated -- old projects still use it
    ["node10", ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10],
  ])("type-checks in a consumer under %s", (_, module, moduleResolution) => {
    // oxlint-disable-next-line typescript/no-deprecated -- old projects still use it
    const isOld = moduleResolution === ts.ModuleResolutionKind.Node10;
    const schema = `
      import schema from "trading-api-errors/schemas/abp/error.schema.json" with { type: "json" };
      export const id: string = schema.$id;`;
    const source = `${isOld ? "" : schema}
      import { abpFixtures } from "trading-api-errors/abp/fixtures";
      import { advisedRetry } from "trading-api-errors/cockatiel";
      export const first: number = abpFixtures["abp.unauthorized"][0]!.status;
      export const retry: unknown = advisedRetry;
      import { AbpDecline, type AbpDeclineValue, isAbpDecline } from "trading-api-errors/abp";
      import { SixMmCode } from "trading-api-errors/6mm";
      import { isMmStatus } from "trading-api-errors/mm";
      import { Category } from "trading-api-errors";
      export const reason: AbpDeclineValue = AbpDecline.InvalidOdds;
      export const known: boolean = isAbpDecline(reason) && isMmStatus(SixMmCode.TokenExpired);
      export const category: "throttled" = Category.Throttled;
      // @ts-expect-error: types are there, not any
      export const none: number = AbpDecline.InvalidOdds;`;
    put(consumer, "consumer.ts", source);
    const program = ts.createProgram([join(consumer, "consumer.ts")], {
      module,
      moduleResolution,
      ...(isOld ? { ignoreDeprecations: "6.0" } : {}),
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      types: [],
      strict: true,
      skipLibCheck: false,
      resolveJsonModule: true,
      noEmit: true,
    });
    const said = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(said).toEqual([]);
  });

  it("has nothing for publint or attw to complain about", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages).toEqual([]);
    // It fails when it finds something. CommonJS gets the modules by require(), and node10 has no pattern for the schemas.
    const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const allowed = [
      "--ignore-rules",
      "cjs-resolves-to-esm",
      "--exclude-entrypoints",
      "./schemas/*",
    ];
    const said = run(root, process.execPath, attw, tarball, ...allowed);
    expect(said).toContain("trading-api-errors/abp");
  });
});

describe("the generator", () => {
  let author: string;
  let installed: string;
  let tarball: string;
  beforeAll(() => {
    tarball = pack(root);
    author = projectWith("author", tarball, "--prefer-offline");
    installed = join(author, "node_modules/errata");
  });

  it("makes a package out of a catalog of somebody else's, and nothing the second time", () => {
    const catalog = `
      api: { title: Kiosk, summary: Sells newspapers. }
      channels: { http: { transport: http } }
      statuses:
        200: { success: true, outcome: accepted, summary: Here it is., examples: [{ status: 200 }] }
        404:
          category: not-found
          outcome: not-executed
          retry: never
          summary: There is no such newspaper.
          examples: [{ status: 404 }]`;
    const manifest = `
      package: { name: kiosk-errors, version: "1.0.0", description: What the kiosk can answer. }
      output: ../errors
      apis: [kiosk]`;
    put(author, "catalog/kiosk/api.yaml", catalog);
    put(author, "catalog/catalog.yaml", manifest);
    expect(run(author, "npx", "--no-install", "errata", "generate")).toContain("added");
    const use = `const { KioskStatus } = await import("kiosk-errors/kiosk"); console.log(KioskStatus.NotFound);`;
    // A package may import itself by its name.
    const found = run(join(author, "errors"), process.execPath, "--input-type=module", "-e", use);
    expect(found.trim()).toBe("404");
    const again = run(author, "npx", "--no-install", "errata", "generate");
    expect(again).toContain("up to date");
  });

  it("has pages whose links lead to what ships", () => {
    const pages = readdirSync(join(installed, "docs")).filter((name) => name.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of ["README.md", ...pages.map((name) => `docs/${name}`)])
      expect(deadLinks(installed, page), page).toEqual([]);
  });

  it("is a module as docs/api.md has it, which compiles and does what it says", () => {
    const page = readFileSync(join(root, "docs/api.md"), "utf8");
    const [script, config] = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
    put(author, "script.ts", script!);
    put(author, "vite.config.ts", config!);
    const isShown = (path: string): boolean => !path.includes("node_modules");
    const program = ts.createProgram([join(author, "script.ts")], {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      strict: true,
    });
    const said = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file === undefined || isShown(file.fileName))
      .map(({ messageText }) => messageText);
    expect(said).toEqual([]);
    program.emit();
    expect(run(author, process.execPath, "script.js")).toMatch(/errors: 0 files to write\n$/);
    const use = `import vite from "errata/vite"; console.log([vite()].flat().map(({ name }) => name).join());`;
    expect(run(author, process.execPath, "--input-type=module", "-e", use)).toBe("errata\n");
    expect(config).toContain('from "errata/vite"');
    // A project has the types of its own bundler, and of no other.
    for (const name of ["vite", "webpack", "esbuild"])
      expect(readFileSync(join(installed, `dist/bin/plugin/${name}.d.ts`), "utf8")).not.toContain(
        "unplugin",
      );
  });

  it("has nothing for publint or attw to complain about", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages).toEqual([]);
    const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    // It is of ESM only, and no Node without "exports" runs it.
    const said = run(root, process.execPath, attw, tarball, "--profile", "esm-only");
    expect(said).toContain("errata/vite");
  });

  it("knows none of the APIs that it was first made for", () => {
    const files = filesIn(installed).filter((path) => !path.startsWith("node_modules/"));
    expect(files).toEqual(
      expect.arrayContaining(["dist/bin/cli.js", "generator/catalog.schema.json", "package.json"]),
    );
    const named = files.filter(
      (path) =>
        /^(dist|generator)\//.test(path) &&
        /\b(55-?tech|abp|6mm)\b/i.test(readFileSync(join(installed, path), "utf8")),
    );
    expect(named).toEqual([]);
  });
});
