/** What the side of the site lists: the pages of all APIs, then each API with its pages and its entries by family. */
import type { Api, Catalog } from "./catalog.js";

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
  /** Empty where the API has too many entries; then its pages have lists of them. */
  readonly families: readonly Group[];
}

export interface Navigation {
  readonly pages: readonly Item[];
  readonly apis: readonly ApiNavigation[];
}

/** The pages of the docs that are no entry's, by their paths without endings: what their front matter says. */
export type Pages = ReadonlyMap<string, { readonly title: string; readonly description: string }>;

/** How many entries of an API the side still lists. */
const many = 250;

export function navigationOf({ apis }: Catalog, pages: Pages): Navigation {
  const isOfApi = (path: string): boolean => apis.some(({ id }) => path.startsWith(`${id}/`));
  return {
    pages: [
      { text: "Start", path: "index" },
      { text: "All entries", path: "entries" },
      { text: "Decode a response", path: "decode" },
      ...itemsOf(pages, (path) => path !== "index" && !isOfApi(path)),
    ],
    apis: apis.map((api) => apiNavigation(api, pages)),
  };
}

function apiNavigation({ id, title, entries }: Api, pages: Pages): ApiNavigation {
  const index = `${id}/index`;
  const own = itemsOf(
    pages,
    (path) => path !== index && path.startsWith(`${id}/`) && path.split("/").length === 2,
  );
  const families = [...new Set(entries.map(({ family }) => family))];
  return {
    ...{ id, text: title },
    pages: [
      { text: "Overview", path: index },
      // They begin with the name of the API, under which they stand here.
      ...own.map(({ text, path }) => ({ path, text: capital(text.replace(`${title}: `, "")) })),
    ],
    families:
      entries.length > many
        ? []
        : families.map((family) => ({
            text: capital(family),
            items: entries
              .filter((entry) => entry.family === family)
              .map(({ title, name }) => ({ text: title, path: `${id}/${family}/${name}` })),
          })),
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
