/** The compiler of the generated package copes with modules of any length. */
import { expect, it } from "vitest";
import { compile } from "../generator/emit/typescript/compile.js";
import { moduleFile } from "../generator/emit/typescript/module.js";
import { constObject } from "../generator/emit/typescript/printer.js";

it("declares every member of a long enum, with its docs and its literal type", () => {
  const members = Array.from({ length: 13_000 }, (_, i) => ({
    name: `Member${i}`.padEnd(74, "x"),
    value: `value ${i}`,
    doc: `What value ${i} means.`,
    tags: {},
  }));
  const source = moduleFile("codes", "a test", constObject("Code", "All codes.", members));
  const outputs = new Map(compile(source, "src", "dist").map(({ path, text }) => [path, text]));
  const rows = members.map(
    ({ name, value, doc }) => `\t/** ${doc} */\n\treadonly ${name}: "${value}";\n`,
  );
  expect(outputs.get("dist/codes.d.ts")).toBe(
    `/** All codes. */
export declare const Code: {
${rows.join("")}};
/** Any value of Code. */
export type Code = (typeof Code)[keyof typeof Code];
`,
  );
  expect(outputs.get("dist/codes.js")).toContain(
    members.map(({ name, value }) => `\t${name}: "${value}"`).join(",\n"),
  );
});
