/**
 * Entries of which several may fit at once: known by parts of a text, or by what was asked, where nobody tells. All are
 * kept, and the most careful leads.
 */
import { joined, mostCareful } from "./careful.js";
import type { Failure, UnknownWhy } from "./failure.js";
import { candidate } from "./candidates.js";
import type { ChannelData, Found } from "./lookup.js";
import { fits, isPartial, type Seen } from "./matcher.js";

export interface Together {
  /** What fits, but for that of which something else says more; why nobody knows which, where one is a success. */
  all(found: Found, data: ChannelData, seen: Seen): readonly Found[] | UnknownWhy;
  join(data: ChannelData, failures: readonly Failure[]): Failure;
}

export const together: Together = { all, join };

function all(found: Found, data: ChannelData, seen: Seen): readonly Found[] | UnknownWhy {
  const { entry, operations } = found.candidate;
  const rest = others(found, data, seen);
  // Neither a part of a text nor an unknown question tells a success from a failure.
  if (rest.some(({ candidate }) => candidate.entry.success !== entry.success)) return "message";
  // What holds for one operation may not hold for another, unless something is known of any.
  const isUnasked = operations !== undefined && seen.operation === null;
  const isOfAny = rest.some(({ candidate }) => candidate.operations === undefined);
  if (isUnasked && (entry.success || !isOfAny)) return seen.code !== null ? "code" : "message";
  return [found, ...rest];
}

function others(found: Found, data: ChannelData, seen: Seen): readonly Found[] {
  const { rank, codes } = found.candidate;
  const hidden = new Set(data.matchers[rank]!.hides);
  const isUnasked = seen.operation === null && found.candidate.operations !== undefined;
  const fitting: Found[] = [];
  // From the narrower to the wider: what is hidden hides no less than what hides it.
  for (let i = rank + 1; i < data.matchers.length; i++) {
    const of = data.matchers[i]!;
    if (!(isUnasked || isPartial(of)) || (of.codes === undefined) !== (codes === undefined))
      continue;
    const captures = fits(of, seen, data.templates, data.holds);
    if (captures === null) continue;
    for (const one of of.hides ?? []) hidden.add(one);
    if (!hidden.has(i))
      fitting.push({ candidate: candidate(i, of, data.entries[of.id]!), captures });
  }
  return fitting;
}

function join(data: ChannelData, failures: readonly Failure[]): Failure {
  const lead = mostCareful(data, failures);
  const also = failures.filter((failure) => failure !== lead);
  const outcome = failures.map((one) => one.outcome).reduce(joined);
  return { ...lead, outcome, also };
}
