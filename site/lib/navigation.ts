/** What the side of the site lists: the pages of all APIs, then each API with its pages and its entries by family. */
import type { Api, Catalog } from "./catalog.js";
import { entriesOf, type Listed } from "./entries.js";

export interface Item {
  readonly text: string;
  /** From the root of the site, without its ending. */
  readonly path: string;
}

export interface Group {
  readonly text: string;
  readonly items: readonly Item[];
}

export interface ApiNavigation {
  readonly id: string;
  readonly text: string;
  readonly pages: readonly Item[];
  /** Empty where there are too many entries; then the pages of the API have lists of them. */
  readonly families: readonly Group[];
}

export interface Navigation {
  readonly pages: readonly Item[];
  readonly apis: readonly ApiNavigation[];
}

/** The pages of the docs that are no entry's, by their paths without endings: what their front matter says. */
export type Pages = ReadonlyMap<string, { readonly title: string; readonly description: string }>;

/** How many entries the side still lists: it is on every page. */
const many = 500;

export function navigationOf(catalog: Catalog, pages: Pages): Navigation {
  const { apis } = catalog;
  const entries = entriesOf(catalog);
  const listed = entries.length > many ? [] : entries;
  const isOfApi = (path: string): boolean => apis.some(({ id }) => path.startsWith(`${id}/`));
  return {
    pages: [
      { text: "Start", path: "index" },
      { text: "All entries", path: "entries" },
      { text: "Decode a response", path: "decode" },
      ...itemsOf(pages, (path) => path !== "index" && !isOfApi(path)),
    ],
    apis: apis.map((api) => apiNavigation(api, listed, pages)),
  };
}

function apiNavigation(
  { id, title }: Api,
  entries: readonly Listed[],
  pages: Pages,
): ApiNavigation {
  const index = `${id}/index`;
  const own = itemsOf(
    pages,
    (path) => path !== index && path.startsWith(`${id}/`) && path.split("/").length === 2,
  );
  const families = new Map<string, Item[]>();
  for (const { path, seen, title } of entries) {
    const [api, family] = path.split("/") as [string, string];
    const item = { text: `${seen} ${title}`.trim(), path };
    if (api === id) families.set(family, [...(families.get(family) ?? []), item]);
  }
  return {
    ...{ id, text: title },
    pages: [
      { text: "Overview", path: index },
      // They begin with the name of the API, under which they stand here.
      ...own.map(({ text, path }) => ({ path, text: capital(text.replace(`${title}: `, "")) })),
    ],
    families: [...families].map(([family, items]) => ({ text: capital(family), items })),
  };
}

function itemsOf(pages: Pages, wanted: (path: string) => boolean): readonly Item[] {
  return [...pages]
    .filter(([path]) => wanted(path))
    .map(([path, { title }]) => ({ text: title, path }));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The address of a page. */
export function hrefOf(path: string): string {
  const [, folder] = /^(?:(.*\/)|)index$/.exec(path) ?? [null, null];
  return folder === null ? `/${path}.html` : `/${folder ?? ""}`;
}
