/** What the tool says about the files of a catalog. */
import { quote } from "../phrases.js";
import { error } from "../row.js";

export const file = {
  "file/unreadable": error(
    "The entries in the file would be missing from the package, and their responses would decode as unknown.",
    (p: { problem: string; help?: string }) => ({
      says: `This file cannot be read: ${p.problem}.`,
      help: p.help ?? "catalog files are UTF-8 text, at most 5 MB.",
    }),
  ),
  "file/stray": error(
    "Its entries would be missing from the package without a word.",
    (p: { folder: string; isListed: boolean }) => ({
      says: "This file is next to the manifest, where nothing reads it.",
      help: `move it into the folder of an API, such as ${p.folder}/${p.isListed ? "" : ", and list that folder under apis:"}.`,
    }),
  ),
  "file/nested": error(
    "Its entries would be missing from the package without a word.",
    (p: { api: string }) => ({
      says: `This file is in a subfolder of the API ${quote(p.api)}, where nothing reads it.`,
      help: `move it up into ${p.api}/.`,
    }),
  ),
  "file/character": error(
    "A reviewer approves what the screen shows, and errata generates what the file contains. An invisible character makes the two differ: a code that looks right may never match.",
    (p: { code: string }) => ({
      says: `${p.code} is invisible or changes the direction of text, so this line may not be what it looks like.`,
      help: "remove it, or write it as an escape in double quotes.",
    }),
  ),
};
