/** What the tool says about examples. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const example = {
  "example/missing": error(
    "Nothing would show that the entry is recognised at all, and tests would have no fixture of it.",
    () => ({
      says: "This entry has no example.",
      help: "add at least one response that decodes to this entry.",
    }),
  ),
  "example/contradiction": error(
    "Either the example or the entry is wrong. In production, this response would be handled as something else.",
    (p: { entry: string; decoded: string; why: string | null; misfit: string | null }) => ({
      says:
        p.decoded === p.entry
          ? `This example of ${quote(p.entry)} has a status that the entry does not list.`
          : p.why === null
            ? `This example of ${quote(p.entry)} decodes to ${quote(p.decoded)}.`
            : `This example of ${quote(p.entry)} decodes to no entry: ${p.why}.`,
      help: `${p.misfit === null ? "" : `${p.misfit}; `}fix the example, or how the entry is recognised.`,
    }),
  ),
};
