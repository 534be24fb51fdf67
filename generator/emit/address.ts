/**
 * The address of an entry: the page of it in the docs, what comments and problem types lead to. It is made of its API, its
 * family and its name and of nothing else, so it stays as other entries come and go.
 */
import type { Entry } from "../model/entry.js";
import type { Catalog } from "../sections/catalog.js";

/** As a path in the folder of the docs. */
export function addressOf({ id, family, name }: Entry): string {
  return `${id.slice(0, id.indexOf("."))}/${family.key}/${name}.md`;
}

/** Where a page is that is published below a URL. A host serves it without the ending of its file. */
export function publishedAt(url: string, page: string): string {
  return `${url}/${page.replace(/(?:(?<=^|\/)index)?\.md(?=#|$)/, "")}`;
}

/** Where the page of an entry is published; `null` where the manifest does not say where the docs are. */
export function publishedPage({ url }: Catalog["docs"], entry: Entry): string | null {
  return url === null ? null : publishedAt(url, addressOf(entry));
}
