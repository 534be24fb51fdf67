/** What every node of the model has: a name, a place in the YAML, and how its facts are known. */
import type { Place } from "../diagnostics/log.js";

export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface Traced extends Named {
  readonly trace: Trace;
}

/** How the facts of a node are known. A leaf that is not listed is documented at `cites`. */
export interface Trace {
  readonly cites: readonly Citation[];
  readonly leaves: readonly Leaf[];
  readonly questions: readonly string[];
}

export interface Citation {
  readonly source: Source;
  /** The heading, or `null` for the document as a whole. */
  readonly heading: string | null;
}

/** A citation as the YAML has it: `errors#rate-limiting`. */
export function citationName({ source, heading }: Citation): string {
  return heading === null ? source.name : `${source.name}#${heading}`;
}

/** One leaf, as a dotted path, and how it is known. */
export interface Leaf {
  readonly path: string;
  readonly known: "documented" | "inferred" | "policy" | "undocumented";
  readonly reason: string | null;
  readonly place: Place;
  /** Whose fact it is, where the node only takes it: an entry's id, or `defaults`. Only such a leaf is `documented`. */
  readonly from?: string;
}

/** A document that facts are cited from. */
export interface Source extends Named {
  readonly title: string;
  readonly url: string;
  /** The day it was read, YYYY-MM-DD. */
  readonly read: string;
  readonly sha256: string | null;
}

/** A node whose references are filled in once everything that it may refer to exists. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };
