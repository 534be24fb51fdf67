/** The words in which emitters say TypeScript; with compile.ts the only home of ts-morph. Knows no catalog. */
import {
  type EnumMemberStructure,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  Project,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { OutputFile } from "../../model/model.js";

/** A statement of a module, or text that is one. */
export type Statement = StatementStructures | string;

const project = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
});

/**
 * A module. Declarations of types are structures, which ts-morph prints in one batch for each run of them; values are
 * text already, since its writer would read long tables character by character.
 */
export function tsFile(path: string, origin: string, statements: readonly Statement[]): OutputFile {
  const blocks: string[] = [];
  let run: StatementStructures[] = [];
  const flush = (): void => {
    if (run.length > 0) blocks.push(printed(path, run));
    run = [];
  };
  for (const statement of statements) {
    if (typeof statement === "object") {
      run.push(statement);
      continue;
    }
    flush();
    blocks.push(statement);
  }
  flush();
  return { path, origin, text: `${blocks.join("\n\n")}\n` };
}

function printed(path: string, run: readonly StatementStructures[]): string {
  const statements = run.map((statement, i) => {
    const packed =
      statement.kind === StructureKind.ImportDeclaration ||
      statement.kind === StructureKind.ExportDeclaration;
    if (i === 0 || (packed && statement.kind === run[i - 1]!.kind)) return statement;
    return { ...statement, leadingTrivia: "\n" };
  });
  const file = project.createSourceFile(path, { statements }, { overwrite: true });
  const text = file.getFullText().trim();
  project.removeSourceFile(file);
  return text;
}

export function use(
  names: readonly string[],
  from: string,
  only: "types" | "values" = "values",
): Statement {
  return {
    kind: StructureKind.ImportDeclaration,
    moduleSpecifier: from,
    namedImports: [...names],
    isTypeOnly: only === "types",
  };
}

/** `export { names } from`, or everything. */
export function reexport(
  from: string,
  names: readonly string[] = [],
  only: "types" | "values" = "values",
): Statement {
  return {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier: from,
    namedExports: [...names],
    isTypeOnly: only === "types",
  };
}

export interface EnumMember {
  readonly name: string;
  readonly value: number | string;
  readonly doc: string;
  readonly deprecated: string | null;
}

/** Well below the length at which the compiler no longer prints a type that it inferred (TS7056). */
const longestInferred = 100_000;

/** An object of literals with a type of the same name; a very long one says its own type, too. */
export function constObject(
  name: string,
  doc: string,
  members: readonly EnumMember[],
): readonly Statement[] {
  const body = (line: (m: EnumMember) => string): string => `{\n${members.map(line).join("\n")}\n}`;
  const docOf = (m: EnumMember): string => jsdoc(m.doc, m.deprecated);
  const row = (m: EnumMember): string => `${propertyKey(m.name)}: ${literal(m.value)}`;
  const documented = body((m) => `${docOf(m)}\n${row(m)},`);
  const object =
    documented.length <= longestInferred
      ? `${name} = ${documented} as const`
      : `${name}: ${body((m) => `${docOf(m)}\nreadonly ${row(m)};`)} = ${body((m) => `${row(m)},`)}`;
  return [
    `${jsdoc(doc, null)}\nexport const ${object};`,
    typeAlias(name, `Any value of ${name}.`, `(typeof ${name})[keyof typeof ${name}]`),
  ];
}

/** A TypeScript enum. */
export function enumeration(
  name: string,
  doc: string,
  members: readonly EnumMember[],
): readonly Statement[] {
  return [
    {
      kind: StructureKind.Enum,
      name,
      docs: docs(doc),
      isExported: true,
      members: members.map((m): OptionalKind<EnumMemberStructure> => ({
        name: propertyKey(m.name),
        initializer: literal(m.value),
        docs: docs(m.doc, m.deprecated),
      })),
    },
  ];
}

export function typeAlias(name: string, doc: string, type: string): Statement {
  return {
    kind: StructureKind.TypeAlias,
    name,
    docs: docs(doc),
    isExported: true,
    type,
  };
}

export interface Property {
  readonly name: string;
  readonly type: string;
  readonly doc?: string;
  readonly optional?: boolean;
}

