/** A call counts its attempts, keeps what the advice says of the next one, and pays from the bucket that it is given. */
import { BrokenCircuitError } from "cockatiel";
import { describe, expect, it } from "vitest";
import {
  type AdviceInput,
  type Call,
  CatalogError,
  type Failure,
  startCall,
  transportFailure,
  type TransportFailure,
} from "trading-api-errors";
import { adviseSixMm, decodeSixMm } from "trading-api-errors/6mm";
import { adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";

const timeout = { transport: "timeout" } as const;
const minutes = 60_000;

function limited(retry_after = 1) {
  const reply = decodeAbp({ status: 429, body: { retry_after } });
  if (reply.ok) throw new Error(reply.id);
  return reply.failure;
}

function lateOdds() {
  const item = { requestUuid: "a", declineReason: "Odds temporarily unavailable", bets: [] };
  const body = { acceptedOrders: [], declinedOrders: [item] };
  const found = decodeAbpPlacement(["a"], { status: 200, body }).items.get("a")!;
  if (found.is !== "declined") throw new Error(found.is);
  return found.failure;
}

/** A call on a clock that is set by hand, and what it asked so far. */
function place(options: Parameters<typeof startCall>[2] = {}) {
  const clock = { ms: 1e6 };
  const inputs: AdviceInput[] = [];
  const advise = (failure: Failure | TransportFailure, input: AdviceInput) => {
    inputs.push(input);
    return adviseAbp(failure as never, input as never);
  };
  const now = (): number => clock.ms;
  const given = { keyed: true, now, random: () => 0, ...options };
  return { clock, inputs, call: startCall(advise, "place-orders", given) };
}

const aborted = (): Error => new DOMException("This operation was aborted", "AbortError");

describe("a call", () => {
  it("counts its attempts, and says what came before", () => {
    const { call, inputs, clock } = place();
    expect([call.advice, call.failure]).toEqual([null, null]);
    const failures = [limited(), timeout, limited(), timeout];
    const advices = failures.map((failure) => {
      clock.ms += 100;
      return call.failed(failure).do;
    });
    expect(advices).toEqual(["retry", "retry", "retry", "reconcile"]);
    expect(inputs.map(({ attempt, prior, elapsedMs }) => [attempt, prior, elapsedMs])).toEqual([
      [1, "none", 100],
      [2, "none", 200],
      [3, "unknown", 300],
      [4, "unknown", 400],
    ]);
    expect(call.failure).toBe(timeout);
    expect(call.advice).toMatchObject({ do: "reconcile", why: "attempts", outcome: "unknown" });
  });

  it("takes no false no for an answer after a try that timed out", () => {
    const { call } = place();
    call.failed(timeout);
    expect(call.failed(lateOdds())).toMatchObject({ do: "reconcile", outcome: "unknown" });
  });

  it("keeps the steps that were made", () => {
    const reply = decodeSixMm({ status: 401, body: { code: 1002 } });
    if (reply.ok) throw new Error(reply.id);
    const call = startCall(adviseSixMm, "order-request", { random: () => 0 });
    const steps = [1, 2, 3].map(() => {
      const advice = call.failed(reply.failure);
      return advice.do === "retry" ? advice.before.map((step) => step.do) : advice.why;
    });
    expect(steps).toEqual([["refresh-token"], ["log-in"], "steps"]);
  });

  it("begins a key's age with the call, and again with a fresh key", () => {
    const { call, inputs, clock } = place({ deadlineMs: 2 * 60 * minutes, singleSend: true });
    clock.ms += 20 * minutes;
    expect(call.failed(lateOdds())).toMatchObject({ do: "retry", identity: "fresh" });
    clock.ms += 20 * minutes;
    // 40 minutes after the start, and 20 after the key was made.
    expect(call.failed(timeout)).toMatchObject({ do: "retry", identity: "same" });
    clock.ms += 9 * minutes;
    expect(call.failed(timeout)).toMatchObject({ do: "reconcile", why: "window" });
    expect(inputs.map((input) => input.keyAgeMs! / minutes)).toEqual([20, 20, 29]);
    expect(inputs.map((input) => input.elapsedMs / minutes)).toEqual([20, 40, 49]);
  });

  it("goes on from an earlier call that left the write open", () => {
    const { call } = place({ prior: "unknown" });
    expect(call.failed(lateOdds())).toMatchObject({ do: "reconcile", outcome: "unknown" });
  });

  it("sends no order again that carries no key", () => {
    const { call, inputs } = place({ keyed: false });
    expect(call.failed(timeout)).toMatchObject({ do: "reconcile", why: "outcome" });
    expect(inputs[0]).not.toHaveProperty("keyAgeMs");
  });

  it("ends at a clock that goes back", () => {
    const { call, clock } = place();
    clock.ms -= 1;
    expect(call.failed(timeout)).toMatchObject({ do: "reconcile", why: "deadline" });
    const later = place({ deadlineMs: Infinity });
    later.clock.ms -= 1;
    expect(later.call.failed(timeout).do).toBe("reconcile");
  });

  it("hands on the caller's deadline, promise and chance, and no promise that was not given", () => {
    const { call, inputs } = place({ deadlineMs: 400, singleSend: true, random: () => 0.5 });
    expect(call.failed(timeout)).toMatchObject({ do: "reconcile", why: "deadline" });
    expect(inputs[0]).toMatchObject({ deadlineMs: 400, singleSend: true, random: 0.5 });
    const plain = place();
    plain.call.failed(timeout);
    expect(Object.keys(plain.inputs[0]!).sort()).toEqual(
      ["attempt", "done", "elapsedMs", "keyAgeMs", "nowMs", "operation", "prior", "random"].sort(),
    );
  });

  it("has a clock and chance of its own", () => {
    const waits = Array.from({ length: 20 }, () => {
      const advice = startCall(adviseAbp, "place-orders", { keyed: true }).failed(timeout);
      return advice.do === "retry" ? advice.delayMs : NaN;
    });
    for (const ms of waits) expect(ms >= 500 && ms <= 750).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  it("pays from a bucket that others pay from as well, until it is empty", () => {
    const bucket = { tokens: 25 };
    const advices = [1, 2, 3].map(() => place({ bucket }).call.failed(timeout));
    expect(advices.map(({ do: what }) => what)).toEqual(["retry", "retry", "reconcile"]);
    expect(advices[2]).toMatchObject({ why: "budget" });
    expect(bucket.tokens).toBe(5);
    // To wait as told costs nothing.
    expect(place({ bucket }).call.failed(limited()).do).toBe("retry");
    expect(bucket.tokens).toBe(5);
  });
});

describe("an error", () => {
  it("that carries a failure is asked about as that failure, however deep it is", () => {
    const failure = limited(3);
    const error = new CatalogError(failure);
    for (const thrown of [
      error,
      new Error("host", { cause: new Error("layer", { cause: error }) }),
    ]) {
      const { call } = place();
      expect(call.threw(thrown)).toMatchObject({ do: "retry", delayMs: 3_000 });
      expect(call.failure).toBe(failure);
    }
  });

  it.each<readonly [what: string, error: unknown]>([
    ["fetch's", aborted()],
    ["one with a cause", new TypeError("fetch failed", { cause: aborted() })],
    [
      "axios's",
      Object.assign(new Error("canceled"), { name: "CanceledError", code: "ERR_CANCELED" }),
    ],
    ["got's", Object.assign(new Error("canceled"), { name: "CancelError", code: "ERR_CANCELED" })],
    [
      "one that ends a retry over a failure",
      Object.assign(new Error("enough", { cause: new CatalogError(limited()) }), {
        name: "AbortError",
      }),
    ],
  ])("of a caller who ended it leads to no other try: %s", (_, error) => {
    const { call } = place();
    const advice = call.threw(error);
    expect(advice.do).not.toBe("retry");
    const read = startCall(adviseAbp, "read-accounts");
    expect(read.threw(error)).toMatchObject({ do: "stop", why: "attempts" });
  });

  it("of a caller who ended it leaves open what became of an order", () => {
    expect(place().call.threw(aborted())).toMatchObject({
      ...{ do: "reconcile", why: "attempts", outcome: "unknown" },
    });
  });

  it.each<readonly [transport: string, error: unknown]>([
    ["timeout", new DOMException("late", "TimeoutError")],
    ["timeout", Object.assign(new Error(), { code: "ETIMEDOUT" })],
    ["timeout", Object.assign(new Error(), { code: "ECONNABORTED" })],
    ["timeout", new TypeError("fetch failed", { cause: { code: "UND_ERR_HEADERS_TIMEOUT" } })],
    ["timeout", new TypeError("fetch failed", { cause: { code: "UND_ERR_CONNECT_TIMEOUT" } })],
    ["reset", new TypeError("fetch failed", { cause: { code: "ECONNRESET" } })],
    ["reset", Object.assign(new Error(), { code: "EPIPE" })],
    ["reset", new TypeError("terminated", { cause: { code: "UND_ERR_SOCKET" } })],
    ["unsent", new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } })],
    ["unsent", Object.assign(new Error(), { code: "ENOTFOUND" })],
    ["unsent", Object.assign(new Error("Breaker is open"), { code: "EOPENBREAKER" })],
    ["unsent", new BrokenCircuitError()],
    ["closed", new Error("socket hang up")],
    ["closed", "a text"],
    ["closed", null],
    ["closed", undefined],
  ])("without a response is a %s", (transport, error) => {
    expect(transportFailure(error)).toEqual({ transport });
    expect(place().call.threw(error)).toMatchObject({ do: "retry", delayMs: 500 });
  });

  it("that is its own cause comes to an end", () => {
    const error: { cause?: unknown } = new Error("round");
    error.cause = error;
    expect(transportFailure(error)).toEqual({ transport: "closed" });
  });
});

