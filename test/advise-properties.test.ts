/** Random APIs, failures and histories: the advice is safe, the same each time, never early, and comes to an end. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advise, type AdviceData, type AdviceInput } from "trading-api-errors";
import { answer, type Answer, data, input, operation, situation } from "./advise-random.js";
import { violations, whatHappened } from "./safety.js";

const runs = { numRuns: 2_000 };

/** What a caller who says nothing of the past has to reckon with. */
const reckoned = ({ prior, attempt }: AdviceInput): boolean =>
  prior === undefined ? attempt !== 1 : prior === "unknown";

function frozen<T>(value: T): T {
  if (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Map || value instanceof Headers)
  ) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe("on random APIs", () => {
  it("no advice is against the table", () => {
    const counts = { retry: 0, reconcile: 0, stop: 0, again: 0, fresh: 0, told: 0 };
    fc.assert(
      fc.property(
        data,
        fc.array(fc.tuple(answer, input), { minLength: 5, maxLength: 10 }),
        (data, all) => {
          for (const [one, given] of all) {
            const advice = advise(data, one.failure, given);
            counts[advice.do]++;
            if (advice.do === "retry") {
              if (advice.next.prior === "unknown") counts.again++;
              if (advice.identity === "fresh") counts.fresh++;
              if (advice.delayFrom === "field" || advice.delayFrom === "header") counts.told++;
            }
            expect(violations(situation(data, one, given, reckoned(given)), advice)).toEqual([]);
          }
        },
      ),
      runs,
    );
    console.log("random situations", counts);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(20);
  });

  it("the same input gives the same advice, and is left as it was", () => {
    fc.assert(
      fc.property(data, answer, input, (data, { failure }, given) => {
        const first = advise(structuredClone(data), failure, structuredClone(given));
        const frozenOnes = [frozen(data), frozen(failure), frozen(given)] as const;
        expect(advise(...frozenOnes)).toEqual(first);
        expect(advise(...frozenOnes)).toEqual(first);
      }),
      runs,
    );
  });

  it("a call that follows the advice ends, and is safe whatever really happened", () => {
    const counts = { ended: 0, longest: 0, again: 0 };
    const event = fc.tuple(answer, fc.nat(1_000), fc.double({ min: 0, max: 0.999 }), fc.boolean());
    // No rule has more than nine attempts.
    const call = fc.tuple(operation, fc.array(event, { minLength: 9, maxLength: 9 }));
    const calls = fc.array(call, { minLength: 5, maxLength: 5 });
    const follow = (data: AdviceData, operation: string, events: readonly Event[]): void => {
      let next: Pick<AdviceInput, "attempt" | "prior" | "done"> = { attempt: 1 };
      let [elapsedMs, keySince, open] = [0, 0, false];
      for (const [one, tookMs, random, singleSend] of events) {
        elapsedMs += tookMs;
        const keyAgeMs = elapsedMs - keySince;
        const given = { ...next, operation, elapsedMs, random, singleSend, keyAgeMs };
        const advice = advise(data, one.failure, given);
        const judged = situation(data, one, given, open);
        expect(violations(judged, advice)).toEqual([]);
        if (advice.do !== "retry") {
          counts.ended++;
          return;
        }
        if (open) counts.again++;
        // By the table: what the advice says of it is judged above.
        const isOpen = ["unknown", "prior-received"].includes(whatHappened(judged));
        open = judged.operation.kind === "write" && isOpen;
        if (advice.identity === "fresh") keySince = elapsedMs;
        elapsedMs += advice.delayMs;
        next = advice.next;
        counts.longest = Math.max(counts.longest, next.attempt);
      }
    };
    fc.assert(
      fc.property(data, calls, (data, all) => {
        for (const [operation, events] of all) follow(data, operation, events);
      }),
      runs,
    );
    console.log("random histories", counts);
    expect(counts.ended).toBe(runs.numRuns * 5);
    expect(counts.longest).toBeGreaterThan(4);
    expect(counts.again).toBeGreaterThan(20);
  });
});

type Event = readonly [one: Answer, tookMs: number, random: number, singleSend: boolean];

type Change = (given: AdviceInput, one: Answer) => readonly [AdviceInput, Answer];

/** Changes after which nothing may be sent that would not have been sent before, nor any sooner. */
const worse: Readonly<Record<string, Change>> = {
  "a later time": (given, one) => [{ ...given, elapsedMs: given.elapsedMs + 400 }, one],
  "an older key": ({ keyAgeMs = Infinity, ...given }, one) => [
    { ...given, keyAgeMs: keyAgeMs + 400 },
    one,
  ],
  "a key of no age": ({ keyAgeMs: _, ...given }, one) => [given, one],
  "an earlier deadline": (given, one) => [
    { ...given, deadlineMs: (given.deadlineMs ?? 0) / 2 },
    one,
  ],
  "fewer tokens": (given, one) => [{ ...given, tokens: (given.tokens ?? 20) - 11 }, one],
  "a library below": ({ singleSend, ...given }, one) => [
    singleSend === false ? { ...given, singleSend } : given,
    one,
  ],
  "more chance": (given, one) => [{ ...given, random: (given.random + 1) / 2 }, one],
  "chance that is none": (given, one) => [{ ...given, random: NaN }, one],
  "no clock": (given, one) => [{ ...given, elapsedMs: NaN }, one],
  "a clock that went back": (given, one) => [{ ...given, elapsedMs: -1 }, one],
  "one more step made": (given, one) => [{ ...given, done: [...(given.done ?? []), "sync"] }, one],
  "one more attempt": (given, one) => {
    const prior = reckoned(given) ? "unknown" : "none";
    return [{ ...given, attempt: given.attempt + 1, prior }, one];
  },
  "a longer wait": (given, one) => {
    const { failure } = one;
    const { fieldMs } = one.told;
    // What is there and cannot be read is no wait, and so none that could grow.
    if ("transport" in failure || fieldMs === null) return [given, one];
    const fields = { retryAfterMs: fieldMs + 400 };
    return [given, { ...one, failure: { ...failure, fields } }];
  },
};

describe("nothing is sent sooner or more readily for", () => {
  it.each(Object.entries(worse))("%s", (_, change) => {
    const counts = { before: 0, after: 0 };
    const good = input.filter(
      ({ attempt, elapsedMs, random, deadlineMs = 0, keyAgeMs = 0 }) =>
        attempt >= 1 &&
        elapsedMs >= 0 &&
        random >= 0 &&
        random < 1 &&
        deadlineMs >= 0 &&
        keyAgeMs >= 0,
    );
    fc.assert(
      fc.property(
        data,
        fc.array(fc.tuple(answer, good), { minLength: 5, maxLength: 5 }),
        (data, all) => {
          for (const [one, given] of all) {
            const before = advise(data, one.failure, given);
            const [worseGiven, worseOne] = change(given, one);
            const after = advise(data, worseOne.failure, worseGiven);
            if (before.do === "retry") counts.before++;
            if (after.do !== "retry") continue;
            counts.after++;
            expect(before.do).toBe("retry");
            if (before.do === "retry") expect(after.delayMs).toBeGreaterThanOrEqual(before.delayMs);
          }
        },
      ),
      runs,
    );
    expect(counts.before).toBeGreaterThan(150);
    expect(counts.after).toBeLessThanOrEqual(counts.before);
  });
});
