/**
 * Input that is not what it should be: an answer all the same, the one that is documented, never an earlier one, and
 * never one that sends a request again which would not be sent otherwise.
 */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  type Advice,
  advise,
  type AdviceData,
  type Failure,
  type Resend,
  type Step,
} from "trading-api-errors";
import { adviseAbp, decodeAbp } from "trading-api-errors/abp";

const rule = {
  ...{ combine: "first", maxDelayMs: 30_000, maxAttempts: 3, identity: "none" },
  delay: [
    { source: "header", header: "retry-after" },
    { source: "fixed", ms: 1_000 },
  ],
} satisfies Resend;
const api = (told: Partial<Resend> = {}, before: readonly Step[] = []): AdviceData => ({
  rules: {
    told: { verdict: "after", ...rule, ...told, before },
    reconcile: { verdict: "reconcile", delay: [] },
  },
  ...{ operations: {}, keys: {}, deadlines: {}, budgets: {}, priors: {}, transport: {} },
  words: { "shop.busy": { title: "Busy", summary: "Too much." } },
});
const busy = (headers: unknown): Failure => ({
  ...{ id: "shop.busy", category: "throttled", actor: "wait", outcome: "not-executed" },
  ...{ retry: "told", status: 429, code: null, text: null, fields: {}, body: null, headers },
  unexpected: null,
});
const first = { operation: "read", attempt: 1, elapsedMs: 0, random: 0 } as const;

/** How long to wait, or why not. */
const wait = (advice: Advice): number | string =>
  advice.do === "retry" ? advice.delayMs : advice.why;

const noon = "Sun, 22 Nov 2026 12:00:00 GMT";
const nowMs = Date.parse(noon);
const later = (seconds: number): string => new Date(nowMs + seconds * 1_000).toUTCString();
const thrower = {
  get "retry-after"(): string {
    throw new Error("getter");
  },
};
const beside = {
  get other(): string {
    throw new Error("getter");
  },
  "retry-after": "5",
};
const refuse = (): never => {
  throw new Error("trap");
};
const joined = new Headers({ "Retry-After": "1" });
joined.append("retry-after", "5");
const many = new Headers({ "Retry-After": later(3), date: noon });
many.append("retry-after", later(5));

