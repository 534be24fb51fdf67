/** What the tool says about message templates. */
import { near } from "../phrases.js";
import { error } from "../row.js";

export const template = {
  "template/part": error(
    "Which texts were meant would be a guess, and another text may mean the opposite.",
    () => ({
      says: "This is not one text, nor one part of a text.",
      help: "write the whole message, or one of { contains: … }, { starts: … }, { ends: … } and { is: …, case: ignore }.",
    }),
  ),
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
