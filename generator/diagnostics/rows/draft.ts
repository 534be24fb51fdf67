/** What the tool says while it drafts a catalog from a document. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const draft = {
  "draft/unreadable": error(
    "A catalog drafted from half a document would lack the other half without a word.",
    (p: { problem: string; help: string }) => ({
      says: `This document cannot be read: ${p.problem}.`,
      help: p.help,
    }),
  ),
  "draft/format": error(
    "Read as something else than it is, a document shows rows that are not there.",
    (p: { format: string; problem: string }) => ({
      says: `This is not ${p.format}: ${p.problem}.`,
      help: "correct it, or say what the document is with --as.",
    }),
  ),
  "draft/nothing": error(
    "A draft without an entry would look as if the document had been taken over.",
    (p: { format: string; seen: string; skipped: string | undefined }) => ({
      says: `Read as ${p.format}, this document lists no statuses, codes, declines or messages (${p.seen}).`,
      help:
        p.skipped === undefined
          ? "name the document that lists them, or say what this one is with --as."
          : `it skipped ${p.skipped}; name the document that lists the errors, or say what this one is with --as.`,
    }),
  ),
  "draft/in-the-way": error(
    "What somebody wrote by hand would be lost.",
    (p: { path: string }) => ({
      says: `${quote(p.path)} exists already, so nothing was written.`,
      help: "move it, choose another place or name, or replace it with --force.",
    }),
  ),
  "draft/unwritable": error(
    "A draft with some of its files missing would look whole.",
    (p: { path: string; problem: string }) => ({
      says: `${quote(p.path)} cannot be written: ${p.problem}.`,
      help: "nothing was changed; fix this and run again.",
    }),
  ),
};
