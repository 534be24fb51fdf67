/** A catalog whose every text attacks: all of it must stay text, in TypeScript, in JSON and on every page. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutputFile } from "../generator/model/output-file.js";
import { adviceData } from "../generator/recognise/tables.js";
import type { RecognisedCatalog } from "../generator/recognise/recognise.js";
import type { Api } from "../generator/sections/catalog.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { type ApiNames, nameCatalog } from "../generator/emit/typescript/names.js";
import { families } from "../generator/sections/families/index.js";
import { collapse, commonMark, mdx, vitePress } from "./markdown.js";
import { load, loadChecked, rendered, stories, tagsIn } from "./support.js";

const { manifest } = stories.find(({ name }) => name === "hostile")!;
const scratch = mkdtempSync(join(tmpdir(), "errata-hostile-"));
afterAll(() => rmSync(scratch, { recursive: true }));

describe.each(["const", "enum"] as const)("TypeScript with enums: %s", (enums) => {
  let catalog: RecognisedCatalog;
  let sources: readonly OutputFile[];
  /** What a fresh process sees after importing every module. */
  let seen: { globals: string[]; modules: Record<string, Record<string, unknown>> };

  beforeAll(async () => {
    const checked = await loadChecked(manifest);
    catalog = { ...checked.catalog, enums };
    const { files, built } = await rendered({ ...checked, catalog }, manifest);
    // The runtime ships as it was written: no text of a catalog is in it.
    sources = files.filter(({ path }) => path.endsWith(".ts") && !path.startsWith("src/runtime/"));
    // The adapters need the libraries that they are for.
    const alone = built.filter(({ path }) => !path.includes("/hosts/"));
    seen = importAll(join(scratch, enums), alone);
  });

  it("has declarations only, and constants that hold data only", () => {
    for (const { path, text } of sources) {
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
      for (const statement of file.statements)
        expect(declarations, `${path}: ${statement.getText()}`).toContain(statement.kind);
      for (const kind of kindsIn(file))
        expect(harmless, `${path}: ${SyntaxKind[kind]}`).toContain(kind);
    }
  });

  it("has no tag but @deprecated, and nothing that stripInternal takes out", () => {
    for (const { path, text } of sources) {
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
      expect(tagsIn(file).filter((tag) => tag !== "deprecated")).toEqual([]);
      const declared = (stripInternal: boolean): string =>
        ts.transpileDeclaration(text, { compilerOptions: { stripInternal } }).outputText;
      expect(declared(true), path).toBe(declared(false));
    }
  });

  it("runs nothing when it is imported, and every import is the module itself", () => {
    expect(seen.globals).toEqual([]);
    expect(Object.keys(seen.modules)).toContain("dist/then/index.js");
    expect(seen.modules["dist/then/index.js"]).toHaveProperty("thenWords");
  });

  it("keeps every text and every name", () => {
    const names = nameCatalog(catalog, new DiagnosticLog());
    for (const api of catalog.apis) {
      const module = seen.modules[`dist/${api.id}/index.js`]!;
      for (const [name, value] of Object.entries(constantsOf(api, names.get(api.id)!)))
        expect(module[name], name).toEqual(value);
    }
  });
});

/** The constants of an API as the model has them. A numeric enum also maps its values back. */
function constantsOf(api: Api, names: ApiNames): object {
  const { living, deadlines, idempotency } = api;
  const tables = adviceData(api);
  const byName = <T extends { name: string }>(items: readonly T[], value: (item: T) => unknown) =>
    Object.fromEntries(items.map((item) => [item.name, value(item)]));
  return {
    ...Object.fromEntries(
      names.sets.map(({ type, members }) => [
        type,
        expect.objectContaining(byName(members, ({ value }) => value)),
      ]),
    ),
    ...Object.fromEntries(
      families.flatMap(({ family }) => {
        const own = living.filter((entry) => entry.family === family);
        const keys = own.map(({ id, outcome }) => [id, expect.objectContaining({ outcome })]);
        return own.length === 0 ? [] : [[names.tables[family.key]!, Object.fromEntries(keys)]];
      }),
    ),
    [names.words]: tables.words,
    [names.retry]: tables.rules,
    ...(deadlines.length > 0 && { [names.deadlines]: tables.deadlines }),
    ...(idempotency.length > 0 && { [names.idempotency]: tables.keys }),
  };
}

