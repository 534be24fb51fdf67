/** Rows to entries of a catalog: what the document says of one thing in several places comes together. */
import { httpStatuses } from "../sections/families/http-statuses.js";
import { title } from "../model/names.js";
import type { Shown } from "./body-rows.js";
import { isStatus } from "./codes.js";
import { categoryOf, retryWords, saysSuccess } from "./hints.js";
import type { Row, RowFamily } from "./model.js";
import { kebab, type Names } from "./names.js";
import { hasHoles, templateOf, templateOfExample } from "./templates.js";

/** An entry as the YAML has it. */
export interface DraftEntry {
  readonly family: RowFamily;
  readonly name: string;
  readonly node: Readonly<Record<string, unknown>>;
  /** What a person has to decide about it. */
  readonly decide: string | null;
  readonly line: number;
  readonly isSuccess: boolean;
  /** Whether another entry has its code, so that it can be left out if it cannot be told apart from others. */
  readonly isExtra: boolean;
}

/** What is said of one status, code or text. */
interface Group {
  readonly family: RowFamily;
  readonly codes: readonly string[];
  readonly rows: Row[];
  readonly examples: Shown["example"][];
}

export interface Kinds {
  /** Whether codes are written as numbers. */
  readonly isInteger: boolean;
  /** The id of the source. */
  readonly source: string;
}

export function entriesOf(
  rows: readonly Row[],
  shown: readonly Shown[],
  kinds: Kinds,
  names: Names,
): readonly DraftEntry[] {
  const groups = groupsOf(rows, shown);
  // A status has the name that it is registered by.
  const statuses = groups.filter(({ family }) => family === "statuses");
  for (const { codes } of statuses) names.claim(httpStatuses[codes[0]!] ?? `status-${codes[0]}`);
  return [
    ...statuses.map((group) => statusEntry(group, kinds)),
    ...groups
      .filter(({ family }) => family !== "statuses")
      .flatMap((group) => otherEntries(group, kinds, names)),
  ];
}

function groupsOf(rows: readonly Row[], shown: readonly Shown[]): readonly Group[] {
  const groups = new Map<string, Group>();
  const add = (family: RowFamily, codes: readonly string[], key: string, row: Row): Group => {
    const id = `${family} ${key}`;
    const group = groups.get(id) ?? { family, codes, rows: [], examples: [] };
    groups.set(id, group);
    group.rows.push(row);
    return group;
  };
  const place = (row: Row): readonly Group[] => {
    const { family, statuses, codes, texts } = row;
    if (family === "statuses") return statuses.map((status) => add(family, [status], status, row));
    // Texts that come with any of several codes are entries of their own.
    if (codes.length > 1 && texts.length > 0)
      return [add(family, codes, `${codes.join()} ${texts.join()}`, row)];
    if (codes.length > 0) return codes.map((code) => add(family, [code], `code ${code}`, row));
    return texts.map((text) => add(family, [], `text ${text}`, row));
  };
  for (const row of rows) place(row);
  for (const { row, example } of shown)
    for (const { examples } of place(row)) examples.push(example);
  return [...groups.values()];
}

function statusEntry({ codes, rows }: Group, kinds: Kinds): DraftEntry {
  const status = codes[0]!;
  const registered = httpStatuses[status];
  const called = rows.find(({ name }) => name !== null)?.name ?? null;
  const summary =
    firstOf(rows, ({ summary }) => summary) ?? called ?? title(registered ?? `status-${status}`);
  const isSuccess = status.startsWith("2");
  const words = [...rows.map((row) => row.summary), title(registered ?? "")];
  return {
    ...{ family: "statuses", name: status, line: rows[0]!.spot.line, isSuccess, isExtra: false },
    node: {
      ...(registered === undefined ? { name: `status-${status}` } : {}),
      ...(isSuccess ? { success: true } : categoryNode(words)),
      ...common(rows, summary, kinds),
    },
    decide: decision(rows),
  };
}

