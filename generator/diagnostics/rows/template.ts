/** What the tool says about message templates. */
import { near } from "../phrases.js";
import { error } from "../row.js";

export const template = {
  "template/placeholder": error(
    "errata could not tell which messages the template matches, or what to call the value it captures.",
    (p: {
      placeholder: string;
      problem: string;
      near: string | undefined;
      known: readonly string[];
    }) => ({
      says: `The placeholder ${p.placeholder} ${p.problem}.`,
      help: near(
        p.near,
        `write {name:type} with one of the types ${p.known.join(", ")}; a literal brace is \\{ or \\}.`,
      ),
    }),
  ),
};
