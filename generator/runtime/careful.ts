/** Which of several failures leads: the most careful one, whatever order they come in. */
import type { Failure } from "./failure.js";
import type { ChannelData } from "./lookup.js";
import type { Outcome } from "./vocabulary.js";

/** The one that is not less careful than any other; of several, whatever their order, always the same. */
export function mostCareful(data: ChannelData, failures: readonly Failure[]): Failure {
  return failures.reduce((a, b) => ((care(data, b, a) || tie(a, b)) > 0 ? b : a));
}

/** More than 0 if the first is more careful than the second: by its retry rule, its outcome, and the wait that it asks for. */
export function care({ care: rules = [] }: ChannelData, a: Failure, b: Failure): number {
  return (
    rules.indexOf(a.retry) - rules.indexOf(b.retry) ||
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    waitMs(a) - waitMs(b)
  );
}

/** For the sake of order: more than 0 if the second one goes first. */
function tie(a: Failure, b: Failure): number {
  const [x, y] = a.id === b.id ? [details(a), details(b)] : [a.id, b.id];
  return x > y ? 1 : x < y ? -1 : 0;
}

/** Outcomes, the most careful last. */
const outcomes: readonly Outcome[] = [
  "not-executed",
  "executed",
  "accepted",
  "partial",
  "prior-received",
  "unknown",
];

/** The longest wait in the fields: one that is a wait has its unit in its name. */
function waitMs({ fields }: Failure): number {
  let longest = 0;
  for (const name of Object.keys(fields)) {
    const told = fields[name];
    if (name.endsWith("Ms") && typeof told === "number") longest = Math.max(longest, told);
  }
  return longest;
}

function details({ code, text, fields }: Failure): string {
  return JSON.stringify([code, text, fields]);
}

/** What is left of two outcomes of the same write. */
export function joined(a: Outcome, b: Outcome): Outcome {
  return a === b ? a : "unknown";
}
