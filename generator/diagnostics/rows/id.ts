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
  "id/reused": error(
    "Code that handles this id would treat the new failure as the old one, and so would logs and tickets that name it.",
    (p: { id: string; was: string; is: string }) => ({
      says: `${quote(p.id)} was something else in the committed catalog.json: ${p.was}, known by other values. Here it is ${p.is}.`,
      help: "give the new one another name, and list the old one with removed: if it cannot come back any more.",
    }),
  ),
};
