/** What the tool says about entries. */
import { enumerate } from "../phrases.js";
import { error } from "../row.js";

export const entry = {
  "entry/unrecognisable": error(
    "No response would ever decode to this entry, not even the one it describes.",
    () => ({
      says: "Nothing says how to recognise this entry.",
      help: "add code:, codes:, message:, shape:, where: or headers:.",
    }),
  ),
  "entry/incomplete": error(
    "Advice on this entry would rest on a guess: whether the order went through, and whether it may be sent again.",
    (p: { missing: readonly string[] }) => ({
      says: `This entry is missing its ${enumerate(p.missing, "and")}.`,
      help: "every entry needs outcome:, and all but successes need category: and retry: as well. A class, the status or defaults: may say it for many; what no source gives is listed: undocumented: [outcome].",
    }),
  ),
  "entry/repeated": error(
    "A duplicate is usually a typo for another value, and that value is missing.",
    () => ({
      says: "Duplicate item.",
      help: "remove one of the two.",
    }),
  ),
  "entry/success": error(
    "A success leaves nothing to retry and nobody to act, so one of the two statements is wrong.",
    (p: { key: string }) => ({
      says: `A success has no ${p.key}.`,
      help: "remove it, or remove success: true.",
    }),
  ),
};
