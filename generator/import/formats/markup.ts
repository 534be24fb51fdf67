/** Markdown and HTML to one tree. HTML within Markdown counts as what it is, and so does Markdown within MDX components. */
import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { raw } from "hast-util-raw";
import type { Nodes, PhrasingContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toHast } from "mdast-util-to-hast";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { VFile } from "vfile";

/** The tree of a Markdown page, and what stands above it as YAML between `---`. */
export function markdownTree(text: string): { readonly tree: Root; readonly front: string | null } {
  const page = fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), frontmatter(["yaml"])],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      frontmatterFromMarkdown(["yaml"]),
    ],
  });
  const first = page.children[0];
  keepAngles(page);
  // With the file, what was HTML within it keeps its lines.
  const tree = raw(toHast(page, { allowDangerousHtml: true }), { file: new VFile(text) });
  return { tree: tree as Root, front: first?.type === "yaml" ? first.value : null };
}

export function htmlTree(text: string): Root {
  return fromHtml(text, { fragment: false });
}

/**
 * A placeholder as `<symbol>` looks like a tag. A tag in a line of text is one only if it is closed there, or never is:
 * what is no tag stays text.
 */
function keepAngles(node: Nodes): void {
  if (!("children" in node)) return;
  const children = node.children as PhrasingContent[];
  const names = (pattern: RegExp): readonly string[] =>
    children.flatMap((child) =>
      child.type === "html" ? (pattern.exec(child.value)?.[1]?.toLowerCase() ?? []) : [],
    );
  const closed = new Set(names(/^<\/([a-z][\w-]*)\s*>$/i));
  const isRow = node.type !== "root";
  node.children.forEach((child, i) => {
    keepAngles(child);
    if (!isRow || child.type !== "html") return;
    const [, name] = /^<([a-z][\w-]*)>$/i.exec(child.value) ?? [];
    if (name === undefined || alone.has(name.toLowerCase())) return;
    if (closed.has(name.toLowerCase())) return;
    const { position } = child;
    children[i] = {
      type: "text",
      value: child.value,
      ...(position === undefined ? {} : { position }),
    };
  });
}

const alone = new Set(["br", "hr", "img", "wbr", "input", "p", "li"]);
