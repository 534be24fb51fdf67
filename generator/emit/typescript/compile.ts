/** TypeScript to what npm ships. Each module by itself: nothing is resolved, and types are checked by the tests. */
import { transformSync } from "oxc-transform";
import type { OutputFile } from "../../model/output-file.js";

/** The JavaScript and the declarations of a module, in another folder. */
export function compile(
  { path, text }: OutputFile,
  from: string,
  to: string,
): readonly OutputFile[] {
  const { code, declaration, errors } = transformSync(path, text, {
    target: "es2022",
    typescript: { onlyRemoveTypeImports: true, declaration: {} },
  });
  if (errors.length > 0) {
    const said = errors.map(({ message, codeframe }) => `${message}\n${codeframe ?? ""}`);
    throw new Error(`What was generated does not compile: ${path}: ${said.join("; ")}`);
  }
  const moved = `${to}${path.slice(from.length, -".ts".length)}`;
  return [
    { path: `${moved}.js`, text: code },
    { path: `${moved}.d.ts`, text: declaration! },
  ];
}