/** The entry of a code, and one for each text by which it can be told apart; or the entry of a text. */
function otherEntries(group: Group, kinds: Kinds, names: Names): readonly DraftEntry[] {
  const { family, codes, rows, examples } = group;
  const [first] = rows;
  const documented = rows.filter(({ isExample }) => !isExample);
  const texts = new Map<string, Row>();
  for (const row of rows)
    for (const text of row.texts) {
      const template = row.isExample ? templateOfExample(text) : templateOf(text);
      if (template !== null && !texts.has(template)) texts.set(template, row);
    }
  const wire = codes.map((code) => wireCode(code, kinds));
  const code = wire.length === 1 ? { code: wire[0] } : wire.length === 0 ? {} : { code: wire };
  const name = firstOf(rows, (row) => row.name);
  const says = firstOf(rows, ({ summary }) => summary);
  const literal = firstOf(rows, (row) => row.texts[0] ?? null);
  const status = statusNode(rows);
  const isSuccess =
    codes.some((code) => /^0+$/.test(code)) || saysSuccess([name ?? "", says ?? "", literal ?? ""]);
  const apart = codes.length > 0 ? codes[0]! : (literal ?? "");
  const base = { family, line: first!.spot.line, isSuccess };
  const facts = isSuccess
    ? { success: true }
    : categoryNode([name ?? "", ...rows.flatMap((row) => [row.summary, ...row.texts])]);
  const shownBy = examples.length === 0 ? {} : { examples: distinct(examples) };
  const isAlone = codes.length === 0 || codes.length > 1;
  if (isAlone) {
    const [[template] = [literal ?? ""]] = [...texts];
    return [
      {
        ...{ ...base, name: names.take([name, literal, says], apart), isExtra: codes.length > 1 },
        node: {
          ...code,
          message: template,
          ...status,
          ...facts,
          ...common(rows, says ?? sentence(literal ?? ""), kinds),
          ...shownBy,
        },
        decide: decision(rows),
      },
    ];
  }
  const own = names.take([name, brief(says), brief(literal)], apart);
  const bare: DraftEntry = {
    ...{ ...base, name: own, isExtra: false },
    node: {
      ...code,
      ...status,
      ...facts,
      ...common(rows, says ?? sentence(literal ?? name ?? apart), kinds),
      ...shownBy,
    },
    decide: decision(rows),
  };
  // One plain text says no more than the code.
  const written = [...texts].filter(([, row]) => !row.isExample || documented.length === 0);
  const isOnlyPlain = written.length === 1 && !written[0]![1].texts.some(hasHoles);
  if (isSuccess || isOnlyPlain) return [bare];
  return [
    bare,
    ...written.map(([template, row]): DraftEntry => {
      const text = row.texts.find((one) => templateOf(one) === template) ?? template;
      return {
        ...{ ...base, name: names.take([brief(text)], apart), line: row.spot.line, isExtra: true },
        node: {
          ...{ ...code, message: template, ...categoryNode([text]) },
          ...common(
            [row],
            row.summary === "" || rows.length === 1 ? sentence(text) : row.summary,
            kinds,
          ),
        },
        decide: null,
      };
    }),
  ];
}

function wireCode(code: string, { isInteger }: Kinds): string | number {
  return isInteger && !code.includes("..") ? Number(code) : code;
}

function statusNode(rows: readonly Row[]): object {
  const all = [...new Set(rows.flatMap(({ statuses }) => statuses))].filter(isStatus);
  const values = all.map((status) => (status.endsWith("xx") ? status : Number(status)));
  return values.length === 0 ? {} : { status: values.length === 1 ? values[0] : values };
}

function categoryNode(words: readonly string[]): object {
  const hint = categoryOf(words.filter((text) => text !== ""));
  if (hint === null) return {};
  return {
    category: hint.category,
    inferred: { category: `it speaks of ${JSON.stringify(hint.words)}` },
  };
}

/** What every entry has: its words, and where they stand. */
function common(rows: readonly Row[], summary: string, { source }: Kinds): object {
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

function decision(rows: readonly Row[]): string | null {
  const words = retryWords(
    rows.flatMap(({ summary, remedy, texts }) => [summary, remedy ?? "", ...texts]),
  );
  return words === null ? null : "It speaks of waiting or sending again: choose a retry rule.";
}

function firstOf(rows: readonly Row[], of: (row: Row) => string | null): string | null {
  for (const row of rows) {
    const found = of(row);
    if (found !== null && found !== "") return found;
  }
  return null;
}

/** A text without its holes, as the beginning of a name. */
function brief(text: string | null): string | null {
  if (text === null) return null;
  const [words = ""] =
    templateOf(text)
      ?.replace(/\\.|\{[^}]*\}/g, " ")
      .split(/[;.:!?](?:\s|$)|\n/) ?? [];
  return words.trim().split(/\s+/).slice(0, 7).join(" ");
}

function sentence(text: string): string {
  return /[_]|^[A-Z\d_]+$/.test(text) && !/\s/.test(text)
    ? title(text.toLowerCase().replace(/_/g, "-"))
    : text;
}

function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
