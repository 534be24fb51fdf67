/** What the tool says about message templates. */
import { near } from "../phrases.js";
import { error } from "../row.js";

export const template = {
  "template/hole": error(
    "errata could not tell which texts the template matches, or what to call the value it captures.",
    (p: { hole: string; problem: string; near: string | undefined; known: readonly string[] }) => ({
      says: `The hole ${p.hole} ${p.problem}.`,
      help: near(
        p.near,
        `write {name:type} with one of ${p.known.join(", ")}; a brace that is meant is \\{ or \\}.`,
      ),
    }),
  ),
};
