/** The wire values worth an enumeration: statuses, codes, and the texts of errors, declines and sockets. */
import type { Place } from "../../diagnostics/log.js";
import type { Entry, Vocabulary } from "../../model/entry.js";
import type { Family, ValueKind } from "../../model/family.js";
import { pascal } from "../../model/names.js";
import type { Part } from "../../runtime/template.js";
import type { Api } from "../../sections/catalog.js";
import { families } from "../../sections/families/index.js";
import type { NameScope } from "./names.js";

/** The wire values of one kind, such as the declines' texts, and the names generated for them. */
export interface ValueSet {
  readonly family: Family;
  readonly type: string;
  readonly open: string;
  readonly guard: string;
  readonly summary: string;
  readonly members: readonly Member[];
  /** The texts of the kind that have placeholders: no member can be one, and the guard knows them. */
  readonly templates: readonly (readonly Part[])[];
}

export interface Member {
  readonly name: string;
  readonly value: number | string;
  /** The living entries that have the value. */
  readonly entries: readonly Entry[];
  /** The one that it stands for; `null` where it takes more than the value to tell. */
  readonly owner: Entry | null;
}

export function resolveSets(
  { living, codes, title, place }: Api,
  prefix: string,
  exports: NameScope,
): readonly ValueSet[] {
  const kinds = families.flatMap(({ family }) => family.values.map((kind) => ({ family, kind })));
  const further = codes.flatMap((vocabulary) => {
    const known = living.find(({ match }) =>
      match.coded.some((its) => its.vocabulary === vocabulary),
    );
    // The values stand in the module of the family that has them first.
    return known === undefined
      ? []
      : [{ family: known.family, kind: kindOf(vocabulary), vocabulary }];
  });
  const all: readonly { family: Family; kind: ValueKind; vocabulary?: Vocabulary }[] = [
    ...kinds,
    ...further,
  ];
  return all.flatMap(({ family, kind, vocabulary }) => {
    const names = exports.inner();

    // Codes tell entries apart whatever their family.
    const own = kind.of === "code" ? living : living.filter((entry) => entry.family === family);
    const uses = new Map<number | string, Use[]>();
    for (const use of own.flatMap((entry) =>
      vocabulary === undefined ? wireValues(kind, entry) : furtherCodes(vocabulary, entry),
    )) {
      const sharers = uses.get(use.value);
      if (sharers === undefined) uses.set(use.value, [use]);
      else sharers.push(use);
    }
    const members = [...uses.values()].map((sharers) => member(kind, sharers, names));
    if (members.length === 0) return [];
    const type = exports.take(`${prefix}${pascal(kind.name)}`, place);
    return [
      {
        family,
        type,
        open: exports.take(`${type}Value`, place),
        guard: exports.take(`is${type}`, place),
        summary: kind.means(title),
        members,
        templates: kind.of === "message" ? templates(own) : [],
      },
    ];
  });
}

function kindOf({ name, summary }: Vocabulary): ValueKind {
  return { name: `${name}-code`, of: "code", means: () => summary };
}

/** The codes that an entry has of a vocabulary besides the main one. */
function furtherCodes(vocabulary: Vocabulary, entry: Entry): readonly Use[] {
  const name = pascal(entry.name);
  return entry.match.coded
    .filter((its) => its.vocabulary === vocabulary)
    .flatMap(({ values, place }) =>
      values.map((value, i) => ({
        ...{ entry, value, place, single: values.length === 1 },
        name: name + (values.length === 1 ? "" : ordinal(value, i)),
      })),
    );
}

function templates(entries: readonly Entry[]): ValueSet["templates"] {
  const found = entries
    .flatMap(({ match }) => match.messages)
    .filter(({ literal, part, fold }) => literal === null && part === null && !fold);
  // Entries may share a text.
  return [...new Map(found.map(({ template, parts }) => [template, parts])).values()];
}

/** A wire value as one entry has it. */
interface Use {
  readonly entry: Entry;
  /** What it would be called if no other entry had it. */
  readonly name: string;
  readonly value: number | string;
  /** Whether the entry has no other value of the kind. */
  readonly single: boolean;
  readonly place: Place;
}

/**
 * A value has one member, since two that are equal would tell nothing apart. Where several entries share it, it is called
 * after the one that needs nothing else to be known, rather one with this value only, or else after itself.
 */
function member(kind: ValueKind, uses: readonly Use[], names: NameScope): Member {
  const [{ value, name, place }] = uses as [Use, ...Use[]];
  const enough = uses.filter(({ entry }) => isEnough(entry));
  const exact = enough.filter(({ single }) => single);
  const owner = [uses, enough, exact].find(({ length }) => length === 1)?.[0] ?? null;
  return {
    name:
      owner === null
        ? names.take(kind.of === "code" ? codeName(value) : name, place)
        : names.take(owner.name, owner.entry.place),
    value,
    entries: uses.map(({ entry }) => entry),
    owner: owner?.entry ?? null,
  };
}

/** A code of a vendor's: `card_declined` and `CARD_DECLINED` as `CardDeclined`, -5 as `CodeMinus5`. */
function codeName(code: number | string): string {
  const text = String(code);
  if (/^-?[0-9]+$/.test(text)) return `Code${text.replace("-", "Minus")}`;
  const words = (text.match(/[A-Za-z0-9]+/g) ?? []).map((word) =>
    /[a-z]/.test(word) ? word : word.toLowerCase(),
  );
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(name) ? name : `Code${name}`;
}

/** Whether a code or a text is all that an entry is known by, its status apart. */
function isEnough({ match: { codes, messages, shape, where } }: Entry): boolean {
  return (codes.length === 0 || messages.length === 0) && shape === null && where.length === 0;
}

/** The values of one entry. The first of several texts has the entry's name, the others its place in the list after it. */
function wireValues({ of }: ValueKind, entry: Entry): readonly Use[] {
  const name = pascal(entry.name);
  const { statuses, codes, messages } = entry.match;
  if (of === "status")
    return statuses
      .filter((value) => typeof value === "number")
      .map((value) => ({ entry, name, value, single: true, place: entry.place }));
  if (of === "code") {
    const values = codes.flatMap(({ first, last, prefix, place }) => {
      // All that begin so are no values that could be listed.
      if (prefix === true) return [];
      if (typeof first === "string" || typeof last === "string") return [{ value: first, place }];
      return Array.from({ length: last - first + 1 }, (_, i) => ({ value: first + i, place }));
    });
    const single = values.length === 1;
    return values.map(({ value, place }, i) => ({
      ...{ entry, value, single, place },
      name: single ? name : name + ordinal(value, i),
    }));
  }
  const single = messages.length === 1;
  return messages
    .flatMap(({ literal, place }) => (literal === null ? [] : [{ value: literal, place }]))
    .map(({ value, place }, i) => ({
      ...{ entry, value, single, place },
      name: name + ordinal(value, i),
    }));
}

/** What tells the values of one entry apart: an integer itself, a text's place in the list. */
function ordinal(value: number | string, i: number): string {
  if (typeof value === "number") return String(value).replace("-", "Minus");
  return i === 0 ? "" : String(i + 1);
}
