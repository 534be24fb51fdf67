/** Whether a value has a declared shape. Total: no input makes it throw, and it never recurses deeper than the shape. */

/** The types that a leaf of a shape may have; `nothing` is `null`. */
export type LeafType =
  "string" | "integer" | "number" | "boolean" | "object" | "array" | "nothing" | "any";

/** A shape as data: a leaf's types, an object's keys (name, shape, whether it may be missing), or a list's items (`some`: one at least). */
export type Shape =
  | { readonly is: readonly LeafType[] }
  | {
      readonly keys: readonly (readonly [key: string, shape: Shape, optional?: true])[];
    }
  | { readonly items: Shape; readonly some?: true };

/** Only own data properties count: getters are not run. Other keys than the shape's may be present. */
export function hasShape(shape: Shape, value: unknown): boolean {
  try {
    return matches(shape, value);
  } catch {
    // A proxy's trap threw.
    return false;
  }
}

/** The same, but for what a proxy's trap throws. */
export function matches(shape: Shape, value: unknown): boolean {
  if ("is" in shape) return shape.is.some((type) => isType(type, value));
  if (typeof value !== "object" || value === null) return false;
  const isList = Array.isArray(value);
  if ("keys" in shape)
    return (
      !isList && shape.keys.every(([key, inner, optional]) => has(value, key, inner, optional))
    );
  if (!isList || (shape.some && value.length === 0)) return false;
  for (let i = 0; i < value.length; i++) if (!has(value, i, shape.items)) return false;
  return true;
}

function has(value: object, key: PropertyKey, inner: Shape, optional?: true): boolean {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property === undefined) return optional === true;
  return "value" in property && matches(inner, property.value);
}

function isType(type: LeafType, value: unknown): boolean {
  if (type === "any") return value !== undefined;
  if (type === "nothing") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}
