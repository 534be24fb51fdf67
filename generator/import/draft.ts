/** A reading to the sections of a catalog: what the document says, and for the rest that it does not say it. */
import { hidden } from "../diagnostics/visible.js";
import { pascal, title } from "../model/names.js";
import { bodyRows } from "./body-rows.js";
import { bodyWith, channelsOf, placesOf } from "./channels.js";
import { type DraftEntry, entriesOf } from "./entries.js";
import type { Call, Note, Reading, Row } from "./model.js";
import { Names } from "./names.js";
import { shapesOf } from "./shapes.js";

export interface Draft {
  /** The sections besides the families, each with its nodes. */
  readonly sections: Readonly<Record<string, object>>;
  readonly entries: readonly DraftEntry[];
  /** What a person has to decide, by the path of what it is about, such as `channels.http.code`. */
  readonly comments: Readonly<Record<string, string>>;
  readonly doubts: readonly Note[];
}

export interface Origin {
  readonly api: string;
  /** How the document is called in citations. */
  readonly source: string;
  readonly file: string;
  readonly url: string | null;
  /** The day it was read, YYYY-MM-DD. */
  readonly read: string;
  readonly sha256: string;
}

/** What stands for an address that nobody said: no address can end so. */
const noUrl = "https://unknown.invalid/";

export function draftOf(reading: Reading, origin: Origin): Draft {
  const { source, api, url } = origin;
  const known = new Set(reading.rows.flatMap(({ codes }) => codes));
  const found = bodyRows(reading, known);
  const doubts: Note[] = [...reading.doubts];
  const rows = found.list === null ? withoutItems(reading.rows, doubts) : reading.rows;
  const codes = [...rows, ...found.shown.map(({ row }) => row)]
    .filter(({ family }) => family !== "statuses")
    .flatMap((row) => row.codes);
  const isInteger = codes.every((code) => isWholeNumber(code) || code.includes(".."));
  const names = new Names();
  const places = placesOf(found);
  const kinds = {
    ...{ isInteger, source },
    bodyWith: (family: Row["family"], code: string | number, text: string) =>
      bodyWith(places, family, code, text),
  };
  const listed = entriesOf(rows, found.shown, kinds, names, doubts);
  const shapes = shapesOf(found.shapes, source, names);
  const entries = withSuccess([...listed, ...shapes.entries], source, doubts);
  const channels = channelsOf(entries, found, source);
  doubts.push(...channels.doubts);
  if (url === null)
    doubts.push({
      line: null,
      says: "the address of the document is unknown: write it under sources:",
    });
  const called = reading.title ?? origin.file;
  const operations = operationsOf(reading.calls, source, names);
  const sections = {
    api: {
      title: reading.api ?? title(api),
      ...(/^\d/.test(api) ? { prefix: `Api${pascal(api)}` } : {}),
      summary: `What ${JSON.stringify(called)} says of errors.`,
      ...(codes.length === 0 ? {} : { codes: isInteger ? "integer" : "string" }),
      ...(reading.servers.length === 0 ? {} : { servers: reading.servers }),
      cite: source,
    },
    sources: {
      [source]: { title: called, url: url ?? noUrl, read: origin.read, sha256: origin.sha256 },
    },
    channels: channels.nodes,
    ...(reading.calls.length === 0 ? {} : { operations }),
    defaults: {
      cite: source,
      undocumented: ["category", "outcome", "retry"],
      examples: "made",
      policy: { examples: "the document shows no body of most entries" },
    },
    ...(shapes.entries.length === 0 ? {} : { shapes: shapes.nodes }),
  };
  const comments = {
    ...channels.comments,
    ...(url === null ? { [`sources.${source}.url`]: "Nobody said where the document is." } : {}),
  };
  return {
    sections: clean(sections) as Draft["sections"],
    entries: entries.map((entry) => ({ ...entry, node: clean(entry.node) as DraftEntry["node"] })),
    ...{ comments, doubts },
  };
}

/** Declines arrive as items of a list. Where none is shown, they are errors with a text, and somebody has to know. */
function withoutItems(rows: readonly Row[], doubts: Note[]): readonly Row[] {
  const first = rows.find(({ family }) => family === "declines");
  if (first === undefined) return rows;
  const says = "where declined items arrive is not shown: the declines are drafted as errors";
  doubts.push({ line: first.spot.line, says });
  return rows.map((row) => (row.family === "declines" ? { ...row, family: "errors" } : row));
}

/** A number that JSON and YAML keep as it is written. */
function isWholeNumber(code: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(code) && Number.isSafeInteger(Number(code));
}

/** Every response of an API without a success would be a failure. */
function withSuccess(
  entries: readonly DraftEntry[],
  source: string,
  doubts: Note[],
): readonly DraftEntry[] {
  const responses = entries.filter(({ family }) => family !== "sockets");
  const isShown = responses.some(({ family, isSuccess }) => isSuccess && family !== "declines");
  if (isShown || responses.length === 0) return entries;
  doubts.push({
    line: null,
    says: "the document lists no success: the draft takes any 2xx for one",
  });
  const success: DraftEntry = {
    ...{ family: "statuses", name: "2xx", line: 1, isSuccess: true, isExtra: false, decide: null },
    node: {
      success: true,
      summary: "A success. The document lists none.",
      cite: source,
      policy: { status: "an API without a success would be all failures" },
      questions: ["What does a success look like?"],
    },
  };
  return [...entries, success];
}

function operationsOf(calls: readonly Call[], source: string, names: Names): object {
  return Object.fromEntries(
    calls.map(({ name, request, kind, summary, spot }) => [
      names.take([name], request),
      {
        ...{ request, kind, summary },
        cite: spot.heading === null ? source : `${source}#${spot.heading}`,
        inferred: { kind: kind === "read" ? "its method only reads" : "its method may write" },
        ...(kind === "write" ? { undocumented: ["idempotency"] } : {}),
      },
    ]),
  );
}

/** Without characters that nobody sees; the strings of a body may have them as escapes. */
function clean(value: unknown): unknown {
  if (typeof value === "string") return value.replace(hidden, "");
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(hidden, ""), clean(inner)]),
  );
}
