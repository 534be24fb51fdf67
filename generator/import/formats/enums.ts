/** The enums of a program as a reading, whatever its language. */
import { type Note, type Reading, reading, row, type Row } from "../model.js";
import { type Named, readTables } from "./tables.js";

export interface Member {
  readonly name: string;
  readonly value: string | number;
  readonly says: string;
  readonly line: number;
}

export interface Enum {
  readonly name: string;
  readonly line: number;
  readonly members: readonly Member[];
}

const ofErrors = /err|code|fail|fault|reason|declin|reject|status|exception/i;

/** Of several enums and tables, those that are named after errors. */
export function readEnums(enums: readonly Enum[], tables: readonly Named[]): Reading {
  const all = [...enums, ...tables];
  const isTaken = ({ name }: { readonly name: string }): boolean =>
    all.length === 1 || ofErrors.test(name);
  const skipped: Note[] = all
    .filter((one) => !isTaken(one))
    .map((one) => ({
      line: "line" in one ? one.line : one.table.line,
      says: `${one.name}: its name says nothing of errors`,
    }));
  const rows = enums.filter(isTaken).flatMap(rowsOf);
  const listed = readTables(tables.filter(isTaken));
  return reading({
    rows: [...rows, ...listed.rows],
    skipped: [...skipped, ...listed.skipped],
    read: { enum: enums.length, list: tables.length, member: rows.length + listed.rows.length },
  });
}

function rowsOf({ name: called, members }: Enum): readonly Row[] {
  const isHttp =
    /http|status/i.test(called) &&
    members.every(({ value }) => Number(value) >= 100 && Number(value) <= 599);
  return members.map(({ name, value, says, line }) => {
    const spot = { heading: called, line };
    const code = String(value);
    if (isHttp) return row({ family: "statuses", statuses: [code], name, summary: says, spot });
    // A text with spaces is what is sent, not a code.
    return /\s/.test(code)
      ? row({ texts: [code], name, summary: says, spot })
      : row({ codes: [code], name, summary: says, spot });
  });
}
