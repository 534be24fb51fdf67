/** What a document says of errors, whatever its format: rows, bodies, and what was left out. Readers make it, drafts are made of it. */

import type { Placed } from "./bodies.js";

/** The family that a row belongs to. */
export type RowFamily = "statuses" | "errors" | "declines" | "sockets";

/** Where something stands in the document. */
export interface Spot {
  /** The fragment of the heading above it, as a citation has it; `null` above the first one. */
  readonly heading: string | null;
  /** Counted from 1. */
  readonly line: number;
}

/** One thing that can come back, as one row, heading, bullet or body says it. */
export interface Row {
  readonly family: RowFamily;
  /** `404` or `4xx`. */
  readonly statuses: readonly string[];
  /** As the language writes them: `-1003`, `insufficient_funds`, `3100..3112` (integers), `23*` (a beginning). */
  readonly codes: readonly string[];
  /** The vendor's name, as it is written: `TOO_MANY_REQUESTS`. */
  readonly name: string | null;
  /** The texts that come with it, as the document writes them: `Illegal parameter '%s'`. */
  readonly texts: readonly string[];
  /** What the document says it means; empty where it says nothing. */
  readonly summary: string;
  /** What the document advises. */
  readonly remedy: string | null;
  /** What the document calls its severity or its group, if anything. */
  readonly severity: string | null;
  readonly tags: readonly string[];
  readonly spot: Spot;
  /** Whether the text is that of one example, whose numbers may be others next time. */
  readonly isExample: boolean;
}

/** A JSON body that the document shows. */
export interface Body {
  readonly value: unknown;
  /** The status that it is said to come with. */
  readonly status: string | null;
  /** Whether a failure is answered so: it has a status of one, or stands where errors are spoken of. */
  readonly isError: boolean;
  /** Whether it is a frame on a socket. */
  readonly isFrame: boolean;
  readonly spot: Spot;
}

/** A call that the document describes. */
export interface Call {
  readonly name: string;
  /** `POST /orders`. */
  readonly request: string;
  readonly kind: "read" | "write";
  readonly summary: string;
  readonly spot: Spot;
}

/** Something that the reader saw and did not take, or took and is not sure of. */
export interface Note {
  /** `null` where it is about the document as a whole. */
  readonly line: number | null;
  readonly says: string;
}

/** What a reader found in a document. */
export interface Reading {
  readonly title: string | null;
  /** What it calls the API. */
  readonly api: string | null;
  readonly url: string | null;
  readonly servers: readonly string[];
  readonly rows: readonly Row[];
  readonly bodies: readonly Body[];
  /** Where the document says that codes and texts stand, besides what bodies show. */
  readonly places: readonly Pick<Placed, "kind" | "at">[];
  readonly calls: readonly Call[];
  /** What was looked at, by kind, such as `3 tables`. */
  readonly read: Readonly<Record<string, number>>;
  readonly skipped: readonly Note[];
  /** What a person has to look at. */
  readonly doubts: readonly Note[];
}

const noRow: Row = {
  family: "errors",
  statuses: [],
  codes: [],
  name: null,
  texts: [],
  summary: "",
  remedy: null,
  severity: null,
  tags: [],
  spot: { heading: null, line: 1 },
  isExample: false,
};

/** A row that says nothing but this. */
export function row(said: Partial<Row> & Pick<Row, "spot">): Row {
  return { ...noRow, ...said };
}

const noReading: Reading = {
  title: null,
  api: null,
  url: null,
  servers: [],
  rows: [],
  bodies: [],
  places: [],
  calls: [],
  read: {},
  skipped: [],
  doubts: [],
};

/** A reading with nothing in it but this. */
export function reading(found: Partial<Reading>): Reading {
  return { ...noReading, ...found };
}
