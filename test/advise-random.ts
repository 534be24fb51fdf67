/** Random APIs, answers and requests, and what the safety table makes of them. */
import fc from "fast-check";
import type {
  AdviceData,
  AdviceInput,
  Deadline,
  Failure,
  IdempotencyKey,
  Operation,
  RetryRule,
  Step,
  TransportFailure,
} from "trading-api-errors";
import { type Recorded, mayBeTwo, resendOf, ruleNow, type Situation, type Told } from "./safety.js";

const outcomes = ["not-executed", "unknown", "executed", "partial", "prior-received"] as const;
const names = <T extends string>(...all: T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
const often = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 5, arbitrary: some }, { weight: 1, arbitrary: fc.constant(null) });
const rarely = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 1, arbitrary: some }, { weight: 5, arbitrary: fc.constant(null) });
const ms = fc.nat(4_000);

// "lost" is a name that nothing has.
const ruleName = fc.oneof(
  { weight: 9, arbitrary: names("a", "b", "c") },
  { weight: 1, arbitrary: names("never", "reconcile", "lost") },
);
const id = fc.oneof(
  { weight: 9, arbitrary: names("shop.a", "shop.b", "shop.c") },
  { weight: 1, arbitrary: names("shop.lost") },
);
const stepName = names("log-in", "refresh-token", "sync-clock");

const waits = {
  delay: often(
    fc.array(
      fc.oneof(
        fc.record({ source: names("fixed"), ms }),
        fc.record(
          {
            ...{ source: names("exponential"), initialBackoffMs: ms, maxBackoffMs: ms },
            multiplier: fc.constantFrom(1, 1.5, 2),
          },
          { requiredKeys: ["source", "initialBackoffMs", "multiplier"] },
        ),
        fc.record({ source: names("field"), field: names("retryAfter") }),
        fc.record({ source: names("header"), header: names("retry-after") }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  combine: often(names("first", "longest")),
  maxAttempts: often(fc.constantFrom(2, 4, 6, 9)),
};
const resend = {
  ...waits,
  maxDelayMs: rarely(fc.nat(90_000)),
  jitterMs: often(fc.nat(500)),
  identity: often(names("same", "same", "fresh", "none")),
  reSign: fc.constantFrom(true, null),
  requires: rarely(names("single-send")),
  pause: rarely(names("client")),
  deadline: rarely(names("expiry", "expiry", "lost")),
  budget: rarely(names("outage", "lost")),
};
const step = fc
  .record({ do: stepName, fallback: rarely(stepName) })
  .map((one) => said(one) as Step);

/** An object without the properties that are `null`: what a rule does not say is missing. */
function said(rule: object): unknown {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null));
}

const rule: fc.Arbitrary<RetryRule> = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ verdict: names("retry"), ...resend }) },
    {
      weight: 3,
      arbitrary: fc.record({
        verdict: names("after"),
        ...resend,
        before: fc.array(step, { maxLength: 2 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ verdict: names("never") }) },
    { weight: 1, arbitrary: fc.record({ verdict: names("reconcile"), ...waits }) },
  )
  .map((one) => said(one) as RetryRule);

const never: RetryRule = { verdict: "never" };
const reconcile: RetryRule = { verdict: "reconcile" };

const words = { title: "T", summary: "S", remedy: "R" };

const after = fc.record({ retry: ruleName });

export const data: fc.Arbitrary<AdviceData> = fc.record({
  rules: fc.record({ a: rule, b: rule, c: rule }).map((rules) => ({ ...rules, never, reconcile })),
  operations: fc
    .record({
      place: fc.record({
        kind: names("write"),
        idempotency: names("key", "key", "key", "lost"),
        replayChecked: fc.constantFrom(true, null),
      }),
      cancel: fc.constant({ kind: "write" as const, replayChecked: true }),
      look: fc.record({
        kind: names("read"),
        replayChecked: fc.constantFrom(true, null),
      }),
    })
    .map((all) =>
      Object.fromEntries(Object.entries(all).map(([name, one]) => [name, said(one) as Operation])),
    ),
  keys: fc.record({
    key: fc
      .record({
        at: fc.constant("/key"),
        windowMs: often(fc.constantFrom(1_000, 20_000, 60_000)),
        slackMs: often(ms),
        duplicate: fc.constant({ some: "skipped", all: "rejected" } as const),
      })
      .map((key) => said(key) as IdempotencyKey),
  }),
  deadlines: fc.record({
    expiry: fc
      .record({ defaultMs: often(fc.nat(20_000)), maxMs: often(fc.nat(40_000)) })
      .map((expiry) => said(expiry) as Deadline),
  }),
  budgets: fc.constant({ outage: { tokens: 100, cost: 10, refund: 1 } }),
  priors: fc.dictionary(id, fc.record({ outcome: names(...outcomes), retry: ruleName }), {
    maxKeys: 2,
  }),
  transport: fc.record({ timeout: after, reset: after }, { requiredKeys: ["timeout"] }),
  words: fc.constant({ "shop.a": words, "shop.b": words, "shop.c": words }),
});

/** Something that came back, and how long it asks to wait. */
export interface Answer {
  readonly failure: Failure | TransportFailure;
  readonly told: Told;
}

const at = Date.parse("Sun, 22 Nov 2026 12:00:00 GMT");
const date = (seconds: number): string => new Date(at + seconds * 1_000).toUTCString();

/** A header in one of the forms that it can have, and what it asks for. */
const header: fc.Arbitrary<readonly [headers: unknown, askedMs: number | null]> = fc
  .tuple(fc.nat(20), names("plain", "mixed", "list", "Headers", "Map", "decimal", "date", "alone"))
  .map(([seconds, form]) => {
    const asked = seconds * 1_000;
    const value = String(seconds);
    if (form === "plain") return [{ "retry-after": value }, asked];
    if (form === "mixed") return [{ "Retry-AFTER": seconds, other: "1" }, asked];
    if (form === "list") return [{ "retry-after": ["0", value, "soon"] }, Infinity];
    if (form === "Headers") return [new Headers({ "Retry-After": value }), asked];
    if (form === "Map") return [new Map([["retry-after", value]]), asked];
    if (form === "decimal") return [{ "retry-after": `${value}.0625` }, asked + 62.5];
    const until = { "retry-after": date(seconds - 10) };
    if (form === "alone") return [until, Infinity];
    return [{ ...until, date: date(0) }, seconds < 10 ? null : asked - 10_000];
  });
const noise = fc.constantFrom<readonly [unknown, null]>(
  ...([null, {}, [], "retry-after: 5", 5, { "retry-after": "-1" }] as const).map(
    (headers) => [headers, null] as const,
  ),
);
const unreadable = fc.constant([{ "retry-after": "soon" }, Infinity] as const);
const field = fc.oneof(
  fc.nat(60_000).map((n) => [n, n] as const),
  fc.constantFrom<readonly [unknown, number | null]>(
    ...([
      [null, null],
      [NaN, null],
      [-1, null],
      ["5", null],
      [1.5, 1.5],
      [Infinity, Infinity],
    ] as const),
  ),
);

// The two of which something may come; a write of any other outcome is never sent again.
const outcome = fc.oneof(
  { weight: 3, arbitrary: names("not-executed", "unknown") },
  { weight: 1, arbitrary: names(...outcomes) },
);

export const answer: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(id, outcome, ruleName, field, fc.oneof(header, noise, unreadable))
      .map(([id, outcome, retry, [retryAfterMs, fieldMs], [headers, headerMs]]) => ({
        failure: {
          ...{ id, outcome, retry, category: "internal", actor: "client", status: 400, code: null },
          ...{ text: null, fields: { retryAfterMs }, body: null, headers },
          unexpected: null,
        } as Failure,
        told: { fieldMs, headerMs },
      })),
  },
  {
    weight: 2,
    arbitrary: names("timeout", "reset", "closed").map((transport) => ({
      failure: { transport },
      told: { fieldMs: null, headerMs: null },
    })),
  },
);

