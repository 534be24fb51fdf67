/** What the tool says about fields. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const field = {
  "field/unseen": error(
    "The field would be null in every failure, and code that reads it would never have a value.",
    (p: { name: string; at: string; wanted: string; near: string | undefined }) => ({
      says: `No example of this entry shows the field ${quote(p.name)}: none has ${p.wanted} at ${quote(p.at)}.`,
      help: near(p.near, "add an example that shows it, or correct its at: or type:."),
    }),
  ),
};
