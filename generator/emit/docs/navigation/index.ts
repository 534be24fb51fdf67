/** The tools for whose sidebars there are files. A new one is a file, a line here and a name in the manifest. */
import type { OutputFile } from "../../../model/output-file.js";
import { printJson } from "../../json.js";
import type { Library } from "../book.js";
import { docusaurus } from "./docusaurus.js";
import { fern } from "./fern.js";
import { mintlify } from "./mintlify.js";
import { type Navigator, outlineOf } from "./outline.js";
import { vitepress } from "./vitepress.js";

const navigators: Readonly<Record<string, Navigator>> = { vitepress, docusaurus, mintlify, fern };

/** A file for each tool that the manifest names. */
export function navigation(library: Library): readonly OutputFile[] {
  const names = new Set(library.catalog.docs.navigation);
  if (names.size === 0) return [];
  const outline = outlineOf(library);
  return [...names].map((name) => {
    const { file, print } = navigators[name]!;
    return { path: `docs/nav/${file}`, text: `${printJson(print(outline))}\n` };
  });
}
