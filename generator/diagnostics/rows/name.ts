/** What the tool says about the names in generated code. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const name = {
  "name/collision": error(
    "The generated module would declare one name twice and would not compile.",
    (p: { name: string }) => ({
      says: `Two generated names would be the same: ${p.name}.`,
      help: "rename one; names that differ only in case or hyphens are the same.",
    }),
  ),
  "name/reserved": error(
    "The generated package would not compile or install, or the entry would be mistaken for errata's own.",
    (p: { name: string; why: string; instead?: string }) => ({
      says: `The name ${quote(p.name)} cannot be generated: ${p.why}.`,
      help: p.instead ?? "choose another name.",
    }),
  ),
};
