/** What the tool says about retry rules. */
import { enumerate, quote } from "../phrases.js";
import { error } from "../row.js";

export const retry = {
  "retry/unsafe-resend": error(
    "The same order could be executed twice.",
    (p: { why: string; path: string }) => ({
      says: `A write would be sent again although ${p.why}: ${p.path}.`,
      help: "use the rule reconcile, or a rule of your own with verdict: reconcile.",
    }),
  ),
  "retry/fresh-identity": error(
    "To the vendor, a request under a fresh key is a new order, so the same order could be executed twice.",
    (p: { rule: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} uses a fresh key for a write that may have been executed: ${p.path}.`,
      help: "a fresh key is safe only after not-executed; use identity: same, or the rule reconcile.",
    }),
  ),
  "retry/replayed-signature": error(
    "Every retry would be refused for its signature, whatever the first failure was.",
    (p: { operation: string; path: string }) => ({
      says: `${quote(p.operation)} refuses a signature that was used before, but this rule sends the same one again: ${p.path}.`,
      help: "add re-sign: true.",
    }),
  ),
  "retry/prior-unsaid": error(
    'After a lost answer, "not found" or "duplicate" may be about the earlier copy. Taken at face value, an order that was executed would be reported as failed.',
    (p: { path: string }) => ({
      says: `This entry does not say what it means after an attempt with an unknown outcome: ${p.path}.`,
      help: "it may be about the earlier copy; add if-prior-unknown: { outcome: unknown, retry: reconcile }, or whatever applies.",
    }),
  ),
  "retry/source": error(
    "A wait would come from two places at once, or from none.",
    (p: { given: readonly string[]; misplaced: readonly string[] }) => ({
      says:
        p.given.length === 1
          ? `${enumerate(p.misplaced.map(quote), "and")} ${p.misplaced.length === 1 ? "says" : "say"} nothing of a ${p.given[0]}: source.`
          : p.given.length === 0
            ? "This source has no wait."
            : `This source has ${p.given.length} waits: ${enumerate(p.given.map(quote), "and")}.`,
      help: "a source is one of header:, field:, fixed: and exponential:; as: belongs to header:, and since: to header: or field:.",
    }),
  ),
  "retry/endless": error(
    "A client that follows the rule would never stop while the failure lasts.",
    (p: { path: string }) => ({
      says: `Nothing ends these attempts: ${p.path}`,
      help: "add max-attempts:, counting the first call.",
    }),
  ),
  "retry/untried": error(
    "The rule promises a retry that never happens.",
    (p: { rule: string }) => ({
      says: `The rule ${quote(p.rule)} is meant to retry, but its only attempt is the first call.`,
      help: "max-attempts: 2 allows one retry; for no retry, use the rule never.",
    }),
  ),
  "retry/unsaid": error(
    "A default would look like the vendor's word, and the docs would not list it as unknown.",
    (p: { rule: string; leaves: readonly string[] }) => ({
      says: `The rule ${quote(p.rule)} neither states its ${enumerate(p.leaves, "and")} nor lists ${p.leaves.length === 1 ? "it" : "them"} as undocumented.`,
      help: `state what is known, with a source or a reason, and list the rest: undocumented: [${p.leaves.join(", ")}].`,
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
    (p: { rule: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} waits as long as the response asks, without a limit: ${p.path}.`,
      help: "add max-delay:; the rule then gives up rather than wait longer.",
    }),
  ),
  "retry/futile": error(
    "Every attempt would be spent while the limit still holds.",
    (p: { rule: string; limit: string; window: string; total: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} gives up after ${p.total}, but the limit ${quote(p.limit)} may last ${p.window}: ${p.path}.`,
      help: "wait longer, or allow more attempts.",
    }),
  ),
  "retry/outlives": error(
    "The last attempts would come too late, and once the vendor has forgotten the key, a resend can be executed a second time.",
    (p: { rule: string; what: string; end: string; path: string }) => ({
      says: `The rule ${quote(p.rule)} keeps trying after ${p.what} has ended (${p.end}): ${p.path}.`,
      help: "allow fewer attempts, or shorten the waits or the cap.",
    }),
  ),
};
