/** The reference docs, as Markdown. */
import { defineTarget, perApi } from "../target.js";
import { apiDocs } from "./api.js";
import { bookOf } from "./book.js";
import { retryDocs } from "./retries.js";
import { sharedDocs } from "./shared.js";

export const docs = defineTarget({
  name: "docs",
  packed: ["docs"],
  names: () => null,
  emit: (emission) => {
    const { catalog, symbols } = emission;
    const books = new Map(catalog.apis.map((api) => [api, bookOf(api, symbols)]));
    return [
      ...sharedDocs(catalog, books, symbols),
      ...perApi(emission, (api) => apiDocs(api, books.get(api)!, symbols)),
      ...perApi(emission, (api) => retryDocs(api, books.get(api)!, symbols)),
    ];
  },
});
