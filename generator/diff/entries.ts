/** What differs between the entries of an API. */
import { fieldFindings } from "./fields.js";
import type { Details, Finding, Kind, Pair, Say } from "./finding.js";
import {
  added,
  adjusted,
  broken,
  changed,
  levelOf,
  type Rating,
  retyped,
  words,
} from "./rating.js";
import {
  type ApiSnapshot,
  canonical,
  type EntrySnapshot,
  isAbsent,
  isNode,
  isSame,
  listOf,
  type Node,
} from "./snapshot.js";
import { membersOf, type Taken, takers, type WireChange, wireChange, wireValues } from "./wire.js";

/** The findings about the entries of one API. `renamed` has the new id of each that has another one. */
export function entryFindings(
  [old, now]: Pair<ApiSnapshot>,
  renamed: ReadonlyMap<string, string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const find = (of: string, kind: Kind, rating: Rating, details: Details = {}): void =>
    void findings.push({
      ...{ kind, level: levelOf(rating), api: now.id, of, fact: null },
      ...rating,
      ...details,
    });
  const olds = new Map(old.entries.map((entry) => [entry.id, entry]));
  const nows = new Map(now.entries.map((entry) => [entry.id, entry]));
  const former = new Map([...renamed].map(([from, to]) => [to, from]));
  let formerly: ReturnType<typeof takers> | null = null;
  for (const before of old.entries) {
    if (nows.has(before.id) || renamed.has(before.id)) continue;
    const isDead = !isAbsent(before["removed"]);
    find(before.id, "removed", isDead ? words : broken, {
      ...(isDead ? { fact: "removed" } : {}),
      ...insteadOf(before),
    });
  }
  for (const after of now.entries) {
    const before = olds.get(former.get(after.id) ?? after.id);
    if (before === undefined) {
      if (!isAbsent(after["removed"])) {
        find(after.id, "added", words, { fact: "removed" });
        continue;
      }
      formerly ??= takers(old);
      const taken = formerly(after, now);
      find(after.id, "added", taken === null ? added : { ...added, behaviour: "changes" }, {
        ...takenFrom(taken),
      });
      continue;
    }
    if (before.id !== after.id)
      find(before.id, "renamed", retyped, { after: after.id, instead: after.id });
    const said = (kind: Kind, rating: Rating, details: Details): void =>
      find(after.id, kind, rating, details);
    if (!lifeFindings([before, after], said)) continue;
    wireFindings([before, after], [old, now], said, () => (formerly ??= takers(old)));
    meaningFindings([before, after], [old, now], said);
    fieldFindings([before, after], said);
    wordFindings([before, after], said);
  }
  return findings;
}

/** Whether an entry is alive on both sides, so that there is more to compare. */
function lifeFindings([before, after]: Pair<EntrySnapshot>, say: Say): boolean {
  const [was, is] = [before, after].map((entry) => isAbsent(entry["removed"])) as [
    boolean,
    boolean,
  ];
  if (was && !is) {
    const removed = after["removed"] as { readonly reason?: string };
    const { instead = removed.reason } = insteadOf(before);
    say("removed", broken, instead === undefined ? {} : { instead });
  } else if (!was && is) say("added", added, {});
  else if (!was && !isSame(before, after)) say("words", words, { fact: "removed" });
  return was && is;
}

/** What to use in place of an entry that is gone, where the catalog said so. */
function insteadOf(entry: EntrySnapshot): { readonly instead?: string } {
  const deprecated = entry["deprecated"] as { use?: string | null; reason?: string } | null;
  const instead = deprecated?.use ?? deprecated?.reason;
  return instead === undefined ? {} : { instead };
}

function takenFrom(taken: Taken | null): Details {
  return taken === null ? {} : { before: taken.by, gained: taken.response };
}

function wireFindings(
  [before, after]: Pair<EntrySnapshot>,
  [old, now]: Pair<ApiSnapshot>,
  say: Say,
  formerly: () => ReturnType<typeof takers>,
): void {
  const change = wireChange([before, old], [after, now]);
  if (change !== null) {
    const { kind, features, lost, gained } = change;
    const rating = wireRating([before, after], kind, () =>
      otherTaker([before, after], now, formerly()),
    );
    const isSameWire = kind === "same";
    say(isSameWire ? (rating.compile === "none" ? "words" : "changed") : kind, rating, {
      fact: features.join(", "),
      before: wireValues(features, before),
      after: wireValues(features, after),
      ...(lost === null ? {} : { lost }),
      ...(gained === null ? {} : { gained }),
    });
  }
  if (!isSame(before.match["overrides"], after.match["overrides"]))
    say("changed", changed, {
      fact: "overrides",
      before: before.match["overrides"],
      after: after.match["overrides"],
    });
}

