/** Pictures get the size that they say themselves, so that nothing moves once one is there. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { MarkdownRenderer } from "vitepress";

export function sizedPictures({ renderer }: MarkdownRenderer): void {
  const image = renderer.rules.image!;
  renderer.rules.image = (tokens, i, options, env: { realPath: string }, self) => {
    const token = tokens[i]!;
    const file = resolve(dirname(env.realPath), token.attrGet("src")!);
    const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(readFileSync(file, "utf8")) ?? [];
    if (width !== undefined && height !== undefined) {
      token.attrSet("width", width);
      token.attrSet("height", height);
    }
    return image(tokens, i, options, env, self);
  };
}
