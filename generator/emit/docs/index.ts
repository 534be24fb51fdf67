/** The reference docs, as Markdown and pictures. A new page is a file, and a line in one of these lists. */
import { defineTarget, perApi } from "../target.js";
import { type ApiPages, type CatalogPages, libraryOf } from "./book.js";
import { compare } from "./compare.js";
import { entryPages } from "./entry-pages.js";
import { glossary } from "./glossary.js";
import { home } from "./home.js";
import { retryLibraries } from "./libraries.js";
import { limits } from "./limits.js";
import { listing } from "./listing.js";
import { llmsFull, llmsIndex } from "./llms.js";
import { navigation } from "./navigation/index.js";
import { overview } from "./overview.js";
import { pictures } from "./pictures/index.js";
import { openQuestions } from "./questions.js";
import { reference } from "./reference.js";
import { sessions } from "./sessions.js";
import { whatNext } from "./what-next.js";

const ofCatalog: readonly CatalogPages[] = [
  home,
  compare,
  glossary,
  sessions,
  retryLibraries,
  llmsIndex,
  llmsFull,
  navigation,
];

const ofApi: readonly ApiPages[] = [
  overview,
  whatNext,
  limits,
  reference,
  openQuestions,
  listing,
  entryPages,
  pictures,
];

export const docs = defineTarget({
  name: "docs",
  packed: ["docs"],
  names: () => null,
  emit: (emission) => {
    const library = libraryOf(emission.catalog, emission.symbols);
    const books = new Map(library.books.map((book) => [book.api, book]));
    return [
      ...ofCatalog.flatMap((pages) => pages(library)),
      ...perApi(emission, (api) => ofApi.flatMap((pages) => pages(books.get(api)!))),
    ];
  },
});
