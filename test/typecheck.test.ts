/** Everything that is emitted compiles under the strictest settings a consumer may have. Compiled once, in one program. */
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it, onTestFinished } from "vitest";
import { entries, generatePackage } from "./bench/synthetic.js";
import { command } from "./command.js";
import { filesIn, generated, root, stories } from "./support.js";

const plain: ts.CompilerOptions = {
  strict: true,
  types: [],
  lib: ["lib.es2022.d.ts"],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
};

const strictest: ts.CompilerOptions = {
  ...plain,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
  // The stories leave the runtime out, since it ships as it is; they find that of the real package.
  rootDirs: [
    join(generated, "src"),
    ...stories.flatMap(({ expected }) => [expected, join(expected, "src")]),
  ],
};

const sourcesIn = (folder: string): string[] =>
  filesIn(folder)
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path));

function problems(files: readonly string[], options: ts.CompilerOptions): readonly string[] {
  return ts
    .getPreEmitDiagnostics(ts.createProgram(files, options))
    .map(
      ({ file, start, messageText }) =>
        `${file?.fileName.slice(root.length)}:${file?.getLineAndCharacterOfPosition(start ?? 0).line} ` +
        ts.flattenDiagnosticMessageText(messageText, " "),
    );
}

describe("emitted TypeScript", () => {
  it("compiles under the strictest settings, with the tests of its types", () => {
    const erasable = stories.filter(({ name }) => name !== "enums-enum");
    const files = [
      ...erasable.flatMap(({ expected }) => sourcesIn(expected)),
      ...sourcesIn(join(generated, "src")),
      join(root, "test/types/consumer.ts"),
    ];
    expect(files.length).toBeGreaterThan(60);
    expect(problems(files, strictest)).toEqual([]);
  });

  it("compiles under strict alone, as sources in a project of others may have to", () => {
    expect(problems(sourcesIn(join(generated, "src")), plain)).toEqual([]);
  });

  it("needs only enums to be allowed where the catalog asks for enums", () => {
    const { expected } = stories.find(({ name }) => name === "enums-enum")!;
    expect(problems(sourcesIn(expected), { ...strictest, erasableSyntaxOnly: false })).toEqual([]);
  });

  it("compiles however many entries there are", () => {
    const folder = generatePackage(entries(4_000), command(), "{ emit: source }");
    onTestFinished(() => rmSync(dirname(folder), { recursive: true }));
    writeFileSync(join(dirname(folder), "package.json"), `{ "type": "module" }`);
    expect(problems(sourcesIn(folder), strictest)).toEqual([]);
  });
});
