/** Lists of data as tables: a list of maps, a map from codes to what they mean, or a list of words. */
import type { Table } from "../page/blocks.js";
import type { Inline } from "../page/inline.js";

interface Found {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly table: Table;
}

type Path = readonly (string | number)[];
type LineOf = (path: Path) => number;

const maxDepth = 4;

/** The tables in a value, outermost first; what is in one of them is not looked into. */
export function tablesIn(value: unknown, lineOf: LineOf, path: Path = []): readonly Found[] {
  if (path.length > maxDepth || typeof value !== "object" || value === null) return [];
  const table = Array.isArray(value) ? ofList(value, lineOf, path) : ofMap(value, lineOf, path);
  if (table !== null) return [{ path: path.map(String), table }];
  return Object.entries(value).flatMap(([key, inner]) =>
    tablesIn(inner, lineOf, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function ofList(list: readonly unknown[], lineOf: LineOf, path: Path): Table | null {
  if (list.length === 0) return null;
  const line = lineOf(path);
  if (list.every(isScalar)) {
    const rows = list.map((item, i) => [cell(item, lineOf([...path, i]))]);
    return { kind: "table", line, head: ["code"], rows };
  }
  if (!list.every(isRow)) return null;
  return { kind: "table", line, ...grid(list.map((item, i) => [item, lineOf([...path, i])])) };
}

/** A map whose keys are codes or names, each with a text or with a map of its own. */
function ofMap(map: object, lineOf: LineOf, path: Path): Table | null {
  const all = Object.entries(map) as [string, unknown][];
  if (all.length < 2) return null;
  const line = lineOf(path);
  const at = (key: string): number => lineOf([...path, key]);
  const isNumbered = all.every(([key]) => /^-?\d+$|\d[A-Z\d]{2,}/.test(key));
  if (all.every(([key, value]) => isScalar(value) && isCodeOrConstant(key))) {
    // `TOO_MANY_REQUESTS: 429` names codes; `429: Too many requests` explains them.
    const isNaming = !isNumbered && all.every(([, value]) => /^-?[\w.:-]+$/.test(String(value)));
    const head = isNaming ? ["name", "code"] : ["code", "description"];
    return {
      kind: "table",
      line,
      head,
      rows: all.map(([key, value]) => [cell(key, at(key)), cell(value, at(key))]),
    };
  }
  if (!all.every(([, value]) => isRow(value))) return null;
  const rows = all.map(([key, value]) => [value as object, at(key)] as const);
  const hasCode = rows.some(([value]) =>
    Object.keys(value).some((key) => /code$|^errno$/i.test(key)),
  );
  const { head, rows: cells } = grid(rows);
  return {
    ...{ kind: "table", line, head: [hasCode && !isNumbered ? "name" : "code", ...head] },
    rows: cells.map((row, i) => [cell(all[i]![0], at(all[i]![0])), ...row]),
  };
}

function grid(rows: readonly (readonly [object, number])[]): Pick<Table, "head" | "rows"> {
  const keys = [...new Set(rows.flatMap(([item]) => Object.keys(item)))].filter((key) =>
    rows.some(([item]) => isScalar(Reflect.get(item, key))),
  );
  return {
    head: keys.map(spoken),
    rows: rows.map(([item, line]) => keys.map((key) => cell(Reflect.get(item, key), line))),
  };
}

/** A key as words: `httpStatus` and `http_status` as `http status`. */
function spoken(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
}

function cell(value: unknown, line: number): Inline {
  const text = isScalar(value)
    ? String(value ?? "")
        .replace(/\s+/g, " ")
        .trim()
    : "";
  return { text, prose: text, codes: /^[\w.:/-]+$/.test(text) ? [text] : [], struck: "", line };
}

const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;

/** A map with a value that can stand in a cell. */
function isRow(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).some((inner) => isScalar(inner))
  );
}

function isCodeOrConstant(key: string): boolean {
  return /^-?\d+$|^[\w.:-]*[_\d][\w.:-]*$|^[A-Z]+$|^[a-z]+(?:[A-Z-][a-z]+)+$/.test(key);
}
