/** A reading to the sections of a catalog: what the document says, and for the rest that it does not say it. */
import { hidden } from "../diagnostics/log.js";
import { pascal, title } from "../model/names.js";
import { httpStatuses } from "../sections/families/http-statuses.js";
import { fieldsOf } from "./bodies.js";
import { type BodyRows, bodyRows, type Places } from "./body-rows.js";
import { type DraftEntry, entriesOf } from "./entries.js";
import type { Body, Note, Reading } from "./model.js";
import { Names } from "./names.js";

/** A section or a node with what a person has to decide about it. */
export interface Draft {
  /** The sections by name, each with its nodes. */
  readonly sections: Readonly<Record<string, object>>;
  readonly entries: readonly DraftEntry[];
  /** Comments by the path of what they stand above, such as `channels.http.code`. */
  readonly comments: Readonly<Record<string, string>>;
  readonly doubts: readonly Note[];
}

export interface Origin {
  readonly api: string;
  /** How the document is called in citations. */
  readonly source: string;
  readonly file: string;
  readonly url: string | null;
  readonly read: string;
  readonly sha256: string;
}

/** What stands for an address that nobody said. */
const noUrl = "https://unknown.invalid/";

const lacks = "the document does not show it";

export function draftOf(reading: Reading, origin: Origin): Draft {
  const { source } = origin;
  const known = new Set(reading.rows.flatMap(({ codes }) => codes));
  const found = bodyRows(reading, known);
  const doubts: Note[] = [...reading.doubts];
  const rows = reading.rows.map((row) => {
    if (row.family !== "declines" || found.list !== null) return row;
    return { ...row, family: "errors" as const };
  });
  if (rows.some((row, i) => row.family !== reading.rows[i]!.family))
    doubts.push({
      line: reading.rows.find(({ family }) => family === "declines")!.spot.line,
      says: "where declined items arrive is not shown: the declines are drafted as errors",
    });
  const all = [...rows, ...found.shown.map(({ row }) => row)];
  const codes = all.filter(({ family }) => family !== "statuses").flatMap((row) => row.codes);
  const isInteger = codes.every((code) => isWholeNumber(code) || /^-?\d+\.\.-?\d+$/.test(code));
  const names = new Names();
  const entries: DraftEntry[] = [
    ...entriesOf(rows, found.shown, { isInteger, source }, names, doubts),
  ];
  const shapes = shapesOf(found.shapes, source, names);
  entries.push(...shapes.entries);
  const hasHttp = entries.some(({ family }) => family === "statuses" || family === "errors");
  const successes = entries.filter((one) => one.isSuccess && /statuses|errors/.test(one.family));
  if (successes.length === 0) {
    const names = entries.filter(({ family }) => family === "statuses").map(({ name }) => name);
    const key = names.includes("2xx") ? "200" : "2xx";
    entries.push(assumedSuccess(key, source));
    doubts.push({
      line: null,
      says: "the document lists no success: the draft takes any 2xx for one",
    });
  }
  const channels = channelsOf(entries, found, hasHttp, source);
  doubts.push(...channels.doubts);
  if (origin.url === null)
    doubts.push({
      line: null,
      says: "the address of the document is unknown: write it under sources:",
    });
  const sections = {
    api: {
      title: reading.api ?? title(origin.api),
      ...(/^\d/.test(origin.api) ? { prefix: `Api${pascal(origin.api)}` } : {}),
      summary: `What ${JSON.stringify(reading.title ?? origin.file)} says of errors.`,
      ...(codes.length === 0 ? {} : { codes: isInteger ? "integer" : "string" }),
      ...(reading.servers.length === 0 ? {} : { servers: reading.servers }),
      cite: source,
    },
    sources: {
      [source]: {
        title: reading.title ?? origin.file,
        url: origin.url ?? noUrl,
        read: origin.read,
        sha256: origin.sha256,
      },
    },
    channels: channels.nodes,
    ...(reading.calls.length === 0 ? {} : { operations: operationsOf(reading, source, names) }),
    defaults: {
      cite: source,
      undocumented: ["category", "outcome", "retry"],
      examples: "made",
      policy: { examples: "the document shows no body of most entries" },
    },
    ...(Object.keys(shapes.nodes).length === 0 ? {} : { shapes: shapes.nodes }),
  };
  const comments = {
    ...channels.comments,
    ...(origin.url === null
      ? { [`sources.${source}.url`]: "Nobody said where the document is." }
      : {}),
  };
  return {
    sections: clean(sections) as Draft["sections"],
    entries: entries.map(cleanEntry),
    comments,
    doubts,
  };
}

/** A number that JSON and YAML keep as it is written. */
function isWholeNumber(code: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(code) && Number.isSafeInteger(Number(code));
}

