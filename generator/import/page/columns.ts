/** What the columns of a table hold, told by the words of their headings and by what stands in their cells. */
import { isStatus, isSymbol, numericKey } from "../codes.js";
import type { Inline } from "./inline.js";

export type Role =
  "status" | "code" | "name" | "text" | "means" | "remedy" | "severity" | "group" | "other";

export interface Column {
  readonly head: string;
  readonly role: Role;
}

/** Why a table lists no errors. */
interface Refused {
  readonly refused: string;
}

interface Seen {
  readonly head: string;
  /** Of the cells that hold something, which part begins with a number, is a status, is a word for machines, is prose. */
  readonly numbers: number;
  readonly statuses: number;
  readonly symbols: number;
  readonly prose: number;
  readonly filled: number;
  /** How many characters a cell has on average. */
  readonly width: number;
}

const words = {
  status: /\bstatus\b|\bhttp\b|响应状态|状态码/i,
  code: /\bcodes?\b|\berrno\b|\berror ?(?:no|num|number|id)\b|\bsqlstate\b|^(?:no|nr|number|id|value|num)\.?$|错误码|代码/i,
  name: /\bname\b|\bconstant\b|\bsymbol\b|\bidentifier\b|\bkey\b|\benum\b|\btype\b|\bexception\b|\bcondition\b|\breason\b|\blabel\b|\berror\b|\bmessage\b|\bslug\b/i,
  text: /\bmessages?\b|\bmsg\b|\btext\b|\breasons?\b|\berrors?\b|\bproblem\b|\bresponse\b|错误信息|消息/i,
  means:
    /\bdesc|\bmean|\bexplan|\bdetail|\bcause|\bnotes?\b|\bcomment|\bdefin|\bwhen\b|\bwhat\b|\bwhy\b|\binfo|\bsummary\b|描述|说明/i,
  remedy:
    /\bsolution|\baction|\brecommend|\bresol|\bhow\b|\bfix|\bhandl|\bsuggest|\bremed|\badvice|\bworkaround|\bwhat to do|\bretr/i,
  severity: /\bseverity\b|\blevel\b/i,
  group: /\bclass\b|\bcategory\b|\bgroup\b|\bproduct\b|\bmodule\b|\btype\b/i,
} as const;

/** A table with one of these describes the parts of a message, or something else that has codes. */
const elsewhere =
  /\bparam|\bfields?\b|\bpropert|\battribut|\bendpoint|\bmandatory\b|\brequired\b|\bcurrenc|\bcountr|\blanguage|\bheaders?\b|\bargument|\bversion\b|\bdate\b|\bscope\b|\bpermission\b/i;

/** What makes a list one of errors, in a heading, in a column's head, or in the title. */
export const ofErrors =
  /\berrors?\b|\bfail|\breject|\bdeclin|\bexception|\bstatus\b|\breturn codes?\b|\bresponse codes?\b|\bresult codes?\b|\breasons?\b|\bfault|\btroubleshoot|\bsqlstate\b|错误/i;

/** The roles of a table's columns, `context` being the headings above it; or why it lists no errors. */
export function columnsOf(
  head: readonly string[],
  rows: readonly (readonly Inline[])[],
  context: string,
): readonly Column[] | Refused {
  const width = rows[0]?.length ?? 0;
  const seen = Array.from({ length: width }, (_, i) =>
    see(
      head[i] ?? "",
      rows.map((cells) => cells[i]!),
    ),
  );
  const alien = head.find((word) => elsewhere.test(word));
  if (alien !== undefined) return { refused: `its column "${alien}" is not about errors` };
  const roles = new Map<number, Role>();
  const take = (role: Role, fits: (column: Seen) => number): number | null => {
    const [best] = seen
      .map((column, i) => ({ i, score: roles.has(i) ? 0 : fits(column) }))
      .sort((a, b) => b.score - a.score || a.i - b.i);
    if (best === undefined || best.score <= 0) return null;
    roles.set(best.i, role);
    return best.i;
  };
  const isHttp = words.status.test(context);
  const status = take("status", ({ head, statuses, filled }) =>
    statuses > 0.6 && filled > 0.3 && (words.status.test(head) || (isHttp && !/error/i.test(head)))
      ? statuses
      : 0,
  );
  const code = take("code", ({ head, numbers, symbols, filled }) => {
    const share = Math.max(numbers, symbols);
    // `Message code (mc)` above a table is where its column `mc` is called something.
    const isShort = head !== "" && context.toLowerCase().includes(`code (${head.toLowerCase()})`);
    const called =
      words.code.test(head) || isShort ? 2 : words.name.test(head) || head === "" ? 0.5 : 0;
    if (share < 0.5 || filled < 0.5 || called === 0) return 0;
    return called + share + (numbers > 0.5 ? 0.6 : 0);
  });
  take("name", ({ head, symbols, prose }) =>
    code !== null &&
    symbols > 0.6 &&
    prose < 0.3 &&
    (words.name.test(head) || words.code.test(head) || head === "")
      ? symbols
      : 0,
  );
  if (words.remedy.test(head.join(" ")))
    take("remedy", ({ head, prose }) =>
      words.remedy.test(head) && !/reason/i.test(head) ? prose + 0.1 : 0,
    );
  take("severity", ({ head }) => (words.severity.test(head) ? 1 : 0));
  const isText = ({ head, filled }: Seen): boolean =>
    words.text.test(head) && !words.means.test(head) && filled > 0.3;
  if (code !== null || status !== null) {
    take("text", (column) =>
      /\bmessages?\b|\bmsg\b|\btext\b/i.test(column.head) && isText(column) ? 1 : 0,
    );
  } else if (take("text", (column) => (isText(column) && column === seen[0] ? 1 : 0)) === null)
    return { refused: "none of its columns holds codes, statuses or messages" };
  if (code !== null && status === null && !ofErrors.test(`${context} ${head.join(" ")}`))
    return { refused: "nothing in it or above it speaks of errors" };
  take("means", ({ head }) => (words.means.test(head) ? 1 : 0));
  if (![...roles.values()].includes("means"))
    take("means", ({ width, prose, filled, head }) =>
      prose > 0.3 && filled > 0.3 && !words.group.test(head) ? width : 0,
    );
  take("group", ({ head }) => (words.group.test(head) ? 1 : 0));
  return seen.map(({ head }, i) => ({ head, role: roles.get(i) ?? "other" }));
}

function see(head: string, cells: readonly Inline[]): Seen {
  const full = cells.filter(({ text }) => !isEmpty(text));
  const texts = full.map(({ text }) => text);
  const share = (is: (text: string) => boolean): number =>
    texts.length === 0 ? 0 : texts.filter(is).length / texts.length;
  return {
    head,
    numbers: share((text) => numericKey(text) !== null),
    statuses: share(
      (text) =>
        numericKey(text.replace(/^http\s*(?:status)?\s*/i, ""))?.codes.every(isStatus) === true,
    ),
    symbols: full.filter(isWord).length / Math.max(1, full.length),
    prose: full.filter((cell) => !isWord(cell)).length / Math.max(1, full.length),
    filled: cells.length === 0 ? 0 : texts.length / cells.length,
    width: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
  };
}

/** A cell that is set as code as a whole, and is one word, is a word for machines, however it looks. */
export function isWord({ text, codes }: Inline): boolean {
  return isSymbol(text) || (codes[0] === text && /^[\w.:/-]+$/.test(text));
}

/** Whether a cell says nothing. */
export function isEmpty(text: string): boolean {
  return /^(?:[-\u2010-\u2015\u2212.]*|n\/?a|none)$/i.test(text);
}
