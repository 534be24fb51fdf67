/** The values that every section of the language is made of. */
import { type Infer as InferWith, object, oneOrMore, ref } from "./json-schema.js";

/** Whose calls share a limit, a pause or a breaker. */
export const scopes = ["api-key", "client", "ip", "account", "bookmaker", "endpoint"] as const;

/** How a wait or a moment is written. */
export const waitForms = [
  "duration",
  "seconds",
  "minutes",
  "ms",
  "iso",
  "http-date",
  "epoch-s",
  "epoch-ms",
] as const;

/** The steps that every API has. */
export const stepNames = [
  "refresh-token",
  "log-in",
  "sync-clock",
  "reduce-rate",
  "close-connection",
  "re-quote",
] as const;

const scalar = { type: ["string", "number", "boolean", "null"] } as const;

/** What sections refer to by name, and what the names mean in the published schema. */
export const definitions = {
  id: {
    description:
      "A name in kebab-case: lower-case letters and digits in words joined by single hyphens.",
    type: "string",
    pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
    maxLength: 80,
    examples: ["too-many-requests"],
  },
  fieldName: {
    description: "A name in camelCase.",
    type: "string",
    pattern: "^[a-z][A-Za-z0-9]*$",
    maxLength: 80,
  },
  text: {
    description: "Text in your own words.",
    type: "string",
    minLength: 1,
  },
  url: {
    description: "An http or https address without credentials.",
    type: "string",
    pattern: "^https?://[^\\s@]+$",
  },
  date: {
    description: "A date as YYYY-MM-DD.",
    type: "string",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
  },
  pointer: {
    description:
      "A JSON pointer into the body, such as /detail/error or /orders/*/id; `*` matches every item of an array.",
    type: "string",
    pattern: "^(/([^/~]|~[01])*)*$",
    examples: ["/detail/error"],
  },
  pointers: oneOrMore(ref("pointer"), {
    description: "A JSON pointer, or a list of them, tried in this order.",
  }),
  header: {
    description: "The name of a header, in any case.",
    type: "string",
    pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
    examples: ["x-request-id"],
  },
  place: {
    title: "a place",
    description:
      "A JSON pointer into the body, or { at: pointer } or { header: name } with what else identifies the value: after: and before: for the text around it, when: for a condition.",
    anyOf: [
      ref("pointer"),
      {
        title: "a place",
        type: "object",
        additionalProperties: false,
        minProperties: 1,
        properties: {
          at: ref("pointer"),
          header: ref("header"),
          after: {
            description:
              "The value follows the last occurrence of this text; without it, the value is the whole text.",
            type: "string",
            minLength: 1,
          },
          before: {
            description: "The value ends before this text; with after:, both must be there.",
            type: "string",
            minLength: 1,
          },
          when: ref("conditions"),
        },
      },
    ],
  },
  places: oneOrMore(ref("place"), {
    description:
      "Where to look, tried in this order: a place, or a list of them. The empty pointer is the whole body; `*` is any item of a list.",
  }),
  condition: {
    description:
      'present, absent, filled (present and not "", [], {} or false) or empty; a range of integers as 400..599; a value, or a list of values, of which one has to be there. In a list, the words are values too.',
    anyOf: [scalar, { type: "array", minItems: 1, items: scalar }],
  },
  conditions: {
    description: "JSON pointer to what must be there.",
    type: "object",
    minProperties: 1,
    propertyNames: ref("pointer"),
    additionalProperties: ref("condition"),
  },
  duration: {
    description: "A number and a unit: 250ms, 1s, 30m, 24h or 7d.",
    type: "string",
    pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$",
    examples: ["250ms", "30m"],
  },
  status: {
    description: "An HTTP status from 100 to 599.",
    type: "integer",
    minimum: 100,
    maximum: 599,
  },
  statusSpan: {
    description: "An HTTP status, or all of a hundred, such as 5xx.",
    anyOf: [
      ref("status"),
      {
        description: "An HTTP status such as 404, or all of a hundred as 5xx.",
        type: "string",
        pattern: "^[1-5]xx$",
      },
    ],
  },
  code: {
    description:
      "An integer, a string in quotes, a range of integers as 3100..3112, or what strings begin with as 23*.",
    type: ["integer", "string"],
  },
  example: object([], {
    title: { type: "string", minLength: 1 },
    channel: ref("id", "Where it arrives, if the entry has several channels; default: the first."),
    status: ref("status"),
    headers: { type: "object", additionalProperties: { type: "string" } },
    body: { description: "The body; on an item channel the item, on a socket the frame." },
  }),
  template: {
    description: "A message, with placeholders as {name:type}.",
    type: "string",
    minLength: 1,
  },
  message: {
    title: "a message",
    description:
      "A whole message, or a part of one: { contains: … }, { starts: … } or { ends: … }; with case: ignore in any letter case, also as { is: …, case: ignore }. Of several parts that fit all are kept, and the most careful leads.",
    anyOf: [
      ref("template"),
      {
        type: "object",
        additionalProperties: false,
        minProperties: 1,
        properties: {
          is: ref("template"),
          contains: ref("template"),
          starts: ref("template"),
          ends: ref("template"),
          case: { enum: ["ignore"] },
        },
      },
    ],
  },
  jsonType: {
    description: "A JSON type: string, integer, number, boolean, object, array, nothing or any.",
    enum: ["string", "integer", "number", "boolean", "object", "array", "nothing", "any"],
  },
  fieldType: oneOrMore(ref("jsonType"), {
    description:
      "A type, or a list of types of which one holds. `nothing` is no body at all (null).",
  }),
  outcome: {
    description:
      "not-executed, accepted (taken, and decided later), executed, partial, prior-received or unknown.",
    enum: ["not-executed", "accepted", "executed", "partial", "prior-received", "unknown"],
  },
  step: {
    description:
      "refresh-token, log-in, sync-clock, reduce-rate, close-connection or re-quote; or one of steps:.",
    anyOf: [{ enum: stepNames }, ref("id")],
  },
  citation: {
    description: "A source's id, and after # the heading, such as errors#rate-limiting.",
    type: "string",
    pattern: "^[a-z0-9]+(-[a-z0-9]+)*(#[^\\s#]+)?$",
    examples: ["errors#rate-limiting-429"],
  },
} as const;

