/** The wire values worth an enum: statuses, codes, and the texts of errors, declines and sockets. */
import type { Place } from "../diagnostics/log.js";
import type { Entry, Member, ValueSet } from "../model/model.js";
import { codeName, type Names, pascal } from "../model/names.js";

type Kind = ValueSet["kind"];

const kinds: readonly {
  kind: Kind;
  suffix: string;
  summary: (title: string) => string;
}[] = [
  {
    kind: "status",
    suffix: "Status",
    summary: (title) => `The HTTP statuses of the ${title}.`,
  },
  {
    kind: "code",
    suffix: "Code",
    summary: (title) => `The codes of the ${title}.`,
  },
  {
    kind: "message",
    suffix: "Message",
    summary: (title) => `The texts by which errors of the ${title} are known.`,
  },
  {
    kind: "decline",
    suffix: "Decline",
    summary: (title) => `The decline reasons of the ${title}, as they arrive.`,
  },
  {
    kind: "socket",
    suffix: "Socket",
    summary: (title) => `The error texts on a socket of the ${title}.`,
  },
];

export function resolveSets(
  entries: readonly Entry[],
  title: string,
  prefix: string,
  exports: Names,
  place: Place,
): readonly ValueSet[] {
  const alive = entries.filter((entry) => entry.removed === null);
  return kinds.flatMap(({ kind, suffix, summary }) => {
    const names = exports.scope();
    const uses = new Map<number | string, Use[]>();
    for (const use of alive.flatMap((entry) => wireValues(kind, entry))) {
      const sharers = uses.get(use.value);
      if (sharers === undefined) uses.set(use.value, [use]);
      else sharers.push(use);
    }
    const members = [...uses.values()].map((sharers) => member(kind, sharers, names));
    if (members.length === 0) return [];
    const type = exports.take(`${prefix}${suffix}`, place);
    return [
      {
        kind,
        type,
        open: exports.take(`${type}Value`, place),
        guard: exports.take(`is${type}`, place),
        summary: summary(title),
        members,
        templates: templates(kind, alive),
      },
    ];
  });
}

const familyOf = { message: "errors", decline: "declines", socket: "sockets" } as const;

function templates(kind: Kind, entries: readonly Entry[]): ValueSet["templates"] {
  if (kind === "status" || kind === "code") return [];
  const found = entries
    .filter(({ family }) => family === familyOf[kind])
    .flatMap(({ match }) => match.messages)
    .filter(({ literal }) => literal === null);
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
function member(kind: Kind, uses: readonly Use[], names: Names): Member {
  const [{ value, name, place }] = uses as [Use, ...Use[]];
  const enough = uses.filter(({ entry }) => isEnough(entry));
  const exact = enough.filter(({ single }) => single);
  const owner = [uses, enough, exact].find(({ length }) => length === 1)?.[0] ?? null;
  return {
    name:
      owner === null
        ? names.take(kind === "code" ? codeName(value) : name, place)
        : names.take(owner.name, owner.entry.place),
    value,
    entries: uses.map(({ entry }) => entry),
    owner: owner?.entry ?? null,
  };
}

/** Whether a code or a text is all that an entry is known by, its status apart. */
function isEnough({ match: { codes, messages, shape, where } }: Entry): boolean {
  return (codes.length === 0 || messages.length === 0) && shape === null && where.length === 0;
}

/** The values of one entry. The first of several texts has the entry's name, the others its place in the list after it. */
function wireValues(kind: Kind, entry: Entry): readonly Use[] {
  const name = pascal(entry.name);
  const { statuses, codes, messages } = entry.match;
  if (kind === "status")
    return entry.family === "statuses"
      ? statuses.map((value) => ({ entry, name, value, single: true, place: entry.place }))
      : [];
  if (kind === "code") {
    const values = codes.flatMap(({ first, last, place }) => {
      if (typeof first === "string" || typeof last === "string") return [{ value: first, place }];
      return Array.from({ length: last - first + 1 }, (_, i) => ({ value: first + i, place }));
    });
    const single = values.length === 1;
    return values.map(({ value, place }, i) => ({
      entry,
      name: single ? name : name + ordinal(value, i),
      value,
      single,
      place,
    }));
  }
  if (entry.family !== familyOf[kind]) return [];
  return messages
    .flatMap(({ literal, place }) => (literal === null ? [] : [{ value: literal, place }]))
    .map(({ value, place }, i) => ({
      entry,
      name: name + ordinal(value, i),
      value,
      single: messages.length === 1,
      place,
    }));
}

/** What tells the values of one entry apart: an integer itself, a text's place in the list. */
function ordinal(value: number | string, i: number): string {
  if (typeof value === "number") return String(value).replace("-", "Minus");
  return i === 0 ? "" : String(i + 1);
}