describe("a header that says how long to wait, before a second that stands in for it", () => {
  it.each<readonly [what: string, headers: unknown, wait: number | string]>([
    ["seconds", { "retry-after": "5" }, 5_000],
    ["none", { "retry-after": "0" }, 0],
    ["a number", { "retry-after": 5 }, 5_000],
    ["a fraction, rounded up", { "retry-after": "5.0001" }, 5_001],
    ["a product of rounding", { "retry-after": "1.1" }, 1_100],
    ["spaces around", { "retry-after": " 5 " }, 5_000],
    ["half a minute", { "retry-after": "30" }, 30_000],
    ["a moment longer", { "retry-after": "30.001" }, "too-long"],
    ["a day", { "retry-after": "86400" }, "too-long"],
    ["for ever", { "retry-after": "9".repeat(400) }, "too-long"],
    ["negative", { "retry-after": "-5" }, 1_000],
    [
      "a text, which could say anything: as long as the rule waits",
      { "retry-after": "soon" },
      30_000,
    ],
    ["a unit", { "retry-after": "5 s" }, 5_000],
    ["hexadecimal", { "retry-after": "0x10" }, 30_000],
    ["empty", { "retry-after": "" }, 1_000],
    ["null", { "retry-after": null }, 1_000],
    ["an object", { "retry-after": { valueOf: () => 0 } }, 1_000],
    ["a list, of which the longest counts", { "retry-after": ["5", "1"] }, 5_000],
    ["a list of which one cannot be read", { "retry-after": ["soon", "5", null] }, 30_000],
    ["an empty list", { "retry-after": [] }, 1_000],
    ["twice, in two spellings", { "Retry-After": "1", "retry-after": "5" }, 5_000],
    ["another case", { "RETRY-after": "5" }, 5_000],
    ["a Headers object", new Headers({ "Retry-After": "5" }), 5_000],
    ["a Headers object that joins two", joined, 5_000],
    ["a Headers object that joins two dates", many, 5_000],
    ["a Map", new Map([["retry-after", "5"]]), 5_000],
    ["a Map with another case", new Map([["Retry-After", "5"]]), 5_000],
    ["a header that is called get", { get: "it", "retry-after": "5" }, 5_000],
    ["a getter that throws", thrower, 1_000],
    ["another header's getter that throws", beside, 5_000],
    ["a proxy that throws", new Proxy({}, { get: refuse, ownKeys: refuse }), 1_000],
    ["a Headers object whose get throws", { get: refuse }, 1_000],
    ["no headers", null, 1_000],
    ["headers that are a text", "retry-after: 5", 1_000],
  ])("%s", (_, headers, expected) => {
    expect(wait(advise(api(), busy(headers), first))).toBe(expected);
  });

  it.each<readonly [what: string, headers: object, now: number | null, wait: number | string]>([
    ["a date, from the server's own", { "retry-after": later(7), date: noon }, null, 7_000],
    ["a date, from the time given", { "retry-after": later(7) }, nowMs, 7_000],
    ["the server's own comes first", { "retry-after": later(7), date: noon }, 0, 7_000],
    ["a date, from nothing", { "retry-after": later(7) }, null, 30_000],
    ["a date, from a Date that is none", { "retry-after": later(7), date: "now" }, null, 30_000],
    ["or that and a time", { "retry-after": later(7), date: "now" }, nowMs, 7_000],
    ["a date, from no number", { "retry-after": later(7) }, NaN, 30_000],
    ["a date, from a negative time", { "retry-after": later(7) }, -1, 30_000],
    ["a date, from the end of time", { "retry-after": later(7) }, Infinity, 30_000],
    ["a date that has passed", { "retry-after": later(-7), date: noon }, null, 1_000],
    ["a date that is now", { "retry-after": noon, date: noon }, null, 0],
    ["a date in a day", { "retry-after": later(86_400), date: noon }, null, "too-long"],
    [
      "a date of RFC 850",
      { "retry-after": "Sunday, 22-Nov-26 12:00:07 GMT", date: noon },
      null,
      7_000,
    ],
    ["a date of asctime", { "retry-after": "Sun Nov 22 12:00:07 2026", date: noon }, null, 7_000],
    ["a date of ISO 8601", { "retry-after": "2026-11-22T12:00:07Z", date: noon }, null, 7_000],
    [
      "a date that does not exist",
      { "retry-after": "Sun, 99 Nov 2026 12:00:07 GMT", date: noon },
      null,
      30_000,
    ],
  ])("%s", (_, headers, now, expected) => {
    const input = now === null ? first : { ...first, nowMs: now };
    expect(wait(advise(api(), busy(headers), input))).toBe(expected);
  });

  it("where the longest counts, it is never cut short", () => {
    const longest = api({ combine: "longest" });
    const ask = (value: string) => wait(advise(longest, busy({ "retry-after": value }), first));
    expect(["0", "5", "soon", "31"].map(ask)).toEqual([1_000, 5_000, 30_000, "too-long"]);
  });

  it("a timer that would run over and fire at once is never asked for, even without a cap", () => {
    const ask = (seconds: number) =>
      wait(advise(api({ maxDelayMs: Infinity }), busy({ "retry-after": String(seconds) }), first));
    expect(ask(86_400)).toBe(86_400_000);
    expect(ask(30 * 86_400)).toBe("too-long");
  });
});

describe("the other errors of the same body", () => {
  const told = api({ delay: [{ source: "field", field: "retryAfter" }], maxDelayMs: Infinity });
  const ask = (also: unknown): number | string => {
    const lead = { ...busy(null), fields: { retryAfterMs: 2_000 } };
    return wait(advise(told, { ...lead, also } as Failure, first));
  };

  it("are heard, where they ask for a longer wait", () => {
    expect(ask([{ ...busy(null), fields: { retryAfterMs: 9_000 } }])).toBe(9_000);
    expect(ask([{ ...busy(null), fields: { retryAfterMs: 1_000 } }])).toBe(2_000);
  });

  it.each<readonly [what: string, also: unknown]>([
    ["a text", "abc"],
    ["no list", { length: 1 }],
    ["what is no failure", [undefined, null, 5, "x", {}, [], { retry: 5, fields: null }]],
  ])("are passed over if they are %s", (_, also) => {
    expect(ask(also)).toBe(2_000);
  });
});

