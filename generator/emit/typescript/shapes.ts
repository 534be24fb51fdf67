/** Body shapes: their interfaces, their data and their guards. */
import type { Api, Shape } from "../../model/model.js";
import {
  constant,
  guard,
  interfaceOf,
  literal,
  propertyKey,
  type Statement,
  tsFile,
  typeAlias,
  use,
} from "./printer.js";
import type { LeafType, Shape as ShapeData } from "../../runtime/shape.js";
import { type Emitter, origin, perApi } from "../emitter.js";

export const shapes: Emitter = perApi((api: Api) =>
  api.shapes.length === 0
    ? []
    : [
        tsFile(`src/${api.id}/shapes.ts`, origin(api), [
          use(["hasShape", "type Shape"], "../runtime/shape.js"),
          ...api.shapes.flatMap(shapeStatements),
        ]),
      ],
);

function shapeStatements(shape: Shape): readonly Statement[] {
  const { type, guard: guardName, data } = shape.names;
  const { root } = shape;
  return [
    "keys" in root
      ? interfaceOf(
          type,
          shape.summary,
          root.keys.map(([key, node, optional]) => ({
            name: key,
            optional: optional === true,
            type: typeOf(node),
          })),
        )
      : typeAlias(type, shape.summary, typeOf(root)),
    constant(data, "Shape", literal(root)),
    guard(
      guardName,
      `Whether a value has the shape of ${type}. Never throws.`,
      type,
      `hasShape(${data}, value)`,
    ),
  ];
}

const tsTypes: Readonly<Record<LeafType, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  object: "Readonly<Record<string, unknown>>",
  array: "readonly unknown[]",
  nothing: "null",
  any: "unknown",
};

function typeOf(node: ShapeData): string {
  if ("is" in node) return [...new Set(node.is.map((type) => tsTypes[type]))].join(" | ");
  if ("items" in node) return `readonly (${typeOf(node.items)})[]`;
  const keys = node.keys.map(
    ([key, child, optional]) =>
      `readonly ${propertyKey(key)}${optional === true ? "?" : ""}: ${typeOf(child)}`,
  );
  return `{ ${keys.join("; ")} }`;
}
