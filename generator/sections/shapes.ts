/** Body shapes: JSON pointers and types become a tree. */
import type { DiagnosticLog } from "../diagnostics/log.js";
import { compare } from "../diagnostics/order.js";
import { escapeStep, steps } from "../match/pointer.js";
import type { Shape } from "../model/channel.js";
import { title } from "../model/names.js";
import { code, prose } from "../model/prose.js";
import { ref } from "../read/json-schema.js";
import { type Infer, traced } from "../read/language.js";
import { type Item, refer } from "../resolve/item.js";
import { defineSection, leavesOf } from "../resolve/section.js";
import type { LeafType, Shape as ShapeData } from "../runtime/shape.js";

const schema = traced(["summary", "fields"], {
  title: ref("text"),
  summary: ref("text"),
  fields: {
    description:
      "JSON pointer to type, for every leaf. A pointer through a name implies an object, one through `*` an array. Other keys may always be present.",
    type: "object",
    minProperties: 1,
    propertyNames: ref("pointer"),
    additionalProperties: ref("fieldType"),
  },
  optional: {
    description: "Pointers of the fields that may be missing.",
    type: "array",
    items: ref("pointer"),
  },
  examples: { description: "Bodies of this shape.", type: "array" },
});

type ShapeItem = Item<Infer<typeof schema>>;

export const shapes = defineSection({
  key: "shapes",
  noun: "shape",
  nouns: "shapes",
  about: "The body shapes, as JSON pointers and types.",
  usedBy: "shape: in an entry or a channel",
  schema,
  resolve: (item, scope): Shape => {
    const { name, value } = item;
    return {
      ...scope.traced(item, leavesOf(schema)),
      title: value.title ?? title(name),
      summary: value.summary,
      root: grow(item, scope.log),
      examples: value.examples ?? [],
    };
  },
  docs: {
    title: "Body shapes",
    isLast: true,
    facts: ({ examples }) =>
      examples.length === 0 ? [] : [prose`Example: ${code(JSON.stringify(examples[0]))}`],
  },
});
/** A tree under construction: the types of a value, or the branches by key (`*` for items). */
interface Growth {
  types: readonly LeafType[] | null;
  readonly branches: Map<string, Growth>;
  readonly pointer: string;
}

function grow(item: ShapeItem, log: DiagnosticLog): ShapeData {
  const { value } = item;
  const optional = new Set(value.optional);
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
