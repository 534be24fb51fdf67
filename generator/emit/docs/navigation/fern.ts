/** Fern: the `navigation` of its docs.yml. What is JSON is YAML, too. */
import type { Navigator, Outline } from "./outline.js";

export const fern: Navigator = {
  file: "fern.yml",
  print: (outline) => ({ navigation: outline.map(itemOf) }),
};

function itemOf(one: Outline): object {
  return "path" in one
    ? { page: one.title, path: one.path }
    : { section: one.title, contents: one.parts.map(itemOf) };
}
