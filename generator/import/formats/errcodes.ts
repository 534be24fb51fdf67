/** Lines of text with a code first, such as the errcodes.txt of PostgreSQL: sections are classes, `#` begins a comment. */
import { reading, row, type Row, type Note } from "../model.js";
import { kebab } from "../names.js";
import type { Format } from "./format.js";

/** `23505    E    ERRCODE_UNIQUE_VIOLATION    unique_violation`, with a severity of one letter or without. */
const line =
  /^(?<code>-?\d{1,9}|[0-9A-Z]{5}|[A-Z]{1,6}-?\d{2,6})[ \t]+(?:(?<severity>[EWSIF])[ \t]+)?(?<rest>\S.*)$/;
/** `Section: Class 23 - Integrity Constraint Violation`, `[23] Integrity Constraint Violation`. */
const sections = [/^section:\s*(.+)$/i, /^\[([^\]]+\].*)$/, /^={2,}\s*(.+?)\s*={2,}$/];
const constant =
  /^#define[ \t]+(?<name>\w+)[ \t]+(?<code>-?\d+)\b[ \t]*(?:\/\*+[ \t]*(?<says>.*?)[ \t]*\*\/|\/\/[ \t]*(?<tail>.*))?/;

const severities: Readonly<Record<string, string>> = {
  E: "error",
  W: "warning",
  S: "success",
  I: "information",
  F: "fatal",
};

export const errcodes: Format = {
  name: "errcodes",
  title: "a text with a code in each line",
  endings: [],
  isSurely: (text) => {
    const lines = text.split("\n").slice(0, 2_000).filter(says);
    const coded = lines.filter((one) => line.test(one) || constant.test(one));
    return coded.length >= 2 && coded.length >= lines.length * 0.5;
  },
  read: async ({ text }) => {
    const rows: Row[] = [];
    const skipped: Note[] = [];
    let [heading, count]: [string | null, number] = [null, 0];
    for (const [i, one] of text.split("\n").entries()) {
      const spot = { heading, line: i + 1 };
      const defined = constant.exec(one.trim())?.groups;
      if (defined !== undefined) {
        const { name = null, code = "", says, tail } = defined;
        rows.push(row({ codes: [code], name, summary: says ?? tail ?? "", spot }));
        continue;
      }
      if (!says(one)) continue;
      const coded = line.exec(one)?.groups;
      if (coded !== undefined) {
        rows.push(rowOf(coded, spot));
        continue;
      }
      const title = sections.map((of) => of.exec(one)?.[1]).find((said) => said !== undefined);
      if (title === undefined) {
        skipped.push({ line: i + 1, says: `a line without a code: ${one.trim()}` });
        continue;
      }
      count++;
      const [, prefix, words] = /^(?:class\s+)?([0-9A-Z]{2})\b[\]\s:-]*(.*)$/i.exec(title) ?? [];
      heading = kebab(title) || null;
      if (prefix === undefined) continue;
      const summary = words === "" || words === undefined ? title : words;
      rows.push(
        row({
          codes: [`${prefix}*`],
          name: `class ${prefix}`,
          summary,
          spot: { heading, line: i + 1 },
        }),
      );
    }
    const warning = rows.find(({ severity }) => severity === "warning");
    const doubts: Note[] =
      warning === undefined
        ? []
        : [
            {
              line: warning.spot.line,
              says: "warnings are drafted as failures: those that are none want success: true",
            },
          ];
    return reading({
      rows,
      skipped,
      doubts,
      read: { section: count, line: text.split("\n").length },
    });
  },
};

/** Whether a line is neither empty nor a comment. */
function says(text: string): boolean {
  return !/^\s*(?:$|\/\/|;|--|#(?!define\b))/.test(text);
}

/** What stands behind a code: constants and names in capitals or with underscores, or a sentence. */
function rowOf(groups: Readonly<Record<string, string | undefined>>, spot: Row["spot"]): Row {
  const { code = "", severity, rest = "" } = groups;
  const words = rest.trim().split(/\t+| {2,}/);
  const fields =
    words.length === 1 && /^[A-Z][A-Z0-9_]+\s+[a-z0-9_]+$/.test(rest.trim())
      ? rest.trim().split(/\s+/)
      : words;
  const constants = fields.filter(
    (word) =>
      /^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(word) && /_|^[A-Z\d]+$|^[a-z]+$/.test(word),
  );
  const prose = fields.filter((word) => !constants.includes(word));
  // The condition's own name is shorter than the constant that macros have for it.
  const name = constants.find((word) => /^[a-z]/.test(word)) ?? constants[0] ?? null;
  return row({
    ...{ codes: [code], name, summary: prose.join(" "), spot },
    ...(severity === undefined ? {} : { severity: severities[severity]! }),
  });
}
