/** CSV, with commas, semicolons, tabs or bars between the cells. */
import type { CsvError } from "csv-parse/sync";
import { squeeze } from "../page/inline.js";
import type { Format } from "./format.js";
import { readTables } from "./tables.js";

export const csv: Format = {
  name: "csv",
  title: "CSV",
  endings: ["csv", "tsv"],
  isSurely: () => false,
  read: async (source, log) => {
    const { parse } = await import("csv-parse/sync");
    const { text } = source;
    let records: readonly {
      readonly record: string[];
      readonly info: { readonly lines: number };
    }[];
    try {
      records = parse(text, {
        delimiter: delimiterOf(text),
        comment: "# ",
        comment_no_infix: true,
        info: true,
        relaxColumnCount: true,
        skipEmptyLines: true,
        trim: true,
      }) as unknown as typeof records;
    } catch (error) {
      const { lines = 1, message } = error as CsvError & { lines?: number };
      const before = text.split("\n").slice(0, lines - 1);
      const start = before.reduce((sum, line) => sum + line.length + 1, 0);
      const problem = message.replace(/\.$/, "").replace(/^[A-Z]/, (c) => c.toLowerCase());
      log.report("draft/format", { source, start, end: start + 1 }, { format: csv.title, problem });
      return null;
    }
    const width = Math.max(0, ...records.map(({ record }) => record.length));
    const rows = records.map(({ record, info }) =>
      Array.from({ length: width }, (_, i) => {
        const text = squeeze(record[i] ?? "");
        return { text, prose: text, codes: [], struck: "", line: info.lines };
      }),
    );
    return readTables([{ name: "", table: { kind: "table", line: 1, head: [], rows } }]);
  },
};

/** What stands most often in the first line that is no comment. */
function delimiterOf(text: string): string {
  const [first = ""] = /^(?!# ).+/m.exec(text) ?? [];
  const counted = [",", ";", "\t", "|"].map((mark) => ({ mark, count: first.split(mark).length }));
  return counted.sort((a, b) => b.count - a.count)[0]!.mark;
}