/** How grave it is that an entry is recognised by something else. */
function wireRating(
  [before, after]: Pair<EntrySnapshot>,
  kind: WireChange["kind"],
  otherTaker: () => Taken | null,
): Rating {
  const [members, membersNow] = [membersOf(before), membersOf(after)];
  const [channels, channelsNow] = [before.match.channels, after.match.channels];
  const isCompiled =
    [...members].every((member) => membersNow.has(member)) &&
    channels.every((channel) => channelsNow.includes(channel));
  const isMore = membersNow.size > members.size || channelsNow.length > channels.length;
  const compile = isCompiled ? (isMore ? "adds" : "none") : "breaks";
  if (kind === "same") return { compile, behaviour: "none" };
  const isNew = kind === "widened" && otherTaker() === null;
  return { compile, behaviour: isNew ? "adjusts" : "changes" };
}

/** Another entry that took before what an entry takes now. */
function otherTaker(
  [before, after]: Pair<EntrySnapshot>,
  now: ApiSnapshot,
  formerly: ReturnType<typeof takers>,
): Taken | null {
  const gained = ["codes", "messages"].flatMap((key) => {
    const known = new Set(listOf(before.match, key).map(canonical));
    return listOf(after.match, key)
      .filter((one) => !known.has(canonical(one)))
      .map((one) => ({ ...after, match: { ...after.match, [key]: [one] } }) as EntrySnapshot);
  });
  for (const one of gained) {
    const taken = formerly(one, now);
    if (taken !== null && taken.by !== before.id) return taken;
  }
  return null;
}

/** What an entry means, and what to do about it. */
const meanings: Readonly<Record<string, Rating>> = {
  family: broken,
  success: broken,
  category: broken,
  ownCategory: broken,
  actor: broken,
  outcome: broken,
  ifPriorUnknown: changed,
  on: broken,
  severity: changed,
};

function meaningFindings(
  [before, after]: Pair<EntrySnapshot>,
  [old, now]: Pair<ApiSnapshot>,
  say: Say,
): void {
  for (const [fact, rating] of Object.entries(meanings)) {
    if (isSame(before[fact], after[fact])) continue;
    const kind = fact === "ifPriorUnknown" || fact === "on" ? "retry" : "meaning";
    say(kind, rating, { fact, before: before[fact], after: after[fact] });
  }
  if (!isSame(before["retry"], after["retry"])) {
    // The name of a rule is part of a failure's type.
    const isSameVerdict = verdictOf(before, old) === verdictOf(after, now);
    say("retry", isSameVerdict ? { ...retyped, behaviour: "adjusts" } : broken, {
      ...{ fact: "retry", before: before["retry"], after: after["retry"] },
    });
  }
  const certainty = (entry: EntrySnapshot): unknown => {
    const known = entry["known"];
    const leaf = isNode(known) ? known["outcome"] : undefined;
    return isNode(leaf) ? leaf["known"] : "documented";
  };
  if (certainty(before) !== certainty(after))
    say("changed", adjusted, {
      ...{ fact: "known.outcome", before: certainty(before), after: certainty(after) },
    });
  const [tags, tagsNow] = [listOf<string>(before, "tags"), listOf<string>(after, "tags")];
  for (const tag of tags.filter((one) => !tagsNow.includes(one)))
    say("changed", broken, { fact: "tags", before: tag });
  for (const tag of tagsNow.filter((one) => !tags.includes(one)))
    say("changed", added, { fact: "tags", after: tag });
}

/** The verdict of an entry's retry rule. */
function verdictOf({ retry }: EntrySnapshot, api: ApiSnapshot): unknown {
  return listOf<Node>(api, "retry").find(({ name }) => name === retry)?.["verdict"] ?? retry;
}

/** What changes no code: words, citations, examples. */
const wordKeys = [
  ...["title", "summary", "remedy", "reference", "since", "class", "made"],
  ...["examples", "cites", "known", "questions"],
];

function wordFindings([before, after]: Pair<EntrySnapshot>, say: Say): void {
  const { deprecated } = after;
  if (!isAbsent(deprecated) && isAbsent(before["deprecated"])) {
    const { instead } = insteadOf(after);
    say("deprecated", { ...words, compile: "adds" }, instead === undefined ? {} : { instead });
  } else if (!isSame(before["deprecated"], deprecated))
    say("words", words, { fact: "deprecated", before: before["deprecated"], after: deprecated });
  const differing = wordKeys.filter((key) => !isSame(before[key], after[key]));
  const [first] = differing;
  if (first === undefined) return;
  const one = differing.length === 1 && ["title", "summary", "remedy"].includes(first);
  say("words", words, {
    fact: differing.join(", "),
    ...(one ? { before: before[first], after: after[first] } : {}),
  });
}
