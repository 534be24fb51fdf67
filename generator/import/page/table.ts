/** The rows of a table as rows of a reading. */
import { isStatus, isSymbol, type Key, numericKey, plain, symbolKey, unquoted } from "../codes.js";
import { type Note, row, type Row, type RowFamily } from "../model.js";
import type { Table } from "./blocks.js";
import { type Column, columnsOf, isEmpty, isWord, type Role } from "./columns.js";
import type { Inline } from "./inline.js";

/** What stands above a table. */
export interface Context {
  /** The headings above it, the nearest last, with the title of the document first. */
  readonly headings: readonly string[];
  /** The paragraph before it. */
  readonly before: string;
  /** The fragment of the nearest heading. */
  readonly heading: string | null;
  /** The codes that the nearest headings name, to which texts in the table belong. */
  readonly codes: readonly string[];
}

interface Found {
  readonly rows: readonly Row[];
  readonly skipped: readonly Note[];
}

/** What a row is of, and what it is no more once that is struck out. */
const keys: ReadonlySet<Role> = new Set(["code", "status", "text"]);

export function readTable(table: Table, context: Context): Found {
  const { head, rows } = headed(table);
  const shown = head.join(" | ") || "no headings";
  const full = rows.filter((cells) => !isAcross(cells));
  const columns = columnsOf(head, full, [...context.headings, context.before].join(" "));
  if ("refused" in columns)
    return {
      rows: [],
      skipped: [{ line: table.line, says: `a table of ${shown}: ${columns.refused}` }],
    };
  const skipped: Note[] = [];
  const family = familyOf(head, context);
  const headings = headingsIn(rows, columns);
  const found = rows.flatMap((cells) => {
    const isHeading = headings.has(cells);
    const isStruck = columns.some(
      ({ role }, i) => keys.has(role) && cells[i]!.text === "" && cells[i]!.struck !== "",
    );
    const one = isHeading || isStruck ? null : readRow(cells, columns, family, context);
    if (one !== null) return [one];
    const text = [...new Set(cells)].map((cell) => cell.text || cell.struck).join(" | ");
    const why = isHeading
      ? "that heads others"
      : isStruck
        ? "that is struck out"
        : "without a code or a text";
    skipped.push({ line: cells[0]!.line, says: `a row ${why}: ${text}` });
    return [];
  });
  return { rows: found, skipped };
}

/** A table whose first row has no codes but words where the others have codes is headed by it, whatever the markup says. */
function headed({ head, rows }: Table): Pick<Table, "head" | "rows"> {
  const [first, ...rest] = rows;
  if (head.some((text) => text !== "") || first === undefined || rest.length === 0)
    return { head, rows };
  const isCoded = first.some(({ text }) => numericKey(text) !== null || /_/.test(text));
  return isCoded ? { head, rows } : { head: first.map(({ text }) => text), rows: rest };
}

/** Whether a row is one cell across all columns, which is a heading of those below unless it has a code. */
function isAcross(cells: readonly Inline[]): boolean {
  const [first] = cells;
  return cells.length > 1 && kindOf(first!) === "prose" && cells.every((cell) => cell === first);
}

function kindOf(cell: Inline): "number" | "word" | "prose" {
  return numericKey(cell.text) !== null ? "number" : isWord(cell) ? "word" : "prose";
}

/** The rows that only head those below: a cell across all columns, or a word alone that is no code as the others are. */
function headingsIn(
  rows: Table["rows"],
  columns: readonly Column[],
): ReadonlySet<readonly Inline[]> {
  const across = rows.filter(isAcross);
  const at = columns.findIndex(({ role }) => role === "code");
  if (at < 0) return new Set(across);
  const isAlone = (cells: readonly Inline[]): boolean =>
    cells.every(({ text }, i) => isEmpty(text) !== (i === at));
  const [alone, full] = [rows.filter(isAlone), rows.filter((cells) => !isAlone(cells))];
  const kinds = new Set(
    full.filter((cells) => !isAcross(cells)).map((cells) => kindOf(cells[at]!)),
  );
  const others = alone.filter((cells) => kinds.size > 0 && !kinds.has(kindOf(cells[at]!)));
  return new Set([...across, ...others]);
}

/** What arrives on a socket, or is declined inside of a success, is told by the words nearest to the table. */
function familyOf(head: readonly string[], { headings, before }: Context): RowFamily {
  const near = [headings.at(-1) ?? "", ...head].join(" ");
  if (/\bweb ?socket|\bsocket\b|\bframes?\b|\bws\b/i.test(near)) return "sockets";
  if (/\bdeclin|\brejection reason|\breject(?:ed)? (?:order|item)/i.test(near)) return "declines";
  if (/\bweb ?socket|\bframes?\b/i.test(before) && !/http/i.test(before)) return "sockets";
  return "errors";
}

