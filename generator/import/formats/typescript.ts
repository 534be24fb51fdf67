/** Enums, constant objects and unions of words in TypeScript and JavaScript. */
import type { ts as Ts } from "ts-morph";
import { tablesIn } from "./collection.js";
import { type Enum, type Member, readEnums } from "./enums.js";
import type { Format } from "./format.js";
import type { Named } from "./tables.js";

export const typescript: Format = {
  name: "typescript",
  title: "TypeScript",
  endings: ["ts", "mts", "cts", "js", "mjs"],
  isSurely: (text) =>
    /^[ \t]*(?:export[ \t]+)?(?:declare[ \t]+)?(?:const[ \t]+)?enum[ \t]+\w+\s*\{/m.test(text) ||
    /^(?:export[ \t]+)?(?:const|type)[ \t]+\w+[ \t]*=/m.test(text),
  read: async ({ text, file }) => {
    const { ts } = await import("ts-morph");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const enums: Enum[] = [];
    const tables: Named[] = [];
    const visit = (node: Ts.Node): void => {
      if (ts.isEnumDeclaration(node)) enums.push(enumOf(ts, node, source));
      else if (ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type)) {
        const members = node.type.types.flatMap((type): Member[] =>
          ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)
            ? [
                {
                  name: type.literal.text,
                  value: type.literal.text,
                  says: saidOf(ts, type, source),
                  line: lineIn(type, source),
                },
              ]
            : [],
        );
        if (members.length > 1)
          enums.push({ name: node.name.text, line: lineIn(node, source), members });
      } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
        const value = node.initializer === undefined ? undefined : valueOf(ts, node.initializer);
        const line = lineIn(node, source);
        const name = node.name.text;
        for (const { table } of tablesIn(value, () => line)) tables.push({ name, table });
      } else ts.forEachChild(node, visit);
    };
    visit(source);
    return readEnums(enums, tables);
  },
};

function enumOf(ts: typeof Ts, node: Ts.EnumDeclaration, source: Ts.SourceFile): Enum {
  let next = 0;
  const members = node.members.map((member): Member => {
    const value = member.initializer === undefined ? next : valueOf(ts, member.initializer);
    if (typeof value === "number") next = value + 1;
    const name =
      ts.isIdentifier(member.name) || ts.isStringLiteral(member.name)
        ? member.name.text
        : member.name.getText(source);
    const isPlain = typeof value === "number" || typeof value === "string";
    return {
      name,
      value: isPlain ? value : name,
      says: saidOf(ts, member, source),
      line: lineIn(member, source),
    };
  });
  return { name: node.name.text, line: lineIn(node, source), members };
}

/** The value of an expression that is plain data; `undefined` of others. */
function valueOf(ts: typeof Ts, node: Ts.Expression): unknown {
  if (
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isParenthesizedExpression(node)
  )
    return valueOf(ts, node.expression);
  // Object.freeze({ … }).
  if (ts.isCallExpression(node) && node.arguments.length === 1)
    return valueOf(ts, node.arguments[0]!);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = valueOf(ts, node.operand);
    return typeof value === "number" ? -value : undefined;
  }
  if (ts.isArrayLiteralExpression(node))
    return node.elements.map((element) => valueOf(ts, element));
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
        ? [
            [
              property.name.getText().replace(/^["'`]|["'`]$/g, ""),
              valueOf(ts, property.initializer),
            ],
          ]
        : [],
    ),
  );
}

/** The comment above a node, or behind it in its line. */
function saidOf(ts: typeof Ts, node: Ts.Node, source: Ts.SourceFile): string {
  const { text } = source;
  const above = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const start = node.getStart(source);
  const near = above.filter(({ end }) => !text.slice(end, start).includes("\n\n"));
  const own = near.filter(({ pos }) =>
    /^\s*$/.test(text.slice(text.lastIndexOf("\n", pos) + 1, pos)),
  );
  const behind = /^[ \t]*,?[ \t]*\/\/(.*)$|^[ \t]*,?[ \t]*\/\*+(.*?)\*\//m.exec(
    text.slice(node.end).split("\n", 1)[0]!,
  );
  const words =
    own.length > 0
      ? own.map(({ pos, end }) => text.slice(pos, end)).join(" ")
      : (behind?.[1] ?? behind?.[2] ?? "");
  return words
    .replace(/^\/\*\*?|\*\/$|^\/\/+/gm, " ")
    .replace(/^\s*\*(?!\/)/gm, " ")
    .replace(/\*\//g, " ")
    .replace(/@\w+.*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function lineIn(node: Ts.Node, source: Ts.SourceFile): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
