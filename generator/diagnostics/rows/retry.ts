/** What the tool says about retry rules. */
import { enumerate, quote } from "../phrases.js";
import { error } from "../row.js";

export const retry = {
  "retry/unsafe-resend": error(
    "The same order could be executed twice.",
    (p: { why: string; path: string }) => ({
      says: `A write is sent again, although ${p.why}: ${p.path}.`,
      help: "use the rule reconcile, or one of your own with that verdict: look first.",
    }),
  ),
  "retry/fresh-identity": error(
    "To the vendor, a request under a fresh key is a new order, so the same order could be executed twice.",
    (p: { rule: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} takes a fresh key for a write that may have been executed: ${p.path}.`,
      help: "a fresh key is safe only after not-executed; use identity: same, or the rule reconcile.",
    }),
  ),
  "retry/replayed-signature": error(
    "Every retry would be refused for its signature, whatever the first failure was.",
    (p: { operation: string; path: string }) => ({
      says: `${quote(p.operation)} refuses a signature that was used before, and this rule sends the same one again: ${p.path}.`,
      help: "add resign: true.",
    }),
  ),
  "retry/prior-unsaid": error(
    'After a lost answer, "not found" or "duplicate" may be about the earlier copy. Taken at face value, an order that was executed would be reported as failed.',
    (p: { path: string }) => ({
      says: `This entry does not say what it means after a try whose outcome nobody knows: ${p.path}.`,
      help: "the earlier copy may be what it speaks of; add if-prior-unknown: { outcome: unknown, retry: reconcile }, or what is right here.",
    }),
  ),
  "retry/endless": error(
    "A client that follows the rule would never stop while the failure lasts.",
    (p: { path: string }) => ({
      says: `Nothing ends these tries: ${p.path}`,
      help: "add attempts:, which counts the first call.",
    }),
  ),
  "retry/untried": error(
    "The rule promises a retry that never happens.",
    (p: { rule: string }) => ({
      says: `The rule ${quote(p.rule)} sends again and allows one attempt, which is the first call.`,
      help: "attempts: 2 allows one retry; for none at all use the rule never.",
    }),
  ),
  "retry/unsaid": error(
    "A default would look like the vendor's word, and the docs would not list it as unknown.",
    (p: { rule: string; leaves: readonly string[] }) => ({
      says: `The rule ${quote(p.rule)} does not say its ${enumerate(p.leaves, "and")}, nor that it is undocumented.`,
      help: `add it with its source or reason, or list it: undocumented: [${p.leaves.join(", ")}].`,
    }),
  ),
  "retry/early": error(
    "The client would come back sooner than the vendor asked, and might be blocked for it.",
    (p: { rule: string; problem: string; path: string; help: string }) => ({
      says: `The rule ${quote(p.rule)} ${p.problem}: ${p.path}.`,
      help: p.help,
    }),
  ),
  "retry/unbounded-wait": error(
    "One header could make a client wait for days.",
    (p: { rule: string; lacks: "cap" | "over-cap"; path: string }) =>
      p.lacks === "cap"
        ? {
            says: `The rule ${quote(p.rule)} waits as long as it is told, however long that is: ${p.path}.`,
            help: "add cap: and over-cap: give-up.",
          }
        : {
            says: `The rule ${quote(p.rule)} does not say what becomes of a wait that is longer than its cap: ${p.path}.`,
            help: "add over-cap: give-up; a shorter wait than told would be in vain.",
          },
  ),
  "retry/futile": error(
    "Every attempt would be spent while the limit still holds.",
    (p: { rule: string; limit: string; window: string; total: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} gives up after ${p.total}, while the limit ${quote(p.limit)} may hold for ${p.window}: ${p.path}.`,
      help: "make the waits longer, or add attempts.",
    }),
  ),
  "retry/outlives": error(
    "The last attempts would come too late, and once the vendor has forgotten the key, a resend can be executed a second time.",
    (p: { rule: string; what: string; end: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} goes on longer than ${p.what}, which ends after ${p.end}: ${p.path}.`,
      help: "take fewer attempts, or shorter waits or cap.",
    }),
  ),
};
