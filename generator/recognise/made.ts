/** Examples that nobody has seen: made from what an entry is recognised by, where its author asks for that. */
import { meeting, type Witness } from "../match/meeting.js";
import type { Example, Entry } from "../model/entry.js";
import type { Draft } from "../model/trace.js";
import type { Matcher } from "../runtime/matcher.js";
import type { Places } from "../runtime/places.js";
import { conditionData, list } from "./places.js";

/** A code that begins so and is no other entry's. */
const ends = ["…", "", ..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

type Run = readonly [first: number, last: number];

/** What the entries of a channel list, of which the example of a class has to be none. */
export interface Listed {
  readonly codes: ReadonlySet<string>;
  readonly runs: readonly Run[];
  readonly statuses: readonly Run[];
}

export function listedBy(entries: readonly Entry[]): Listed {
  const codes = entries.flatMap(({ match }) => match.codes);
  const runs = codes.filter(({ prefix, first }) => prefix !== true && typeof first === "number");
  const byStatus = entries.filter(({ family }) => family.isByStatus);
  return {
    codes: new Set(codes.flatMap(({ first, prefix }) => (prefix === true ? [] : [String(first)]))),
    runs: runs.map(({ first, last }) => [first as number, last as number]),
    statuses: byStatus.flatMap(({ match }) =>
      match.statuses.map((one): Run => (typeof one === "number" ? [one, one] : one)),
    ),
  };
}

/** The first value of a run that is in no narrower one; the first of all where every value is. */
function unlisted([first, last]: Run, listed: readonly Run[]): number {
  const inner = listed
    .filter(([from, to]) => first <= from && to <= last && to - from < last - first)
    .sort((a, b) => a[0] - b[0]);
  let free = first;
  for (const [from, to] of inner) if (from <= free && free <= to) free = to + 1;
  return free <= last ? free : first;
}

/** Gives an entry its example, in place: everything refers to entries by identity. */
export function makeExample(
  entry: Entry,
  matcher: Matcher,
  places: Places,
  isFit: (matcher: Matcher, witness: Witness) => boolean,
  listed: Listed,
): void {
  const { channel } = entry.match;
  const head = entry.match.codes.find(({ prefix }) => prefix === true)?.first;
  const code = ends.map((end) => `${head}${end}`).find((one) => !listed.codes.has(one));
  const run = entry.match.codes.find(({ first, last }) => first !== last);
  // A success has the marks of its channel as well.
  const marks = entry.success ? channel.success.map(conditionData) : [];
  const aimed = {
    ...matcher,
    ...(head === undefined ? {} : { codes: [code!] }),
    ...(head !== undefined || run === undefined
      ? {}
      : { codes: [unlisted([run.first as number, run.last as number], listed.runs)] }),
    ...(entry.family.isByStatus && matcher.statuses !== undefined
      ? {
          statuses: matcher.statuses.map((one) =>
            typeof one === "number" ? one : unlisted(one, listed.statuses),
          ),
        }
      : {}),
    ...list("conditions", [...(matcher.conditions ?? []), ...marks]),
  };
  const made = meeting(aimed, aimed, places, isFit);
  if (made === null) return;
  const { status, headers, body } = made;
  const example: Example = {
    ...{ channel, place: entry.place },
    ...(body === null ? {} : { body }),
    ...(channel.kind === "http" && entry.match.statuses.length > 0 ? { status: status! } : {}),
    ...(headers === undefined ? {} : { headers }),
  };
  (entry as Draft<Entry>).examples = [example];
}
