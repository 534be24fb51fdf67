/** Markdown, with the tables of GitHub, front matter, and HTML or MDX components in it. */
import { parseDocument } from "yaml";
import { blocksOf } from "../page/blocks.js";
import { readPage } from "../page/page.js";
import type { Format } from "./format.js";

export const markdown: Format = {
  name: "markdown",
  title: "Markdown",
  endings: ["md", "mdx", "markdown"],
  isSurely: (text) => /^#{1,6} \S/m.test(text) || /^\|?(?: *:?-+:? *\|)+ *:?-*:? *$/m.test(text),
  read: async ({ text }) => {
    const { markdownTree } = await import("./markup.js");
    const { tree, front } = markdownTree(text);
    const about = front === null ? null : parseDocument(front);
    const said = (key: string): string | null => {
      // Node by node: elsewhere in it may be aliases to nothing, such as `*Errors*`.
      const value: unknown = about?.get(key);
      return typeof value === "string" && value !== "" ? value : null;
    };
    const url = said("url") ?? said("canonical");
    return readPage(blocksOf(tree), {
      title: said("title"),
      url: url !== null && /^https?:\/\/[^\s@]+$/.test(url) ? url : null,
    });
  },
};
