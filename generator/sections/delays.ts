/** Where a delay comes from: its schema, what of it makes no sense, its data and its words. */
import { pointerOf, steps } from "../match/pointer.js";
import { milliseconds, spell } from "../model/durations.js";
import { present } from "../model/present.js";
import { code, type Prose, prose } from "../model/prose.js";
import { object, ref } from "../read/json-schema.js";
import { type Infer, waitForms } from "../read/language.js";
import type { Item } from "../resolve/item.js";
import type { Scope } from "../resolve/section.js";
import type { DelaySource, ZeroPoint } from "../runtime/vocabulary.js";
import type { WaitForm } from "../runtime/waits.js";
import { checkOnePlace } from "./places.js";

export const delaySchema = object(
  [],
  {
    header: {
      description:
        "A response header with seconds, a duration such as 1m30s or a date, such as retry-after.",
      type: "string",
      pattern: "^[A-Za-z0-9-]+$",
    },
    as: {
      description:
        "What a plain number in the header is; seconds unless it is said. What names its unit is read as it says.",
      enum: waitForms,
    },
    field: ref("fieldName", "A field or a placeholder of the entry that is a wait or a moment."),
    since: object(
      ["as"],
      {
        at: ref("pointer"),
        header: ref("header"),
        as: {
          description: "How it is written.",
          enum: ["iso", "http-date", "epoch-s", "epoch-ms"],
        },
      },
      {
        description:
          "Where the response says what the time is, so that a moment becomes a wait; without it, the header Date, or else the caller's clock.",
      },
    ),
    exponential: object(["initial-backoff", "multiplier"], {
      "initial-backoff": ref("duration"),
      multiplier: { type: "number", exclusiveMinimum: 1 },
      "max-backoff": ref("duration"),
    }),
    fixed: ref("duration"),
  },
  { minProperties: 1 },
);

type DelaySyntax = Infer<typeof delaySchema>;

const sources = ["header", "field", "fixed", "exponential"] as const;

/** A source is one of these, with what can be said of it. */
export function checkDelays(
  delay: readonly DelaySyntax[] | undefined,
  { at }: Pick<Item<unknown>, "at">,
  { log }: Scope,
): void {
  delay?.forEach((source, i) => {
    const given = sources.filter((name) => source[name] !== undefined);
    const { since } = source;
    const misplaced = [
      ...(source.as !== undefined && source.header === undefined ? ["as"] : []),
      ...(since !== undefined && (source.header ?? source.field) === undefined ? ["since"] : []),
    ];
    if (given.length !== 1 || misplaced.length > 0)
      log.report("retry/source", at("delay", i), { given, misplaced });
    if (since !== undefined) checkOnePlace(since, at("delay", i, "since"), log);
  });
}

/** None where there is no source; that was reported. */
export function delayOf(syntax: DelaySyntax): readonly DelaySource[] {
  const { header, field, fixed, exponential, as } = syntax;
  const since = optional(syntax.since, zeroPoint);
  if (header !== undefined)
    return [{ source: "header", header: header.toLowerCase(), ...present({ as, since }) }];
  if (field !== undefined) return [{ source: "field", field, ...present({ since }) }];
  if (fixed !== undefined) return [{ source: "fixed", ms: milliseconds(fixed) }];
  if (exponential === undefined) return [];
  return [
    {
      source: "exponential",
      initialBackoffMs: milliseconds(exponential["initial-backoff"]),
      multiplier: exponential.multiplier,
      ...present({ maxBackoffMs: optional(exponential["max-backoff"], milliseconds) }),
    },
  ];
}

function zeroPoint({ at, header, as }: NonNullable<DelaySyntax["since"]>): ZeroPoint {
  return { as, ...present({ at: optional(at, steps), header: header?.toLowerCase() }) };
}

/** What a value becomes, if there is one. */
export function optional<T, R>(value: T | undefined, convert: (value: T) => R): R | undefined {
  return value === undefined ? undefined : convert(value);
}

/** A source of a delay in words. */
export function delayFact(delay: DelaySource): Prose {
  switch (delay.source) {
    case "header":
      return prose`as the header ${code(delay.header)} says${formFact(delay.as)}${sinceFact(delay.since)}`;
    case "field":
      return prose`as the field ${code(delay.field)} says${sinceFact(delay.since)}`;
    case "fixed":
      return prose`${spell(delay.ms)}`;
    case "exponential": {
      const { initialBackoffMs, multiplier, maxBackoffMs } = delay;
      const most = maxBackoffMs === undefined ? "" : prose`, at most ${spell(maxBackoffMs)}`;
      return prose`${spell(initialBackoffMs)}, then ${multiplier} times as long each time${most}`;
    }
  }
}

const forms: Readonly<Record<WaitForm, string>> = {
  seconds: "in seconds",
  minutes: "in minutes",
  ms: "in milliseconds",
  duration: "with its unit",
  iso: "as a moment of ISO 8601",
  "http-date": "as a date of HTTP",
  "epoch-s": "as a moment in seconds since 1970",
  "epoch-ms": "as a moment in milliseconds since 1970",
};

function formFact(form: WaitForm | undefined): string {
  return form === undefined ? "" : `, ${forms[form]}`;
}

function sinceFact(since: ZeroPoint | undefined): Prose {
  if (since === undefined) return [];
  const { at, header } = since;
  return prose`, counted from what ${code(header ?? pointerOf(at!))} says`;
}
