/** What a catalog says that can be found on a page: statuses, codes, texts, numbers and windows, with where it says so. */
import type { Place } from "../diagnostics/log.js";
import { spell } from "../model/durations.js";
import type { Entry } from "../model/entry.js";
import { codeText, statusText } from "../model/spans.js";
import type { Citation, Source, Trace, Traced } from "../model/trace.js";
import type { RecognisedApi } from "../recognise/recognise.js";
import { nodesOf, sections } from "../sections/index.js";
import type { Touched } from "./difference.js";
import {
  hasCode,
  hasCount,
  hasName,
  hasPer,
  hasStatus,
  hasText,
  hasWindow,
  type Holds,
} from "./shown.js";

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
  readonly holds: Holds;
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
      holds: Holds,
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
    add("number", "count", String(count), hasCount(count));
    if (perMs !== null) add("window", "per", `per ${spell(perMs)}`, hasPer(perMs));
  }
  for (const key of api.idempotency)
    if (key.windowMs !== null)
      windowFact(about(`idempotency.${key.name}`, key), "window", key.windowMs);
  for (const deadline of api.deadlines) {
    const add = about(`deadlines.${deadline.name}`, deadline);
    if (deadline.defaultMs !== null) windowFact(add, "default", deadline.defaultMs);
    if (deadline.maxMs !== null) windowFact(add, "max", deadline.maxMs);
    if (deadline.state !== null) add("name", "state", deadline.state, hasName(deadline.state));
  }
  for (const breaker of api.breakers) {
    const add = about(`breakers.${breaker.name}`, breaker);
    const { threshold, cooldownMs } = breaker;
    if (cooldownMs !== null) windowFact(add, "cooldown", cooldownMs);
    if (threshold !== null) add("number", "threshold", String(threshold), hasCount(threshold));
  }
  for (const operation of api.operations)
    if (operation.path !== null) {
      const { path } = operation;
      const add = about(`operations.${operation.name}`, operation);
      add("name", "request", path, ({ text }) => text.includes(path));
    }
  return facts;
}

type Add = (what: Fact["what"], leaf: string, shown: string, holds: Holds, at?: Place) => void;

const windowFact = (add: Add, leaf: string, ms: number): void =>
  add("window", leaf, spell(ms), hasWindow(ms));

function entryFacts({ match, fields }: Entry, add: Add): void {
  const { statuses, codes, messages, where } = match;
  for (const status of statuses) {
    const name = statusText(status);
    add("status", "status", name, hasStatus(name));
  }
  for (const code of codes) add("code", "code", codeText(code), hasCode(code), code.place);
  for (const message of messages)
    add("text", "message", message.template, hasText(message), message.place);
  for (const { test } of where)
    for (const value of typeof test === "string" ? [] : test)
      if (typeof value === "string") add("name", "where", value, hasName(value));
  for (const { at, header, name } of fields) {
    const key = header ?? at?.split("/").pop() ?? name;
    add("name", `fields.${name}`, key, hasName(key));
  }
}
