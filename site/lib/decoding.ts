/** What a recorded response is, to each API's decoder, and what to do then. It never throws: decoders do not. */
import type { Advice, Failure, HttpResponse, Outcome, Reply } from "trading-api-errors";
import type { Recorded } from "../../generator/recognise/traffic/recorded.js";
import type { Api, Operation } from "./catalog.js";
import type { Listed } from "./entries.js";
import { failedItems, type ReadItems } from "./items.js";
import { inWords, whoActs } from "./words.js";

/** What `virtual:decoders` has of an API: a part of its data, and the module that the package exports for it. */
export interface Decoders extends Pick<Api, "id" | "title" | "prefix" | "channels"> {
  readonly operations: readonly Operation[];
  readonly code: Readonly<Record<string, unknown>>;
}

type ReadHttp = (response: HttpResponse) => Reply;
type ReadFrame = (frame: unknown) => Reply;
type Advise = (failure: Failure, input: object) => Advice;

/** What was recognised in it. */
export interface Match {
  /** Of the API. */
  readonly api: string;
  readonly apiTitle: string;
  readonly id: string;
  /** What it is of: the whole response, a frame, or one item by its key. */
  readonly of: string;
  /** How surely: by what it says, by that under a status that is not listed, by its status alone, or not at all. */
  readonly by: "content" | "content, under another status" | "status" | "nothing";
  readonly outcome: Outcome;
  /** `null` where nothing failed. */
  readonly actor: string | null;
  /** The values that the response carries. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** What to do after the first attempt, and of which operations; empty where nothing failed. */
  readonly advice: readonly { readonly says: string; readonly after: readonly string[] }[];
}

const sureness = ["content", "content, under another status", "status", "nothing"] as const;

/** What the APIs make of it: those that know it best, and nothing of the others. What failed comes first. */
export function decode(
  recorded: Recorded,
  apis: readonly Decoders[],
  pages: ReadonlyMap<string, Listed>,
): readonly Match[] {
  const all = apis.flatMap((api) => matchesOf(recorded, api, pages));
  const best = sureness.find((by) => all.some((match) => match.by === by));
  const found = all.filter((match) => match.by === best);
  return found.sort((a, b) => Number(a.actor === null) - Number(b.actor === null));
}

function matchesOf(
  { kind: recordedAs, of: asked, status, headers, body }: Recorded,
  api: Decoders,
  pages: ReadonlyMap<string, Listed>,
): readonly Match[] {
  const response: HttpResponse = {
    status: status ?? Number.NaN,
    headers: Object.fromEntries(headers),
    body,
  };
  const say = (reply: Reply, of: string): Match => {
    const id = reply.ok ? reply.id : reply.failure.id;
    const page = pages.get(id);
    const isElsewhere = !reply.ok && reply.failure.unexpected === "status" && status !== null;
    const by = sureOf(page, isElsewhere);
    const whose = asked === null ? of : `${of} to ${asked}`;
    const common = { api: api.id, apiTitle: api.title, id, of: whose, by };
    return reply.ok
      ? { ...common, outcome: reply.outcome, actor: null, fields: [], advice: [] }
      : { ...common, ...factsOf(reply.failure, page === undefined ? null : api) };
  };
  return api.channels.flatMap((channel) => {
    const { kind, names } = channel;
    const read = api.code[names.decode];
    if (kind === "socket")
      return recordedAs === "response" ? [] : [say((read as ReadFrame)(body), "the frame")];
    if (recordedAs === "frame") return [];
    if (kind === "http") return [say((read as ReadHttp)(response), "the response")];
    return failedItems(channel, read as ReadItems, response).map(({ key, failure }) =>
      say({ ok: false, failure }, key === null ? "the item" : `item ${key}`),
    );
  });
}

/** What is known of a failure; the advice of an API, if it knows the failure. */
function factsOf(
  failure: Failure,
  api: Decoders | null,
): Pick<Match, "outcome" | "actor" | "fields" | "advice"> {
  const { outcome, actor, fields } = failure;
  return {
    ...{ outcome, actor: whoActs[actor] },
    fields: Object.entries(fields).flatMap(([name, value]) =>
      value === null
        ? []
        : [[name, typeof value === "string" ? value : JSON.stringify(value)] as const],
    ),
    advice: api === null ? [] : adviceOn(failure, api),
  };
}

function sureOf(page: Listed | undefined, isElsewhere: boolean): Match["by"] {
  if (page === undefined) return "nothing";
  if (page.kind === "status") return "status";
  return isElsewhere ? "content, under another status" : "content";
}

/** By operation; or by kind where the catalog has no operation of it. */
function adviceOn(failure: Failure, { operations, prefix, code }: Decoders): Match["advice"] {
  const missing = (["read", "write"] as const).filter(
    (kind) => !operations.some((operation) => operation.kind === kind),
  );
  const advise = code[`advise${prefix}`] as Advise;
  const first = { attempt: 1, elapsedMs: 0, keyAgeMs: 0, random: 0 };
  const after = new Map<string, string[]>();
  for (const operation of [...operations.map(({ name }) => name), ...missing]) {
    const says = inWords(advise(failure, { ...first, operation }));
    after.set(says, [...(after.get(says) ?? []), operation]);
  }
  return [...after].map(([says, after]) => ({ says, after }));
}
