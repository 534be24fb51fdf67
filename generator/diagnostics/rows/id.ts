/** What the tool says about ids. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const id = {
  "id/duplicate": error(
    "One of the two would shadow the other, and its responses would never be recognised.",
    (p: { what: string; id: string }) => ({
      says: `There are two ${p.what} called ${quote(p.id)}.`,
      help: "remove or rename one; all entries of an API share one set of names.",
    }),
  ),
};
