/** The reference docs, as Markdown. */
import { defineTarget } from "../target.js";
import { apiDocs } from "./api.js";
import { retryDocs } from "./retries.js";
import { sharedDocs } from "./shared.js";

export const docs = defineTarget({
  name: "docs",
  names: () => null,
  emit: ({ catalog, symbols }) => [
    ...sharedDocs(catalog, symbols),
    ...catalog.apis.flatMap((api) => apiDocs(api, symbols)),
    ...catalog.apis.flatMap((api) => retryDocs(api, symbols)),
  ],
});
