/** What a reader sees of a page, by the compilers that sites are made with. */
import { compile } from "@mdx-js/mdx";
import { NodeTypes, parse, type TemplateChildNode } from "@vue/compiler-dom";
import MarkdownIt from "markdown-it";
import remarkGfm from "remark-gfm";
import { createMarkdownRenderer } from "vitepress";

interface Node {
  readonly type: string;
  readonly name: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly url?: string;
  readonly attributes: readonly { name: string }[];
  readonly properties?: { href?: string };
  readonly children?: readonly Node[];
}

export function collapse(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
}

function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map(collapse)
    .filter((line) => line !== "");
}

/** A site takes the front matter off before it compiles a page. */
function bodyOf(page: string): string {
  return page.replace(/^---\n[^]*?\n---\n/, "");
}

/** Expressions, modules and HTML are never ours; of images, those of our folders are, and of elements `<a id>` and `<code>`. */
function isOurs({ type, name, url, attributes }: Node): boolean {
  if (type === "image") return /^pictures\/[a-z-]+\.svg$/.test(url!);
  if (!type.startsWith("mdxJsx")) return !/Expression|Esm|html|image/.test(type);
  const written = [name, ...attributes.map((attribute) => attribute.name)].join(" ");
  return written === "a id" || written === "code";
}

/** What the MDX compiler makes of a page: what is more than text, its links, and the lines that a reader sees. */
export async function mdx(
  page: string,
): Promise<{ foreign: string[]; hrefs: string[]; visible: readonly string[] }> {
  const foreign: string[] = [];
  const hrefs: string[] = [];
  let text = "";
  const gather = (node: Node): void => {
    if (!isOurs(node)) foreign.push(`${node.type} ${node.name}`);
    node.children?.forEach(gather);
  };
  const read = (node: Node): void => {
    if (node.properties?.href !== undefined) hrefs.push(node.properties.href);
    text += node.value ?? "";
    const inline = /^(a|code|strong|em|del)$/.test(node.tagName ?? node.name ?? "a");
    if (!inline) text += "\n";
    node.children?.forEach(read);
    if (!inline) text += "\n";
  };
  const remark = () => (tree: unknown) => gather(tree as Node);
  const rehype = () => (tree: unknown) => read(tree as Node);
  await compile(bodyOf(page), { remarkPlugins: [remarkGfm, remark], rehypePlugins: [rehype] });
  return { foreign, hrefs, visible: lines(text) };
}

/** The lines that a reader of the same page sees in markdown-it. */
export function commonMark(page: string): readonly string[] {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(bodyOf(page), {});
  const shown = tokens.flatMap((token) => {
    if (token.type !== "inline") return [token.type === "html_block" ? "HTML!" : token.content];
    const shown = token.children!.filter(({ type }) => type !== "image");
    const pieces = shown.map(({ type, content }) =>
      type === "html_inline" ? content.replace(/^(<a id="[\w-]+">|<\/a>|<\/?code>)$/, "") : content,
    );
    return [pieces.join("")];
  });
  return lines(shown.join("\n"));
}

const vitePressRenderer = createMarkdownRenderer(".");

/**
 * What VitePress makes of a page: the elements, directives and interpolations that are not ours, and the lines that a reader
 * sees. Vue compiles what markdown-it printed, so `{{` in it would run.
 */
export async function vitePress(
  page: string,
): Promise<{ foreign: string[]; visible: readonly string[] }> {
  const html = (await vitePressRenderer).render(bodyOf(page), {});
  const foreign: string[] = [];
  let text = "";
  const read = (node: TemplateChildNode): void => {
    if (node.type === NodeTypes.TEXT) text += node.content;
    else if (node.type === NodeTypes.ELEMENT) {
      const { tag, props, children } = node;
      const attributes = new Map(
        props.map((prop) => [
          prop.name,
          prop.type === NodeTypes.ATTRIBUTE ? (prop.value?.content ?? "") : null,
        ]),
      );
      const isTheirs = /header-anchor|^lang$|^copy$/.test(attributes.get("class") ?? "");
      if (isTheirs) return;
      const names = [...attributes.keys()].filter((name) => !/^(v-)?pre$/.test(name));
      if (!vitePressOwn.test([tag, ...names].join(" "))) foreign.push([tag, ...names].join(" "));
      const isInline = /^(a|code|strong|em|span)$/.test(tag);
      if (!isInline) text += "\n";
      children.forEach(read);
      if (!isInline) text += "\n";
    } else foreign.push(`${NodeTypes[node.type]} ${node.loc.source}`);
  };
  parse(html).children.forEach(read);
  return { foreign, visible: lines(text) };
}

/** The elements that a page of ours may have there, with their attributes. */
const vitePressOwn =
  /^(p|ul|li|strong|em|code|thead|tbody|tr|t[hd]|table tabindex|h[1-4] id tabindex|a href|a href target rel|a id|img src alt|div class|pre class tabindex|span class|span style)$/;
