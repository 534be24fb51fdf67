/** What a document says of one status, code or text in several places comes together. */
import type { Shown } from "./body-rows.js";
import type { Row, RowFamily } from "./model.js";

export interface Group {
  readonly family: RowFamily;
  /** The status, the code, or the codes that share a text; none of a text by itself. */
  readonly codes: readonly string[];
  /** The text that it is about, where that is no code. */
  readonly text: string | null;
  readonly rows: readonly Row[];
  /** The bodies that show it. */
  readonly examples: readonly Shown["example"][];
}

export function groupsOf(rows: readonly Row[], shown: readonly Shown[]): readonly Group[] {
  const groups = new Map<string, Group & { rows: Row[]; examples: Shown["example"][] }>();
  const place = (row: Row, example?: Shown["example"]): void => {
    for (const { key, codes, text = null } of keysOf(row)) {
      const { family } = row;
      const id = `${family} ${key}`;
      const group = groups.get(id) ?? { family, codes, text, rows: [], examples: [] };
      groups.set(id, group);
      group.rows.push(row);
      if (example !== undefined) group.examples.push(example);
    }
  };
  for (const row of rows) place(row);
  for (const { row, example } of shown) place(row, example);
  return [...groups.values()];
}

interface Key {
  readonly key: string;
  readonly codes: readonly string[];
  readonly text?: string;
}

function keysOf({ family, statuses, codes, texts }: Row): readonly Key[] {
  if (family === "statuses") return statuses.map((status) => ({ key: status, codes: [status] }));
  // Texts that come with any of several codes are entries of their own.
  if (codes.length > 1 && texts.length > 0)
    return texts.map((text) => ({ key: `${codes.join()} ${text}`, codes, text }));
  if (codes.length > 0) return codes.map((code) => ({ key: `code ${code}`, codes: [code] }));
  return texts.map((text) => ({ key: `text ${text}`, codes: [], text }));
}
