/** What is decidable about shapes: what two have in common, whether one lies in the other, and a value of one. */
import { hasShape, type LeafType, type Shape } from "../runtime/shape.js";

/** A shape that lists of nothing do not have, where these are all that it asks for: they would show nothing. */
export function telling(shape: Shape): Shape {
  if (isTelling(shape)) return shape;
  if ("items" in shape) return { ...shape, some: true };
  if (!("keys" in shape)) return shape;
  const keys = shape.keys.map(([key, inner, optional]) =>
    optional === true ? ([key, inner, optional] as const) : ([key, telling(inner)] as const),
  );
  return { keys };
}

function isTelling(shape: Shape): boolean {
  if ("items" in shape) return false;
  return "is" in shape || shape.keys.some(([, inner, optional]) => !optional && isTelling(inner));
}

/** Whether a shape says what stands at some steps. */
export function mentions(shape: Shape, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if ("items" in shape) return mentions(shape.items, rest);
  const [, inner] = ("keys" in shape ? shape.keys.find(([key]) => key === step) : null) ?? [];
  return inner !== undefined && mentions(inner, rest);
}

/** What both allow, or `null` when that is nothing. */
export function commonShape(a: Shape, b: Shape): Shape | null {
  if ("is" in a && "is" in b) {
    const is = a.is.flatMap((x) => b.is.flatMap((y) => commonType(x, y) ?? []));
    return is.length > 0 ? { is } : null;
  }
  if ("is" in a) return commonShape(b, a);
  if ("is" in b) {
    const type = "keys" in a ? "object" : "array";
    return b.is.includes("any") || b.is.includes(type) ? a : null;
  }
  if ("items" in a) {
    if (!("items" in b)) return null;
    const items = commonShape(a.items, b.items);
    const some = a.some ?? b.some;
    if (some !== undefined) return items && { items, some };
    return { items: items ?? { is: [] } };
  }
  if ("items" in b) return null;
  const keys = [...a.keys];
  for (const theirs of b.keys) {
    const [key, inner, optional] = theirs;
    const i = keys.findIndex(([name]) => name === key);
    const own = keys[i];
    const shape = own === undefined ? inner : commonShape(own[1], inner);
    if (own === undefined) keys.push(theirs);
    else if (shape !== null)
      keys[i] = optional === true && own[2] === true ? [key, shape, true] : [key, shape];
    else if (optional === true && own[2] === true) keys.splice(i, 1);
    else return null;
  }
  return { keys };
}

function commonType(x: LeafType, y: LeafType): LeafType | null {
  if (x === y || y === "any") return x;
  if (x === "any") return y;
  const integer = (x === "integer" && y === "number") || (x === "number" && y === "integer");
  return integer ? "integer" : null;
}

/** Whether whatever has the inner shape has the outer one. */
export function shapeWithin(a: Shape, b: Shape): boolean {
  if ("is" in b) {
    if (b.is.includes("any")) return true;
    const types = "is" in a ? a.is : "keys" in a ? ["object" as const] : ["array" as const];
    return types.every(
      (type) => b.is.includes(type) || (type === "integer" && b.is.includes("number")),
    );
  }
  if ("items" in b)
    return (
      "items" in a && (b.some === undefined || a.some === true) && shapeWithin(a.items, b.items)
    );
  return (
    "keys" in a &&
    b.keys.every(([key, inner, optional]) => {
      const own = a.keys.find(([name]) => name === key);
      if (own === undefined) return false;
      return shapeWithin(own[1], inner) && (optional === true || own[2] !== true);
    })
  );
}

/** A smallest value of a shape that keeps what is there already. */
export function fill(shape: Shape, value: unknown): unknown {
  if ("items" in shape) {
    const items = isObject(value) ? Object.values(value) : [];
    const wanted = shape.some === true && items.length === 0 ? [undefined] : items;
    return wanted.map((item) => fill(shape.items, item));
  }
  if ("keys" in shape) {
    const object = copy(value);
    for (const [key, inner, optional] of shape.keys)
      if (optional !== true || Object.hasOwn(object, key)) object[key] = fill(inner, object[key]);
    return object;
  }
  return hasShape(shape, value) ? value : shape.is[0] && samples[shape.is[0]];
}

const samples: Readonly<Record<LeafType, unknown>> = {
  string: "text",
  integer: 0,
  number: 0,
  boolean: false,
  object: {},
  array: [],
  nothing: null,
  any: 0,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** An object without a prototype: what a catalog calls `__proto__` is a key like any other. */
export function copy(value: unknown): Record<string, unknown> {
  return Object.assign(
    Object.create(null) as Record<string, unknown>,
    isObject(value) ? value : {},
  );
}
