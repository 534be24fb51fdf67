/** What the tool says about the output folder. */
import { error } from "../row.js";

export const output = {
  "output/misplaced": error(
    "Generated files would mix with the catalog, or appear outside the project, where nobody expects them.",
    (p: { folder: string; problem: string; within: string | null }) => ({
      says: `The output folder ${p.folder} ${p.problem}.`,
      help:
        p.within === null
          ? "choose a separate folder under output: in the manifest."
          : `choose a folder in ${p.within}; a .git, or a package.json with workspaces, further up lets output go as far.`,
    }),
  ),
  "output/taken": error(
    "Two catalogs with one output folder would overwrite each other's package.",
    (p: { folder: string; problem: string }) => ({
      says: `${p.folder} ${p.problem}.`,
      help: "choose another folder under output:; to give this catalog that folder, run again with --force.",
    }),
  ),
  "output/foreign": error(
    "Generating would destroy a file that errata did not create.",
    (p: { file: string }) => ({
      says: `${p.file} is in the place of a generated file, but does not carry errata's mark.`,
      help: "move it, choose another output folder, or replace it with --force.",
    }),
  ),
  "output/unwritable": error(
    "A package with some files new and others old would be worse than the old one, so nothing is written.",
    (p: { file: string; problem: string }) => ({
      says: `${p.file} cannot be written: ${p.problem}.`,
      help: "nothing was changed; fix this and run again.",
    }),
  ),
};
