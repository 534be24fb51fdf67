/** JSON Schemas as the linters of OpenAPI and AsyncAPI documents like them. */
import type { Schema } from "./json-schema.js";

/** A schema that says what it leaves open: linters take what is not said for a mistake. */
export function open(schema: Schema): Schema {
  const inner = Object.entries(schema).map(([key, value]) => [key, openIn(key, value)] as const);
  const { type } = schema;
  return {
    ...Object.fromEntries(inner),
    ...(type === "object" ? { additionalProperties: true } : {}),
    ...(type === "array" && !("items" in schema) ? { items: {} } : {}),
  };
}

/** The schemas below a keyword; what is no schema stays as it is. */
function openIn(key: string, value: unknown): unknown {
  if (["allOf", "anyOf", "prefixItems"].includes(key)) return (value as Schema[]).map(open);
  if (["not", "items", "contains"].includes(key)) return open(value as Schema);
  if (key !== "properties") return value;
  const rows = Object.entries(value as Readonly<Record<string, Schema>>);
  return Object.fromEntries(rows.map(([name, schema]) => [name, open(schema)]));
}
