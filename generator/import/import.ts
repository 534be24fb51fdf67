/** From a document to files of a catalog that are not written yet. */
import { basename } from "node:path";
import type { DiagnosticLog } from "../diagnostics/log.js";
import { shownPath } from "../diagnostics/paths.js";
import { hidden, visible } from "../diagnostics/visible.js";
import { readForeign } from "../read/foreign.js";
import { draftOf } from "./draft.js";
import type { Format } from "./formats/format.js";
import { formatOf, readAs } from "./formats/index.js";
import type { Reading } from "./model.js";
import { type Settled, settle } from "./settle.js";

export interface Wanted {
  readonly api: string;
  /** The format by name, if not what the document looks like. */
  readonly as: string | undefined;
  readonly encoding: string | undefined;
  /** Where the document is on the web. */
  readonly url: string | undefined;
  /** The address of the language's schema, as seen from the folder of the draft. */
  readonly schema: string | null;
}

export interface Imported extends Settled {
  /** As messages have it, without what would drive a terminal. */
  readonly file: string;
  readonly format: Format;
  /** What the name of the file promised instead, if it did. */
  readonly promised: Format | null;
  readonly reading: Reading;
  /** How many characters that nobody sees were left out. */
  readonly hidden: number;
}

/** Why a document gave nothing: it could not be read at all, or not as what it is, or lists nothing. */
export type Refused = "unreadable" | "unusable";

export async function importDocument(
  path: string,
  wanted: Wanted,
  log: DiagnosticLog,
): Promise<Imported | Refused> {
  const document = await readForeign(path, wanted.encoding);
  if (document.unread !== undefined) {
    const { unread: problem, help, place } = document;
    log.report("draft/unreadable", place, { problem, help });
    return "unreadable";
  }
  const { sha256 } = document;
  // A space that does not break is one all the same.
  const text = document.text.replace(hidden, "").replace(/\u00a0/g, " ");
  const source = { file: shownPath(path), text };
  const { format, promised } = formatOf(path, source.text, wanted.as);
  const reading = await readAs(format, source, log);
  if (reading === null) return "unusable";
  const draft = draftOf(reading, {
    ...{ api: wanted.api, source: "errors", file: visible(basename(path)), sha256 },
    url: wanted.url ?? reading.url,
    read: new Date().toISOString().slice(0, 10),
  });
  if (draft.entries.length === 0) {
    const place = { source, start: 0, end: 0 };
    log.report("draft/nothing", place, {
      format: format.title,
      seen: seen(reading),
      skipped: reading.skipped[0]?.says,
    });
    return "unusable";
  }
  const settled = await settle(draft, wanted.api, {
    schema: wanted.schema,
    says: `Drafted by errata import from ${visible(basename(path))}.\nThe summaries are the document's words: put them into your own.`,
  });
  return {
    ...settled,
    file: visible(source.file),
    ...{ format, promised, reading },
    hidden: document.text.match(hidden)?.length ?? 0,
  };
}

/** What was looked at: `2 tables, 11 headings`. */
export function seen({ read }: Reading): string {
  const parts = Object.entries(read).filter(([, count]) => count > 0);
  if (parts.length === 0) return "nothing of the kind was seen";
  return parts.map(([what, count]) => counted(count, what)).join(", ");
}

export function counted(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  const [first, ...rest] = what.split(" of ");
  const plural = first!.endsWith("y")
    ? `${first!.slice(0, -1)}ies`
    : first!.endsWith("s")
      ? `${first}es`
      : `${first}s`;
  return `${count} ${[plural, ...rest].join(" of ")}`;
}
