/** What the site does to pages that are written for any reader of Markdown. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { MarkdownRenderer } from "vitepress";

export function adapt({ renderer: { rules } }: MarkdownRenderer): void {
  // Pictures get the size that they say themselves, so that nothing moves once one is there.
  const image = rules.image!;
  rules.image = (tokens, i, options, env: { realPath: string }, self) => {
    const token = tokens[i]!;
    const file = resolve(dirname(env.realPath), token.attrGet("src")!);
    const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(readFileSync(file, "utf8")) ?? [];
    if (width !== undefined && height !== undefined) {
      token.attrSet("width", width);
      token.attrSet("height", height);
    }
    return image(tokens, i, options, env, self);
  };
  // In the package, the catalog lies beside the folder of the pages; here, among them.
  const link = rules.link_open!;
  rules.link_open = (tokens, i, ...others) => {
    const token = tokens[i]!;
    const href = token.attrGet("href")!;
    if (href.endsWith("../catalog.json")) token.attrSet("href", href.replace("../", "./"));
    return link(tokens, i, ...others);
  };
}
