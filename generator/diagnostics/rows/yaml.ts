/** What the tool says about YAML. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const yaml = {
  "yaml/syntax": error(
    "errata could only guess what was meant, and a wrong guess drops or changes entries.",
    (p: { problem: string; help: string }) => ({
      says: `This is not valid YAML: ${p.problem}`,
      help: p.help,
    }),
  ),
  "yaml/unsupported": error(
    "Catalogs use the part of YAML that every tool reads the same way. The rest means different things to different tools.",
    (p: { what: string; instead: string }) => ({
      says: `Catalogs do not use ${p.what}.`,
      help: p.instead,
    }),
  ),
  "yaml/duplicate-key": error(
    "Most YAML tools keep the last of the two and say nothing, so half of what was written would be lost.",
    (p: { key: string }) => ({
      says: `The key ${quote(p.key)} stands here twice.`,
      help: "keep one of the two.",
    }),
  ),
  "yaml/lost-text": error(
    "A message that is cut short never matches a real response, so the failure it describes decodes as unknown.",
    (p: { read: string }) => ({
      says: `YAML reads ${quote(p.read)} here, and takes the rest of the line for a comment.`,
      help: "put the whole value into double quotes; if a comment is meant, put a space after the #.",
    }),
  ),
  "yaml/valueless-key": error(
    "Inside braces, a comma without quotes ends the text. The shortened message never matches a real response.",
    (p: { key: string }) => ({
      says: `YAML reads ${quote(p.key)} as a key, and it has no value.`,
      help: "put a text that holds a comma into double quotes; if a key is meant, write its value.",
    }),
  ),
  "yaml/number-changed": error(
    "A code such as 0012 would be compared as 12, and the code that the vendor sends would decode as unknown.",
    (p: { written: string; read: string | null }) =>
      p.read === null
        ? {
            says: `${p.written} is no number that JSON can hold exactly.`,
            help: `write "${p.written}" in quotes to keep it as written.`,
          }
        : {
            says: `YAML reads ${p.written} as the number ${p.read}.`,
            help: `write ${p.read} if that is meant, or "${p.written}" in quotes to keep it as written.`,
          },
  ),
};
