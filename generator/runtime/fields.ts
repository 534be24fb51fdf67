/** The values of a failure's fields. */
import type { FieldValue } from "./failure.js";
import type { FieldData } from "./matcher.js";
import { type Given, isEmpty, type Places, valueAt } from "./places.js";
import type { Capture } from "./template.js";
import { isMoment, isWaitForm, told, type WaitForm } from "./waits.js";

export interface Fields {
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** The waits and times that were there and could not be read, by name. */
  readonly unreadable?: readonly string[];
}

export function fieldsOf(
  places: Pick<Places, "read">,
  fields: readonly FieldData[] | undefined,
  captures: Readonly<Record<string, Capture>>,
  given: Given,
): Fields {
  const values: Record<string, FieldValue> = fields === undefined ? captures : { ...captures };
  const lost: string[] = [];
  // A moment in a text may be on a day that there is not.
  for (const name of Object.keys(captures))
    if (captures[name] === null && /(Ms|At)$/.test(name)) lost.push(name);
  for (const [name, place, type] of fields ?? []) {
    const value = valueAt(places, place, given);
    values[name] = fieldOf(type, value);
    if (values[name] === null && isWaitForm(type) && !isNothing(value)) lost.push(name);
  }
  return lost.length === 0 ? { fields: values } : { fields: values, unreadable: lost };
}

/** Whether a value asks for no wait: one that is negative has passed. */
function isNothing(value: unknown): boolean {
  return isEmpty(value) || Number(value) < 0;
}

/** A field's value. What is not of its type counts as absent. */
function fieldOf(type: FieldData[2], value: unknown): FieldValue {
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (type === "strings")
    return Array.isArray(value)
      ? value.filter((item): item is string => typeof item === "string")
      : null;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return null;
  if (type === "string") return text;
  if (isWaitForm(type)) return waitOf(text, type);
  if (!(type === "integer" ? /^-?[0-9]+$/ : decimal).test(text)) return null;
  if (type === "decimal") return text;
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

const decimal = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** A wait in whole milliseconds, or a moment in ms since 1970; `null` for what is none. */
function waitOf(text: string, form: WaitForm): number | null {
  const said = told(text, form);
  if (said === null || "at" in said !== isMoment(form)) return null;
  const ms = "at" in said ? said.at : said.ms;
  return ms >= 0 ? ms : null;
}
