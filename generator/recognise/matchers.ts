/** What entries are recognised by, as the runtime has it. */
import { steps } from "../match/pointer.js";
import { mentions, telling } from "../match/shapes.js";
import type { Channel, Location } from "../model/channel.js";
import type { Entry, Field, Message } from "../model/entry.js";
import type { Condition, Test } from "../runtime/conditions.js";
import type { FieldData, Matcher, Text } from "../runtime/matcher.js";
import { isSteps } from "../runtime/places.js";
import type { Shape } from "../runtime/shape.js";
import type { Part } from "../runtime/template.js";
import { conditionData, list, placeData } from "./places.js";
import { propertyOf } from "./properties.js";

/** An entry's features as the runtime asks for them; a feature that it does not have is left out. */
export function matcherOf(entry: Entry, channel: Channel): Matcher {
  const { id, family, match, fields, success } = entry;
  const { statuses, codes, messages, shape, where } = match;
  const conditions = where.map(conditionData);
  const isPlain = ([of, test]: Condition): boolean =>
    typeof of === "object" && !of.includes("*") && isValues(test);
  const isStrict =
    statuses.length > 0 &&
    conditions.length > 0 &&
    conditions.every(([of]) => typeof of === "string") &&
    codes.length + messages.length === 0 &&
    shape === null;
  const isFallback = family.isByStatus && codes.length + messages.length === 0;
  return {
    id,
    ...list("statuses", statuses),
    ...(isStrict ? { strict: true } : {}),
    ...(isFallback && (shape !== null || where.length > 0) ? { fallback: true } : {}),
    ...list(
      "codes",
      codes.map(({ first, last, prefix }) => {
        if (prefix === true) return [first];
        return first === last ? first : [first, last];
      }),
    ),
    ...list("texts", messages.map(textData)),
    ...list(
      "operations",
      match.operations.map(({ name }) => name),
    ),
    ...(shape === null ? {} : { shape: shapeOf(entry)! }),
    ...list("where", conditions.filter(isPlain)),
    ...list(
      "conditions",
      conditions.filter((condition) => !isPlain(condition)),
    ),
    ...(success ? emptyPlaces(entry, channel) : {}),
    ...list("fields", fields.map(fieldData)),
  } as Matcher;
}

/** A failure that is known by its shape alone needs one that shows something. */
export function shapeOf({ match, success }: Entry): Shape | null {
  const { codes, messages, shape, where } = match;
  if (shape === null) return null;
  const isAlone = codes.length + messages.length + where.length === 0;
  return isAlone && !success ? telling(shape.root) : shape.root;
}

const isValues = (test: Test): boolean =>
  typeof test !== "string" && !test.some((value) => Array.isArray(value));

/**
 * What a success leaves unsaid has to be empty, since what stands there may be an error that nobody listed. A code explains
 * all that comes with it; a text, or a mark of success, the texts; a condition or a shape what it speaks of.
 */
export function unexplained({ match }: Entry, channel: Channel): readonly Location[] {
  const { codes, messages, shape, where } = match;
  const speaks = (at: string): boolean =>
    [...where, ...channel.success].some((condition) => condition.at === at) ||
    (shape !== null && mentions(shape.root, steps(at)));
  const open = (locations: readonly Location[]): readonly Location[] =>
    locations.filter(({ at }) => at === null || at === "" || !speaks(at));
  if (codes.length > 0) return [];
  const isExplained = messages.length > 0 || channel.success.length > 0;
  return [
    ...open(channel.code),
    ...(isExplained ? [] : open(channel.message)),
    ...open(channel.further),
  ];
}

/** Those places; nothing where they are all that the channel has. */
function emptyPlaces(entry: Entry, channel: Channel): Pick<Matcher, "empty"> {
  const places = unexplained(entry, channel);
  const { code, message, further } = channel;
  if (places.length === code.length + message.length + further.length) return {};
  return { empty: places.map((at) => placeData(at, channel.code.includes(at))) };
}

/** A text, or its parts with the names that a decoder gives to what stands in the placeholders. */
export function textData({
  literal,
  parts,
  part: where,
  fold,
}: Pick<Message, "literal" | "parts" | "part" | "fold">): Text {
  if (literal !== null) return literal;
  const cased = (text: string): string => (fold ? text.toLowerCase() : text);
  const named = parts.map((part): Part => {
    if (typeof part === "string") return cased(part);
    const [name, type, end] = part;
    const property = propertyOf(name, type);
    return end === undefined ? [property, type] : [property, type, cased(end)];
  });
  if (where === null && !fold) return named;
  const any: Part = ["", "any"];
  return {
    part: [
      ...(where === "contains" || where === "ends" ? [any] : []),
      ...named,
      ...(where === "contains" || where === "starts" ? [any] : []),
    ],
    ...(fold ? { fold: true } : {}),
  };
}

/** What a plain number is in a duration that says its unit. */
const plainNumbers = { ms: "ms", s: "seconds", m: "minutes" } as const;

function fieldData({ name, at, header, type, unit }: Field): FieldData {
  const plain = placeData({ at, header, after: null, before: null, when: [] });
  const place = type === "strings" && !isSteps(plain) ? { ...plain, all: true as const } : plain;
  const property = propertyOf(name, type);
  return [property, place, type === "duration" ? plainNumbers[unit ?? "ms"] : type];
}
