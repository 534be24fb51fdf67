/** What the tool says about what an API or a retry rule extends. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const base = {
  "base/no-folder": error(
    "The API would lack every entry that it shares with others, and call their responses unknown.",
    (p: { api: string; near: string | undefined }) => ({
      says: `There is no folder ${quote(p.api)} of YAML files next to the manifest to extend.`,
      help: near(p.near, `create the folder ${p.api}/ with the sections that are shared.`),
    }),
  ),
  "base/circle": error(
    "What is written in each of them would depend on all the others, so nobody could say which value holds.",
    (p: { path: readonly string[] }) => ({
      says: `What ${quote(p.path[0]!)} extends comes back to it: ${p.path.join(" → ")}.`,
      help: "remove one of these, and move what they share into one that extends nothing.",
    }),
  ),
  "base/verdict": error(
    "The rule would have none of what it is said to take.",
    (p: { own: string; base: string; other: string }) => ({
      says: `A rule with the verdict ${p.own} takes nothing from ${quote(p.base)}, whose verdict is ${p.other}.`,
      help: "extend a rule with the same verdict; after: may also extend retry:.",
    }),
  ),
};
