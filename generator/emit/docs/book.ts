/** What pages are made from: all APIs, or one of them. A page is a function from one of these to files. */
import type { OutputFile } from "../../model/output-file.js";
import type { RecognisedApi, RecognisedCatalog } from "../../recognise/recognise.js";
import type { Symbols } from "../target.js";
import { type Members, membersOf } from "./relations.js";
import { type Case, casesOf, type Group, groupsOf } from "./ways.js";

/** All APIs. */
export interface Library {
  readonly catalog: RecognisedCatalog;
  readonly symbols: Symbols;
  readonly books: readonly Book[];
}

/** One API. */
export interface Book {
  readonly api: RecognisedApi;
  readonly symbols: Symbols;
  /** The name of the package that code imports. */
  readonly packageName: string;
  readonly members: Members;
  readonly cases: readonly Case[];
  /** The cases that lead the same way. */
  readonly groups: readonly Group[];
  /** Whether it has too many entries for one table. */
  readonly isLarge: boolean;
}

/** Paths are from the root of the output. */
export type CatalogPages = (library: Library) => readonly OutputFile[];
export type ApiPages = (book: Book) => readonly OutputFile[];

/** How many entries a person still reads through. */
const many = 250;

export function libraryOf(catalog: RecognisedCatalog, symbols: Symbols): Library {
  const { name } = catalog.package;
  return { catalog, symbols, books: catalog.apis.map((api) => bookOf(api, symbols, name)) };
}

function bookOf(api: RecognisedApi, symbols: Symbols, packageName: string): Book {
  const cases = casesOf(api);
  return {
    ...{ api, symbols, packageName, cases },
    groups: groupsOf(api, cases),
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
