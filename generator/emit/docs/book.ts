/** What pages are made from: all APIs, or one of them. A page is a function from one of these to files. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import type { Symbols } from "../target.js";
import { type Members, membersOf } from "./relations.js";

/** All APIs. */
export interface Library {
  readonly catalog: RecognisedCatalog;
  readonly symbols: Symbols;
}

/** One API. */
export interface Book {
  readonly api: RecognisedApi;
  readonly symbols: Symbols;
  /** The name of the package that code imports. */
  readonly packageName: string;
  readonly members: Members;
  /** Whether it has too many entries for one table. */
  readonly isLarge: boolean;
}

/** Paths are from the root of the output. */
export type CatalogPages = (library: Library) => readonly OutputFile[];
export type ApiPages = (book: Book) => readonly OutputFile[];

/** How many entries a person still reads through. */
const many = 250;

export function bookOf(api: RecognisedApi, { catalog, symbols }: Library): Book {
  return {
    api,
    symbols,
    packageName: catalog.package.name,
    members: membersOf(api),
    isLarge: api.entries.length > many,
  };
}

/** How many bytes of what is listed a page has at the most. */
const most = 80_000;

/** What is listed, in runs of which each fits on a page. */
export function runsOf<T>(list: readonly T[], sizeOf: (one: T) => number): readonly T[][] {
  const runs: T[][] = [];
  let left = 0;
  for (const one of list) {
    left -= sizeOf(one);
    if (left >= 0) runs.at(-1)!.push(one);
    else {
      runs.push([one]);
      left = most - sizeOf(one);
    }
  }
  return runs;
}

/** The path of the first, second or a later page of the same list. */
export function pagePath(path: string, index: number): string {
  return index === 0 ? path : path.replace(/\.md$/, `-${index + 1}.md`);
}