/** How a node says where its facts come from; every node of a traced section has these keys. */
export const traceKeys = {
  cite: oneOrMore(ref("citation"), {
    description:
      "Where it is documented: a source's id, and after # the heading, such as errors#rate-limiting. One, or a list.",
  }),
  inferred: {
    description: "Leaf (dotted path) to the reason for reading it so.",
    type: "object",
    additionalProperties: ref("text"),
  },
  policy: {
    description: "Leaf (dotted path) to the reason for choosing it.",
    type: "object",
    additionalProperties: ref("text"),
  },
  undocumented: {
    description: "Leaves that the sources do not give.",
    type: "array",
    items: { type: "string" },
  },
  questions: { description: "What to ask the vendor.", type: "array", items: ref("text") },
} as const;

/** A node of a section whose facts are traced. */
export function traced<const Required extends readonly string[], const Properties extends object>(
  required: Required,
  properties: Properties,
  annotations: object = {},
) {
  return object(required, { ...properties, ...traceKeys }, annotations);
}

/** Keys that were called something else before 1.0, with what each is called now. */
export const renamed: Readonly<Record<string, string>> = {
  attempts: "max-attempts",
  base: "initial-backoff",
  factor: "multiplier",
  cap: "max-delay",
  resign: "re-sign",
  or: "fallback",
  with: "operation",
  from: "starts",
  then: "state",
  holes: "gaps",
};

/** The values that a schema of the language allows. */
export type Infer<S> = InferWith<S, typeof definitions>;

export type PlaceSyntax = Infer<(typeof definitions)["place"]>;
export type ConditionsSyntax = Infer<(typeof definitions)["conditions"]>;
export type Scalar = string | number | boolean | null;
