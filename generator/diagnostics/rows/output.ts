/** What the tool says about the output folder. */
import { error } from "../row.js";

export const output = {
  "output/misplaced": error(
    "Generated files would mix with the catalog, or appear outside the project, where nobody expects them.",
    (p: { folder: string; problem: string }) => ({
      says: `The output folder ${p.folder} ${p.problem}.`,
      help: "choose a separate folder under output: in the manifest.",
    }),
  ),
  "output/foreign": error(
    "Generating would destroy a file that errata did not create.",
    (p: { file: string }) => ({
      says: `${p.file} is in the place of a generated file, but errata did not write it.`,
      help: "move it, choose another output folder, or replace it with --force.",
    }),
  ),
  "output/edited": error("Generating would destroy the edit.", (p: { file: string }) => ({
    says: `${p.file} was edited by hand after it was generated.`,
    help: "move the change into the catalog, or discard it with --force.",
  })),
  "output/unwritable": error(
    "A package with some files new and others old would be worse than the old one, so nothing is written.",
    (p: { file: string; problem: string }) => ({
      says: `${p.file} cannot be written: ${p.problem}.`,
      help: "nothing was changed; fix this and run again.",
    }),
  ),
};
