/** An entry as its section has it: how it is recognised, what it means, and what to do about it. */
import { oneOrMore, object, ref } from "../../read/json-schema.js";
import { type Infer, traced, waitForms } from "../../read/language.js";
import { Actor, Category } from "../../runtime/vocabulary.js";

/** What an entry may take from its class, its status or the defaults. */
export const takenFacts = {
  category: {
    description: "The portable meaning; or one of categories:, which has one.",
    anyOf: [{ enum: Object.values(Category) }, ref("id")],
  },
  actor: {
    description: "Who must act; default: from the category.",
    enum: Object.values(Actor),
  },
  outcome: ref("outcome", "What happened to a write that is answered this way."),
  retry: ref("id", "The retry rule, by name."),
  "if-prior-unknown": object(
    ["outcome", "retry"],
    {
      outcome: ref("outcome"),
      retry: ref("id"),
    },
    {
      description:
        "What it means after an earlier attempt of the same request with an unknown outcome.",
    },
  ),
  on: {
    description:
      "What it means where one of these operations was asked for: only what is different.",
    type: "object",
    minProperties: 1,
    propertyNames: ref("id"),
    additionalProperties: object([], {
      category: { description: "The portable meaning.", enum: Object.values(Category) },
      actor: { description: "Who must act.", enum: Object.values(Actor) },
      outcome: ref("outcome"),
      retry: ref("id"),
    }),
  },
  severity: ref("id", "How grave it is, in the vendor's words or yours."),
  tags: {
    description: "Words to find it by, the vendor's or yours.",
    type: "array",
    minItems: 1,
    items: ref("id"),
  },
  examples: {
    description:
      "At least one response that decodes to this entry; or made: one that errata makes from what it is recognised by, marked as made.",
    anyOf: [{ enum: ["made"] }, { type: "array", items: ref("example") }],
  },
} as const;

export const schema = traced(
  ["summary"],
  {
    name: ref("id", "The name of a status that IANA has not registered."),
    title: ref("text", "A heading; default: from the name."),
    channel: oneOrMore(ref("id"), {
      description: "Where it arrives, or a list; default: the API's only channel for this family.",
    }),
    status: oneOrMore(ref("statusSpan"), {
      description: "The HTTP status it comes with, or a list; 5xx is any of these.",
    }),
    code: oneOrMore(ref("code"), {
      description:
        "The vendor's code: a value or a list; (integers) a range as 3100..3112, (strings) a beginning as 23*. An entry with a code that is one of those takes what it does not say from it.",
    }),
    codes: {
      description: "The codes of other vocabularies: the name of each, and a value or a list.",
      type: "object",
      minProperties: 1,
      propertyNames: ref("id"),
      additionalProperties: oneOrMore({ type: ["integer", "string"] }),
    },
    message: {
      description:
        "The whole message, a part of it as { contains: … }, or a list of alternatives. A placeholder is {name:type}; a literal brace is \\{ or \\}.",
      anyOf: [
        ref("message"),
        {
          type: "array",
          minItems: 1,
          items: ref("message"),
        },
      ],
      examples: ["Order stake {stake:decimal} {currency:currency} exceeds the limit"],
    },
    shape: ref("id", "The shape of its body, by name."),
    where: ref("conditions"),
    headers: {
      description: "Header to what it has to be.",
      type: "object",
      minProperties: 1,
      propertyNames: ref("header"),
      additionalProperties: ref("condition"),
    },
    operations: {
      description: "The operations that it answers; all, if there are none.",
      type: "array",
      minItems: 1,
      items: ref("id"),
    },
    overrides: {
      description: "The entries (names in this API) that it takes precedence over.",
      type: "array",
      minItems: 1,
      items: {
        type: "string",
      },
    },
    success: {
      description:
        "true on an entry that is not a failure; it then has no category, actor or retry rule.",
      const: true,
    },
    ...takenFacts,
    reference: ref("url", "The vendor's own page on it."),
    fields: {
      description: "Values of the body or the headers worth having, by name.",
      type: "object",
      propertyNames: ref("fieldName"),
      additionalProperties: object(["type"], {
        at: ref("pointer"),
        header: ref("header"),
        type: {
          description:
            "How to read it: string, integer, decimal, boolean or strings (a list); a wait as seconds, ms or duration; or a moment as iso, http-date, epoch-s or epoch-ms. Numeric strings are read as numbers.",
          enum: ["string", "integer", "decimal", "boolean", "strings", ...waitForms],
        },
        unit: {
          description: "What a plain number is where the type is duration; ms unless it is said.",
          enum: ["ms", "s", "m"],
        },
        summary: ref("text"),
        marks: {
          description:
            "What it means for an item of a batch that its key is in this list: duplicate or in-progress.",
          enum: ["duplicate", "in-progress"],
        },
      }),
    },
    summary: ref("text", "What it means, in your own words."),
    remedy: ref("text", "What to do about it, in your own words."),
    since: {
      description: "The package's version that first had it.",
      type: "string",
      minLength: 1,
    },
    deprecated: object(["since", "reason"], {
      since: {
        type: "string",
        minLength: 1,
      },
      reason: ref("text"),
      use: {
        description: "The entry to use instead.",
        type: "string",
      },
    }),
    removed: object(
      ["since", "reason"],
      {
        since: {
          type: "string",
          minLength: 1,
        },
        reason: ref("text"),
      },
      {
        description:
          "A tombstone: it no longer comes back, and its name and wire value stay taken.",
      },
    ),
  },
  { title: "an entry" },
);

export type EntrySyntax = Infer<typeof schema>;
