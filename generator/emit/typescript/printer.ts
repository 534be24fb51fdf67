/** The declarations that modules are made of. Knows no catalog. */
import { jsdoc, type Tags } from "./comment.js";
import {
  assignment,
  block,
  type Code,
  following,
  type Fragment,
  lines,
  members,
  signature,
  typed,
  ts,
} from "./fragment.js";
import { dataOf, literal, propertyKey } from "./literal.js";

export interface EnumMember {
  readonly name: string;
  readonly value: number | string;
  readonly doc: string;
  readonly tags: Tags;
}

function documented(doc: string, code: Code, tags: Tags = {}): Fragment {
  return lines([...jsdoc(doc, tags), code]);
}

/** Well below the length at which the compiler no longer prints a type that it inferred (TS7056). */
const longestInferred = 100_000;

/** An object of literals with a type of the same name; a very long one says its own type, too. */
export function constObject(
  name: string,
  doc: string,
  members: readonly EnumMember[],
): readonly Fragment[] {
  const key = (m: EnumMember): string => propertyKey(m.name);
  const pair = (m: EnumMember): Fragment => pairOf(key(m), m.value);
  const size = members.reduce((sum, m) => sum + m.doc.length + String(m.value).length + 40, 0);
  const rows = (row: (m: EnumMember) => Code): readonly Code[] =>
    members.map((m) => documented(m.doc, row(m), m.tags));
  const object =
    size <= longestInferred
      ? ts`${block(
          `export const ${name} =`,
          rows((m) => ts`${pair(m)},`),
        )} as const;`
      : ts`${block(
          `export const ${name}:`,
          rows((m) => ts`readonly ${pair(m)};`),
        )} ${block(
          "=",
          members.map((m) => ts`${pair(m)},`),
        )};`;
  return [
    documented(doc, object),
    typeAlias(name, `Any value of ${name}.`, `(typeof ${name})[keyof typeof ${name}]`),
  ];
}

function pairOf(key: string, value: number | string): Fragment {
  return typeof value === "string"
    ? following(`${key}:`, literal(value))
    : ts`${key}: ${literal(value)}`;
}

/** A TypeScript enum. */
export function enumeration(
  name: string,
  doc: string,
  members: readonly EnumMember[],
): readonly Fragment[] {
  const rows = members.map((m) =>
    documented(m.doc, ts`${propertyKey(m.name)} = ${literal(m.value)},`, m.tags),
  );
  return [documented(doc, block(`export enum ${name}`, rows))];
}

export function typeAlias(name: string, doc: string, type: Code): Fragment {
  return documented(doc, ts`${typed(`export type ${name} =`, type)};`);
}

export interface Property {
  readonly name: string;
  readonly type: Code;
  readonly doc?: string;
  readonly tags?: Tags;
  readonly optional?: boolean;
}

export function interfaceOf(name: string, doc: string, properties: readonly Property[]): Fragment {
  return documented(
    doc,
    block(
      `export interface ${name}`,
      properties.map((property) => ts`${propertyOf(property)};`),
    ),
  );
}

/** A property of an interface or of a type literal. */
function propertyOf({ name, type, doc = "", tags, optional = false }: Property): Fragment {
  return documented(doc, typed(`readonly ${propertyKey(name)}${optional ? "?" : ""}:`, type), tags);
}

/** `export const name: type = value`, the value as data. */
export function table(name: string, doc: string, type: Code, value: object): Fragment {
  return exported(name, doc, type, dataOf(value));
}

/** `export const name: type = initializer`. */
export function exported(name: string, doc: string, type: Code, initializer: Code): Fragment {
  return documented(doc, ts`${assignment(ts`export const ${name}: ${type}`, initializer)};`);
}

/** A constant that stays inside its module. */
export function constant(name: string, type: Code, initializer: Code): Fragment {
  return ts`${assignment(ts`const ${name}: ${type}`, initializer)};`;
}

export interface Parameter {
  readonly name: string;
  readonly type: Code;
}

/** `export function name(…): type`, of one expression. */
export function delegate(
  name: string,
  doc: string,
  parameters: readonly Parameter[],
  type: Code,
  expression: Code,
): Fragment {
  const list = parameters.map((parameter) => typed(`${parameter.name}:`, parameter.type));
  return exportedFunction(doc, signature(name, list, type), expression);
}

/** `export function name(value: unknown): value is type`, of one expression. */
export function guard(name: string, doc: string, type: Code, expression: Code): Fragment {
  const result = typed("value is", type);
  return exportedFunction(doc, signature(name, ["value: unknown"], result), expression);
}

function exportedFunction(doc: string, head: Code, expression: Code): Fragment {
  return documented(doc, block(ts`export function ${head}`, [ts`return ${expression};`]));
}

/** A type of properties without a name. */
export function typeLiteral(properties: readonly Property[]): Fragment {
  return members(properties.map(propertyOf));
}
