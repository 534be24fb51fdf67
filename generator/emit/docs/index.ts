/** The reference docs, as Markdown. */
import { defineTarget, perApi } from "../target.js";
import { apiDocs } from "./api.js";
import { retryDocs } from "./retries.js";
import { sharedDocs } from "./shared.js";

export const docs = defineTarget({
  name: "docs",
  packed: ["docs"],
  names: () => null,
  emit: ({ catalog, symbols }) => [
    ...sharedDocs(catalog, symbols),
    ...perApi(catalog, (api) => apiDocs(api, symbols)),
    ...perApi(catalog, (api) => retryDocs(api, symbols)),
  ],
});
