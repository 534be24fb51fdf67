/** The addresses of all pages but those of entries, and the links from one page to another. */
import { posix } from "node:path";
import type { Entry } from "../../model/entry.js";
import type { RetryRule } from "../../model/retry.js";
import type { Api, Catalog } from "../../sections/catalog.js";
import { addressOf, publishedAt } from "../address.js";
import { code, type Inline, link, text } from "../markdown.js";

/** The pages of an API that are no entry's, as paths in the folder of the docs. */
export const apiPages = {
  index: ({ id }: Api): string => `${id}/index.md`,
  next: ({ id }: Api): string => `${id}/retries.md`,
  limits: ({ id }: Api): string => `${id}/limits.md`,
  reference: ({ id }: Api): string => `${id}/reference.md`,
  questions: ({ id }: Api): string => `${id}/questions.md`,
} as const;

/** The anchor of a retry rule, on the page of what to do next. */
export function ruleAnchor({ name }: { readonly name: string }): string {
  return `retry--${name}`;
}

/** A link's target as it is written on a page. */
export function hrefFrom(page: string, to: string): string {
  const [file = "", anchor] = to.split("#");
  const path = file === page ? "" : posix.relative(posix.dirname(page), file);
  return anchor === undefined ? path : `${path}#${anchor}`;
}

/** Links from a page of an API, or from one of all APIs. */
export interface Links {
  to(words: Inline, address: string): Inline;
  /** By its title, or by other words. */
  entry(entry: Entry, words?: Inline): Inline;
}

/** Links from a page of an API, whose retry rules have no other API's name. */
export interface ApiLinks extends Links {
  rule(rule: RetryRule): Inline;
}

export function linksFrom(page: string): Links {
  return linksBy((address) => hrefFrom(page, address));
}

/** Links whose targets are found in some way. */
function linksBy(hrefOf: (address: string) => string): Links {
  const to = (words: Inline, address: string): Inline => link(words, hrefOf(address));
  return { to, entry: (entry, words = text(entry.title)) => to(words, addressOf(entry)) };
}

export function apiLinksFrom(page: string, api: Api): ApiLinks {
  return withRules(linksFrom(page), api);
}

/** Links from a file that is not in the docs: to where these are published, or else to their folder. */
export function apiLinksInto({ url }: Catalog["docs"], folder: string, api: Api): ApiLinks {
  const links = linksBy((address) =>
    url === null ? `${folder}/${address}` : publishedAt(url, address),
  );
  return withRules(links, api);
}

function withRules(links: Links, api: Api): ApiLinks {
  const rules = apiPages.next(api);
  return {
    ...links,
    rule: (rule) => links.to(code(rule.name), `${rules}#${ruleAnchor(rule)}`),
  };
}
