/** What is known of a failure at compile time: its facts, its code and its fields. */
import type { Entry, Field } from "../../model/model.js";
import { jsdoc, literal, propertyKey, union } from "./printer.js";
import { isSeveral, type Recognition } from "../../recognise/recognition.js";
import type { HoleType } from "../../runtime/template.js";

/** The type of one entry's failures. */
export function failureType(entry: Entry, found: readonly Recognition[]): string {
  const { id, category, actor, outcome, retry, match, fields, family } = entry;
  const { channels, codes } = match;
  // An item of which something was carried out is no longer what its entry says; nor is one of several errors, or what the
  // status alone is known of.
  const isPartial = channels.some(({ partial }) => partial !== null);
  const isOpen = family === "statuses" || channels.some(isSeveral);
  const or = (own: string | undefined | null, ...others: readonly (string | false)[]): string =>
    union([...new Set([own!, ...others.filter((other) => other !== false)])]);
  const facts = [
    literal(id),
    literal(category),
    or(actor, isPartial && "reconcile"),
    or(outcome, isPartial && "partial", isOpen && "unknown"),
    or(retry?.name, isPartial && "reconcile"),
    fieldsType(match.messages, fields),
  ];
  const sealed = found.filter(({ channel }) => channels.includes(channel)).every(isSealed);
  if (codes.length > 0) facts.push(codesType(codes));
  else if (sealed && match.overrides.length === 0) facts.push("UnlistedCode | null");
  return `Failure<${facts.join(", ")}>`;
}

/** Longer runs of codes are any number. */
const longest = 20;

function codesType(codes: Entry["match"]["codes"]): string {
  const values = codes.map(({ first, last }) => {
    if (typeof first === "string" || typeof last === "string") return literal(first);
    if (last - first >= longest) return "number";
    return union(Array.from({ length: last - first + 1 }, (_, i) => first + i));
  });
  return values.includes("number") ? "number" : values.join(" | ");
}

/** Whether a code that is listed always decides: then a failure without one has a code that is not listed. */
export function isSealed({ data, entries }: Recognition): boolean {
  const successes = new Set(entries.filter(({ success }) => success).map(({ id }) => id));
  const coded = data.matchers.filter(({ codes }) => codes !== undefined);
  return (
    coded.length > 0 &&
    coded.every(
      ({ id, texts, shape, where, conditions, peers }) =>
        !successes.has(id) && (texts ?? shape ?? where ?? conditions ?? peers) === undefined,
    )
  );
}

const fieldTypes: Readonly<Record<Field["type"], string>> = {
  string: "string",
  integer: "number",
  decimal: "string",
  boolean: "boolean",
  duration: "number",
  strings: "readonly string[]",
};

/** What a value is, where its type does not say so. */
const units: Readonly<Record<string, string>> = {
  decimal: "A decimal number as a text, so that nothing is rounded.",
  duration: "In milliseconds.",
};

function captureType(type: HoleType): string {
  return type === "integer" ? "number | null" : type === "duration" ? "number" : "string";
}

/** Fields of the body may be `null`; a capture is missing when another text of the entry came. */
function fieldsType(messages: Entry["match"]["messages"], fields: readonly Field[]): string {
  const captures = new Map<string, { readonly type: string; readonly kind: HoleType }>();
  for (const { parts } of messages)
    for (const part of parts)
      if (typeof part !== "string") {
        const [name, kind] = part;
        captures.set(name, { type: captureType(kind), kind });
      }
  const everywhere = (name: string): boolean =>
    messages.every(({ parts }) =>
      parts.some((part) => typeof part !== "string" && part[0] === name),
    );
  const row = (doc: string, name: string, type: string): string =>
    `${doc === "" ? "" : `${jsdoc(doc)} `}readonly ${name}: ${type};`;
  const rows = [
    ...[...captures].map(([name, { type, kind }]) =>
      row(units[kind] ?? "", `${propertyKey(name)}${everywhere(name) ? "" : "?"}`, type),
    ),
    ...fields.map(({ property, type, summary }) =>
      row(
        [summary ?? "", units[type] ?? ""].join(" ").trim(),
        propertyKey(property),
        `${fieldTypes[type]} | null`,
      ),
    ),
  ];
  return rows.length === 0 ? "NoFields" : `{ ${rows.join(" ")} }`;
}
