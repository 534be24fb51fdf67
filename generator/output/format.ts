/** The only home of prettier. The options are ours, so that the same catalog gives the same bytes in every project. */
import { format as prettier } from "prettier";
import type { OutputFile } from "../model/model.js";

/** Beyond this nobody reads a module line by line, and formatting would take most of a build. */
const longest = 50_000;

/** Formats TypeScript of a size that people read. JSON, Markdown, long tables and the runtime are written the way they stay. */
export async function format(files: readonly OutputFile[]): Promise<readonly OutputFile[]> {
  return Promise.all(
    files.map(async (file) =>
      file.path.endsWith(".ts") && file.text.length <= longest && file.written !== true
        ? {
            ...file,
            // Without a filepath prettier takes quadratic time on long files.
            text: await prettier(file.text, {
              parser: "babel-ts",
              filepath: file.path,
              printWidth: 100,
            }),
          }
        : file,
    ),
  );
}
