/** What the tool says about the output folder. */
import { error } from "../row.js";

export const output = {
  "output/misplaced": error(
    "Generated files would mix with the catalog, or appear outside the project, where nobody expects them.",
    (p: { folder: string; problem: string }) => ({
      says: `The output folder ${p.folder} ${p.problem}.`,
      help: "choose a folder of its own for output: in the manifest.",
    }),
  ),
  "output/foreign": error(
    "Generating would destroy a file that errata did not create.",
    (p: { file: string }) => ({
      says: `${p.file} stands where a generated file would go, and errata did not write it.`,
      help: "move it away, choose another output folder, or run again with --force to replace it.",
    }),
  ),
  "output/edited": error("Generating would destroy the edit.", (p: { file: string }) => ({
    says: `${p.file} was changed by hand since it was generated.`,
    help: "move the change into the catalog; --force throws it away.",
  })),
  "output/unwritable": error(
    "A package with some files new and others old would be worse than the old one, so nothing is written.",
    (p: { file: string; problem: string }) => ({
      says: `${p.file} cannot be written: ${p.problem}.`,
      help: "nothing was changed; mend this and run again.",
    }),
  ),
};
