/** Bullets that each name a status or a code: `HTTP 429 is returned when …`, `card_declined: The bank refused.` */
import { isStatus, isSymbol, numericKey, plain } from "../codes.js";
import { type Note, row, type Row, type RowFamily } from "../model.js";
import type { Item, List } from "./blocks.js";
import { ofErrors } from "./columns.js";
import type { Context } from "./table.js";

/** Keys of a body that a list explains; such a list is no list of codes. */
const bodyKeys = new Set(
  "code msg message error errors detail details type status data request_id requestid title instance param field reason success timestamp path id".split(
    " ",
  ),
);

interface Found {
  readonly rows: readonly Row[];
  readonly skipped: readonly Note[];
}

export function readList({ items, line }: List, context: Context): Found {
  const near = [...context.headings.slice(-2), context.before].join(" ");
  const all = [...items, ...items.flatMap(({ nested }) => nested)];
  const named = all.map((item) => nameOf(item));
  if (named.some((one) => one !== null && bodyKeys.has(one.code.toLowerCase())))
    return { rows: [], skipped: [{ line, says: "a list of the keys of a body" }] };
  const isCoded = ofErrors.test(near) || ofErrors.test(context.headings[0] ?? "");
  const rows = all.flatMap((item, i): Row[] => {
    const one = named[i];
    if (one === null || one === undefined) return [];
    const { code, statuses, says, isHttp } = one;
    const spot = { heading: context.heading, line: item.line };
    const nested = item.nested.filter((inner) => nameOf(inner) === null).map(({ text }) => text);
    const summary = [says, ...nested].filter((text) => text !== "").join(" ");
    if (isStatus(code) && (isHttp || /\bhttp\b|\bstatus/i.test(near)))
      return [row({ family: "statuses", statuses: [code], summary, spot })];
    if (!isCoded || isStatus(code)) return [];
    const family: RowFamily = /\bdeclin|\brejection reason/i.test(near) ? "declines" : "errors";
    return [row({ family, statuses, codes: [code], summary, spot })];
  });
  return { rows, skipped: [] };
}

interface Named {
  readonly code: string;
  /** That stand in brackets behind it, as in `api_error` (500). */
  readonly statuses: readonly string[];
  readonly says: string;
  readonly isHttp: boolean;
}

function nameOf({ text, codes }: Item): Named | null {
  const [, http, rest] = /^(http\s*(?:status\s*)?(?:code\s*)?)?(.*)$/is.exec(plain(text))!;
  const key = numericKey(rest!.toLowerCase().startsWith("4xx") ? rest!.toLowerCase() : rest!);
  const isHttp = http !== undefined;
  if (key !== null && key.codes.length === 1) {
    const code = key.codes[0]!.toLowerCase();
    const isSet = codes.some((one) => one.toLowerCase() === code);
    if (isHttp || isSet || /^-?\d{3,9}\s*(?:[-:=(]|\s[A-Z])/.test(rest!))
      return { code, statuses: [], says: sentence(key.rest), isHttp };
  }
  const [first] = codes;
  if (first === undefined || !text.startsWith(first) || !/^[\w.:/-]+$/.test(first)) return null;
  const behind = text.slice(first.length);
  // Only what explains: `code`: …, `code` - …, `code` (…). In a sentence a code is only mentioned.
  if (!/^\s*(?:[:=(]|[-\u2013\u2014]\s)/.test(behind) && !(isSymbol(first) && behind === ""))
    return null;
  const [bracket = "", ...statuses] =
    /^\s*\((?:http\s*)?([1-5]\d\d)(?:\s*[,/]\s*([1-5]\d\d))?\)/i.exec(behind) ?? [];
  return {
    ...{ code: first, statuses: statuses.filter((status) => status !== undefined), isHttp },
    says: behind.slice(bracket.length).replace(/^[\s:=\-\u2013\u2014]+/, ""),
  };
}

/** `return code is used when the limit is broken` as what follows the status: without the words that lead to it. */
function sentence(text: string): string {
  return text.replace(
    /^(?:status |return |response )*(?:codes? )?(?:is|are) (?:used|returned|sent) (?:for|when|if|in case) /i,
    "",
  );
}
