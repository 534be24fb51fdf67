/** What the tool says about codes. */
import { error } from "../row.js";

export const code = {
  "code/undeclared": error(
    '12 and "12" are different codes. Compared as the wrong type, no code of this API would ever match.',
    () => ({
      says: "This API does not say whether its codes are integers or strings.",
      help: "add codes: integer or codes: string to its api section.",
    }),
  ),
  "code/kind": error(
    "A code of the wrong type never equals what the vendor sends, so the entry would never be recognised.",
    (p: { code: string; kind: string }) => ({
      says: `The code ${p.code} is not ${p.kind === "integer" ? "an integer or a range" : "a string"}, and this API's codes are ${p.kind}s.`,
      help:
        p.kind === "integer"
          ? "write it without quotes, like 3100 or 3100..3112."
          : "put the code into quotes.",
    }),
  ),
  "code/range": error(
    "An empty range matches nothing, and a very long one swallows codes that nobody has described.",
    (p: { range: string; problem: string }) => ({
      says: `The range ${p.range} ${p.problem}.`,
      help: "a range is first..last, both included, of at most 1000 codes.",
    }),
  ),
};
