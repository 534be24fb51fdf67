/** What a catalog says that can be found on a page: statuses, codes, texts, numbers and windows, with where it says so. */
import type { Place } from "../diagnostics/log.js";
import { spell } from "../model/durations.js";
import type { Codes, Entry, Message } from "../model/entry.js";
import { codeText, statusText } from "../model/spans.js";
import type { Citation, Source, Trace, Traced } from "../model/trace.js";
import { textData } from "../recognise/matchers.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { betweenHoles } from "../read/holes.js";
import { type Unit, unitMs } from "../runtime/durations.js";
import { fits, type Text } from "../runtime/matcher.js";
import { templates } from "../runtime/prefixes.js";
import { nodesOf, sections } from "../sections/index.js";
import type { Touched } from "./difference.js";
import type { Cell, Quantity } from "./page.js";

/** What stands in a block, or in a part of one. */
export interface Shown {
  readonly literals: readonly string[];
  readonly quantities: readonly Quantity[];
  readonly text: string;
  /** Of a row. */
  readonly cells?: readonly Cell[];
}

export interface Fact {
  /** An entry's id, or a section and a name. */
  readonly of: string;
  readonly what: "status" | "code" | "text" | "number" | "window" | "name";
  /** As people write it. */
  readonly shown: string;
  readonly place: Place;
  readonly headings: readonly string[];
  /** Whether the catalog says that this page, and no other, documents it. */
  readonly isCertain: boolean;
  holds(shown: Shown): boolean;
}

/** A fact as something that a difference is about. */
export const touchedBy = ({ of, what, shown, place }: Fact): Touched => ({
  ...{ of, place },
  what: `${what} ${shown}`,
});

/** A node that cites the page, for what it cites. */
export interface Citing {
  readonly of: string;
  readonly place: Place;
  readonly headings: readonly string[];
}

const headingsOf = (cites: readonly Citation[], source: Source): readonly string[] =>
  cites.flatMap((cite) => (cite.source === source && cite.heading !== null ? [cite.heading] : []));

/** Every node of an API that cites a heading of a source. */
export function citings(api: RecognisedApi, source: Source): readonly Citing[] {
  const found: Citing[] = [];
  const add = (of: string, place: Place, cites: readonly Citation[]): void => {
    const headings = headingsOf(cites, source);
    if (headings.length > 0) found.push({ of, place, headings });
  };
  add(api.id, api.place, api.trace.cites);
  for (const section of sections)
    for (const node of nodesOf(api, section)) {
      const { trace, cites, between } = node as Partial<Traced> & {
        cites?: readonly Citation[];
        between?: readonly { readonly cites: readonly Citation[] }[];
      };
      const all = [
        ...(trace?.cites ?? []),
        ...(cites ?? []),
        ...(between ?? []).flatMap((one) => one.cites),
      ];
      add(`${section.key}.${node.name}`, node.place, all);
    }
  for (const { id, place, trace } of api.entries) add(id, place, trace.cites);
  return found;
}

/** The facts of an API, whether a source documents them or not. */
export function factsOf(api: RecognisedApi, source: Source): readonly Fact[] {
  const facts: Fact[] = [];
  const about = (of: string, { place, trace }: { place: Place; trace: Trace }) => {
    const headings = headingsOf(trace.cites, source);
    const isOnly = trace.cites.length > 0 && trace.cites.every((cite) => cite.source === source);
    const isKnown = (leaf: string): boolean =>
      !trace.leaves.some(({ path, known }) => path === leaf && known !== "documented");
    return (
      what: Fact["what"],
      leaf: string,
      shown: string,
      holds: Fact["holds"],
      at: Place = place,
    ): void =>
      void facts.push({
        ...{ of, what, shown, place: at, headings, holds },
        isCertain: isOnly && isKnown(leaf),
      });
  };
  for (const entry of api.living) entryFacts(entry, about(entry.id, entry));
  for (const limit of api.limits) {
    const add = about(`limits.${limit.name}`, limit);
    const { count, perMs } = limit;
    add("number", "count", String(count), ({ quantities }) =>
      quantities.some(({ value }) => value === count),
    );
    if (perMs !== null)
      add("window", "per", `per ${spell(perMs)}`, (shown) => hasPer(shown, perMs));
  }
  for (const key of api.idempotency)
    if (key.windowMs !== null)
      windowFact(about(`idempotency.${key.name}`, key), "window", key.windowMs);
  for (const deadline of api.deadlines) {
    const add = about(`deadlines.${deadline.name}`, deadline);
    if (deadline.defaultMs !== null) windowFact(add, "default", deadline.defaultMs);
    if (deadline.maxMs !== null) windowFact(add, "max", deadline.maxMs);
    if (deadline.state !== null) add("name", "state", deadline.state, named(deadline.state));
  }
  for (const breaker of api.breakers) {
    const add = about(`breakers.${breaker.name}`, breaker);
    const { threshold, cooldownMs } = breaker;
    if (cooldownMs !== null) windowFact(add, "cooldown", cooldownMs);
    if (threshold !== null)
      add("number", "threshold", String(threshold), ({ quantities }) =>
        quantities.some(({ value }) => value === threshold),
      );
  }
  for (const operation of api.operations)
    if (operation.path !== null) {
      const { path } = operation;
      const add = about(`operations.${operation.name}`, operation);
      add("name", "request", path, ({ text }) => text.includes(path));
    }
  return facts;
}

