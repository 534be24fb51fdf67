/** Entries known by their code alone do not claim the same code, unless one claims only a part of the other's. */
import type { Codes, Entry } from "../model.js";
import type { Rule } from "./index.js";

export const codes: Rule = ({ apis }, log) => {
  for (const api of apis) {
    const plain = api.entries.filter(
      ({ match: { messages, shape, where, statuses, overrides }, family }) =>
        [messages, where, statuses, overrides].every((feature) => feature.length === 0) &&
        shape === null &&
        family === "errors",
    );
    // Sorted by first code, a run can only meet those that start before it ends.
    const claims = plain
      .flatMap((entry) => entry.match.codes.map((range) => ({ entry, range })))
      .sort((a, b) => (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0));
    for (const [i, later] of claims.entries()) {
      for (let j = i - 1; j >= 0 && i - j < 50; j--) {
        const earlier = claims[j]!;
        if (
          earlier.entry === later.entry ||
          !meet(earlier.range, later.range) ||
          narrower(earlier, later)
        )
          continue;
        log.report(
          "code/overlap",
          later.range.place,
          { codes: shown(later.range), other: earlier.entry.id },
          [{ place: earlier.range.place, note: "claimed here" }],
        );
      }
    }
  }
};

interface Claim {
  readonly entry: Entry;
  readonly range: Codes;
}

function meet(a: Codes, b: Codes): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether one range lies within the other and is smaller. */
function narrower({ range: a }: Claim, { range: b }: Claim): boolean {
  const within = (inner: Codes, outer: Codes): boolean =>
    outer.first <= inner.first && inner.last <= outer.last;
  return within(a, b) !== within(b, a);
}

function shown({ first, last }: Codes): string {
  return first === last ? `The code ${first}` : `The range ${first}..${last}`;
}
