/** What the tool says about codes. */
import { error } from "../row.js";

export const code = {
  "code/undeclared": error(
    '12 and "12" are different codes. Compared as the wrong type, no code of this API would ever match.',
    () => ({
      says: "This API does not say whether its codes are integers or strings.",
      help: "add codes: integer or codes: string to the api section.",
    }),
  ),
  "code/kind": error(
    "A code of the wrong type never equals what the vendor sends, so the entry would never be recognised.",
    (p: { code: string; kind: string }) => ({
      says: `This API's codes are ${p.kind}s, but ${p.code} is not ${p.kind === "integer" ? "an integer or a range" : "a string"}.`,
      help:
        p.kind === "integer"
          ? "write it without quotes, such as 3100 or 3100..3112."
          : "put the code in quotes.",
    }),
  ),
  "code/range": error(
    "An empty range matches nothing, and a very long one swallows codes that nobody has described.",
    (p: { range: string; problem: string }) => ({
      says: `The range ${p.range} ${p.problem}.`,
      help: "a range is first..last, inclusive, with at most 1000 codes.",
    }),
  ),
};