describe("the end of a call", () => {
  it("is the latest advice, if that was to stop", () => {
    const { call, inputs } = place({ keyed: false });
    const advice = call.failed(timeout);
    expect(call.ended(new Error("given up"))).toBe(advice);
    expect(inputs).toHaveLength(1);
  });

  it("is never to send again, whatever the host ended with", () => {
    for (const error of [aborted(), new CatalogError(limited()), new Error("no request")]) {
      const { call } = place();
      expect(call.failed(timeout).do).toBe("retry");
      expect(call.ended(error)).toMatchObject({ do: "reconcile", outcome: "unknown" });
    }
  });

  it("of a call that was never asked about is what its error says", () => {
    expect(place().call.ended(aborted())).toMatchObject({ do: "reconcile", outcome: "unknown" });
    expect(place().call.ended(new CatalogError(limited()))).toMatchObject({
      ...{ do: "stop", why: "attempts", outcome: "not-executed" },
    });
    const bucket = { tokens: 100 };
    place({ bucket }).call.ended(aborted());
    expect(bucket.tokens).toBe(100);
  });
});

describe("the next request, when it could leave", () => {
  const busy = async (call: Call, clock: { ms: number }, ms: number): Promise<unknown> => {
    clock.ms += ms;
    return call.sending().then(
      () => "sent",
      (error: unknown) => error,
    );
  };

  it("is judged by the time at which it leaves, and not by that of the advice", async () => {
    const { call, clock } = place({ deadlineMs: 1_000, wall: () => 0 });
    await call.sending();
    expect(call.failed(timeout)).toMatchObject({ do: "retry", delayMs: 500, withinMs: 1_000 });
    // The loop was busy.
    const refused = await busy(call, clock, 3_123);
    expect(refused).toMatchObject({ name: "CallRefused", why: "deadline" });
    expect(call.ended(refused)).toMatchObject({ do: "reconcile", outcome: "unknown" });
  });

  it("leaves in time", async () => {
    const { call, clock } = place({ deadlineMs: 1_000 });
    await call.sending();
    call.failed(timeout);
    expect(await busy(call, clock, 999)).toBe("sent");
  });

  it("is not sent under a key that was forgotten while the machine slept", async () => {
    const wall = { ms: 5e9 };
    const { call, clock } = place({ deadlineMs: 24 * 60 * minutes, wall: () => wall.ms });
    await call.sending();
    expect(call.failed(timeout)).toMatchObject({ do: "retry", identity: "same" });
    // The one clock stood still.
    wall.ms += 31 * minutes;
    const refused = await busy(call, clock, 0);
    expect(refused).toMatchObject({ name: "CallRefused", why: "window" });
  });

  it("is refused while another one is under way", async () => {
    const { call, clock } = place();
    await call.sending();
    expect(await busy(call, clock, 0)).toMatchObject({ name: "CallRefused", why: "shared" });
    expect(call.failed(timeout).do).toBe("retry");
  });
});