const badNumber = fc.constantFrom(NaN, -1, -Infinity, Infinity, 0.5, -0);
const mostly = (good: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 19, arbitrary: good }, { weight: 1, arbitrary: badNumber });
export const operation = fc.oneof(
  { weight: 2, arbitrary: names("place") },
  { weight: 1, arbitrary: names("cancel", "look", "read", "write", "__proto__") },
);

const allOf = {
  ...{ operation, attempt: mostly(fc.constantFrom(1, 1, 1, 1, 2, 2, 3, 4, 6, 9)) },
  ...{ elapsedMs: mostly(fc.nat(10_000)), random: mostly(fc.double({ min: 0, max: 0.999 })) },
  ...{
    prior: names("none", "none", "none", "unknown"),
    done: fc.subarray(["log-in", "refresh", "x"]),
  },
  ...{ keyAgeMs: mostly(fc.nat(30_000)), deadlineMs: mostly(fc.nat(60_000)) },
  ...{ singleSend: fc.constantFrom(true, true, false), tokens: mostly(fc.nat(40)) },
};
export const input: fc.Arbitrary<AdviceInput> = fc.oneof(
  { weight: 3, arbitrary: fc.record(allOf) },
  {
    weight: 1,
    arbitrary: fc.record(allOf, { requiredKeys: ["operation", "attempt", "elapsedMs", "random"] }),
  },
);

/** What the data says of an answer to a request, in the words of the table. */
export function situation(
  data: AdviceData,
  { failure, told }: Answer,
  given: AdviceInput,
  earlier: boolean,
): Situation {
  const open = mayBeTwo(earlier, given.singleSend);
  const own = <T>(all: Readonly<Record<string, T>>, name: string | null): T | null =>
    name !== null && Object.keys(all).includes(name) ? all[name]! : null;
  const ruleOf = (name: string | null): RetryRule => own(data.rules, name) ?? reconcile;
  const known = "id" in failure && own(data.words, failure.id) !== null;
  const prior = known ? own(data.priors, failure.id) : null;
  const transport = "transport" in failure ? data.transport[failure.transport] : undefined;
  const name = known ? failure.retry : (transport?.retry ?? null);
  const recorded: Recorded = {
    outcome: known ? failure.outcome : "unknown",
    rule: ruleOf(name),
    ifPriorUnknown: prior && { outcome: prior.outcome, rule: ruleOf(prior.retry) },
  };
  const operation = own(data.operations, given.operation);
  const kind = operation?.kind ?? (given.operation === "read" ? "read" : "write");
  const rule = ruleNow(recorded, open && kind === "write");
  const resent = resendOf(rule);
  return {
    ...recorded,
    ...{ open, told, attempt: given.attempt, done: given.done ?? [], elapsedMs: given.elapsedMs },
    operation: operation === null ? { kind } : operation,
    key: own(data.keys, operation?.idempotency ?? null),
    ...{ keyAgeMs: given.keyAgeMs, deadlineMs: given.deadlineMs, tokens: given.tokens },
    singleSend: given.singleSend,
    deadline: own(data.deadlines, resent.deadline ?? null),
    cost: own(data.budgets, resent.budget ?? null)?.cost ?? 0,
  };
}
