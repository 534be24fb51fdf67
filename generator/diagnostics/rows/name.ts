/** What the tool says about the names in generated code. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const name = {
  "name/collision": error(
    "The generated module would declare one name twice and would not compile.",
    (p: { name: string }) => ({
      says: `Two things here would be generated with the name ${p.name}.`,
      help: "rename one; names are compared after casing.",
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
