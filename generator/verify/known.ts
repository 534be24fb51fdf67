/** What of a page's rows, headings and bodies the catalog knows. */
import type { RecognisedApi } from "../recognise/recognise.js";
import { holds, readPlace } from "../runtime/conditions.js";
import { hasStatus, integer, look, type Text } from "../runtime/matcher.js";
import { at } from "../runtime/places.js";
import { textData } from "../recognise/matchers.js";
import { steps } from "../match/pointer.js";
import type { Block, Body, Page } from "./page.js";
import { hasSameHoles, isOneOfTexts } from "./shown.js";

/** Something on a page that the catalog should know and does not. */
export interface Stranger {
  readonly line: number;
  readonly shown: string;
  readonly what: "status" | "code" | "text";
}

/** Whether the catalog knows a literal: as a status, a code, a text, or a value of a condition. */
export type Knows = (literal: string) => boolean;

export function knowledge({ living }: RecognisedApi): Knows {
  const statuses = living.flatMap(({ match }) => match.statuses);
  const singles = new Set<string>();
  const spans = living
    .flatMap(({ match }) => match.codes)
    .filter((code) => {
      if (code.prefix !== true && code.first === code.last) singles.add(String(code.first));
      return code.prefix === true || code.first !== code.last;
    });
  const values = new Set(
    living.flatMap(({ match }) => [
      ...match.coded.flatMap((coded) => coded.values.map(String)),
      ...match.where.flatMap(({ test }) => (typeof test === "string" ? [] : test.map(String))),
    ]),
  );
  const literals = new Set<string>();
  const holed = living
    .flatMap(({ match }) => match.messages)
    .filter(({ literal }) => literal === null);
  const texts: Text[] = [];
  for (const message of living.flatMap(({ match }) => match.messages))
    if (message.literal !== null) literals.add(message.literal);
    else texts.push(textData(message));
  const knows = (literal: string): boolean => {
    const number = integer(literal);
    if (hasStatus(statuses, number) || /^[1-5]xx$/i.test(literal)) return true;
    if (singles.has(literal) || values.has(literal) || literals.has(literal)) return true;
    const isInSpan = spans.some(({ first, last, prefix }) =>
      prefix === true
        ? literal.startsWith(String(first))
        : (first as number) <= number && number <= (last as number),
    );
    return (
      isInSpan || isOneOfTexts(texts, literal) || holed.some((one) => hasSameHoles(one, literal))
    );
  };
  // `429 Too Many Requests` is known by its number, and `500, 502 Server Errors` by both.
  return (literal) => {
    const [head] = /^-?\d+(?:\s*[,/]\s*-?\d+)*(?=\s|$)/.exec(literal) ?? [];
    return knows(literal) || (head !== undefined && head.split(/\s*[,/]\s*/).every(knows));
  };
}

/** The strangers among the rows, the headings and the bodies of a page. */
export function strangers(page: Page, api: RecognisedApi, knows: Knows): readonly Stranger[] {
  return [
    ...rowStrangers(page.blocks, knows),
    ...page.blocks.flatMap((block) => headingStrangers(block, knows)),
    ...page.bodies.flatMap((body) => bodyStrangers(body, api, knows)),
  ];
}

const kindOf = (literal: string): Stranger["what"] =>
  /^[1-5][0-9]{2}$/.test(literal) ? "status" : /^\S+$/.test(literal) ? "code" : "text";

const roles: readonly RegExp[] = [/\b(code|status)/i, /\b(error|reason|message|problem|decline)/i];

/** Which column of a table names what its rows are about. */
function keyColumn(columns: readonly string[]): number | null {
  for (const role of roles) {
    const found = columns.findIndex((column) => role.test(column));
    if (found >= 0) return found;
  }
  return null;
}

function keysOf({ cells = [] }: Block, column: number): readonly string[] {
  const cell = cells[column];
  if (cell === undefined || cell.text === "") return [];
  if (cell.codes.length > 0) return cell.codes;
  // Texts in quotes, one or several: `"Market is closed."`, `"Too small." / "Too large."`
  const quoted = /^(?:"[^"]+"[\s/,.;]*)+$/.test(cell.text) ? cell.text.match(/"[^"]+"/g)! : [];
  return quoted.length === 0 ? [cell.text] : quoted.map((one) => one.slice(1, -1));
}

function rowStrangers(blocks: readonly Block[], knows: Knows): readonly Stranger[] {
  const tables = new Map<readonly string[], Block[]>();
  for (const block of blocks) {
    if (block.columns === undefined) continue;
    const rows = tables.get(block.columns);
    // The first row holds the names of the columns.
    if (rows === undefined) tables.set(block.columns, []);
    else rows.push(block);
  }
  return [...tables].flatMap(([columns, rows]) => {
    const known = columns.map(
      (_, i) => rows.filter((row) => keysOf(row, i).some((key) => knows(key))).length,
    );
    const named = keyColumn(columns);
    const best = known.indexOf(Math.max(...known));
    // A table whose columns have other names is about something else, unless it is full of what is known.
    if (named === null && known[best] === 0) return [];
    // What the columns are called may be wrong: where another one is known far better, the rows are about that.
    const column = named !== null && known[named]! * 2 >= known[best]! ? named : best;
    return rows.flatMap((row) => {
      const keys = keysOf(row, column);
      return keys
        .filter((key) => !knows(key))
        .map((key) => ({ line: row.line, shown: key, what: kindOf(key) }));
    });
  });
}

/** A heading that begins with a code, such as `-1003 TOO_MANY_REQUESTS`, or has statuses in brackets. */
function headingStrangers({ kind, text, line }: Block, knows: Knows): readonly Stranger[] {
  if (kind !== "heading") return [];
  const [first] = /^`?-?\d{3,6}\b/.exec(text.replace("\u2212", "-")) ?? [];
  const bracketed = /\(([1-5]\d\d(?:\s*[/,]\s*[1-5]\d\d)*)\)/.exec(text)?.[1]?.match(/\d+/g) ?? [];
  return [...(first === undefined ? [] : [first.replace("`", "")]), ...bracketed]
    .filter((key) => !knows(key))
    .map((key) => ({ line, shown: key, what: kindOf(key) }));
}

/** A body whose code or text the catalog does not know. */
function bodyStrangers(
  { line, value }: Body,
  api: RecognisedApi,
  knows: Knows,
): readonly Stranger[] {
  return api.recognition.flatMap(({ channel, data }) => {
    const read = { code: data.code, message: data.message, read: readPlace, holds };
    const given =
      channel.kind === "items"
        ? channel.items.flatMap((list) => {
            const items = at(value, steps(list));
            return Array.isArray(items) ? (items as unknown[]) : [];
          })
        : [value];
    return given.flatMap((body): Stranger[] => {
      const { code, text } = look(read, null, body);
      const shown = code ?? text;
      if (shown === null || knows(String(shown)) || (text !== null && knows(text))) return [];
      return [{ line, shown: String(shown), what: code === null ? "text" : "code" }];
    });
  });
}
