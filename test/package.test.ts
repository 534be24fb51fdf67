/** Both packages as npm ships them: packed, installed into empty projects, and used there. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesIn, generated, root } from "./support.js";

const scratch = mkdtempSync(join(tmpdir(), "errata-package-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function run(cwd: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  }
}

/** On Windows npm is a script of the shell. Where npm runs the tests, it says where its own is. */
function npm(cwd: string, ...args: string[]): string {
  const cli = process.env["npm_execpath"];
  return cli === undefined ? run(cwd, "npm", ...args) : run(cwd, process.execPath, cli, ...args);
}

/** The tarball of a package folder. */
function pack(folder: string): string {
  const said = npm(folder, "pack", "--json", "--pack-destination", scratch);
  // What the scripts of the package say comes first.
  const [{ filename }] = JSON.parse(said.slice(said.search(/^\[$/m))) as [{ filename: string }];
  return join(scratch, filename);
}

/** A copy of what the package is made of: packing builds it, and another run may do so at the same time. */
function checkout(): string {
  const copy = join(scratch, "checkout");
  const parts = [
    "package.json",
    "tsconfig.json",
    "generator",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
  ];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  return copy;
}

/** An empty project with one package installed. */
function project(name: string, tarball: string, ...flags: string[]): string {
  const folder = join(scratch, name);
  put(folder, "package.json", `{ "name": "${name}", "private": true, "type": "module" }`);
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  npm(folder, "install", ...quiet, ...flags, tarball);
  return folder;
}

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe("the generated package", () => {
  let tarball: string;
  let consumer: string;
  let installed: string;

  const manifest = (): Record<"exports" | "peerDependencies" | "peerDependenciesMeta", object> & {
    name: string;
  } => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

  beforeAll(() => {
    tarball = pack(generated);
    // It has no dependencies, so nothing has to be fetched.
    consumer = project("consumer", tarball, "--offline");
    installed = join(consumer, "node_modules/trading-api-errors");
  });

  it("is importable by every subpath", () => {
    const { name, exports, peerDependencies } = manifest();
    const schemas = filesIn(join(installed, "schemas")).map((path) => `./schemas/${path}`);
    expect(schemas.length).toBeGreaterThan(15);
    const subpaths = Object.keys(exports)
      .filter((path) => !(path.slice(2) in peerDependencies))
      .flatMap((path) => (path === "./schemas/*" ? schemas : [path]));
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

  it("hands its advice to the retry libraries that it names as optional peers", () => {
    const { name, peerDependencies: peers, peerDependenciesMeta: meta } = manifest();
    expect(Object.keys(meta)).toEqual(Object.keys(peers));
    const wanted = Object.entries(peers).map(([peer, range]) => `${peer}@${range}`);
    const folder = project("hosts", tarball, ...wanted, "axios", "--prefer-offline");
    const script = `
      for (const host of ${JSON.stringify(Object.keys(peers))})
        console.log(host, typeof (await import("${name}/" + host)).advisedRetry);`;
    put(folder, "hosts.js", script);
    const said = run(folder, process.execPath, "hosts.js");
    expect(said.trim().split("\n")).toEqual(Object.keys(peers).map((host) => `${host} function`));
  });

  it("ships what it says, and no source maps, tests or sources", () => {
    const files = filesIn(installed);
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "catalog.json", "docs/index.md", "dist/abp/index.d.ts"]),
    );
    const foreign =
      /^(package\.json|README\.md|LICENSE|catalog\.json|(dist|docs|schemas)\/.*\.(js|d\.ts|md|txt|json))$/;
    expect(files.filter((path) => !foreign.test(path))).toEqual([]);
  });

  it.each([
    ["nodenext", ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ["bundler", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])("type-checks in a consumer under %s", (_, module, moduleResolution) => {
    const source = `
      import { AbpDecline, type AbpDeclineValue, isAbpDecline } from "trading-api-errors/abp";
      import { SixMmCode } from "trading-api-errors/6mm";
      import { isMmStatus } from "trading-api-errors/mm";
      import { Category } from "trading-api-errors";
      import schema from "trading-api-errors/schemas/abp/error.schema.json" with { type: "json" };
      export const reason: AbpDeclineValue = AbpDecline.InvalidOdds;
      export const known: boolean = isAbpDecline(reason) && isMmStatus(SixMmCode.TokenExpired);
      export const category: "throttled" = Category.Throttled;
      export const id: string = schema.$id;
      // @ts-expect-error: types are there, not any
      export const none: number = AbpDecline.InvalidOdds;`;
    put(consumer, "consumer.ts", source);
    const program = ts.createProgram([join(consumer, "consumer.ts")], {
      module,
      moduleResolution,
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
    // It fails when it finds something; a consumer in CommonJS is none of ours.
    const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const said = run(root, process.execPath, attw, tarball, "--profile", "esm-only");
    expect(said).toContain("trading-api-errors/abp");
  });
});

describe("the generator", () => {
  let author: string;
  let installed: string;
  beforeAll(() => {
    author = project("author", pack(checkout()), "--prefer-offline");
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
    expect(npm(author, "exec", "--no", "--", "errata", "generate")).toContain("added");
    const use = `const { KioskStatus } = await import("kiosk-errors/kiosk"); console.log(KioskStatus.NotFound);`;
    // A package may import itself by its name.
    const found = run(join(author, "errors"), process.execPath, "--input-type=module", "-e", use);
    expect(found.trim()).toBe("404");
    const again = npm(author, "exec", "--no", "--", "errata", "generate");
    expect(again).toContain("up to date");
  });

  it("explains a diagnostic from the pages that it ships", () => {
    const explained = run(author, "npx", "--no-install", "errata", "explain", "match/ambiguous");
    expect(explained).toContain("Fixed:");
  });

  it("knows none of the APIs that it was first made for", () => {
    const files = filesIn(installed).filter((path) => !path.startsWith("node_modules/"));
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/cli.js",
        "generator/catalog.schema.json",
        "generator/diagnostics/README.md",
        "package.json",
      ]),
    );
    const named = files.filter(
      (path) =>
        /^(dist|generator)\//.test(path) &&
        /\b(55-?tech|abp|6mm)\b/i.test(readFileSync(join(installed, path), "utf8")),
    );
    expect(named).toEqual([]);
  });
});
