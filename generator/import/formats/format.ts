/** What a format is: how it is told apart, and who reads it. A new one is a file here and a line in index.ts. */
import type { DiagnosticLog, SourceText } from "../../diagnostics/log.js";
import type { Reading } from "../model.js";

export interface Format {
  /** As `--as` has it. */
  readonly name: string;
  /** As a sentence has it: `Markdown`, `an OpenAPI document`. */
  readonly title: string;
  /** The ends of file names, without the dot. */
  readonly endings: readonly string[];
  /** Whether a text is of this format, and no doubt about it. */
  isSurely(text: string): boolean;
  /** Reads it; `null` once the log says why that cannot be. Loads its parser on demand. */
  read(source: SourceText, log: DiagnosticLog): Promise<Reading | null>;
}
