/** What an editor shows of the generated package, as its language service says it. */
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "./support.js";

const text = `
import { type AbpFailures, decodeAbp } from "trading-api-errors/abp";

export type Gone = AbpFailures["abp.no-odds-found"];
const reply = decodeAbp({ status: 429 });
if (!reply.ok && reply.failure.id === "abp.rate-limit-exceeded") void reply.failure.fields.limit;
export const unexpected = reply.ok ? null : reply.failure.unexpected;
`;

it("has the catalog's words where an id or a field is hovered", () => {
  const file = join(root, "test/hovered.ts");
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: [],
  };
  const { fileExists, readFile, readDirectory } = ts.sys;
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(path) {
      const read = path === file ? text : readFile(path);
      return read === undefined ? undefined : ts.ScriptSnapshot.fromString(read);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || fileExists(path),
    readFile,
    readDirectory,
  });
  const shown = (what: string): string => {
    const info = service.getQuickInfoAtPosition(file, text.indexOf(what) + 1);
    return ts.displayPartsToString(info?.documentation);
  };
  expect(service.getSemanticDiagnostics(file)).toEqual([]);
  expect(shown('"abp.no-odds-found"')).toMatch(
    /^There are no odds for what the parameters describe/,
  );
  expect(shown("limit;")).toBe("How many requests a second the client may send.");
  expect(shown("unexpected;")).toMatch(/^What of the response is not as the catalog expects it/);
});