type Add = (
  what: Fact["what"],
  leaf: string,
  shown: string,
  holds: Fact["holds"],
  at?: Place,
) => void;

const windowFact = (add: Add, leaf: string, ms: number): void =>
  add("window", leaf, spell(ms), ({ quantities }) => quantities.some((one) => msOf(one) === ms));

const named =
  (name: string): Fact["holds"] =>
  ({ literals }) =>
    literals.includes(name);

function entryFacts({ match, fields }: Entry, add: Add): void {
  const { statuses, codes, messages, where } = match;
  for (const status of statuses)
    add("status", "status", statusText(status), (shown) => {
      const name = statusText(status);
      return hasNumber(name)(shown) || hasNumber(name.toUpperCase())(shown);
    });
  for (const code of codes) {
    const ends = [...new Set([code.first, code.last])].map(String);
    add(
      ...(["code", "code", codeText(code)] as const),
      ({ literals, text }) =>
        ends.some((end) => hasNumber(end)({ literals, text, quantities: [] })) ||
        isNamedAsClass(code, text),
      code.place,
    );
  }
  for (const message of messages)
    add(
      ...(["text", "message", message.template] as const),
      ({ literals, text, cells = [{ text, codes: [] }] }) =>
        // A message is seldom in backticks: in a table it is a cell, and elsewhere a paragraph or an item of a list.
        [...literals, ...cells.flatMap(({ text }) => readOut(text))].some(
          (one) => isText(message, one) || hasSameHoles(message, one),
        ),
      message.place,
    );
  for (const { test } of where)
    for (const value of typeof test === "string" ? [] : test)
      if (typeof value === "string") add("name", "where", value, named(value));
  for (const { at, header, name } of fields) {
    const key = header ?? at?.split("/").pop() ?? name;
    add("name", `fields.${name}`, key, named(key));
  }
}

/** Whether a run of codes stands in a text as people write one: `10xx` for 1000 to 1099, and for -1099 to -1000. */
function isNamedAsClass({ first, last }: Codes, text: string): boolean {
  if (typeof first !== "number" || typeof last !== "number") return false;
  const [low, high] = [Math.abs(first), Math.abs(last)].sort((a, b) => a - b) as [number, number];
  return [1, 2, 3].some((digits) => {
    const size = 10 ** digits;
    const name = `${low / size}${"x".repeat(digits)}`;
    return low % size === 0 && high === low + size - 1 && text.toLowerCase().includes(name);
  });
}

/** Whether a number or a name stands in a block: as a literal, at the beginning of one, or as a number of its text. */
function hasNumber(number: string): Fact["holds"] {
  return ({ literals, quantities }) =>
    literals.some((one) => one === number || one.split(/\s+/)[0] === number) ||
    quantities.some(({ value }) => String(value) === number);
}

function isText(message: Message, value: string): boolean {
  return isOneOfTexts([textData(message)], value);
}

/** A text as it is read out, without the marks of code and the addresses of links; and what stands in quotes in it. */
function readOut(text: string): readonly string[] {
  const links = / \((?:[a-z]+:\/\/|[#/]|[\w./-]+\.\w+(?=[)#]))[^()\s]*\)/g;
  const plain = text.replaceAll("`", "").replace(links, "");
  return [plain, ...Array.from(plain.matchAll(/"([^"]+)"/g), ([, quoted]) => quoted!)];
}

/** Whether a text that a page shows with holes, such as `%s`, has the fixed parts of a template. */
export function hasSameHoles({ parts }: Message, text: string): boolean {
  const shown = betweenHoles(text).filter((part) => part !== "");
  const fixed = parts.filter((part) => typeof part === "string");
  return parts.length > fixed.length && shown.join("\0") === fixed.join("\0");
}

/** Whether a text is one of some texts or templates. */
export function isOneOfTexts(texts: readonly Text[], text: string): boolean {
  const seen = { status: null, code: null, body: null, headers: null, operation: null, flaw: null };
  return (
    texts.length > 0 && fits({ id: "", texts }, { ...seen, text }, templates, undefined) !== null
  );
}

const units: Readonly<Record<string, number>> = {
  ...{ ms: 1, millisecond: 1, s: 1000, sec: 1000, second: 1000, m: 60_000, min: 60_000 },
  ...{
    minute: 60_000,
    h: 3_600_000,
    hr: 3_600_000,
    hour: 3_600_000,
    d: 86_400_000,
    day: 86_400_000,
  },
};

const unitOf = (word: string | null): number | null =>
  word === null
    ? null
    : (units[word] ?? units[word.replace(/s$/, "")] ?? unitMs[word as Unit] ?? null);

/** The milliseconds of a quantity of time. */
function msOf({ value, unit }: Quantity): number | null {
  const size = unitOf(unit);
  return size === null ? null : value * size;
}

/** Whether something is said to be counted in a time: `100/second`, `per minute`, `in 10 seconds`. */
function hasPer({ text, quantities }: Shown, ms: number): boolean {
  if (quantities.some((one) => unitOf(one.per) === ms || msOf(one) === ms)) return true;
  return Array.from(text.matchAll(/(?:\bper|\beach|\bevery|\/) ?(\p{L}+)/giu)).some(
    ([, word]) => unitOf(word!.toLowerCase()) === ms,
  );
}
