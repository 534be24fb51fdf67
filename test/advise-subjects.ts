/** The failures of the three real APIs as their decoders give them, beside what catalog.json records of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as root from "trading-api-errors";
import { adviseSixMm, decodeSixMm } from "trading-api-errors/6mm";
import { sixMmFixtures } from "trading-api-errors/6mm/fixtures";
import { abpDeclines, adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { abpFixtures } from "trading-api-errors/abp/fixtures";
import { adviseMm, decodeMm, decodeMmSocket, mmSockets } from "trading-api-errors/mm";
import { type Fixture, mmFixtures } from "trading-api-errors/mm/fixtures";
import type { Recorded } from "./safety.js";
import { generated } from "./support.js";

type Named<T> = T & { readonly name: string };
type Asked = root.Failure | root.TransportFailure;
export type Advise = (failure: Asked, input: root.AdviceInput) => root.Advice;

/** An API as catalog.json has it, as far as the table asks. */
interface Api {
  readonly id: string;
  readonly operations: readonly Named<root.Operation>[];
  readonly retry: readonly Named<root.RetryRule>[];
  readonly transport: readonly Named<{ readonly retry: string }>[];
  readonly idempotency: readonly Named<root.IdempotencyKey>[];
  readonly deadlines: readonly Named<root.Deadline>[];
  readonly budgets: readonly Named<root.Budget>[];
  readonly entries: readonly {
    readonly id: string;
    readonly success: boolean;
    readonly outcome: root.Outcome;
    readonly retry: string | null;
    readonly ifPriorUnknown: { readonly outcome: root.Outcome; readonly retry: string } | null;
  }[];
}

const text = readFileSync(join(generated, "catalog.json"), "utf8");
const read = JSON.parse(text) as { readonly apis: readonly Api[] };
// A section without nodes has no key.
const empty = { operations: [], transport: [], idempotency: [], deadlines: [], budgets: [] };
const apis = read.apis.map((api) => ({ ...empty, ...api }));

export interface Case extends Recorded {
  readonly label: string;
  readonly failure: Asked;
  /** The rule for a read, where it is another one. */
  readonly onRead: root.RetryRule | null;
}

export interface Subject {
  readonly name: string;
  readonly api: Api;
  readonly advise: Advise;
  readonly operations: readonly Named<root.Operation>[];
  readonly cases: readonly Case[];
  readonly steps: readonly string[];
}

/** An order that is answered with this item. */
function declined(body: unknown): root.Reply {
  const key = (body as { requestUuid: string }).requestUuid;
  const whole = { acceptedOrders: [], declinedOrders: [body] };
  const found = decodeAbpPlacement([key], { status: 201, body: whole }).items.get(key)!;
  if (found.is === "accepted")
    return { ok: true, id: String(found.id), outcome: found.outcome, status: null, body };
  if (!("failure" in found) || found.failure === null) throw new Error(`${key} is ${found.is}`);
  return { ok: false, failure: found.failure };
}

const decoders: Readonly<Record<string, (id: string, fixture: Fixture) => root.Reply>> = {
  mm: (id, fixture) => (id in mmSockets ? decodeMmSocket(fixture.body) : decodeMm(fixture)),
  abp: (id, fixture) => (id in abpDeclines ? declined(fixture.body) : decodeAbp(fixture)),
  "6mm": (_, fixture) => decodeSixMm(fixture),
};

/** What no entry fits, and items of which a part was carried out. */
const others: Readonly<Record<string, readonly root.Reply[]>> = {
  mm: [decodeMm({ status: 504, body: "<html>" }), decodeMmSocket({ error: "New" })],
  abp: [
    decodeAbp({ status: 418 }),
    declined({ requestUuid: "a", declineReason: "New", bets: [] }),
    // Whatever the reason, a part that was carried out means the same: one that is final, and one that is not.
    ...["abp.invalid-odds", "abp.odds-temporarily-unavailable"].map((id) => {
      const { body } = abpFixtures[id as keyof typeof abpDeclines][0]!;
      return declined({ ...(body as object), bets: [{ id: 1 }] });
    }),
  ],
  "6mm": [decodeSixMm({ status: 200, body: { code: 1005 } }), decodeSixMm({ status: 502 })],
};

function subject(
  id: string,
  advise: unknown,
  fixtures: Readonly<Record<string, readonly Fixture[]>>,
): Subject {
  const api = apis.find((one) => one.id === id)!;
  const rule = (name: string | null): root.RetryRule => api.retry.find((r) => r.name === name)!;
  const recorded = (reply: root.Reply): Case[] => {
    if (reply.ok) return [];
    const { failure } = reply;
    const entry = api.entries.find((e) => e.id === failure.id);
    const partly = failure.outcome === "partial" && entry?.outcome !== "partial";
    const prior = entry?.ifPriorUnknown ?? null;
    return [
      {
        label: partly ? `${failure.id}, in part` : failure.id,
        failure,
        // Of a body that nobody listed, the status tells no outcome.
        outcome:
          failure.unexpected === "body"
            ? "unknown"
            : partly
              ? "partial"
              : (entry?.outcome ?? "unknown"),
        rule: rule(partly || entry === undefined ? "reconcile" : entry.retry),
        // A gateway that is not the API's: who reads may read again.
        onRead:
          entry === undefined && failure.status !== null && failure.status >= 500
            ? rule(api.transport.find(({ name }) => name === "closed")!.retry)
            : null,
        ifPriorUnknown: prior && { outcome: prior.outcome, rule: rule(prior.retry) },
      },
    ];
  };
  return {
    name: id,
    api,
    advise: advise as Advise,
    operations: [
      ...api.operations,
      { name: "read", kind: "read" },
      { name: "write", kind: "write" },
    ],
    cases: [
      ...Object.entries(fixtures).flatMap(([entry, list]) =>
        list.flatMap((fixture) => recorded(decoders[id]!(entry, fixture))),
      ),
      ...others[id]!.flatMap(recorded),
      ...api.transport.map(({ name, retry }) => ({
        label: name,
        failure: { transport: name as root.Transport },
        outcome: name === "unsent" ? ("not-executed" as const) : ("unknown" as const),
        rule: rule(retry),
        onRead: null,
        ifPriorUnknown: null,
      })),
    ],
    steps: [
      ...new Set(
        api.retry.flatMap((rule) =>
          rule.verdict === "after"
            ? rule.before.flatMap((step) => [step.do, ...(step.fallback ? [step.fallback] : [])])
            : [],
        ),
      ),
    ],
  };
}

export const mm = subject("mm", adviseMm, mmFixtures);
export const abp = subject("abp", adviseAbp, abpFixtures);
export const sixMm = subject("6mm", adviseSixMm, sixMmFixtures);
