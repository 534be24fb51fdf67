/** What the tool says about entries. */
import { enumerate } from "../phrases.js";
import { error } from "../row.js";

export const entry = {
  "entry/unrecognisable": error(
    "No response would ever decode to this entry, not even the one it describes.",
    () => ({
      says: "Nothing says how to recognise this entry.",
      help: "give it a code, a message, a shape, a where or a header.",
    }),
  ),
  "entry/incomplete": error(
    "Advice on this entry would rest on a guess: whether the order went through, and whether it may be sent again.",
    (p: { missing: readonly string[] }) => ({
      says: `This entry does not say its ${enumerate(p.missing, "and")}.`,
      help: "every entry has outcome:, and every one without success: true has category: and retry: as well.",
    }),
  ),
  "entry/repeated": error(
    "A duplicate is usually a typo for another value, and that value is missing.",
    () => ({
      says: "This stands in the list twice.",
      help: "keep one of the two.",
    }),
  ),
  "entry/success": error(
    "A success leaves nothing to retry and nobody to act, so one of the two statements is wrong.",
    (p: { key: string }) => ({
      says: `A success has no ${p.key}.`,
      help: "take it out, or take out success: true.",
    }),
  ),
};
