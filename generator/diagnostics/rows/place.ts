/** What the tool says about places in a response. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const place = {
  "place/undecided": error(
    "The decoder reads a value from one place. Given none or two, it would read nothing, or the wrong value.",
    (p: { both: boolean }) => ({
      says: p.both
        ? "This names both a pointer and a header, but a value comes from one place."
        : "This does not say where to find the value.",
      help: "add at: with a JSON pointer into the body, or header: with the name of a header.",
    }),
  ),
  "place/wildcard": error(
    "Where one value is expected, the decoder would pick one of several at random; where a list is expected, it would miss the rest.",
    (p: { pointer: string; what: string }) => ({
      says: `${quote(p.pointer)} is not valid here: ${p.what}.`,
      help: "* matches every item of a list, as in /errors/*/code.",
    }),
  ),
};
