/** What commands find, in one shape, so that every format can show all of it. */
import type { Diagnostic } from "./log.js";
import { spanOf } from "./pretty.js";
import { table } from "./table.js";

export interface Notice {
  /** What kind of thing it is: the id of a diagnostic, or `verify/gone`. */
  readonly id: string;
  readonly level: "error" | "warning" | "note";
  /** Why things of this kind matter. */
  readonly why: string;
  readonly says: string;
  readonly help: string | null;
  /** Where, or `null` when it is about no place in a file. */
  readonly at: Position | null;
  readonly related: readonly { readonly at: Position; readonly note: string }[];
}

/** A place in a file; lines and columns are counted from one, columns in code points. */
export interface Position {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where it ends: the position after its last character. */
  readonly end?: { readonly line: number; readonly column: number };
}

export function noticeOf({ id, severity, says, help, place, related }: Diagnostic): Notice {
  return {
    ...{ id, level: severity, why: table[id].why, says, help },
    at: place === null ? null : spanOf(place),
    related: related.map(({ place, note }) => ({ at: spanOf(place), note })),
  };
}
