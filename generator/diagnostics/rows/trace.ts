/** What the tool says about how facts are known. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const trace = {
  "trace/unknown-leaf": error(
    "The reason would apply to nothing, and the docs would present the value as documented.",
    (p: { leaf: string; near: string | undefined; known: readonly string[] }) => ({
      says: `${quote(p.leaf)} is not something that can be traced here.`,
      help: near(p.near, `traced can be: ${p.known.join(", ")}.`),
    }),
  ),
  "trace/contradiction": error(
    "The docs could not say how this is known: one of the two statements is wrong.",
    (p: { leaf: string; one: string; other: string }) => ({
      says: `${quote(p.leaf)} is said to be ${p.one === p.other ? `${p.one} twice` : `${p.one} and ${p.other}`}.`,
      help: "keep one of the two.",
    }),
  ),
  "trace/undocumented-value": error(
    "The docs would say that the vendor never mentions this, and state a value all the same.",
    (p: { leaf: string }) => ({
      says: `${quote(p.leaf)} is listed as undocumented, and yet has a value.`,
      help: "move it to inferred or policy, with the reason.",
    }),
  ),
  "trace/uncited": error(
    "Nobody could check this against the vendor's page, and readers would take a guess for a documented fact.",
    (p: { leaf: string }) => ({
      says: `${quote(p.leaf)} counts as documented, and nothing is cited.`,
      help: "add cite:, or list the leaf under inferred or policy with the reason.",
    }),
  ),
};