const { SyntaxKind } = ts;
const declarations = [
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.VariableStatement,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.EnumDeclaration,
];
/** What data is made of, and what may be around it: new Set(Object.values(X)), or a function of the runtime. */
const harmless = [
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.ComputedPropertyName,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.Identifier,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.TypeReference,
  SyntaxKind.ArrayType,
  SyntaxKind.TupleType,
  SyntaxKind.RestType,
  SyntaxKind.NewExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.PropertyAccessExpression,
  // The data of a channel is made when it is first used.
  SyntaxKind.ArrowFunction,
  SyntaxKind.EqualsGreaterThanToken,
  SyntaxKind.ParenthesizedExpression,
  // A row of another table, by its name.
  SyntaxKind.ElementAccessExpression,
];

/** The kinds of node in the initializers of a module's constants and enums. */
function kindsIn(file: ts.SourceFile): ReadonlySet<ts.SyntaxKind> {
  const kinds = new Set<ts.SyntaxKind>();
  const callable = ["Object.assign", "Object.values", ...namesFromRuntime(file)];
  const add = (node: ts.Node): void => {
    kinds.add(node.kind);
    if (ts.isCallExpression(node)) expect(callable).toContain(node.expression.getText());
    if (ts.isNewExpression(node)) expect(node.expression.getText()).toBe("Set");
    node.forEachChild(add);
  };
  const find = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isEnumMember(node)) && node.initializer)
      add(node.initializer);
    else node.forEachChild(find);
  };
  find(file);
  return kinds;
}

function namesFromRuntime({ statements }: ts.SourceFile): readonly string[] {
  return statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const names = importClause?.namedBindings;
    const isRuntime = moduleSpecifier.getText().startsWith('"../runtime/');
    return isRuntime && names && ts.isNamedImports(names)
      ? names.elements.map((e) => e.name.text)
      : [];
  });
}

/** Imports every module in a process of its own, and says what it exports and which globals appeared. */
function importAll(
  folder: string,
  built: readonly OutputFile[],
): { globals: string[]; modules: Record<string, Record<string, unknown>> } {
  const modules = built.filter(({ path }) => path.endsWith(".js"));
  for (const { path, text } of modules) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  const script = `
    const before = Object.getOwnPropertyNames(globalThis);
    const modules = {};
    for (const path of ${JSON.stringify(modules.map(({ path }) => path))})
      modules[path] = { ...(await import("./" + path)) };
    const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    process.stdout.write(JSON.stringify({ globals, modules }));`;
  writeFileSync(join(folder, "import-all.js"), script);
  return JSON.parse(
    execFileSync(process.execPath, ["import-all.js"], { cwd: folder, encoding: "utf8" }),
  );
}

describe("Markdown", () => {
  let pages: readonly OutputFile[];
  beforeAll(async () => {
    const { files } = await rendered(await loadChecked(manifest), manifest);
    pages = files.filter(({ path }) => path.endsWith(".md"));
  });

  it("compiles as MDX to text, and to no link that runs anything", async () => {
    expect(pages.length).toBeGreaterThan(40);
    for (const { path, text } of pages) {
      const { foreign, hrefs } = await mdx(text);
      expect(foreign, path).toEqual([]);
      for (const href of hrefs) expect(href, path).toMatch(/^(?!javascript:)/i);
    }
  });

  it("reads the same in MDX and in CommonMark with HTML and linkify", async () => {
    for (const { path, text } of pages) {
      const { visible } = await mdx(text);
      expect(visible.length, path).toBeGreaterThan(1);
      expect(visible, path).toEqual(commonMark(text));
    }
  });

  it("reads the same in VitePress, with no element, directive or interpolation that is not ours", async () => {
    for (const { path, text } of pages) {
      const { foreign, visible } = await vitePress(text);
      expect(foreign, path).toEqual([]);
      expect(visible, path).toEqual(commonMark(text));
    }
  });

  it("shows every text of the catalog on the page of its entry", async () => {
    const { apis } = await load(manifest);
    for (const api of apis)
      for (const { title, summary, remedy, match, family, name } of api.entries) {
        const page = pages.find(({ path }) => path === `docs/${api.id}/${family.key}/${name}.md`)!;
        const shown = commonMark(page.text).map((line) => line.replace(/`/g, ""));
        const asShown = (said: string): string => collapse(said).replace(/`/g, "");
        // The summary stands on its own, and the title at the end of the heading.
        expect(shown[0]!.endsWith(asShown(title)), page.path).toBe(true);
        expect(shown).toContain(asShown(summary));
        const codes = match.codes.map(({ first }) => String(first));
        const messages = match.messages.map(({ template }) => template);
        for (const said of [remedy ?? title, ...codes, ...messages])
          expect(shown.join("\n")).toContain(asShown(said));
      }
  });
});