it("a retry that succeeds gives back what it cost: 30 calls that succeed at the second try go on", async () => {
  const bucket = { tokens: 100 };
  for (let i = 0; i < 30; i++) {
    const call = startCall(adviseAbp, "place-orders", { keyed: true, bucket });
    await call.sending();
    expect(call.failed(timeout).do, `call ${i + 1}`).toBe("retry");
    await call.attempt(() => "placed");
  }
  expect(bucket.tokens).toBe(100);
});

it("a call that succeeded is never said to be not executed, whoever asks", async () => {
  const { call } = place();
  await call.attempt(() => "placed");
  const refused: unknown = await call.sending().catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "CallRefused", why: "finished" });
  expect(call.ended(refused)).toMatchObject({ do: "reconcile", outcome: "unknown" });
});

describe("a connection that was refused", () => {
  const refused = new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });

  it("sent nothing: a write goes again, with or without a key", () => {
    for (const keyed of [true, false])
      expect(place({ keyed }).call.threw(refused)).toMatchObject({ do: "retry" });
  });

  it("says nothing of an earlier copy", () => {
    const { call } = place({ keyed: false, prior: "unknown" });
    expect(call.threw(refused)).toMatchObject({ do: "reconcile", outcome: "unknown" });
  });
});

it.each([502, 504, 520, 524, 408, 425])(
  "a read that meets a %s of no API is read again",
  (status) => {
    const reply = decodeAbp({ status, headers: {}, body: "<html>Bad gateway</html>" });
    if (reply.ok) throw new Error(reply.id);
    const read = startCall(adviseAbp, "read-accounts", { random: () => 0 });
    expect(read.failed(reply.failure)).toMatchObject({ do: "retry", delayMs: 500 });
    const write = startCall(adviseAbp, "place-orders", { keyed: true, random: () => 0 });
    expect(write.failed(reply.failure)).toMatchObject({ do: "reconcile", outcome: "unknown" });
  },
);
