/** Diagnostics with their place in a file, and the log that collects them. */
import { compare } from "./order.js";
import type { Explanation, Severity } from "./row.js";
import { table } from "./table.js";

/** A file as it was read. Its name is relative to the working directory, with forward slashes. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** A stretch of a file, in UTF-16 offsets. */
export interface Place {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export type DiagnosticId = keyof typeof table;
type Params<I extends DiagnosticId> = Parameters<(typeof table)[I]["explain"]>;

export interface Diagnostic {
  readonly id: DiagnosticId;
  readonly severity: Severity;
  readonly says: string;
  readonly help: string | null;
  /** Where, or `null` when it is about no place in a file. */
  readonly place: Place | null;
  readonly related: readonly Related[];
}

/** A second place that a diagnostic mentions. */
export interface Related {
  readonly place: Place;
  readonly note: string;
}

export class DiagnosticLog {
  readonly #found: Diagnostic[] = [];

  report<I extends DiagnosticId>(
    id: I,
    place: Place | null,
    ...[params, related]: Params<I> extends []
      ? [params?: undefined, related?: readonly Related[]]
      : [params: Params<I>[0], related?: readonly Related[]]
  ): void {
    const { severity, explain } = table[id];
    const { says, help } = (explain as (p: unknown) => Explanation)(params);
    this.#found.push({
      id,
      severity,
      says,
      help: help ?? null,
      place,
      related: related ?? [],
    });
  }

  get count(): number {
    return this.#found.length;
  }

  /** By file, then by place; what is found again in each API that shares it is there once. */
  get sorted(): readonly Diagnostic[] {
    const file = (d: Diagnostic): string => d.place?.source.file ?? "";
    const key = (d: Diagnostic): string => [d.id, file(d), d.place?.start, d.says].join("\n");
    const different = new Map(this.#found.map((d) => [key(d), d]));
    return [...different.values()].sort(
      (a, b) =>
        compare(file(a), file(b)) ||
        (a.place?.start ?? 0) - (b.place?.start ?? 0) ||
        compare(a.id, b.id),
    );
  }
}
