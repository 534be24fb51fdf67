/** Mintlify: the `navigation` of its docs.json. A page's title is that of its front matter. */
import { type Navigator, type Outline, slugOf } from "./outline.js";

export const mintlify: Navigator = {
  file: "mintlify.json",
  // Only a group can stand at the top.
  print: ([first, ...others]) => ({
    navigation: {
      groups: [{ group: first!.title, pages: [first!].map(pageOf) }, ...others.map(pageOf)],
    },
  }),
};

function pageOf(one: Outline): string | object {
  return "path" in one ? slugOf(one) : { group: one.title, pages: one.parts.map(pageOf) };
}
