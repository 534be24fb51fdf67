/** Shapes: JSON pointers and types become a tree. */
import { compare, type DiagnosticLog } from "../diagnostics/log.js";
import { escapeStep, steps } from "../match/pointer.js";
import type { Shape } from "../model/model.js";
import { camel, checkShape, type Names, pascal, title } from "../model/names.js";
import type { LeafType, Shape as ShapeData } from "../runtime/shape.js";
import type { ShapeSyntax } from "../read/syntax.js";
import { type Item, refer } from "./sections.js";
import type { Tracer } from "./trace.js";

export function resolveShape(
  item: Item<ShapeSyntax>,
  prefix: string,
  exports: Names,
  tracer: Tracer,
  leaves: readonly string[],
  log: DiagnosticLog,
): Shape {
  const { name, value, place } = item;
  checkShape(name, place, log);
  const optional = new Set(value.optional);
  const root = grow(value, optional, item, log);
  const type = exports.take(`${prefix}${pascal(name)}Body`, place);
  return {
    name,
    place,
    trace: tracer.trace(item, leaves),
    title: value.title ?? title(name),
    summary: value.summary,
    names: {
      type,
      guard: exports.take(`is${type}`, place),
      data: `${camel(type)}Shape`,
    },
    root,
    examples: value.examples ?? [],
  };
}

/** A tree under construction: the types of a value, or the branches by key (`*` for items). */
interface Growth {
  types: readonly LeafType[] | null;
  readonly branches: Map<string, Growth>;
  readonly pointer: string;
}

function grow(
  value: ShapeSyntax,
  optional: ReadonlySet<string>,
  item: Item<ShapeSyntax>,
  log: DiagnosticLog,
): ShapeData {
  const root: Growth = { types: null, branches: new Map(), pointer: "" };
  for (const [pointer, type] of Object.entries(value.fields)) {
    let at = root;
    for (const key of steps(pointer)) {
      let next = at.branches.get(key);
      if (next === undefined) {
        next = {
          types: null,
          branches: new Map(),
          pointer: `${at.pointer}/${escapeStep(key)}`,
        };
        at.branches.set(key, next);
      }
      at = next;
    }
    at.types = ([] as LeafType[]).concat(type);
  }
  const fields = new Map(Object.entries(value.fields));
  value.optional?.forEach((pointer, i) => {
    if (![...fields.keys()].some((field) => field.startsWith(`${pointer}/`)))
      refer(fields, pointer, "field", item.at("optional", i), log);
  });
  const node = (growth: Growth): ShapeData => {
    const { types, branches } = growth;
    if (branches.size === 0) return { is: types ?? ["any"] };
    const star = branches.get("*");
    const implied = star === undefined ? "object" : "array";
    const problem =
      types !== null && !(types.length === 1 && types[0] === implied)
        ? "both a value and a container of values"
        : star !== undefined && branches.size > 1
          ? "both an object and an array"
          : null;
    if (problem !== null) {
      const { pointer } = growth;
      log.report("shape/contradiction", item.key("fields", pointer), { pointer, problem });
    }
    if (star !== undefined) return { items: node(star) };
    const sorted = [...branches].sort(([a], [b]) => compare(a, b));
    return {
      keys: sorted.map(([key, branch]) =>
        optional.has(branch.pointer) ? [key, node(branch), true] : [key, node(branch)],
      ),
    };
  };
  return node(root);
}
