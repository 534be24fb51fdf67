/** The responses of an API: for each status, and for each operation that is answered otherwise, all entries that it may be. */
import { enumerate } from "../../diagnostics/phrases.js";
import type { Entry } from "../../model/entry.js";
import type { Operation } from "../../model/retry.js";
import { sendsAgain } from "../../recognise/uses.js";
import type { RecognisedApi } from "../../recognise/recognise.js";
import { text } from "../markdown.js";
import { type Arrival, answers, arrivalsOf } from "./arrivals.js";
import { contentOf } from "./bodies.js";

export interface Response {
  readonly status: string;
  /** The operations that are answered like this; `null` for all that have no response of their own. */
  readonly operation: Operation | null;
  readonly response: object;
}

/** The responses by their names in the document: `404`, or `place-order-404` where an operation is answered otherwise. */
export function responsesOf(api: RecognisedApi): ReadonlyMap<string, Response> {
  const all = arrivalsOf(api);
  const named = new Map<string, Response>();
  const statuses = [...new Set(all.map(({ status }) => status))].sort();
  for (const operation of [null, ...api.operations])
    for (const status of statuses) {
      const own = all.filter((one) => one.status === status && answers(one, operation));
      const usual = all.filter((one) => one.status === status && answers(one, null));
      if (own.length === 0 || (operation !== null && own.length === usual.length)) continue;
      const name = operation === null ? status : `${operation.name}-${status}`;
      named.set(name, { status, operation, response: responseOf(status, own) });
    }
  return named;
}

function responseOf(status: string, arrivals: readonly Arrival[]): object {
  const headers = [...new Set(arrivals.flatMap(({ entry }) => waitHeaders(entry)))];
  const content = contentOf(status, arrivals);
  return {
    description: inWords(arrivals.map(({ entry }) => entry)),
    ...(headers.length === 0
      ? {}
      : { headers: Object.fromEntries(headers.map((name) => [name, waitHeader])) }),
    ...(content === null ? {} : { content }),
  };
}

const waitHeader = { description: "How long to wait.", schema: { type: "string" } };

/** The headers in which a response that may be answered by sending again says how long to wait. */
function waitHeaders({ retry }: Entry): readonly string[] {
  if (retry === null || !sendsAgain(retry)) return [];
  return (retry.data.delay ?? []).flatMap((source) =>
    source.source === "header" ? [source.header] : [],
  );
}

/** So many titles can be read in a sentence. */
const few = 8;

function inWords(entries: readonly Entry[]): string {
  const [first, ...others] = entries;
  if (others.length === 0) return text(first!.summary);
  if (entries.length > few) return `One of ${entries.length} answers; the examples name them.`;
  return `${enumerate(
    entries.map(({ title }) => text(title)),
    "or",
  )}.`;
}
