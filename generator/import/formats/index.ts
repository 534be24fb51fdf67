/** The formats that documents may have, and which of them a document has. */
import { basename, extname } from "node:path";
import type { DiagnosticLog, SourceText } from "../../diagnostics/log.js";
import type { Reading } from "../model.js";
import { csv } from "./csv.js";
import { errcodes } from "./errcodes.js";
import type { Format } from "./format.js";
import { html } from "./html.js";
import { list } from "./list.js";
import { markdown } from "./markdown.js";
import { openapi } from "./openapi.js";
import { python } from "./python.js";
import { typescript } from "./typescript.js";

/** The surer a format is told by its text, the earlier it stands. */
export const formats: readonly Format[] = [
  html,
  openapi,
  python,
  errcodes,
  typescript,
  list,
  markdown,
  csv,
];

export interface Chosen {
  readonly format: Format;
  /** What the name of the file promised instead, if it did. */
  readonly promised: Format | null;
}

/** The format of a text: what was asked for, what the text is for sure, or what its file's name says. */
export function formatOf(path: string, text: string, wanted: string | undefined): Chosen {
  const asked = formats.find(({ name }) => name === wanted);
  if (asked !== undefined) return { format: asked, promised: null };
  const ending = extname(basename(path)).slice(1).toLowerCase();
  const named = formats.find(({ endings }) => endings.includes(ending)) ?? null;
  const sure = formats.find((one) => one.isSurely(text)) ?? null;
  // HTML says what it is, and so does OpenAPI where it is no example on a page.
  const isTold = sure === html || (sure === openapi && named !== markdown);
  // What is called a page may be anything; data and code are what they are called, and their comments are no headings.
  const isPage = named === markdown || named === html;
  const isAsNamed = named !== null && !isTold && (!isPage || named.isSurely(text));
  const format = isAsNamed ? named : (sure ?? named ?? markdown);
  // A document of OpenAPI is YAML or JSON, as its name says.
  const isKept = named === null || named === format || (named === list && format === openapi);
  return { format, promised: isKept ? null : named };
}

/** What a document says. What is nested deeper than any page is no document. */
export async function readAs(
  format: Format,
  source: SourceText,
  log: DiagnosticLog,
): Promise<Reading | null> {
  try {
    return await format.read(source, log);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = "its parts are nested too deeply";
    log.report("draft/format", { source, start: 0, end: 1 }, { format: format.title, problem });
    return null;
  }
}
