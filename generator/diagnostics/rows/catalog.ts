/** What the tool says about a catalog as a whole. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const catalog = {
  "catalog/empty": error(
    "The API's decoder would call every response unknown.",
    (p: { api: string }) => ({
      says: `The API ${quote(p.api)} has no entries.`,
      help: "add at least one, such as an error; a status is the simplest.",
    }),
  ),
};
