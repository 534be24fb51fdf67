/** What the lists and the search of the site say of each entry, and what it is found by. */
import type { Outcome } from "trading-api-errors";
import type { Api, Catalog, Codes, Entry, Status, Transport } from "./catalog.js";
import { plain, whatNext } from "./words.js";

/** What a list says of an entry, or of a page that is no entry's. */
export interface Listed {
  /** The page, without its ending, from the root of the docs. */
  readonly path: string;
  /** The title of its API; empty for a page of all of them. */
  readonly api: string;
  readonly title: string;
  /** The code or the status that it is known by first; empty where it has none. */
  readonly seen: string;
  /** Such as `decline`, or `page`. */
  readonly kind: string;
  /** `null` for a page. */
  readonly outcome: Outcome | null;
  /** `null` for a success and for a page. */
  readonly category: string | null;
  /** Whether it is sent again, in a few words of ours. */
  readonly again: string | null;
  /** What to do, in a line. */
  readonly next: string;
}

/** The same, with what it is found by. */
export interface Indexed extends Listed {
  /** Values on the wire: codes, and what places in the body have to hold. */
  readonly values: readonly string[];
  /** What codes of a class begin with. */
  readonly prefixes: readonly string[];
  /** The first and the last number of ranges of codes and statuses. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  /** The same of the statuses that it comes with, and is not told by alone. */
  readonly statuses: Indexed["ranges"];
  /** Texts; those with placeholders as what stands before, between and behind these. */
  readonly texts: readonly (string | readonly string[])[];
  /** The id, and the words that describe it. */
  readonly id: string;
  readonly about: string;
  readonly summary: string;
  /** Empty where there is none. */
  readonly remedy: string;
}

/** What has nothing to be found by but its name. */
export const foundByNothing = {
  ...{ values: [], prefixes: [], ranges: [], statuses: [], texts: [] },
  ...{ about: "", summary: "", remedy: "" },
} as const;

/** Every entry, in the order of the catalog. */
export function entriesOf({ apis }: Catalog): readonly Indexed[] {
  return apis.flatMap((api) => api.entries.map((entry) => ofEntry(entry, api)));
}

/** How a call may end without an answer, which is on the page of what to do next. */
export function endsOf({ apis }: Catalog): readonly Indexed[] {
  return apis.flatMap((api) => (api.transport ?? []).map((end) => ofTransport(end, api)));
}

function ofEntry(entry: Entry, api: Api): Indexed {
  const { id, family, name, title, match, outcome, category = null, summary } = entry;
  const rule = api.retry.find((one) => one.name === entry.retry);
  const again = rule === undefined ? null : whatNext(rule, outcome, noticesCopies(api));
  const isByStatus = family === "statuses";
  const codes = match.codes ?? [];
  const statuses = (match.statuses ?? []).map(spanOf);
  const spans = [
    ...codes.flatMap(({ first, last }) =>
      typeof first === "number" && typeof last === "number" ? [[first, last] as const] : [],
    ),
    ...(isByStatus ? statuses : []),
  ];
  return {
    ...{ id, path: `${api.id}/${family}/${name}`, api: api.title, title, kind: kindOf(family) },
    seen:
      codes[0] !== undefined
        ? codeText(codes[0])
        : isByStatus
          ? String(match.statuses?.[0] ?? "")
          : "",
    ...{ outcome, category, again },
    next: plain([again ?? "", entry.remedy ?? (again === null ? summary : "")].join(" ").trim()),
    values: [
      ...codes.flatMap(({ first, prefix }) =>
        typeof first === "string" && prefix !== true ? [first] : [],
      ),
      ...(match.where ?? []).flatMap(({ test }) => (Array.isArray(test) ? test.map(String) : [])),
    ],
    prefixes: codes.flatMap(({ first, prefix }) => (prefix === true ? [String(first)] : [])),
    ranges: spans,
    statuses: isByStatus ? [] : statuses,
    texts: (match.messages ?? []).map(({ literal, template }) => literal ?? constantsOf(template)),
    about: [category ?? "", ...textsOf(entry.examples)].join(" "),
    ...{ summary, remedy: entry.remedy ?? "" },
  };
}

function ofTransport({ name, summary, remedy = "" }: Transport, api: Api): Indexed {
  return {
    ...{ id: `${api.id} ${name}`, path: `${api.id}/retries`, api: api.title },
    ...{ title: `No answer: ${name}`, seen: "", kind: "no answer" },
    // What nobody sent was carried out by nobody.
    outcome: name === "unsent" ? "not-executed" : "unknown",
    ...{ category: null, again: null, next: plain(remedy === "" ? summary : remedy) },
    ...{ ...foundByNothing, values: [name], summary, remedy },
  };
}

const kinds: Readonly<Record<string, string>> = { statuses: "status", sockets: "socket message" };

function kindOf(family: string): string {
  return kinds[family] ?? family.replace(/s$/, "");
}

function spanOf(status: Status): readonly [number, number] {
  if (typeof status === "number") return [status, status];
  const first = Number.parseInt(status) * 100;
  return [first, first + 99];
}

/** What stands around the placeholders of a template, in which `\{` is a brace. */
export function constantsOf(template: string): readonly string[] {
  const constants = [""];
  for (const [piece] of template.matchAll(/\\[{}\\]|\{[^}]*\}|[^]/g))
    if (piece.length > 1 && piece.startsWith("{")) constants.push("");
    else constants.push(constants.pop()! + piece.replace(/^\\(?=.)/, ""));
  return constants;
}

/** How many characters of its examples an entry is found by. */
const most = 400;

/** The texts in the bodies of examples, as somebody may have one of them before their eyes. */
function textsOf(examples: Entry["examples"] = []): readonly string[] {
  const texts = new Set<string>();
  const gather = (value: unknown): void => {
    if (typeof value === "string" && /\p{L}/u.test(value)) texts.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(gather);
  };
  for (const { body } of examples) gather(body);
  return [[...texts].join(" ").slice(0, most)];
}

/** Of what is found, what a list says of it. */
export function listedOf(indexed: Indexed): Listed {
  const { path, api, title, seen, kind, outcome, category, again, next } = indexed;
  return { path, api, title, seen, kind, outcome, category, again, next };
}

/** Whether a second copy of some write is noticed by its key. */
function noticesCopies({ operations = [], idempotency = [] }: Api): boolean {
  const noticed = idempotency.filter(({ windowMs }) => windowMs !== undefined);
  return operations.some(
    (operation) =>
      operation.kind === "write" && noticed.some(({ name }) => name === operation.idempotency),
  );
}

/** `1001`, `3100–3112` or `23*`. */
function codeText({ first, last, prefix }: Codes): string {
  if (prefix === true) return `${first}*`;
  return first === last ? String(first) : `${first}–${last}`;
}
