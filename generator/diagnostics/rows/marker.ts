/** What the tool says about Markdown of an owner's own in which blocks are kept up to date. */
import { near, quote } from "../phrases.js";
import { error } from "../row.js";

export const marker = {
  "marker/file": error(
    "A page that is not updated goes on saying what was true once.",
    (p: { file: string; problem: string }) => ({
      says: `${p.file} ${p.problem}.`,
      help: "under update:, name Markdown files of this repository, or folders that hold some.",
    }),
  ),
  "marker/misplaced": error(
    "Readers would see this marker, or miss the block that it stands for.",
    () => ({
      says: "A marker counts only where it is alone on its line, not indented, and in no block of code.",
      help: "move it to a line of its own, with a blank line before it.",
    }),
  ),
  "marker/nested": error("Nobody could tell where the outer block goes on.", () => ({
    says: "This block begins inside another one.",
    help: "end the other block first, with <!-- /errata -->.",
  })),
  "marker/unclosed": error("All that follows would be replaced, to the end of the file.", () => ({
    says: "This block does not end.",
    help: "add <!-- /errata --> on a line of its own.",
  })),
  "marker/unknown": error(
    "The page would keep a block that nothing fills.",
    (p: { name: string; near: string | undefined; known: readonly string[] }) => ({
      says: `There is no block called ${quote(p.name)}.`,
      help: near(
        p.near,
        `there are ${p.known.join(", ")}, and one for each entry, such as shop.errors.busy.`,
      ),
    }),
  ),
  "marker/unopened": error("What should stand above it is not kept up to date.", () => ({
    says: "This marker ends a block that never began.",
    help: "add a line such as <!-- errata:shop.errors --> above it, or remove it.",
  })),
};
