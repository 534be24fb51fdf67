/** Which of several failures leads: the most careful one, whatever order they come in. */
import type { Failure } from "./failure.js";
import type { ChannelData } from "./lookup.js";
import type { Outcome } from "./vocabulary.js";

/** The one that is not less careful than any other. */
export function mostCareful(data: ChannelData, failures: readonly Failure[]): Failure {
  return failures.reduce((a, b) => (isLess(data, a, b) ? b : a));
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

/** Whether a failure is less careful than another: by its retry rule, its outcome, and the wait that it asks for. */
function isLess({ care = [] }: ChannelData, a: Failure, b: Failure): boolean {
  const more =
    care.indexOf(b.retry) - care.indexOf(a.retry) ||
    outcomes.indexOf(b.outcome) - outcomes.indexOf(a.outcome) ||
    waitMs(b) - waitMs(a);
  if (more !== 0) return more > 0;
  // For the sake of order.
  return a.id === b.id ? details(a) > details(b) : a.id > b.id;
}

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
