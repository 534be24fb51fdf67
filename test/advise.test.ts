/** What to do after the failures of the three APIs, by example. */
import { describe, expect, it } from "vitest";
import {
  type Advice,
  budgetAfter,
  type Failure,
  type Reply,
  type Retry,
  type Success,
} from "trading-api-errors";
import { adviseSixMm, decodeSixMm } from "trading-api-errors/6mm";
import { abpBudgets, adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { adviseMm, decodeMm, decodeMmSocket } from "trading-api-errors/mm";

function failureOf<F extends Failure>(reply: Reply<Success, F>): F {
  if (reply.ok) throw new Error(`${reply.id} is no failure`);
  return reply.failure;
}

const first = { attempt: 1, elapsedMs: 0, random: 0 } as const;
const timeout = { transport: "timeout" } as const;
const minutes = 60_000;
const hours = 60 * minutes;

/** What most examples are about: of a retry its wait, where that comes from, and the key; else why, and the outcome. */
const inShort = (advice: Advice): string =>
  advice.do === "retry"
    ? `retry ${advice.delayMs} ${advice.delayFrom} ${advice.identity}`
    : `${advice.do}: ${advice.why}, ${advice.outcome}`;

describe("ABP", () => {
  const place = { ...first, operation: "place-orders", keyAgeMs: 0 } as const;
  const read = { ...first, operation: "read-accounts" } as const;
  const answer = (status: number, body: unknown = null) => failureOf(decodeAbp({ status, body }));
  const limited = (retry_after: unknown) =>
    answer(429, { detail: "Rate limit exceeded", limit: "100", retry_after });
  const declined = (declineReason: string, bets: readonly unknown[] = []) => {
    const body = {
      acceptedOrders: [],
      declinedOrders: [{ requestUuid: "a", declineReason, bets }],
    };
    const found = decodeAbpPlacement(["a"], { status: 201, body }).items.get("a")!;
    if (!("failure" in found) || found.failure === null) throw new Error(found.is);
    return found.failure;
  };
  const noOdds = "Odds temporarily unavailable";
  const unavailable = answer(503);
  const duplicates = answer(409, {
    detail: { error: "All orders are duplicates", duplicateUuids: ["a"], inProgressUuids: [] },
  });

  it("waits as long as a 429 says, and everybody waits", () => {
    expect(adviseAbp(limited(2), place)).toEqual({
      do: "retry",
      delayMs: 2_000,
      delayFrom: "field",
      identity: "same",
      reSign: false,
      before: [],
      pause: "client",
      withinMs: Infinity,
      budget: null,
      cost: 0,
      next: { attempt: 2, prior: "none", done: [] },
    } satisfies Retry);
  });

  it("gives back an order that was not placed, and says who has to act", () => {
    expect(adviseAbp(answer(422), place)).toEqual({
      do: "stop",
      why: "rule",
      outcome: "not-executed",
      certainty: "inferred",
      actor: "client",
      remedy: expect.stringContaining("Correct the body") as string,
      pause: null,
      pauseMs: 0,
    });
  });

  it("looks up duplicates at once, and five times at most", () => {
    expect(adviseAbp(duplicates, place)).toEqual({
      do: "reconcile",
      why: "rule",
      outcome: "prior-received",
      certainty: "documented",
      lookup: "get-orders",
      looks: 5,
      everyMs: 1_000,
      remedy: expect.stringContaining("Do not send them again") as string,
      pause: null,
      pauseMs: 0,
    });
  });

  it("says for how long even a lookup has to wait, when the vendor wants no more requests", () => {
    expect(adviseAbp(limited(1_900), place)).toMatchObject({
      ...{ do: "stop", why: "too-long", pause: "client", pauseMs: 1_900_000 },
    });
    expect(adviseAbp(limited(2), { ...place, attempt: 5 })).toMatchObject({
      ...{ do: "reconcile", why: "attempts", pause: "client", pauseMs: 2_000 },
    });
  });

  it("hears a header with a longer wait than the body's, and a shorter one in vain", () => {
    const told = (seconds: string): Parameters<typeof adviseAbp>[0] =>
      failureOf(
        decodeAbp({
          status: 429,
          headers: { "retry-after": seconds },
          body: { detail: "Rate limit exceeded", retry_after: 2 },
        }),
      );
    expect(inShort(adviseAbp(told("9"), place))).toBe("retry 9000 header same");
    expect(inShort(adviseAbp(told("1"), place))).toBe("retry 2000 field same");
  });

  it("takes no refusal for the end where something may have sent the order twice", () => {
    expect(adviseAbp(answer(422), { ...place, singleSend: false })).toMatchObject({
      ...{ do: "reconcile", outcome: "unknown" },
    });
  });

  it.each<readonly [what: string, Parameters<typeof adviseAbp>[0], object, advice: string]>([
    ["a 429 that says a second", limited(1), {}, "retry 1000 field same"],
    ["with jitter, which is added", limited(1), { random: 0.5 }, "retry 1125 field same"],
    ["a 429 that says nothing", answer(429), {}, "retry 1000 fixed same"],
    ["at most half a minute", limited(30), {}, "retry 30000 field same"],
    ["and not a moment longer", limited(30.001), {}, "stop: too-long, not-executed"],
    ["the fourth 429", limited(1), { attempt: 4, prior: "none" }, "retry 1000 field same"],
    ["the fifth 429", limited(1), { attempt: 5, prior: "none" }, "stop: attempts, not-executed"],
    ["a 429 after a timeout", limited(1), { attempt: 2 }, "retry 1000 field same"],
    [
      "the same, and no key",
      limited(1),
      { attempt: 2, keyAgeMs: undefined },
      "reconcile: outcome, unknown",
    ],
    ["the fifth try, one timed out", limited(1), { attempt: 5 }, "reconcile: attempts, unknown"],

    ["503, under the same key", unavailable, {}, "retry 500 exponential same"],
    ["no answer, likewise", timeout, {}, "retry 500 exponential same"],
    ["the second time", timeout, { attempt: 2 }, "retry 1000 exponential same"],
    ["the third time", timeout, { attempt: 3 }, "retry 2000 exponential same"],
    ["the fourth time", timeout, { attempt: 4 }, "reconcile: attempts, unknown"],
    ["500, three times in all", answer(500), { attempt: 3 }, "reconcile: attempts, unknown"],
    ["503 without a key", unavailable, { keyAgeMs: undefined }, "reconcile: outcome, unknown"],
    [
      "a key of almost 29 minutes",
      timeout,
      { keyAgeMs: 29 * minutes - 501 },
      "retry 500 exponential same",
    ],
    [
      "a key that is forgotten by then",
      timeout,
      { keyAgeMs: 29 * minutes - 500 },
      "reconcile: window, unknown",
    ],
    [
      "jitter counts, too",
      timeout,
      { keyAgeMs: 29 * minutes - 501, random: 0.5 },
      "reconcile: window, unknown",
    ],
    ["within the 5 s of an order", timeout, { elapsedMs: 4_499 }, "retry 500 exponential same"],
    ["when it would have expired", timeout, { elapsedMs: 4_500 }, "reconcile: deadline, unknown"],
    [
      "an order for an hour",
      timeout,
      { elapsedMs: 4_500, deadlineMs: hours },
      "retry 500 exponential same",
    ],
    [
      "an order for a second",
      timeout,
      { elapsedMs: 500, deadlineMs: 1_000 },
      "reconcile: deadline, unknown",
    ],
    [
      "no order lives for 24 h",
      timeout,
      { elapsedMs: 24 * hours - 500, deadlineMs: 48 * hours },
      "reconcile: deadline, unknown",
    ],
    [
      "or not quite so long",
      timeout,
      { elapsedMs: 24 * hours - 501, deadlineMs: 48 * hours },
      "retry 500 exponential same",
    ],

    ["422", answer(422), {}, "stop: rule, not-executed"],
    [
      "422 after a timeout: the first copy may be live",
      answer(422),
      { attempt: 2 },
      "reconcile: rule, unknown",
    ],
    ["404 after a timeout", answer(404), { attempt: 2 }, "reconcile: rule, unknown"],
    ["404 after a wait", answer(404), { attempt: 2, prior: "none" }, "stop: rule, not-executed"],
    ["409 after a timeout", duplicates, { attempt: 2 }, "reconcile: rule, prior-received"],

    [
      "odds that are late, under a fresh key",
      declined(noOdds),
      { singleSend: true },
      "retry 250 fixed fresh",
    ],
    [
      "the same, and nobody says that nothing below repeats",
      declined(noOdds),
      {},
      "reconcile: single-send, unknown",
    ],
    [
      "three times",
      declined(noOdds),
      { attempt: 3, prior: "none", singleSend: true },
      "stop: attempts, not-executed",
    ],
    [
      "while the order is wanted",
      declined(noOdds),
      { elapsedMs: 4_750, singleSend: true },
      "stop: deadline, not-executed",
    ],
    ["never after a timeout", declined(noOdds), { attempt: 2 }, "reconcile: outcome, unknown"],
    ["nor if a bet was placed", declined(noOdds, [{}]), {}, "reconcile: rule, partial"],
    ["any decline with a bet", declined("Invalid odds", [{}]), {}, "reconcile: rule, partial"],
    ["a decline", declined("Invalid odds"), {}, "stop: rule, not-executed"],
    [
      "a decline after a timeout",
      declined("Invalid odds"),
      { attempt: 2 },
      "reconcile: rule, unknown",
    ],
    ["a decline that is new", declined("Moon phase"), {}, "reconcile: rule, unknown"],

    ["a status that is new", answer(418), {}, "reconcile: rule, unknown"],
    ["a page of some proxy", answer(503, "<html>"), {}, "retry 500 exponential same"],
    [
      "one without the key",
      answer(503, "<html>"),
      { keyAgeMs: undefined },
      "reconcile: outcome, unknown",
    ],
    [
      "one on a status that asks for no retry",
      answer(401, "<html>"),
      {},
      "reconcile: rule, unknown",
    ],
    [
      "a failure of another API",
      failureOf(decodeMm({ status: 429 })) as never,
      {},
      "reconcile: rule, unknown",
    ],
    ["a budget that is enough", timeout, { tokens: 10 }, "retry 500 exponential same"],
    ["one that is not", timeout, { tokens: 9 }, "reconcile: budget, unknown"],
    ["and who waits as told pays nothing", limited(1), { tokens: 0 }, "retry 1000 field same"],
  ])("on placing orders: %s", (_, failure, more, advice) => {
    expect(inShort(adviseAbp(failure, { ...place, ...more }))).toBe(advice);
  });

  it.each<readonly [what: string, Parameters<typeof adviseAbp>[0], object, advice: string]>([
    ["503", unavailable, {}, "retry 500 exponential none"],
    ["503, whenever it began", unavailable, { elapsedMs: 1e9 }, "retry 500 exponential none"],
    ["the fourth time", unavailable, { attempt: 4 }, "stop: attempts, unknown"],
    ["no answer", timeout, { attempt: 2 }, "retry 1000 exponential none"],
    ["404 after a timeout", answer(404), { attempt: 2 }, "stop: rule, not-executed"],
    ["what is new", answer(418), {}, "stop: rule, unknown"],
    ["an empty budget", timeout, { tokens: 0 }, "stop: budget, unknown"],
  ])("on a read: %s", (_, failure, more, advice) => {
    expect(inShort(adviseAbp(failure, { ...read, ...more }))).toBe(advice);
  });

  it("takes an operation that the catalog does not have for a write without a key", () => {
    const ask = (operation: string, attempt = 1): string =>
      inShort(adviseAbp(timeout, { ...place, operation: operation as "write", attempt }));
    expect(ask("read")).toBe("retry 500 exponential none");
    for (const name of ["write", "place-order", "", "__proto__", "constructor"])
      expect(ask(name), name).toBe("reconcile: outcome, unknown");
    expect(inShort(adviseAbp(limited(1), { ...place, operation: "write" }))).toBe(
      "retry 1000 field none",
    );
  });

  it("has a budget: ten retries, and one more for ten successes", () => {
    const { outage } = abpBudgets;
    expect(adviseAbp(timeout, place)).toMatchObject({ do: "retry", cost: outage.cost });
    expect(budgetAfter(outage, 100, "retry")).toBe(90);
    expect(budgetAfter(outage, 9, "retry")).toBe(0);
    expect(budgetAfter(outage, 89, "success")).toBe(90);
    expect(budgetAfter(outage, 100, "success")).toBe(100);
    expect(budgetAfter(outage, 80, "success", outage.cost)).toBe(90);
  });

  it.each([
    ["a bet was placed", declined(noOdds, [{}]), {}],
    ["an earlier copy may be live", declined(noOdds), { attempt: 2 }],
    ["an earlier copy may be live", answer(422, { detail: [] }), { attempt: 2 }],
  ])("does not advise to send again, in words, when %s", (_, failure, more) => {
    const advice = adviseAbp(failure, { ...place, ...more });
    expect(advice.do).toBe("reconcile");
    expect((advice as { remedy: string | null }).remedy ?? "").not.toMatch(/again|fresh|new order/);
  });

  it("keeps the caller's own deadline, whatever the rule", () => {
    const ask = (retry_after: number): string =>
      inShort(adviseAbp(limited(retry_after), { ...place, deadlineMs: 5_000 }));
    expect(ask(4)).toBe("retry 4000 field same");
    expect(ask(5)).toBe("stop: deadline, not-executed");
  });
});

describe("MM", () => {
  const cancel = { ...first, operation: "cancel-order" } as const;
  const answer = (status: number) => failureOf(decodeMm({ status }));

  it("doubles its waits after a 429, unlike ABP, until a whole minute has passed", () => {
    const advices = [1, 2, 3, 4, 5, 6, 7].map((attempt) =>
      adviseMm(answer(429), { ...cancel, attempt, prior: "none" }),
    );
    expect(advices.map(inShort)).toEqual([
      ...[1, 2, 4, 8, 16, 32].map((s) => `retry ${s}000 exponential none`),
      "stop: attempts, not-executed",
    ]);
    expect(advices[0]).toMatchObject({ pause: "api-key", cost: 0, reSign: false });
    // A header is not documented, and heard if it comes: the longer wait counts.
    const told = failureOf(decodeMm({ status: 429, headers: { "retry-after": "9" } }));
    expect(inShort(adviseMm(told, cancel))).toBe("retry 9000 header none");
  });

  it.each<readonly [what: string, Parameters<typeof adviseMm>[0], object, advice: string]>([
    ["404", answer(404), {}, "stop: rule, not-executed"],
    [
      "404 after a timeout: the first cancel may have worked",
      answer(404),
      { attempt: 2 },
      "reconcile: rule, unknown",
    ],
    ["409 after a timeout", answer(409), { attempt: 2 }, "reconcile: rule, unknown"],
    ["502: nobody knows which part was done", answer(502), {}, "reconcile: outcome, unknown"],
    [
      "502 for a read",
      answer(502),
      { operation: "read-trading-status" },
      "retry 500 exponential none",
    ],
    ["500", answer(500), {}, "reconcile: outcome, unknown"],
    [
      "500 for a read",
      answer(500),
      { operation: "read-trading-status" },
      "retry 500 exponential none",
    ],
    ["no answer", timeout, {}, "reconcile: outcome, unknown"],
    ["429 after a timeout", answer(429), { attempt: 2 }, "reconcile: outcome, unknown"],
    ["a key of one's own does not help", timeout, { keyAgeMs: 0 }, "reconcile: outcome, unknown"],
  ])("on a cancel: %s", (_, failure, more, advice) => {
    expect(inShort(adviseMm(failure, { ...cancel, ...more }))).toBe(advice);
  });

  it("closes one connection, once", () => {
    const full = failureOf(decodeMmSocket({ error: "Connection limit exceeded" }));
    const advice = adviseMm(full, { ...first, operation: "subscribe" });
    expect(advice).toMatchObject({
      ...{ do: "retry", delayMs: 0, delayFrom: null },
      before: [{ do: "close-connection" }],
      next: { attempt: 2, done: ["close-connection"] },
    });
    const second = { ...first, ...(advice as Retry).next, operation: "subscribe" } as const;
    expect(adviseMm(full, second)).toMatchObject({ do: "stop", why: "attempts" });
  });
});

describe("6mm", () => {
  const order = { ...first, operation: "order-request" } as const;
  const read = { ...first, operation: "read-server-time" } as const;
  const answer = (code: number, message = "Words") =>
    failureOf(decodeSixMm({ status: 200, body: { code, message, requestId: "r" } }));
  const skewed = answer(1003, "Timestamp outside of tolerance window");

  it.each<readonly [what: string, Parameters<typeof adviseSixMm>[0], object, advice: string]>([
    ["3004, and nothing below repeats", answer(3004), { singleSend: true }, "retry 0 null none"],
    ["3004, and something may", answer(3004), {}, "reconcile: single-send, unknown"],
    [
      "3004 after a timeout: the first order is live",
      answer(3004),
      { attempt: 2, singleSend: true },
      "reconcile: rule, prior-received",
    ],
    [
      "the second 3004",
      answer(3004),
      { attempt: 2, prior: "none", singleSend: true },
      "stop: attempts, not-executed",
    ],
    ["5001", answer(5001), {}, "reconcile: outcome, unknown"],
    ["5002", answer(5002), {}, "reconcile: outcome, unknown"],
    ["no answer", timeout, { keyAgeMs: 0 }, "reconcile: outcome, unknown"],
    ["3003 after a timeout", answer(3003), { attempt: 2 }, "reconcile: rule, unknown"],
    ["3001", answer(3001), {}, "stop: rule, not-executed"],
    ["1005, which is not documented", answer(1005), {}, "reconcile: rule, unknown"],
    ["the clock, at last", skewed, { attempt: 5, prior: "none" }, "stop: attempts, not-executed"],
    ["the clock, set before", skewed, { done: ["sync-clock"] }, "stop: steps, not-executed"],
    ["the clock, after a timeout", skewed, { attempt: 2 }, "reconcile: outcome, unknown"],
  ])("on an order: %s", (_, failure, more, advice) => {
    expect(inShort(adviseSixMm(failure, { ...order, ...more }))).toBe(advice);
  });

  it("repeats a read, signed anew", () => {
    for (const failure of [answer(5001), answer(5002), timeout])
      expect(adviseSixMm(failure, read)).toMatchObject({ do: "retry", delayMs: 500, reSign: true });
    expect(adviseSixMm(answer(3004), read)).toMatchObject({ do: "retry", reSign: true });
    expect(adviseSixMm(answer(5001), { ...read, attempt: 3 })).toMatchObject({ why: "attempts" });
  });

  /** The advices after one failure again and again. */
  function sequence(failure: Parameters<typeof adviseSixMm>[0]): readonly unknown[] {
    const found: unknown[] = [];
    let input: Parameters<typeof adviseSixMm>[1] = order;
    for (;;) {
      const advice = adviseSixMm(failure, input);
      if (advice.do !== "retry") return [...found, inShort(advice)];
      const steps = advice.before.map((step) => step.do);
      found.push([advice.delayMs, advice.reSign, ...steps]);
      input = { ...input, ...advice.next };
    }
  }

  it("refreshes the token, then logs in, then stops", () => {
    expect(sequence(answer(1002))).toEqual([
      [0, true, "refresh-token"],
      [0, true, "log-in"],
      "stop: steps, not-executed",
    ]);
    const both = { ...order, done: ["refresh-token", "log-in"] };
    expect(adviseSixMm(answer(1002), both)).toMatchObject({ do: "stop", why: "steps" });
  });

  it("sets the clock by the server's, once", () => {
    expect(sequence(skewed)).toEqual([[0, true, "sync-clock"], "stop: steps, not-executed"]);
    expect(adviseSixMm(skewed, order)).toMatchObject({
      before: [{ do: "sync-clock", operation: "read-server-time" }],
    });
  });

  it("waits longer each time after 5003, though the rate was reduced already", () => {
    expect(sequence(answer(5003))).toEqual([
      [1_000, true, "reduce-rate"],
      [2_000, true],
      [4_000, true],
      [8_000, true],
      "stop: attempts, not-executed",
    ]);
  });

  it("counts all attempts together: no two failures can keep a call going by turns", () => {
    const failures = [answer(1002), skewed, answer(5003), answer(1002)];
    let next: Partial<Retry["next"]> = {};
    for (const failure of failures) {
      const advice = adviseSixMm(failure, { ...order, ...next });
      expect(advice.do).toBe("retry");
      ({ next } = advice as Retry);
    }
    // There would be a wait of 5003 left to make, and none of the others' steps.
    for (const failure of [answer(1002), skewed, answer(5003)])
      expect(adviseSixMm(failure, { ...order, ...next })).toMatchObject({ why: "attempts" });
  });
});
