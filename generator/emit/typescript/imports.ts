/** How generated files name each other: the sources of a project are resolved by whatever builds that project. */
import type { OutputFile } from "../../model/output-file.js";
import type { Catalog } from "../../sections/catalog.js";
import { morph } from "./ts-morph.js";

/** A source whose relative imports end as the catalog asks; everywhere else in the generator they end in `.js`. */
export function withImports(file: OutputFile, ending: Catalog["imports"]): OutputFile {
  if (ending === "js") return file;
  return { ...file, text: rewritten(file.text, ending === "ts" ? ".ts" : "") };
}

function rewritten(text: string, by: string): string {
  let result = "";
  let from = 0;
  for (const { fileName, pos } of morph.ts.preProcessFile(text).importedFiles) {
    if (!/^\.\.?\/.*\.js$/.test(fileName)) continue;
    // The position is that of the quote.
    const end = pos + 1 + fileName.length;
    result += text.slice(from, end - ".js".length) + by;
    from = end;
  }
  return result + text.slice(from);
}
