/** Whether a value has a declared shape. Total: no input makes it throw, and it never recurses deeper than the shape. */

/** The types that a leaf of a shape may have; `nothing` is `null`. */
export type LeafType =
  "string" | "integer" | "number" | "boolean" | "object" | "array" | "nothing" | "any";

/** A shape as data: a leaf's types, an object's keys (name, shape, whether it may be missing), or a list's items. */
export type Shape =
  | { readonly is: readonly LeafType[] }
  | {
      readonly keys: readonly (readonly [key: string, shape: Shape, optional?: true])[];
    }
  | { readonly items: Shape };

/** Only own data properties count: getters are not run. Other keys than the shape's may be present. */
export function hasShape(shape: Shape, value: unknown): boolean {
  try {
    return matches(shape, value);
  } catch {
    // A proxy's trap threw.
    return false;
  }
}

function matches(shape: Shape, value: unknown): boolean {
  if ("is" in shape) return shape.is.some((type) => isType(type, value));
  if (typeof value !== "object" || value === null) return false;
  if ("items" in shape) {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++)
      if (!matches(shape.items, own(value, String(i)))) return false;
    return true;
  }
  if (Array.isArray(value)) return false;
  return shape.keys.every(([key, inner, optional]) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined) return optional === true;
    return "value" in property && matches(inner, property.value);
  });
}

function own(object: object, key: string): unknown {
  const property: PropertyDescriptor | undefined = Object.getOwnPropertyDescriptor(object, key);
  return property !== undefined && "value" in property ? property.value : undefined;
}

function isType(type: LeafType, value: unknown): boolean {
  switch (type) {
    case "any":
      return value !== undefined;
    case "nothing":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}
