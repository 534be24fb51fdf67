/** VitePress: the `sidebar` of its theme. */
import { publishedAt } from "../../address.js";
import type { Navigator, Outline } from "./outline.js";

export const vitepress: Navigator = {
  file: "vitepress.json",
  print: (outline) => ({ sidebar: outline.map(itemOf) }),
};

/** The theme shows a text as HTML. */
function htmlOf(title: string): string {
  return title.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

function itemOf(one: Outline): object {
  const text = htmlOf(one.title);
  return "path" in one
    ? { text, link: publishedAt("", one.path) }
    : { text, collapsed: true, items: one.parts.map(itemOf) };
}
