/** The values of a failure's fields. */
import { wholeMs } from "./durations.js";
import type { FieldValue } from "./failure.js";
import { type FieldData, type Given, type Places, valueAt } from "./matcher.js";
import type { Capture } from "./template.js";

export function fieldsOf(
  places: Pick<Places, "read">,
  fields: readonly FieldData[],
  captures: Readonly<Record<string, Capture>>,
  given: Given,
): Readonly<Record<string, FieldValue>> {
  const values: Record<string, FieldValue> = { ...captures };
  for (const [name, place, type, unitMs] of fields) {
    const value = valueAt(places, place, given);
    values[name] = fieldOf(type, value, unitMs ?? 1);
  }
  return values;
}

/** A field's value. What is not of its type counts as absent. */
function fieldOf(type: FieldData[2], value: unknown, unitMs: number): FieldValue {
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (type === "strings")
    return Array.isArray(value)
      ? value.filter((item): item is string => typeof item === "string")
      : null;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return null;
  if (type === "string") return text;
  if (type === "duration") return durationOf(text, unitMs);
  if (!(type === "integer" ? /^-?[0-9]+$/ : decimal).test(text)) return null;
  if (type === "decimal") return text;
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

const decimal = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** A duration in whole milliseconds; `null` for what is none. */
function durationOf(text: string, unit: number): number | null {
  const number = Number(text);
  // JSON's 1e21 and 1e999 are texts of their own here.
  return number >= 0 && (decimal.test(text) || String(number) === text)
    ? wholeMs(number, unit)
    : null;
}
