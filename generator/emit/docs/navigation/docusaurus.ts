/** Docusaurus: `sidebars`, with one sidebar called `errors`. */
import { type Navigator, type Outline, slugOf } from "./outline.js";

export const docusaurus: Navigator = {
  file: "docusaurus.json",
  print: (outline) => ({ sidebars: { errors: outline.map(itemOf) } }),
};

function itemOf(one: Outline): object {
  const { title: label } = one;
  return "path" in one
    ? { type: "doc", id: slugOf(one), label }
    : { type: "category", label, items: one.parts.map(itemOf) };
}
