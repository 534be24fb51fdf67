/** What an entry is recognised by: its statuses, codes and messages. */
import { placeLater } from "../../diagnostics/place.js";
import type { DiagnosticLog, Place } from "../../diagnostics/log.js";
import { spanOfCode } from "../../match/spans.js";
import { placeholderTypes, parseTemplate, type TemplateProblem } from "../../match/template.js";
import type { Codes, Message } from "../../model/entry.js";
import type { Statuses } from "../../model/spans.js";
import { nearest } from "../../diagnostics/nearest.js";
import type { definitions, Infer } from "../../read/language.js";
import type { Scope } from "../../resolve/section.js";
import type { EntrySyntax } from "./entry-syntax.js";
import type { Item } from "../../resolve/item.js";

const maxRange = 1_000;

type MessageSyntax = Infer<(typeof definitions)["message"]>;

export type EntryItem = Item<EntrySyntax>;

export function resolveCodes(item: EntryItem, scope: Scope): readonly Codes[] {
  const { code } = item.value;
  const { log, codes: kind, once } = scope;
  if (code === undefined) return [];
  const at = (i: number): Place => (Array.isArray(code) ? item.at("code", i) : item.at("code"));
  if (kind === null) {
    if (once("codes")) log.report("code/undeclared", at(0));
    return [];
  }
  const found = ([] as (number | string)[]).concat(code).flatMap((value, i): Codes[] => {
    const place = at(i);
    const span = spanOfCode(value);
    const isText = typeof span.first === "string";
    // A string may look like a run of integers.
    if (kind === "string" && typeof value === "string")
      return [isText ? { ...span, place } : { first: value, last: value, place }];
    if (kind === "string" || isText) {
      const shown = kind === "string" ? String(value) : JSON.stringify(value);
      log.report("code/kind", place, { code: shown, kind });
      return [];
    }
    const [first, last] = [span.first as number, span.last as number];
    if (typeof value === "number") return [{ first, last, place }];
    const problem =
      !Number.isSafeInteger(first) || !Number.isSafeInteger(last)
        ? "exceeds 9007199254740991, the largest integer that JSON can represent exactly"
        : last < first
          ? "ends before it starts"
          : last - first >= maxRange
            ? "is too long"
            : null;
    if (problem === null) return [{ first, last, place }];
    log.report("code/range", place, { range: value, problem });
    return [];
  });
  return withoutRepeats(found, codesOf, log);
}

/** What is listed: a code, or each of a run. */
function codesOf({ first, last, prefix }: Codes): readonly (number | string)[] {
  if (prefix === true) return [`${first}*`];
  if (typeof first === "string" || typeof last === "string") return [first];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The first of what has a value in common: listed twice it is a slip, and would be generated twice. */
function withoutRepeats<T extends { readonly place: Place }>(
  list: readonly T[],
  valuesOf: (one: T) => readonly (number | string)[],
  log: DiagnosticLog,
): readonly T[] {
  const firsts = new Map<number | string, number>();
  return list.filter((one, i) => {
    const values = valuesOf(one);
    for (const value of values) if (!firsts.has(value)) firsts.set(value, i);
    const first = list[Math.min(...values.map((value) => firsts.get(value)!))]!;
    if (first !== one)
      log.report("entry/repeated", one.place, undefined, [
        { place: first.place, note: "first here" },
      ]);
    return first === one;
  });
}

const problems: Readonly<Record<TemplateProblem["problem"], string>> = {
  unclosed: "is not closed",
  untyped: "has no type",
  "unknown-type": "has an unknown type",
  unnamed: "needs a name in camelCase",
  repeated: "repeats the name of another placeholder",
};

export function resolveMessages(item: EntryItem, log: DiagnosticLog): readonly Message[] {
  const { message } = item.value;
  if (message === undefined) return [];
  const list = Array.isArray(message) ? message : [message];
  const found = list.flatMap((given, i): Message[] => {
    const place = Array.isArray(message) ? item.at("message", i) : item.at("message");
    const written = writtenAs(given);
    if (written === null) {
      log.report("template/part", place);
      return [];
    }
    const { template, part, fold } = written;
    const parts = parseTemplate(template);
    if ("problem" in parts) {
      const known = Object.keys(placeholderTypes);
      const near = parts.problem === "unknown-type" ? nearest(parts.type, known) : undefined;
      const placeholder =
        parts.problem === "unclosed" ? `{${parts.placeholder}` : `{${parts.placeholder}}`;
      log.report(
        "template/placeholder",
        placeOfPlaceholder(place, placeholder, parts.problem === "repeated"),
        {
          placeholder: placeholder.length > 40 ? `${placeholder.slice(0, 39)}…` : placeholder,
          problem: problems[parts.problem],
          near,
          known,
        },
      );
      return [];
    }
    const isFixed = parts.every((part) => typeof part === "string");
    const literal = isFixed && part === null && !fold ? parts.join("") : null;
    return [{ template, parts, literal, part, fold, place }];
  });
  return withoutRepeats(found, ({ template, part }) => [`${part}: ${template}`], log);
}

type Written = Pick<Message, "template" | "part" | "fold">;

/** What an author wrote of a message; `null` unless it is one of these. */
function writtenAs(given: MessageSyntax): Written | null {
  if (typeof given === "string") return { template: given, part: null, fold: false };
  const { case: letters, is, ...parts } = given;
  const [only, other] = Object.entries({ ...parts, ...(is === undefined ? {} : { is }) });
  if (only === undefined || other !== undefined) return null;
  const [part, template] = only as [Message["part"] | "is", string];
  return { template, part: part === "is" ? null : part, fold: letters === "ignore" };
}

export function resolveStatuses(item: EntryItem, log: DiagnosticLog): readonly Statuses[] {
  const { status } = item.value;
  if (!Array.isArray(status)) return status === undefined ? [] : [spanOf(status)];
  const found = status.map((value, i) => ({ value, place: item.at("status", i) }));
  return withoutRepeats(found, ({ value }) => [value], log).map(({ value }) => spanOf(value));
}

/** `5xx` is 500 to 599. */
export function spanOf(status: number | string): Statuses {
  const hundred = /^([1-5])xx$/.exec(String(status))?.[1];
  return hundred === undefined ? Number(status) : [Number(`${hundred}00`), Number(`${hundred}99`)];
}

/** Where a placeholder stands in a message; the whole message where line breaks or escapes hide it. */
function placeOfPlaceholder(place: Place, placeholder: string, last: boolean): Place {
  return placeLater(place.source, () => {
    const text = place.source.text.slice(place.start, place.end);
    const at = last ? text.lastIndexOf(placeholder) : text.indexOf(placeholder);
    if (at < 0) return place;
    return { start: place.start + at, end: place.start + at + placeholder.length };
  });
}
