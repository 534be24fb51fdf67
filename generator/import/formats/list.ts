/** YAML and JSON lists of errors. */
import { tablesIn } from "./collection.js";
import { readData } from "./data.js";
import type { Format } from "./format.js";
import { readTables } from "./tables.js";

export const list: Format = {
  name: "list",
  title: "a list in YAML or JSON",
  endings: ["yaml", "yml", "json"],
  isSurely: (text) => /^\s*[[{]\s*["{[]/.test(text),
  read: async (source, log) => {
    const data = readData(source, list.title, log);
    if (data === null) return null;
    const tables = tablesIn(data.value, (path) => data.lineOf(path));
    return readTables(tables.map(({ path, table }) => ({ name: path.at(-1) ?? "", table })));
  },
};
