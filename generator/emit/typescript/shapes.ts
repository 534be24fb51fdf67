/** Body shapes: their interfaces, their data and their guards. */
import type { Shape } from "../../model/channel.js";
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import type { LeafType, Shape as ShapeData } from "../../runtime/shape.js";
import { origin } from "../target.js";
import { alternatives, type Fragment, ts, type, value } from "./fragment.js";
import { literal } from "./literal.js";
import { moduleFile, type Statement } from "./module.js";
import type { ApiNames, ShapeNames } from "./names.js";
import { constant, guard, interfaceOf, type Property, typeAlias, typeLiteral } from "./printer.js";

export function shapes(api: RecognisedApi, names: ApiNames): readonly OutputFile[] {
  if (api.shapes.length === 0) return [];
  const statements = api.shapes.flatMap((shape) => declared(shape, names.shapes.get(shape)!));
  return [moduleFile(`${api.id}/shapes`, origin(api), statements)];
}

function declared({ root, summary }: Shape, names: ShapeNames): readonly Statement[] {
  return [
    "keys" in root
      ? interfaceOf(names.type, summary, propertiesOf(root))
      : typeAlias(names.type, summary, typeOf(root)),
    constant(names.data, type("Shape", "runtime/shape"), literal(root)),
    guard(
      names.guard,
      `Whether a value has the shape of ${names.type}. Never throws.`,
      names.type,
      ts`${value("hasShape", "runtime/shape")}(${names.data}, value)`,
    ),
  ];
}

const leafTypes: Readonly<Record<LeafType, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  object: "Readonly<Record<string, unknown>>",
  array: "readonly unknown[]",
  nothing: "null",
  any: "unknown",
};

function typeOf(node: ShapeData): Fragment {
  if ("is" in node) return alternatives([...new Set(node.is.map((leaf) => leafTypes[leaf]))]);
  if ("keys" in node) return typeLiteral(propertiesOf(node));
  const isSeveral =
    "is" in node.items && new Set(node.items.is.map((leaf) => leafTypes[leaf])).size > 1;
  const isList = "items" in node.items || ("is" in node.items && node.items.is.includes("array"));
  const items = typeOf(node.items);
  return isSeveral || isList ? ts`readonly (${items})[]` : ts`readonly ${items}[]`;
}

function propertiesOf({
  keys,
}: Extract<ShapeData, { readonly keys: unknown }>): readonly Property[] {
  return keys.map(([name, node, optional]) => ({
    name,
    type: typeOf(node),
    optional: optional === true,
  }));
}
