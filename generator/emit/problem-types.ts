/** The problem types of an API (RFC 9457): what an owner's server says of a failure, so that any client can look it up. */
import type { Entry } from "../model/entry.js";
import { firstStatus } from "../model/spans.js";
import { present } from "../model/present.js";
import type { Api, Catalog } from "../sections/catalog.js";
import { publishedPage } from "./address.js";

export interface ProblemType {
  /** The page of the entry. */
  readonly type: string;
  readonly title: string;
  /** Absent where no status is expected. */
  readonly status?: number;
}

/** The failures that come as a whole response, by their ids. */
export function problemTypesOf(
  { living }: Api,
  { docs }: Catalog,
): ReadonlyMap<string, ProblemType> {
  const failures = living.filter(
    ({ success, match }) => !success && match.channels.some(({ kind }) => kind === "http"),
  );
  return new Map(failures.map((entry) => [entry.id, problemTypeOf(entry, docs)]));
}

function problemTypeOf(entry: Entry, docs: Catalog["docs"]): ProblemType {
  const { title, match, examples } = entry;
  const shown = examples.find(({ channel }) => channel.kind === "http")?.status;
  const type = publishedPage(docs, entry)!;
  return present({ type, title, status: firstStatus(match.statuses) ?? shown }) as ProblemType;
}
