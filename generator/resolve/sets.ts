/** The wire values worth an enum: statuses, codes, and the texts of errors, declines and sockets. */
import type { Place } from "../diagnostics.js";
import type { Entry, Member, ValueSet } from "../model.js";
import { type Names, pascal } from "../names.js";

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
    const values = alive.flatMap((entry) => wireValues(kind, entry));
    const members: Member[] = values.map(({ entry, name, value }) => ({
      entry,
      value,
      name: names.take(name, entry.place),
    }));
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
      },
    ];
  });
}

/** The values of one entry. The first of several texts has the entry's name, the others its place in the list after it. */
function wireValues(
  kind: Kind,
  entry: Entry,
): { entry: Entry; name: string; value: number | string }[] {
  const name = pascal(entry.name);
  const { statuses, codes, messages } = entry.match;
  if (kind === "status")
    return entry.family === "statuses" ? statuses.map((value) => ({ entry, name, value })) : [];
  if (kind === "code") {
    const values = codes.flatMap(({ first, last }) => {
      if (typeof first === "string" || typeof last === "string") return [first];
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    if (values.length === 1) return [{ entry, name, value: values[0]! }];
    return values.map((value, i) => ({
      entry,
      name:
        name +
        (typeof value === "number" ? String(value).replace("-", "Minus") : i === 0 ? "" : i + 1),
      value,
    }));
  }
  const family = { message: "errors", decline: "declines", socket: "sockets" }[kind];
  if (entry.family !== family) return [];
  return messages
    .flatMap(({ literal }) => (literal === null ? [] : [literal]))
    .map((value, i) => ({
      entry,
      name: i === 0 ? name : `${name}${i + 1}`,
      value,
    }));
}
