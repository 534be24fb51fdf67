/** What the tool says about fields. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const field = {
  "field/unseen": error(
    "The field would be null in every failure, and code that reads it would never have a value.",
    (p: { name: string; at: string; wanted: string; near: string | undefined }) => ({
      says: `No example of this entry has the field ${quote(p.name)}: ${p.wanted} ${p.at}.`,
      help: near(p.near, "add an example that has it, or correct the place or the type."),
    }),
  ),
};