export function interfaceOf(name: string, doc: string, properties: readonly Property[]): Statement {
  const structure: InterfaceDeclarationStructure = {
    kind: StructureKind.Interface,
    name,
    docs: docs(doc),
    isExported: true,
    properties: properties.map((p) => ({
      name: propertyKey(p.name),
      type: p.type,
      ...(p.doc === undefined ? {} : { docs: docs(p.doc) }),
      isReadonly: true,
      hasQuestionToken: p.optional === true,
    })),
  };
  return structure;
}

/** `export const name: type = value`, the value as data. */
export function table(name: string, doc: string, type: string, value: unknown): Statement {
  return constant(name, type, literal(value), { doc });
}

/** A constant whose initializer is code. Without a doc it stays inside of its module. */
export function constant(
  name: string,
  type: string,
  initializer: string,
  options: { doc?: string } = {},
): Statement {
  const declaration = `const ${name}: ${type} = ${initializer};`;
  return options.doc === undefined
    ? declaration
    : `${jsdoc(options.doc, null)}\nexport ${declaration}`;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** `export function name(…): type`, of one expression. */
export function delegate(
  name: string,
  doc: string,
  parameters: readonly Parameter[],
  type: string,
  expression: string,
): Statement {
  const list = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join(", ");
  return exportedFunction(doc, `${name}(${list}): ${type}`, expression);
}

/** `export function name(value: unknown): value is type`, of one expression. */
export function guard(name: string, doc: string, type: string, expression: string): Statement {
  return exportedFunction(doc, `${name}(value: unknown): value is ${type}`, expression);
}

function exportedFunction(doc: string, signature: string, expression: string): Statement {
  return `${jsdoc(doc, null)}\nexport function ${signature} {\n  return ${expression};\n}`;
}

/** Data as a TypeScript expression: what JSON can hold, over several lines where one would be long. */
export function literal(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return enclosed("[", value.map(literal), "]");
  if (typeof value === "object" && value !== null) {
    const rows = Object.entries(value).map(
      ([key, child]) => `${propertyKey(key)}: ${literal(child)}`,
    );
    return rows.length === 0 ? "{}" : enclosed("{ ", rows, " }");
  }
  return JSON.stringify(value);
}

function enclosed(open: string, rows: readonly string[], close: string): string {
  const line = `${open}${rows.join(", ")}${close}`;
  return line.length <= 100 ? line : `${open.trim()}\n${rows.join(",\n")},\n${close.trim()}`;
}

/** A union of literal types. */
export function union(values: readonly (string | number)[]): string {
  return values.length === 0 ? "never" : values.map(literal).join(" | ");
}

/** The type of a text with changing parts, each of which is `null`. */
export function templateType(parts: readonly (string | null)[]): string {
  const spans = parts.map((part) =>
    part === null
      ? "${string}"
      : stringLiteral(part)
          .slice(1, -1)
          .replace(/`|\$(?=\{)/g, "\\$&"),
  );
  return `\`${spans.join("")}\``;
}

/** The key of a property; `__proto__` would set the prototype unless computed. */
export function propertyKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : stringLiteral(key);
}

function stringLiteral(text: string): string {
  const quoted = JSON.stringify(text).replace(/[\u2028\u2029\u0085]/g, unicodeEscape);
  // ts-morph's writer takes the quote after a backslash for an escaped one, and what follows for a string.
  return text.endsWith("\\") ? `${quoted.slice(0, -3)}\\u005c"` : quoted;
}

function unicodeEscape(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Text as the body of a comment: it cannot close it, start a tag, or hide characters. */
function comment(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
      .replace(
        /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
        unicodeEscape,
      )
      .replace(/\*(?=\/)/g, "*\\")
      // An entity, since the compiler looks for the letters of @internal behind a backslash, too.
      .replace(/(?<=^|[\s{])@|@(?=internal)/g, "&#64;")
  );
}

function docText(doc: string, deprecated: string | null): string {
  return deprecated === null ? comment(doc) : `${comment(doc)}\n@deprecated ${comment(deprecated)}`;
}

function docs(doc: string, deprecated: string | null = null): { description: string }[] {
  const text = docText(doc, deprecated);
  return [{ description: text.includes("\n") ? `\n${text}` : text }];
}

/** A doc comment. */
export function jsdoc(doc: string, deprecated: string | null = null): string {
  const lines = docText(doc, deprecated).split("\n");
  if (lines.length === 1) return `/** ${lines[0]} */`;
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}
