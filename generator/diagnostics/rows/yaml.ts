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
      says: `Catalogs do not support ${p.what}.`,
      help: p.instead,
    }),
  ),
  "yaml/duplicate-key": error(
    "Most YAML tools keep the last of the two and say nothing, so half of what was written would be lost.",
    (p: { key: string }) => ({
      says: `Duplicate key ${quote(p.key)}.`,
      help: "remove one of the two.",
    }),
  ),
  "yaml/lost-text": error(
    "A message that is cut short never matches a real response, so the failure it describes decodes as unknown.",
    (p: { read: string }) => ({
      says: `YAML reads only ${quote(p.read)} here: the rest of the line is a comment.`,
      help: "put the whole value in double quotes; if you mean a comment, add a space after the #.",
    }),
  ),
  "yaml/valueless-key": error(
    "Inside braces, a comma without quotes ends the text. The shortened message never matches a real response.",
    (p: { key: string }) => ({
      says: `YAML reads ${quote(p.key)} as a key without a value.`,
      help: "put text that contains a comma in double quotes; if you mean a key, give it a value.",
    }),
  ),
  "yaml/number-changed": error(
    "A code such as 0012 would be compared as 12, and the code that the vendor sends would decode as unknown.",
    (p: { written: string; read: string | null }) =>
      p.read === null
        ? {
            says: `${p.written} cannot be represented exactly in JSON.`,
            help: `write "${p.written}" to keep it as it is.`,
          }
        : {
            says: `YAML reads ${p.written} as the number ${p.read}.`,
            help: `write ${p.read} if you mean that number, or "${p.written}" to keep it as it is.`,
          },
  ),
};
