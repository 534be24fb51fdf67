/** What is known of a failure at compile time: its facts, its code and its fields. */
import type { Channel } from "../../model/channel.js";
import type { Entry, Field } from "../../model/entry.js";
import { isLooselyKnown } from "../../model/spans.js";
import { isSeveral } from "../../recognise/batches.js";
import { propertyOf } from "../../recognise/properties.js";
import type { Recognition } from "../../recognise/recognise.js";
import type { PlaceholderType } from "../../runtime/template.js";
import { isWaitForm, type WaitForm } from "../../runtime/waits.js";
import { enclosed, type Fragment, ts, type } from "./fragment.js";
import { literal, union } from "./literal.js";
import { type Property, typeLiteral } from "./printer.js";

/** A type of the module that says what a failure is. */
export const failed = (name: string): Fragment => type(name, "runtime/failure");

/** The type of one entry's failures; `sealed` are the channels on which a listed code always decides. */
export function failureType(entry: Entry, sealed: ReadonlySet<Channel>): Fragment {
  const { id, category, actor, outcome, retry, match, fields, family, on } = entry;
  const { channels, codes } = match;
  // An item of which something was carried out is no longer what its entry says; nor is one of several errors, or what the
  // status alone is known of.
  const isPartial = channels.some(({ partial }) => partial !== null);
  const isOpen =
    family.isByStatus ||
    channels.some(isSeveral) ||
    isLooselyKnown(match) ||
    match.operations.length > 0 ||
    on.length > 0;
  const or = (own: string | undefined | null, ...others: readonly (string | false)[]): Fragment =>
    union([...new Set([own!, ...others.filter((other) => other !== false)])]);
  const facts = [
    literal(id),
    or(category, ...on.map((one) => one.category)),
    or(actor, ...on.map((one) => one.actor), isPartial && "reconcile"),
    or(outcome, ...on.map((one) => one.outcome), isPartial && "partial", isOpen && "unknown"),
    or(retry?.name, ...on.map((one) => one.retry.name), isPartial && "reconcile"),
    fieldsType(match.messages, fields),
  ];
  const isAllSealed = channels.every((channel) => sealed.has(channel));
  if (codes.length > 0) facts.push(codesType(codes));
  else if (isAllSealed && match.overrides.length === 0)
    facts.push(ts`${failed("UnlistedCode")} | null`);
  return ts`${failed("Failure")}${enclosed("<>", facts)}`;
}

/** Longer runs of codes are any number. */
const longest = 20;

function codesType(codes: Entry["match"]["codes"]): Fragment {
  if (codes.some(({ prefix }) => prefix === true)) return ts`string`;
  const values = codes.flatMap(({ first, last }): (number | string | null)[] => {
    if (typeof first === "string" || typeof last === "string") return [first];
    if (last - first >= longest) return [null];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? ts`number` : union(known);
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
  strings: "readonly string[]",
  ...ofWaits("number", "number"),
};

/** The same for every form of a length of time, and for every form of a moment. */
function ofWaits<T>(ms: T, at: T): Readonly<Record<WaitForm, T>> {
  return {
    ...{ duration: ms, seconds: ms, minutes: ms, ms },
    ...{ iso: at, "http-date": at, "epoch-s": at, "epoch-ms": at },
  };
}

/** What a value is, where its type does not say so. */
const units: Readonly<Record<string, string>> = {
  decimal: "A decimal number as a text, so that nothing is rounded.",
  ...ofWaits("In milliseconds.", "In milliseconds since 1970."),
};

function captureType(type: PlaceholderType): string {
  if (type === "integer") return "number | null";
  if (!isWaitForm(type)) return "string";
  // A length of time is a number with its unit; a date may be of no day.
  return type === "iso" || type === "http-date" || type === "duration" ? "number | null" : "number";
}

/** Fields of the body may be `null`; a capture is missing when another text of the entry came. */
function fieldsType(messages: Entry["match"]["messages"], fields: readonly Field[]): Fragment {
  const captures = new Map<string, Property & { readonly kind: PlaceholderType }>();
  for (const { parts } of messages)
    for (const part of parts)
      if (typeof part !== "string") {
        const [written, kind] = part;
        const name = propertyOf(written, kind);
        captures.set(name, { name, kind, type: captureType(kind), doc: units[kind] ?? "" });
      }
  const isEverywhere = (name: string): boolean =>
    messages.every(({ parts }) =>
      parts.some((part) => typeof part !== "string" && propertyOf(part[0], part[1]) === name),
    );
  const properties: readonly Property[] = [
    ...[...captures.values()].map(({ name, type, doc = "" }) => ({
      ...{ name, type, doc },
      optional: !isEverywhere(name),
    })),
    ...fields.map(({ name, type, summary }) => ({
      name: propertyOf(name, type),
      type: `${fieldTypes[type]} | null`,
      doc: [summary ?? "", units[type] ?? ""].join(" ").trim(),
    })),
  ];
  return properties.length === 0 ? failed("NoFields") : typeLiteral(properties);
}
