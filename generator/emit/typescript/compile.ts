/** TypeScript to what npm ships, by the compiler that comes with ts-morph: users need no other. */
import { ts } from "ts-morph";
import type { OutputFile } from "../../model/output-file.js";

/** How much text is parsed at once: a parsed module takes some thirty times the memory of its text. */
const most = 1_000_000;

/** What npm ships of a tree of modules: JavaScript and declarations, by path. */
export function compile(
  files: readonly OutputFile[],
  from: string,
  to: string,
): readonly OutputFile[] {
  const batches: OutputFile[][] = [[]];
  let size = 0;
  for (const file of files) {
    size += file.text.length;
    if (size > most) {
      batches.push([]);
      size = file.text.length;
    }
    batches.at(-1)!.push(file);
  }
  return batches.flatMap((batch) => compileBatch(batch, from, to));
}

/** One program parses each module once. */
function compileBatch(
  files: readonly OutputFile[],
  from: string,
  to: string,
): readonly OutputFile[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    rootDir: `/${from}`,
    outDir: `/${to}`,
    declaration: true,
    // Modules are compiled each by itself: nothing is resolved, and types are checked by the tests.
    isolatedDeclarations: true,
    verbatimModuleSyntax: true,
    noCheck: true,
    noLib: true,
    noResolve: true,
  };
  const sources = new Map(files.map(({ path, text }) => [`/${path}`, text]));
  const outputs: OutputFile[] = [];
  const program = ts.createProgram([...sources.keys()], options, {
    getSourceFile: (name, languageVersion) => {
      const text = sources.get(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion);
    },
    writeFile: (path, text) => outputs.push({ path: path.slice(1), text }),
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => sources.has(name),
    readFile: (name) => sources.get(name),
  });
  const problems = [...program.getSyntacticDiagnostics(), ...program.emit().diagnostics];
  if (problems.length > 0) {
    const said = problems.map(
      (p) => `${p.file?.fileName}: ${ts.flattenDiagnosticMessageText(p.messageText, " ")}`,
    );
    throw new Error(`What was generated does not compile: ${said.join("; ")}`);
  }
  return outputs;
}
