/** Any text through the two printers: TypeScript keeps its declarations, and a page reads the same everywhere. */
import fc from "fast-check";
import ts from "typescript";
import { expect, it } from "vitest";
import {
  bold,
  code,
  heading,
  line,
  link,
  list,
  tableOf,
  text,
} from "../generator/emit/markdown.js";
import {
  constObject,
  enumeration,
  guard,
  interfaceOf,
  table,
  typeAlias,
} from "../generator/emit/typescript/printer.js";
import { templateType } from "../generator/emit/typescript/literal.js";
import { moduleFile } from "../generator/emit/typescript/module.js";
import { collapse, commonMark, mdx, vitePress } from "./markdown.js";
import { tagsIn } from "./support.js";

const pieces = [
  ...["*/", "/*", "//", "*\\/", "/**", "`", "``", "```", "${x}", "'", '"', '\\"', "\\", "{", "}"],
  ...["@internal", "@deprecated x", "@ts-ignore", "{@link x}", "`@see", "(@y", "*@x", "@", "\0"],
  ...["\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\t", " ", "    ", "\ufeff", "\u200b", "😀"],
  ...["|", "{{b}}", "<b>", "</code>", "<img src=x>", "<!--", "-->", "&lt;", "&", "&#38;", "[x](y)"],
  ...["[", "]", "!", "(", ")", "_", "__p__", "*", "**", "~~", "#", "- ", "+ ", "1. ", "2)", "---"],
  ...[
    "===",
    ":::",
    ":",
    "import x",
    "export x",
    "https://e.example/a_b",
    "www.e.example",
    "=",
    ">",
  ],
  ...["a@b.example", "mailto:a@b.example", "$$", "$x$", "a", "b c", "İ", "\u00a0"],
  ...[
    ":tada:",
    ":)",
    "8-)",
    ";-)",
    ":/",
    ":D",
    "<3",
    "[[toc]]",
    "[!NOTE]",
    "{.c}",
    "{#i}",
    "{v-if=x}",
  ],
  ...[
    "<<< @/f",
    "<!--@include: f-->",
    "%%{init}%%",
    "+++",
    "~~~",
    "{{ 1 + 1 }}",
    "${",
    "example.com",
  ],
];
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(""));

it("keeps any text in TypeScript a comment or a literal", () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (a, b, c) => {
      const members = [
        { name: "First", value: a, doc: b, tags: {} },
        { name: "Second", value: b, doc: c, tags: { deprecated: a, see: "https://x.example/*/" } },
      ];
      const value = Object.fromEntries([
        [`a${a}`, b],
        [`b${b}`, [c, null, Object.fromEntries([["__proto__", a]])]],
      ]);
      const printed = moduleFile("a", "a test", [
        typeAlias("A", a, "string"),
        ...constObject("B", b, members),
        ...enumeration("C", c, members),
        interfaceOf("D", a, [{ name: c, type: "string" }]),
        table("e", b, "unknown", value),
        guard("isA", c, templateType([a, null, b]), "true"),
      ]);
      const file = ts.createSourceFile("a.ts", printed.text, ts.ScriptTarget.ES2022, true);
      expect(file.statements.map(({ kind }) => ts.SyntaxKind[kind])).toEqual([
        "TypeAliasDeclaration",
        "FirstStatement",
        "TypeAliasDeclaration",
        "EnumDeclaration",
        "InterfaceDeclaration",
        "FirstStatement",
        "FunctionDeclaration",
      ]);
      expect(tagsIn(file)).toEqual(["deprecated", "see", "deprecated", "see"]);
      expect(templatesIn(file)).toEqual([[a, b]]);
      const { exports, problems } = evaluate(printed.text);
      expect(problems).toEqual([]);
      const { B, C, e } = exports;
      expect(B).toEqual({ First: a, Second: b });
      expect(C).toEqual(B);
      expect(JSON.stringify(e)).toBe(JSON.stringify(value));
    }),
    { numRuns: 300, examples: [["\\", "/*", ""]] },
  );
});

it("keeps any text in a table that is long enough to be JSON", () => {
  const long = "long ".repeat(2_500);
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const byName = Object.fromEntries([
        [`a${a}`, { [b]: [a, 1, true, null] }],
        ["__proto__", b],
        ["long", long],
      ]);
      const rows = [[a, { b }], [b], [long]];
      const printed = moduleFile("a", "a test", [
        table("byName", "", "unknown", byName),
        table("rows", "", "unknown", rows),
      ]);
      expect(printed.text.match(/@__PURE__ \*\/ JSON\.parse\(`[[{]$/gm)).toHaveLength(2);
      const { exports, problems } = evaluate(printed.text);
      expect(problems).toEqual([]);
      expect(JSON.stringify(exports["byName"])).toBe(JSON.stringify(byName));
      expect(JSON.stringify(exports["rows"])).toBe(JSON.stringify(rows));
    }),
    { numRuns: 300 },
  );
});

/** The fixed texts of each template type in a module. */
function templatesIn(file: ts.SourceFile): readonly (readonly string[])[] {
  const found: string[][] = [];
  const gather = (node: ts.Node): void => {
    if (ts.isTemplateLiteralTypeNode(node))
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
    else node.forEachChild(gather);
  };
  gather(file);
  return found;
}

function evaluate(text: string): {
  exports: Record<string, unknown>;
  problems: readonly unknown[];
} {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    reportDiagnostics: true,
  });
  const exports: Record<string, unknown> = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- what is emitted has to run
  new Function("exports", outputText)(exports);
  return { exports, problems: diagnostics.map(({ messageText }) => messageText) };
}

it("keeps any text on a page text, and the same text in MDX, in VitePress and in CommonMark", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (a, b, c) => {
      const page = [
        text(a),
        heading(3, line`${code(c)} ${text(a)}`),
        list([text(b), line`${bold(text("Open"))}: ${text(b)}`, code(c)]),
        tableOf(
          [text("x"), text("y")],
          [
            [text(a), code(c)],
            [link(text(b), "#x"), text(b)],
          ],
        ),
      ].join("\n\n");
      const { foreign, visible } = await mdx(page);
      expect(foreign).toEqual([]);
      const wanted = [a, `${c} ${a}`, b, `Open: ${b}`, c, "x", "y", a, c, b, b];
      expect(shown(visible)).toEqual(shown(wanted));
      expect(shown(commonMark(page))).toEqual(shown(wanted));
      const vue = await vitePress(page);
      expect(vue.foreign).toEqual([]);
      expect(shown(vue.visible)).toEqual(shown(wanted));
    }),
    { numRuns: 600, examples: [["# a", "&lt;", "\0"]] },
  );
});

/** Lines without the backticks, which make code of what is between them. */
function shown(lines: readonly string[]): readonly string[] {
  return lines.map((line) => collapse(line.replace(/`/g, ""))).filter((line) => line !== "");
}
