/** What the tool says about places in a response. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const place = {
  "place/undecided": error(
    "The decoder reads a value from one place. Given none or two, it would read nothing, or the wrong value.",
    (p: { both: boolean }) => ({
      says: p.both
        ? "This names a pointer and a header, and a value stands in one of them."
        : "This does not say where the value stands.",
      help: "write at: with a JSON pointer into the body, or header: with a header's name.",
    }),
  ),
  "place/wildcard": error(
    "Where one value is expected, the decoder would pick one of several at random; where a list is expected, it would miss the rest.",
    (p: { pointer: string; what: string }) => ({
      says: `${quote(p.pointer)} cannot stand here: ${p.what}.`,
      help: "* stands for every item of a list, as in /errors/*/code.",
    }),
  ),
};