describe("the body's own wait, in ABP", () => {
  const place = { ...first, operation: "place-orders", keyAgeMs: 0 } as const;
  const ask = (body: unknown): number | string => {
    const reply = decodeAbp({ status: 429, body });
    return reply.ok ? "ok" : wait(adviseAbp(reply.failure, place));
  };

  it.each<readonly [what: string, retry_after: unknown, wait: number | string]>([
    ["a number", 2, 2_000],
    ["digits", "2", 2_000],
    ["a decimal in a text", "1.5", 1_500],
    ["a fraction of a millisecond, rounded up", 1.2345, 1_235],
    ["very little, less than the window", 4e-7, 1_000],
    ["a word", "soon", 30_000],
    ["nothing", undefined, 1_000],
    ["null", null, 1_000],
    ["a list", [2], 30_000],
    ["an object", { seconds: 2 }, 30_000],
    ["a boolean", true, 30_000],
    ["negative", -2, 1_000],
    ["no number", NaN, 30_000],
    ["a number that is none", "1.2.3e+5", 30_000],
    ["over the cap", 30.0001, "too-long"],
    ["absurd", 1e21, "too-long"],
    ["endless", Infinity, "too-long"],
    ["four hundred digits", "9".repeat(400), "too-long"],
  ])("%s", (_, retry_after, expected) => {
    const told = { detail: "Rate limit exceeded", limit: "100", retry_after };
    expect(ask(told)).toBe(expected);
    expect(ask({ retry_after })).toBe(expected);
  });

  it("that JSON itself cannot hold", () => {
    expect(ask('{"retry_after": 1e999}')).toBe("too-long");
    expect(ask('{"retry_after": -1e999}')).toBe(1_000);
  });
});

const timeout = { transport: "timeout" } as const;
const place = { ...first, operation: "place-orders", keyAgeMs: 0 } as const;
const reply = decodeAbp({ status: 429, body: null });
const limited = reply.ok ? timeout : reply.failure;

/** Values with their names, for the titles of tests. */
const named = (values: readonly unknown[]): readonly (readonly [string, unknown])[] =>
  values.map((value) => [inspect(value), value]);

/** As somebody without types would call it. */
const untyped = (failure: unknown, input: Readonly<Record<string, unknown>>): Advice =>
  adviseAbp(failure as never, { ...place, ...input });

describe("a time that is none", () => {
  // Texts of numbers, too: added to a number they would make another one.
  const none = [NaN, -1, -Infinity, Infinity, null, "", "4999.5", "1739999.5", [], {}, 5n, true];

  it.each(named(none))("the key's age: %s sends no order again", (_, keyAgeMs) => {
    expect(untyped(timeout, { keyAgeMs })).toMatchObject({ do: "reconcile", why: "window" });
    // Where none arrived, no age is asked for.
    expect(untyped(limited, { keyAgeMs })).toMatchObject({ do: "retry", identity: "same" });
  });

  it("a key without an age counts as none", () => {
    expect(untyped(timeout, { keyAgeMs: undefined })).toMatchObject({
      ...{ do: "reconcile", why: "outcome" },
    });
  });

  it.each(named([...none, undefined]))(
    "since the first send: %s misses every deadline",
    (_, elapsedMs) => {
      expect(untyped(timeout, { elapsedMs })).toMatchObject({ do: "reconcile", why: "deadline" });
      expect(untyped(limited, { elapsedMs, deadlineMs: 9_000 })).toMatchObject({
        ...{ do: "stop", why: "deadline" },
      });
      // Without a deadline nothing is missed.
      expect(untyped(limited, { elapsedMs })).toMatchObject({ do: "retry", delayMs: 1_000 });
    },
  );

  it.each(named([NaN, -1, 0, -Infinity, "", "soon", [], {}, 5n]))(
    "the deadline: %s has passed",
    (_, deadlineMs) => {
      for (const failure of [timeout, limited])
        expect(untyped(failure, { deadlineMs })).toMatchObject({ why: "deadline" });
    },
  );

  it("a deadline beyond all is cut to the catalog's", () => {
    const at = (elapsedMs: number) => wait(untyped(timeout, { elapsedMs, deadlineMs: Infinity }));
    expect([at(86_399_499), at(86_399_500)]).toEqual([500, "deadline"]);
  });
});

describe("a count that is none", () => {
  const none = [0, -1, 1.5, NaN, Infinity, -Infinity, "1", null, undefined, true, [1], 1n];

  it.each(named(none))(
    "attempt %s is the last, and what was before it is not known",
    (_, attempt) => {
      expect(untyped(timeout, { attempt })).toMatchObject({ do: "reconcile", why: "attempts" });
      expect(untyped(limited, { attempt })).toMatchObject({
        ...{ do: "reconcile", why: "attempts", outcome: "unknown" },
      });
      expect(untyped(limited, { attempt, prior: "none" })).toMatchObject({
        ...{ do: "stop", why: "attempts", outcome: "not-executed" },
      });
      expect(untyped(limited, { attempt, operation: "read" })).toMatchObject({ do: "stop" });
    },
  );

  it.each(named([NaN, -1, -0.5, 1, 2, Infinity, null, undefined, "", [], {}, "much", 0n]))(
    "chance %s counts as the most there is",
    (_, random) => {
      expect(untyped(limited, { random })).toMatchObject({ do: "retry", delayMs: 1_250 });
    },
  );

  it("chance only adds", () => {
    const waits = [0, 0.001, 0.5, 0.999].map((random) => wait(untyped(limited, { random })));
    expect(waits).toEqual([1_000, 1_001, 1_125, 1_250]);
  });

  it.each(named([NaN, -1, 0, 9.99, null, "", [], {}]))("%s tokens pay for nothing", (_, tokens) => {
    expect(untyped(timeout, { tokens })).toMatchObject({ do: "reconcile", why: "budget" });
  });

  it("tokens that are no number end the tries even where they cost nothing", () => {
    expect(untyped(limited, { tokens: NaN })).toMatchObject({ do: "stop", why: "budget" });
    expect(untyped(limited, { tokens: 0 })).toMatchObject({ do: "retry", cost: 0 });
  });
});

