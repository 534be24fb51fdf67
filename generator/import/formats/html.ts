/** HTML pages, as they are saved or fetched. */
import type { Element, Root } from "hast";
import { isHtml } from "../../read/foreign.js";
import { blocksOf } from "../page/blocks.js";
import { inlineOf } from "../page/inline.js";
import { readPage } from "../page/page.js";
import type { Format } from "./format.js";

export const html: Format = {
  name: "html",
  title: "HTML",
  endings: ["html", "htm", "xhtml"],
  isSurely: isHtml,
  read: async ({ text }) => {
    const { htmlTree } = await import("./markup.js");
    const tree = htmlTree(text);
    return readPage(blocksOf(tree), { title: titleOf(tree), url: canonical(tree) });
  },
};

function titleOf(tree: Root): string | null {
  const [title] = elements(tree, "title");
  const text = title === undefined ? "" : inlineOf(title.children).text;
  return text === "" ? null : text;
}

/** The address that the page says it has. */
function canonical(tree: Root): string | null {
  for (const { properties } of elements(tree, "link")) {
    const { rel, href } = properties;
    const isOwn = ([rel].flat() as unknown[]).includes("canonical");
    if (isOwn && typeof href === "string" && /^https?:\/\/[^\s@]+$/.test(href)) return href;
  }
  return null;
}

function elements(node: Root | Element, name: string): readonly Element[] {
  return node.children.flatMap((child) =>
    child.type !== "element"
      ? []
      : [...(child.tagName === name ? [child] : []), ...elements(child, name)],
  );
}