function assumedSuccess(name: string, source: string): DraftEntry {
  return {
    ...{ family: "statuses", name, line: 1, isSuccess: true, isExtra: false },
    node: {
      success: true,
      summary: "A success. The document lists none.",
      cite: source,
      policy: { status: "an API without a success would be all failures" },
      questions: ["What does a success look like?"],
    },
    decide: null,
  };
}

interface Channels {
  readonly nodes: Record<string, object>;
  readonly comments: Record<string, string>;
  readonly doubts: Note[];
}

function channelsOf(
  entries: readonly DraftEntry[],
  found: BodyRows,
  hasHttp: boolean,
  source: string,
): Channels {
  const made: Channels = { nodes: {}, comments: {}, doubts: [] };
  const add = (name: string, family: string, base: object, places: Places, rest: object): void => {
    const own = entries.filter((entry) => entry.family === family);
    const policy: Record<string, string> = {};
    const node: Record<string, unknown> = { ...base };
    for (const key of ["code", "message"] as const) {
      const isNeeded = own.some(({ node }) => node[key] !== undefined);
      const shown = places[key];
      if (shown.length === 0 && !isNeeded) continue;
      node[key] =
        shown.length === 0 ? guesses[family === "sockets" ? "socket" : "http"][key] : oneOf(shown);
      if (shown.length > 0) continue;
      policy[key] = lacks;
      made.comments[`channels.${name}.${key}`] =
        `Nobody said where the ${key} stands: correct this.`;
      made.doubts.push({
        line: null,
        says: `where the ${key} stands in the channel ${name} is not shown: the draft assumes ${JSON.stringify(node[key])}`,
      });
    }
    made.nodes[name] = {
      ...node,
      ...rest,
      cite: source,
      ...(Object.keys(policy).length === 0 ? {} : { policy }),
    };
  };
  const hasSockets = entries.some(({ family }) => family === "sockets");
  if (hasHttp || !hasSockets)
    add("http", "errors", { transport: "http" }, found.http, { summary: "A response." });
  if (hasSockets)
    add("socket", "sockets", { transport: "socket" }, found.socket, {
      summary: "A frame on a socket.",
    });
  const { list } = found;
  if (list === null || !entries.some(({ family }) => family === "declines")) return made;
  const { items, accepted, key, code, message } = list;
  const places = { code: code === null ? [] : [code], message: message === null ? [] : [message] };
  const kept = { ...(accepted === null ? {} : { accepted }), ...(key === null ? {} : { key }) };
  const inferred = Object.fromEntries(
    Object.keys(kept).map((part) => [part, "read from the one example"]),
  );
  const isRead = Object.keys(inferred).length > 0;
  const rest = { summary: "The declined items of a response.", ...(isRead ? { inferred } : {}) };
  add("items", "declines", { within: "http", items, ...kept }, places, rest);
  return made;
}

/** Where such things often stand. */
const guesses = {
  http: { code: "/code", message: "/message" },
  socket: { code: "/code", message: ["", "/error", "/message"] },
} as const;

function oneOf<T>(list: readonly T[]): T | readonly T[] {
  return list.length === 1 ? list[0]! : list;
}

/** Bodies that hold no code and no text, by their shape: alike ones are examples of one. */
function shapesOf(
  bodies: readonly Body[],
  source: string,
  names: Names,
): { readonly nodes: Record<string, object>; readonly entries: readonly DraftEntry[] } {
  const alike = new Map<string, Body[]>();
  for (const body of bodies) {
    const key = JSON.stringify(fieldsOf(body.value));
    alike.set(key, [...(alike.get(key) ?? []), body]);
  }
  const nodes: Record<string, object> = {};
  const entries = [...alike.values()].map((same): DraftEntry => {
    const { spot, value } = same[0]!;
    const statuses = [...new Set(same.flatMap(({ status }) => status ?? []))].map(Number);
    const [name, cite] = [
      names.take(
        [
          `${httpStatuses[String(statuses[0])] ?? ""} ${Object.keys(value as object)
            .slice(0, 3)
            .join(" ")}`,
        ],
        "shape",
      ),
      spot.heading === null ? source : `${source}#${spot.heading}`,
    ];
    const summary = `A failure with a body like the one in line ${spot.line} of the document.`;
    nodes[name] = {
      summary,
      fields: fieldsOf(value),
      cite,
      inferred: { fields: "the types are those of the examples" },
      examples: same.map((body) => body.value),
    };
    return {
      ...{ family: "errors", name, line: spot.line, isSuccess: false, isExtra: true },
      node: {
        shape: name,
        ...(statuses.length === 0 ? {} : { status: oneOf(statuses) }),
        ...{ summary, cite },
        examples: same.map((body) => ({
          ...(body.status === null ? {} : { status: Number(body.status) }),
          body: body.value,
        })),
      },
      decide: null,
    };
  });
  return { nodes, entries };
}

function operationsOf({ calls }: Reading, source: string, names: Names): object {
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

function cleanEntry(entry: DraftEntry): DraftEntry {
  return { ...entry, node: clean(entry.node) as DraftEntry["node"] };
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
