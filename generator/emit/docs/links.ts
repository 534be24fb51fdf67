/** Links to entries and retry rules, wherever they stand, and the anchors that these have. */
import { posix } from "node:path";
import type { Entry } from "../../model/entry.js";
import type { RetryRule } from "../../model/retry.js";
import { code, type Inline, link, text } from "../markdown.js";

/** Where the parts of an API stand, as paths in the folder of the docs. */
export interface Book {
  /** The page of the API, with its retry rules. */
  readonly index: string;
  pageOf(entry: Entry): string;
}

export interface Links {
  entry(entry: Entry): Inline;
  rule(rule: RetryRule): Inline;
}

/** The links on a page. */
export function linksFrom(page: string, { index, pageOf }: Book): Links {
  const href = (to: string, anchor: string): string =>
    `${to === page ? "" : posix.relative(posix.dirname(page), to)}#${anchor}`;
  return {
    entry: (entry) => link(text(entry.title), href(pageOf(entry), anchorOf(entry))),
    rule: (rule) => link(code(rule.name), href(index, ruleAnchor(rule))),
  };
}

export function anchorOf({ id }: Entry): string {
  return id.replace(".", "-");
}

/** Entries have single hyphens in their anchors. */
export function ruleAnchor({ name }: { readonly name: string }): string {
  return `retry--${name}`;
}