function readRow(
  cells: readonly Inline[],
  columns: readonly Column[],
  family: RowFamily,
  context: Context,
): Row | null {
  const cell = (role: Role): Inline | null => {
    const found = cells[columns.findIndex((column) => column.role === role)];
    return found === undefined || isEmpty(found.text) ? null : found;
  };
  const status = numericKey(cell("status")?.text.replace(/^http\s*(?:status)?\s*/i, "") ?? "");
  const { key, text } = keyOf(cell("code"), cell("text"));
  const statuses = (status?.codes ?? []).filter(isStatus);
  const named = cell("name")?.text ?? null;
  const rest = [key?.rest, status?.rest].find((said) => said !== undefined && said !== "") ?? null;
  const isNamed = named === null && rest !== null && isSymbol(rest);
  const name = named ?? (isNamed ? rest : null);
  const means = cell("means")?.prose ?? null;
  const summary = means ?? (isNamed ? null : rest) ?? "";
  // A status alone, without anything that the body holds.
  const codes = key?.codes ?? [];
  if (statuses.length + codes.length === 0 && text === null) return null;
  const isCodeOfStatus = statuses.length === 0 && codes.length > 0 && codes.every(isStatus);
  const remedy = remedyIn(cell("remedy"), columns);
  const said = {
    ...{ name, summary, remedy, severity: cell("severity")?.text ?? null },
    tags: cell("group") === null ? [] : [cell("group")!.text],
    texts: text === null ? [] : alternatives(text),
    spot: { heading: context.heading, line: cells[0]!.line },
  };
  if (isCodeOfStatus && isOfStatuses(columns, context))
    return row({ ...said, family: "statuses", statuses: codes });
  if (codes.length === 0 && text === null) return row({ ...said, family: "statuses", statuses });
  const known = codes.length === 0 ? context.codes : codes;
  return row({ ...said, family, statuses, codes: known });
}

/** What to do; a bare answer, such as `No`, with what the head of its column asks. */
function remedyIn(cell: Inline | null, columns: readonly Column[]): string | null {
  if (cell === null || !/^(?:yes|no)\.?$/i.test(cell.prose)) return cell?.prose ?? null;
  const { head } = columns.find(({ role }) => role === "remedy")!;
  return `${head}${/[?:]$/.test(head) ? "" : ":"} ${cell.prose}`;
}

/** Whether a column of codes from 400 to 599 is one of HTTP statuses, as its head or the headings above it say. */
function isOfStatuses(columns: readonly Column[], { headings }: Context): boolean {
  const { head } = columns.find(({ role }) => role === "code")!;
  const near = `${head} ${headings.at(-1) ?? ""}`;
  return /\bhttp\b|\bstatus|response code/i.test(near) && !/\berror code/i.test(head);
}

/** Several texts in quotes, as `"A." / "B."`, or the one. */
function alternatives(text: string): readonly string[] {
  const isList = /^"[^"]+"(?:\s*(?:\/|,|;|or)\s*"[^"]+")+$/.test(plain(text));
  return isList
    ? plain(text)
        .match(/"[^"]+"/g)!
        .map(unquoted)
    : [text];
}

/** A code, or a text that begins with one; a text may be one for machines, and then is a code where there is no other. */
function keyOf(
  code: Inline | null,
  text: Inline | null,
): { readonly key: Key | null; readonly text: string | null } {
  if (code !== null) {
    const key = numericKey(code.text) ?? keyInCode(code) ?? symbolKey(code.text);
    return { key, text: text === null ? null : wire(text) };
  }
  if (text === null) return { key: null, text: null };
  // `1001 no valid authentication information`: the code is set as code, or a number of three digits and more.
  const key = numericKey(text.text);
  const isCode =
    key !== null && (text.codes.includes(key.codes[0]!) || /^-?\d{3,}/.test(plain(text.text)));
  return isCode ? { key, text: null } : { key: null, text: wire(text) };
}

/** A code that is set as code, with words around it. */
function keyInCode({ text, codes }: Inline): Key | null {
  const [first] = codes;
  if (first === undefined || !text.startsWith(first)) return null;
  return {
    codes: [first],
    rest: text
      .slice(first.length)
      .replace(/^\s*[-:(]\s*|\)$/g, "")
      .trim(),
  };
}

/** The text as it is sent: what is set as code, if that is all, and without quotes. */
function wire({ text, codes }: Inline): string {
  const [only, other] = codes;
  const isAll = only !== undefined && other === undefined && only.length > text.length * 0.8;
  return unquoted(isAll ? only : text);
}
