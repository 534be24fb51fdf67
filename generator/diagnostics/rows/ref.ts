/** What the tool says about references. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const ref = {
  "ref/unknown": error(
    "A reference to nothing says nothing: a retry rule that does not exist gives no advice, and a source that does not exist proves no fact.",
    (p: { what: string; name: string; near: string | undefined; known: readonly string[] }) => ({
      says: `There is no ${p.what} called ${quote(p.name)}.`,
      help: near(
        p.near,
        p.known.length > 0 ? `known: ${p.known.join(", ")}.` : "this API defines none.",
      ),
    }),
  ),
  "ref/unused": error(
    "What nothing refers to is often a forgotten reference: the rule that was written for an entry does not apply to it.",
    (p: { what: string; name: string; where: string }) => ({
      says: `Nothing uses the ${p.what} ${quote(p.name)}.`,
      help: `remove it, or refer to it with ${p.where}.`,
    }),
  ),
};
