/** What the tool tells an author about YAML, in words. */
import { quote } from "./phrases.js";

export const yaml = {
  "yaml/syntax": (p: { problem: string; help: string }) => ({
    says: `This is not valid YAML: ${p.problem}`,
    help: p.help,
  }),
  "yaml/unsupported": (p: { what: string; instead: string }) => ({
    says: `Catalogs do not use ${p.what}.`,
    help: p.instead,
  }),
  "yaml/duplicate-key": (p: { key: string }) => ({
    says: `The key ${quote(p.key)} stands here twice.`,
    help: "keep one of the two.",
  }),
  "yaml/lost-text": (p: { read: string }) => ({
    says: `YAML reads ${quote(p.read)} here, and takes the rest of the line for a comment.`,
    help: "put the whole value into double quotes; if a comment is meant, put a space after the #.",
  }),
  "yaml/valueless-key": (p: { key: string }) => ({
    says: `YAML reads ${quote(p.key)} as a key, and it has no value.`,
    help: "put a text that holds a comma into double quotes; if a key is meant, write its value.",
  }),
  "yaml/number-changed": (p: { written: string; read: string | null }) =>
    p.read === null
      ? {
          says: `${p.written} is no number that JSON can hold exactly.`,
          help: `write "${p.written}" in quotes to keep it as written.`,
        }
      : {
          says: `YAML reads ${p.written} as the number ${p.read}.`,
          help: `write ${p.read} if that is meant, or "${p.written}" in quotes to keep it as written.`,
        },
};
