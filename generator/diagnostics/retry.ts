/** What the tool tells an author about retry rules, in words. */
import { enumerate, quote } from "./phrases.js";

export const retry = {
  "retry/unsafe-resend": (p: { why: string; path: string }) => ({
    says: `A write is sent again, although ${p.why}: ${p.path}.`,
    help: "use the rule reconcile, or one of your own with that verdict: look first.",
  }),
  "retry/fresh-identity": (p: { rule: string; path: string }) => ({
    says: `The rule ${quote(p.rule)} takes a fresh key for a write that may have been executed: ${p.path}.`,
    help: "a fresh key is safe only after not-executed; use identity: same, or the rule reconcile.",
  }),
  "retry/replayed-signature": (p: { operation: string; path: string }) => ({
    says: `${quote(p.operation)} refuses a signature that was used before, and this rule sends the same one again: ${p.path}.`,
    help: "add resign: true.",
  }),
  "retry/prior-unsaid": (p: { path: string }) => ({
    says: `This entry does not say what it means after a try whose outcome nobody knows: ${p.path}.`,
    help: "the earlier copy may be what it speaks of; add if-prior-unknown: { outcome: unknown, retry: reconcile }, or what is right here.",
  }),
  "retry/endless": (p: { path: string }) => ({
    says: `Nothing ends these tries: ${p.path}`,
    help: "add attempts:, which counts the first call.",
  }),
  "retry/untried": (p: { rule: string }) => ({
    says: `The rule ${quote(p.rule)} sends again and allows one attempt, which is the first call.`,
    help: "attempts: 2 allows one retry; for none at all use the rule never.",
  }),
  "retry/unsaid": (p: { rule: string; leaves: readonly string[] }) => ({
    says: `The rule ${quote(p.rule)} does not say its ${enumerate(p.leaves, "and")}, nor that it is undocumented.`,
    help: `add it with its source or reason, or list it: undocumented: [${p.leaves.join(", ")}].`,
  }),
  "retry/early": (p: { rule: string; problem: string; path: string; help: string }) => ({
    says: `The rule ${quote(p.rule)} ${p.problem}: ${p.path}.`,
    help: p.help,
  }),
  "retry/unbounded-wait": (p: { rule: string; lacks: "cap" | "over-cap"; path: string }) =>
    p.lacks === "cap"
      ? {
          says: `The rule ${quote(p.rule)} waits as long as it is told, however long that is: ${p.path}.`,
          help: "add cap: and over-cap: give-up.",
        }
      : {
          says: `The rule ${quote(p.rule)} does not say what becomes of a wait that is longer than its cap: ${p.path}.`,
          help: "add over-cap: give-up; a shorter wait than told would be in vain.",
        },
  "retry/futile": (p: {
    rule: string;
    limit: string;
    window: string;
    total: string;
    path: string;
  }) => ({
    says: `The rule ${quote(p.rule)} gives up after ${p.total}, while the limit ${quote(p.limit)} may hold for ${p.window}: ${p.path}.`,
    help: "make the waits longer, or add attempts.",
  }),
  "retry/outlives": (p: { rule: string; what: string; end: string; path: string }) => ({
    says: `The rule ${quote(p.rule)} goes on longer than ${p.what}, which ends after ${p.end}: ${p.path}.`,
    help: "take fewer attempts, or shorter waits or cap.",
  }),
};
