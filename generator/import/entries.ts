/** Groups of rows to entries of a catalog. */
import { title } from "../model/names.js";
import { httpStatuses } from "../sections/families/http-statuses.js";
import type { Shown } from "./body-rows.js";
import {
  brief,
  categoryNode,
  common,
  decision,
  distinct,
  firstOf,
  type Kinds,
  sentence,
  statusNode,
  wireCode,
} from "./facts.js";
import { type Group, groupsOf } from "./groups.js";
import { saysSuccess } from "./hints.js";
import type { Note, Row, RowFamily } from "./model.js";
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

/** The entries of all rows, statuses first. What cannot be one is noted. */
export function entriesOf(
  rows: readonly Row[],
  shown: readonly Shown[],
  kinds: Kinds,
  names: Names,
  doubts: Note[],
): readonly DraftEntry[] {
  const groups = groupsOf(rows, shown);
  // A status has the name that it is registered by.
  const statuses = groups.filter(({ family }) => family === "statuses");
  for (const { codes } of statuses) names.claim(httpStatuses[codes[0]!] ?? `status-${codes[0]}`);
  const others = groups.filter(({ family }) => family !== "statuses");
  return [
    ...statuses.map((group) => statusEntry(group, kinds)),
    ...others.flatMap((group) =>
      group.codes.length === 1
        ? codeEntries(group, kinds, names, doubts)
        : textEntry(group, kinds, names, doubts),
    ),
  ];
}

function statusEntry({ codes, rows }: Group, kinds: Kinds): DraftEntry {
  const status = codes[0]!;
  const registered = httpStatuses[status];
  const name = `status-${status}`;
  const summary =
    firstOf(rows, ({ summary }) => summary) ??
    firstOf(rows, ({ name }) => name) ??
    title(registered ?? name);
  const isSuccess = status.startsWith("2");
  const words = [...rows.map((row) => row.summary), title(registered ?? "")];
  return {
    ...{ family: "statuses", name: status, line: rows[0]!.spot.line, isSuccess, isExtra: false },
    node: {
      ...(registered === undefined ? { name } : {}),
      ...(isSuccess ? { success: true } : categoryNode(words)),
      ...common(rows, summary, kinds),
    },
    decide: isSuccess ? null : decision(rows),
  };
}

/** What all entries of a group have in common. */
function baseOf({ family, codes, rows, examples }: Group): Omit<DraftEntry, "name" | "node"> & {
  readonly facts: object;
  readonly shownBy: object;
} {
  const words = rows.flatMap(({ name, summary, texts }) => [name ?? "", summary, ...texts]);
  const isSuccess = codes.some((code) => /^0+$/.test(code)) || saysSuccess(words);
  return {
    ...{ family, isSuccess, isExtra: false, line: rows[0]!.spot.line },
    decide: isSuccess ? null : decision(rows),
    facts: isSuccess ? { success: true } : categoryNode(words),
    shownBy: examples.length === 0 ? {} : { examples: distinct(examples) },
  };
}

/** The entry of a text that comes without a code, or with any of several. */
function textEntry(
  group: Group,
  kinds: Kinds,
  names: Names,
  doubts: Note[],
): readonly DraftEntry[] {
  const { rows, codes } = group;
  const text = group.text!;
  const { facts, shownBy, ...base } = baseOf(group);
  const { isExample } = rows[0]!;
  const template = isExample ? templateOfExample(text) : templateOf(text);
  if (template === null) {
    doubts.push({
      line: base.line,
      says: `a text of nothing but holes tells nothing apart: ${text}`,
    });
    return [];
  }
  const named = firstOf(rows, ({ name }) => name);
  const says = firstOf(rows, ({ summary }) => summary) ?? sentence(text);
  const isRead = isExample && template.includes("{number");
  const code = codes.length === 0 ? {} : { code: codes.map((one) => wireCode(one, kinds)) };
  const node = {
    ...{ ...code, message: template, ...statusNode(rows), ...facts, ...common(rows, says, kinds) },
    ...shownBy,
  };
  return [
    {
      ...{ ...base, name: names.take([named, brief(text), text], text), isExtra: codes.length > 1 },
      node: isRead
        ? withReason(node, "message", "the numbers of the one example are taken to vary")
        : node,
    },
  ];
}

