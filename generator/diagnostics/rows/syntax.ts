/** What the tool says about the syntax of the catalog language. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const syntax = {
  "syntax/unknown-key": error(
    "A misspelled key would be ignored, and what it was meant to say would be missing from the code and the docs.",
    (p: { key: string; where: string; near: string | undefined; known: readonly string[] }) => ({
      says: `${p.where} has no key ${quote(p.key)}.`,
      help: near(p.near, `its keys are: ${p.known.join(", ")}.`),
    }),
  ),
  "syntax/missing-key": error(
    "errata would have to invent the value, and readers would take it for a fact.",
    (p: { key: string; where: string }) => ({
      says: `${p.where} needs the key ${quote(p.key)}.`,
    }),
  ),
  "syntax/wrong-type": error(
    "The value could not be used, and dropping it silently would lose a fact.",
    (p: { wanted: string; got: string; about: string }) => ({
      says: `Expected ${p.wanted}, found ${p.got}.`,
      help: p.about,
    }),
  ),
  "syntax/unknown-value": error(
    "Clients act on these words, and no client can act on a word that is not in the vocabulary.",
    (p: { value: string; near: string | undefined; known: readonly string[] }) => ({
      says: `${p.value} is not one of the values allowed here.`,
      help: near(p.near, `use one of: ${p.known.join(", ")}.`),
    }),
  ),
  "syntax/bad-value": error(
    "The value could not become a name, a pointer or a wait in the generated code.",
    (p: { value: string; wanted: string }) => ({
      says: `${p.value} is not valid here.`,
      help: `expected: ${p.wanted}`,
    }),
  ),
};
