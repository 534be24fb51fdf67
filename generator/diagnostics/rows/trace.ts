/** What the tool says about how facts are known. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const trace = {
  "trace/unknown-leaf": error(
    "The reason would apply to nothing, and the docs would present the value as documented.",
    (p: { leaf: string; near: string | undefined; known: readonly string[] }) => ({
      says: `${quote(p.leaf)} is not something that can be traced here.`,
      help: near(p.near, `use one of: ${p.known.join(", ")}.`),
    }),
  ),
  "trace/contradiction": error(
    "The docs could not say how this is known: one of the two statements is wrong.",
    (p: { leaf: string; one: string; other: string }) => ({
      says: `${quote(p.leaf)} is marked ${p.one === p.other ? `${p.one} twice` : `both ${p.one} and ${p.other}`}.`,
      help: "remove one of the two.",
    }),
  ),
  "trace/undocumented-value": error(
    "The docs would say that the vendor never mentions this, and state a value all the same.",
    (p: { leaf: string }) => ({
      says: `${quote(p.leaf)} is listed as undocumented but has a value.`,
      help: "move it to inferred or policy, with a reason.",
    }),
  ),
  "trace/uncited": error(
    "Nobody could check this against the vendor's page, and readers would take a guess for a documented fact.",
    (p: { leaf: string }) => ({
      says: `${quote(p.leaf)} counts as documented, but nothing is cited.`,
      help: "add cite:, or list it under inferred or policy with a reason.",
    }),
  ),
};
