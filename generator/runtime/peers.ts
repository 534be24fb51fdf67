/** What the first entry that fits does not decide by itself. */
import { candidate, type Index } from "./candidates.js";
import { type ChannelData, expects, find, type Found } from "./lookup.js";
import { fits, type Seen } from "./matcher.js";

export type Settle = (
  found: Found,
  data: ChannelData,
  index: Index,
  seen: Seen,
) => Found | "status" | "message";

/**
 * Of entries that share an identity, the one that expects the status: `"status"` where none does, or where one would be a
 * success and another is not. A code of success counts for nothing beside what is known as a failure: `"message"`.
 */
export const settle: Settle = (found, data, index, seen) => {
  const fitting = [found];
  for (const rank of found.candidate.peers!) {
    const of = data.matchers[rank]!;
    const captures = fits(of, seen, data.templates, data.holds);
    if (captures !== null)
      fitting.push({ candidate: candidate(rank, of, data.entries[of.id]!), captures });
  }
  const expected = fitting.find(({ candidate }) => expects(candidate, seen));
  if (fitting.length > 1) {
    if (expected === undefined) return "status";
    if (isSuccess(expected) && !fitting.every(isSuccess)) return "status";
  }
  const settled = expected ?? found;
  if (!isSuccess(settled) || settled.candidate.codes === undefined) return settled;
  const other = find(data, index, { ...seen, code: null });
  return other === null || (typeof other === "object" && isSuccess(other)) ? settled : "message";
};

function isSuccess({ candidate: { entry } }: Found): boolean {
  return entry.success === true;
}
