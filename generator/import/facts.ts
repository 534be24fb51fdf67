/** The facts of an entry, as the YAML has them, from the rows that say them. */
import { title } from "../model/names.js";
import { isStatus } from "./codes.js";
import { categoryOf, retryWords } from "./hints.js";
import type { Row, RowFamily } from "./model.js";
import { kebab } from "./names.js";
import { templateOf } from "./templates.js";

export interface Kinds {
  /** Whether codes are written as numbers. */
  readonly isInteger: boolean;
  /** The id of the source. */
  readonly source: string;
  /** The body that has a code and a text where its family has them; `null` where it cannot have both. */
  bodyWith(family: RowFamily, code: string | number, text: string): unknown;
}

export function wireCode(code: string, { isInteger }: Kinds): string | number {
  return isInteger && !code.includes("..") ? Number(code) : code;
}

export function statusNode(rows: readonly Row[]): object {
  const all = [...new Set(rows.flatMap(({ statuses }) => statuses))].filter(isStatus);
  const values = all.map((status) => (status.endsWith("xx") ? status : Number(status)));
  return values.length === 0 ? {} : { status: values.length === 1 ? values[0] : values };
}

export function categoryNode(words: readonly string[]): object {
  const hint = categoryOf(words.filter((text) => text !== ""));
  if (hint === null) return {};
  return {
    category: hint.category,
    inferred: { category: `it speaks of ${JSON.stringify(hint.words)}` },
  };
}

/** What every entry has: its words, and where they stand. */
export function common(rows: readonly Row[], summary: string, { source }: Kinds): object {
  const remedies = rows.flatMap(({ remedy }) => remedy ?? []);
  const severity = kebab(firstOf(rows, (row) => row.severity) ?? "");
  const tags = [...new Set(rows.flatMap((row) => row.tags.map(kebab)))].filter((tag) => tag !== "");
  const cites = [
    ...new Set(
      rows.map(({ spot }) => (spot.heading === null ? source : `${source}#${spot.heading}`)),
    ),
  ];
  return {
    ...(severity === "" ? {} : { severity }),
    ...(tags.length === 0 ? {} : { tags }),
    summary,
    ...(remedies.length === 0 ? {} : { remedy: [...new Set(remedies)].join(" ") }),
    cite: cites.length === 1 ? cites[0] : cites,
  };
}

export function decision(rows: readonly Row[]): string | null {
  const words = retryWords(
    rows.flatMap(({ summary, remedy, texts }) => [summary, remedy ?? "", ...texts]),
  );
  return words === null ? null : "It speaks of waiting or sending again: choose a retry rule.";
}

export function firstOf(rows: readonly Row[], of: (row: Row) => string | null): string | null {
  for (const row of rows) {
    const found = of(row);
    if (found !== null && found !== "") return found;
  }
  return null;
}

/** A text without its holes, as the beginning of a name. */
export function brief(text: string | null): string | null {
  if (text === null) return null;
  const fixed = (templateOf(text) ?? "").replace(/\\.|\{[^}]*\}|(?<![\w.])\d+\.\d+(?!\w)/g, " ");
  const [words = ""] = fixed.split(/[;.:!?](?:\s|$)|\n/);
  return words.trim().split(/\s+/).slice(0, 7).join(" ");
}

export function sentence(text: string): string {
  return /\s/.test(text) ? text : title(kebab(text)) || text;
}

export function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
