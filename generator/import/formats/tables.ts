/** Tables that come without a page around them, as a reading: whoever imports such a list says that it is one of errors. */
import { type Reading, reading } from "../model.js";
import type { Table } from "../page/blocks.js";
import { readTable } from "../page/table.js";

export interface Named {
  /** What stands above it, such as the name of an enum; empty where nothing does. */
  readonly name: string;
  readonly table: Table;
}

export function readTables(tables: readonly Named[], title: string | null = null): Reading {
  const found = tables.map(({ name, table }) =>
    readTable(table, {
      headings: ["errors", name.replace(/([a-z])([A-Z])/g, "$1 $2")],
      before: "",
      heading: /^[^\s#]+$/.test(name) ? name : null,
      codes: [],
    }),
  );
  return reading({
    title,
    rows: found.flatMap(({ rows }) => rows),
    skipped: found.flatMap(({ skipped }) => skipped),
    read: {
      list: tables.length,
      row: tables.reduce((sum, { table }) => sum + table.rows.length, 0),
    },
  });
}