/** The entry of a code, and one for each text by which what it means can be told apart. */
function codeEntries(
  group: Group,
  kinds: Kinds,
  names: Names,
  doubts: Note[],
): readonly DraftEntry[] {
  const { codes, rows, examples } = group;
  noteOtherNames(group, doubts);
  const code = codes[0]!;
  const { facts, shownBy, ...base } = baseOf(group);
  const wire = { code: wireCode(code, kinds) };
  const named = firstOf(rows, ({ name }) => name);
  const says = firstOf(rows, ({ summary }) => summary);
  const literal = firstOf(rows, ({ texts }) => texts[0] ?? null);
  // Of several texts none stands for the code.
  const isOfOne = rows.reduce((sum, { texts }) => sum + texts.length, 0) === 1;
  const summary = says ?? sentence((isOfOne ? literal : named) ?? literal ?? named ?? code);
  // The vendor's own name, or the code itself where that is a word, before anything that is said of it.
  const called = named ?? (/[A-Za-z]{3}/.test(code) ? code : null);
  const sent = firstOf(rows, ({ isExample, texts }) => (isExample ? null : (texts[0] ?? null)));
  const own = called === null ? [brief(sent), brief(says), brief(literal)] : [called];
  const node = { ...wire, ...statusNode(rows), ...facts, ...common(rows, summary, kinds) };
  const texts = new Map(
    rows
      .filter(({ isExample }) => !isExample)
      .flatMap((row) => row.texts.map((text) => ({ row, text, template: templateOf(text) })))
      .flatMap(({ template, ...one }) => (template === null ? [] : [[template, one] as const])),
  );
  // One plain text says no more than the code.
  const isOnlyPlain = texts.size === 1 && ![...texts.values()].some(({ text }) => hasHoles(text));
  const isShown = isOnlyPlain && literal !== summary && examples.length === 0;
  const bare: DraftEntry = {
    ...{ ...base, name: names.take(own, code) },
    node: isShown ? withText(node, group.family, literal!, kinds) : { ...node, ...shownBy },
  };
  if (base.isSuccess || isOnlyPlain) return [bare];
  return [
    bare,
    ...[...texts].map(([template, { row, text }]): DraftEntry => {
      const isOwn = row.texts.length === 1 && row.summary !== "" && rows.length > 1;
      return {
        ...{ ...base, name: names.take([brief(text)], code), line: row.spot.line, isExtra: true },
        node: {
          ...{ ...wire, message: template, ...categoryNode([text]) },
          ...common([row], isOwn ? row.summary : sentence(text), kinds),
        },
        decide: null,
      };
    }),
  ];
}

/** A code with two names is one entry all the same, and somebody has to know. */
function noteOtherNames({ codes, rows }: Group, doubts: Note[]): void {
  const named = rows.filter(({ name }) => name !== null);
  const other = named.find(({ name }) => kebab(name!) !== kebab(named[0]!.name!));
  if (other === undefined) return;
  const [first, second] = [named[0]!.name, other.name];
  doubts.push({
    line: other.spot.line,
    says: `the code ${codes[0]} has two names, ${first} and ${second}: the draft has the first`,
  });
}

/** An entry with a response that has its code and its text. */
function withText(
  node: Readonly<Record<string, unknown>>,
  family: RowFamily,
  text: string,
  kinds: Kinds,
): DraftEntry["node"] {
  const body = kinds.bodyWith(family, node["code"] as string | number, text);
  if (body === null || (typeof node["code"] === "string" && /\.\.|\*$/.test(node["code"])))
    return node;
  const status = typeof node["status"] === "number" ? { status: node["status"] } : {};
  const made = { ...node, examples: [{ ...status, body }] };
  return withReason(made, "examples", "put together from the code and the text");
}

function withReason(
  node: Readonly<Record<string, unknown>>,
  leaf: string,
  reason: string,
): DraftEntry["node"] {
  return { ...node, inferred: { ...(node["inferred"] as object | undefined), [leaf]: reason } };
}