describe("a past that makes no sense", () => {
  it.each(named(["", "some", null, undefined, 0]))(
    "prior %s, after more than one attempt, is unknown",
    (_, prior) => {
      expect(untyped(limited, { attempt: 2, prior })).toMatchObject({
        ...{ do: "retry", next: { attempt: 3, prior: "unknown" } },
      });
      const operation = "write";
      expect(untyped(limited, { attempt: 2, prior, operation })).toMatchObject({ do: "reconcile" });
    },
  );

  it("steps that no rule has are kept and mean nothing", () => {
    expect(untyped(limited, { done: ["dance", "__proto__", ""] })).toMatchObject({
      ...{ do: "retry", next: { done: ["dance", "__proto__", ""] } },
    });
  });

  it.each(named([null, 5, {}]))("steps that are no list, such as %s, are none", (_, done) => {
    expect(untyped(limited, { done })).toMatchObject({ do: "retry", next: { done: [] } });
  });

  it.each(named([undefined, null, 1, "", "yes", {}]))(
    "singleSend %s is no promise",
    (_, singleSend) => {
      const once = { ...api({ requires: "single-send" }) };
      const input = { ...first, operation: "write", singleSend: singleSend as never };
      expect(advise(once, busy(null), input)).toMatchObject({
        do: "reconcile",
        why: "single-send",
      });
    },
  );
});

describe("a failure that is none", () => {
  it.each<readonly [what: string, failure: unknown]>([
    ["an empty object", {}],
    ["a transport that does not exist", { transport: "pigeon" }],
    ["a transport that is inherited", { transport: "toString" }],
    ["an id that is inherited", { id: "constructor", outcome: "not-executed", retry: "never" }],
    ["an id of another API", { id: "mm.too-many-requests", outcome: "not-executed" }],
    ["a list", []],
    ["null", null],
    ["a text", "timeout"],
  ])("%s: a write is looked up, a read given back", (_, failure) => {
    expect(untyped(failure, {})).toMatchObject({
      do: "reconcile",
      why: "rule",
      outcome: "unknown",
    });
    expect(untyped(failure, { operation: "read" })).toMatchObject({ do: "stop", why: "rule" });
  });

  it("a rule that does not exist is to look it up", () => {
    const lost = { ...busy(null), retry: "lost" };
    expect(advise(api(), lost, { ...first, operation: "write" })).toMatchObject({
      ...{ do: "reconcile", why: "rule" },
    });
  });
});

describe("what a catalog cannot say, and data made by hand can", () => {
  const asked = (data: AdviceData, outcome: Failure["outcome"], prior: "none" | "unknown") =>
    advise(data, { ...busy(null), outcome }, { ...first, operation: "write", attempt: 2, prior });

  it("a step that a rule names twice is made once", () => {
    const step: Step = { do: "log-in" };
    const twice: Step = { do: "refresh-token", fallback: "log-in" };
    expect(advise(api({}, [step, step]), busy(null), first)).toMatchObject({
      before: [step],
    });
    const after = { ...first, done: ["refresh-token"] };
    expect(advise(api({}, [twice, step]), busy(null), after)).toMatchObject({
      before: [step],
    });
  });

  it("a part that was carried out stays a part, whatever it means after an unknown try", () => {
    const priors = { "shop.busy": { outcome: "executed", retry: "told" } } as const;
    expect(asked({ ...api(), priors }, "partial", "unknown")).toMatchObject({
      ...{ do: "reconcile", outcome: "partial" },
    });
    expect(asked({ ...api(), priors }, "not-executed", "unknown")).toMatchObject({
      ...{ do: "stop", outcome: "executed" },
    });
  });

  it.each(["executed", "partial", "prior-received", "unknown"] as const)(
    "a rule that sends again what is %s is not followed",
    (outcome) => {
      expect(asked(api({ identity: "same" }), outcome, "none").do).not.toBe("retry");
      expect(asked(api({ identity: "fresh" }), outcome, "none").do).not.toBe("retry");
    },
  );
});
