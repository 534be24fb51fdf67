/**
 * A call knows more with every answer, and never less: whatever comes back in whatever order, and however a host misuses it,
 * it sends nothing that it did not advise, and says of no write that it was not executed once a copy may have been.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Advice,
  type Call,
  CallRefused,
  startCall,
  type TransportFailure,
} from "trading-api-errors";
import { abp, type Case, mm, sixMm, type Subject } from "./advise-subjects.js";

/** What a host, or whatever is around it, may do at any moment. */
type Act =
  | { readonly act: "send" }
  | { readonly act: "fail" | "throw" | "end"; readonly which: number }
  | { readonly act: "succeed" }
  | { readonly act: "wait"; readonly ms: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ act: "send" } as const) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom("fail", "fail", "fail", "throw", "end"),
      which: fc.nat(1_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ act: "succeed" } as const) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("wait" as const), ms: fc.nat(40_000) }) },
);

const history = fc.record({
  acts: fc.array(acts, { minLength: 1, maxLength: 14 }),
  keyed: fc.boolean(),
  singleSend: fc.constantFrom(true, false, undefined),
  operation: fc.nat(20),
});

const errors: readonly (readonly [error: unknown, sent: boolean])[] = [
  [new DOMException("late", "TimeoutError"), true],
  [Object.assign(new Error(), { code: "ECONNRESET" }), true],
  [new DOMException("over", "AbortError"), true],
  [Object.assign(new Error(), { code: "ECONNREFUSED" }), false],
];

/** What really became of the copies so far, as far as their answers tell: kept apart from the call. */
interface Truth {
  /** Whether some copy may have been executed. */
  open: boolean;
  sends: number;
  allowed: number;
}

async function play(
  subject: Subject,
  run: typeof history extends fc.Arbitrary<infer H> ? H : never,
) {
  const operations = subject.operations.filter(({ kind }) => kind === "write");
  const operation = operations[run.operation % operations.length]!.name;
  const clock = { ms: 1e6 };
  const call: Call = startCall(subject.advise, operation, {
    keyed: run.keyed,
    ...(run.singleSend === undefined ? {} : { singleSend: run.singleSend }),
    now: () => clock.ms,
    wall: () => clock.ms,
    random: () => 0,
  });
  const truth: Truth = { open: false, sends: 0, allowed: 1 };
  let underWay = false;
  let isOver = false;
  const heard = (advice: Advice, one: Pick<Case, "outcome">, sent: boolean): void => {
    if (isOver) return;
    if (sent && one.outcome !== "not-executed") truth.open = true;
    underWay = false;
    if (advice.do === "retry") truth.allowed++;
    else isOver = true;
    // An open copy is proven to be none only by looking, never by an answer to another one.
    if (advice.do === "stop" && truth.open) expect(advice.outcome).not.toBe("not-executed");
    if (advice.do === "retry" && truth.open) {
      expect(advice.next.prior).toBe("unknown");
      expect([advice.identity, run.keyed]).toEqual(["same", true]);
    }
  };
  /** What the call answers; `null` where it refuses, which it may only do once it has ended, or while it is shared. */
  const asked = async <T>(ask: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      return null;
    }
  };
  for (const act of run.acts) {
    if (act.act === "wait") clock.ms += act.ms;
    else if (act.act === "send") {
      const sent = await asked(async () => (await call.sending(), true));
      if (sent === null) {
        if (!underWay) isOver = true;
        continue;
      }
      expect([underWay, isOver], "sends side by side, or after the end").toEqual([false, false]);
      underWay = true;
      truth.sends++;
      expect(truth.sends).toBeLessThanOrEqual(truth.allowed);
    } else if (act.act === "succeed") {
      if (!underWay) continue;
      call.succeeded();
      underWay = false;
      // The answer was a success; whoever goes on to send has to begin another call.
      expect(await asked(() => call.sending())).toBeNull();
      return truth;
    } else if (!underWay) {
      // A host that reports what it never sent, or once more: nothing may come of it but the end.
      if (!isOver) continue;
      const one = subject.cases[act.which % subject.cases.length]!;
      expect(await asked(() => call.failed(one.failure)), "answers after its end").toBeNull();
    } else if (act.act === "fail") {
      const one = subject.cases[act.which % subject.cases.length]!;
      const advice = await asked(() => call.failed(one.failure));
      if (advice !== null) heard(advice, one, true);
    } else {
      const [error, sent] = errors[act.which % errors.length]!;
      const outcome = sent ? "unknown" : "not-executed";
      const advice = act.act === "end" ? call.ended(error) : await asked(() => call.threw(error));
      if (advice !== null) heard(advice, { outcome }, sent);
    }
  }
  return truth;
}

describe.each([mm, abp, sixMm])("a call to $name", (subject) => {
  it("knows more with every answer, and sends nothing that it did not advise", async () => {
    const seen = { again: 0, open: 0 };
    await fc.assert(
      fc.asyncProperty(history, async (run) => {
        const truth = await play(subject, run);
        if (truth.sends > 1) seen.again++;
        if (truth.open) seen.open++;
      }),
      { numRuns: 3_000 },
    );
    console.log(`${subject.name}: random calls`, seen);
    expect(seen.again).toBeGreaterThan(20);
    expect(seen.open).toBeGreaterThan(500);
  });

  it("refuses whoever asks again after its end, and says what became of it", async () => {
    const operation = subject.operations.find(({ kind }) => kind === "write")!.name;
    const call = startCall(subject.advise, operation, { random: () => 0 });
    const timeout: TransportFailure = { transport: "timeout" };
    await call.sending();
    const advice = call.failed(timeout);
    expect(advice).toMatchObject({ do: "reconcile", outcome: "unknown" });
    for (const { failure } of subject.cases)
      expect(() => call.failed(failure)).toThrow(CallRefused);
    await expect(call.sending()).rejects.toMatchObject({
      name: "CallRefused",
      why: "finished",
      advice,
    });
    expect(call.ended(new Error("whatever"))).toBe(advice);
  });
});
