/** Examples that nobody has seen: made from what an entry is recognised by, where its author asks for that. */
import { meeting, type Witness } from "../match/meeting.js";
import type { Example, Entry } from "../model/entry.js";
import type { Draft } from "../model/trace.js";
import type { Matcher } from "../runtime/matcher.js";
import type { Places } from "../runtime/places.js";
import { conditionData, list } from "./places.js";

/** A code that begins so and is no other entry's. */
const ends = ["…", "", ..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Gives an entry its example, in place: everything refers to entries by identity. */
export function makeExample(
  entry: Entry,
  matcher: Matcher,
  places: Places,
  isFit: (matcher: Matcher, witness: Witness) => boolean,
  taken: ReadonlySet<string>,
): void {
  const { channel } = entry.match;
  const head = entry.match.codes.find(({ prefix }) => prefix === true)?.first;
  const code = ends.map((end) => `${head}${end}`).find((one) => !taken.has(one));
  // A success has the marks of its channel as well.
  const marks = entry.success ? channel.success.map(conditionData) : [];
  const aimed = {
    ...matcher,
    ...(head === undefined ? {} : { codes: [code!] }),
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
