/** Waits from public bug reports, as in cases.test.ts: how long to wait, and from when. */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../generator/runtime/failure.js";
import { startCall } from "../../generator/runtime/call.js";
import { adviseMm, decodeMm } from "trading-api-errors/mm";
import { line, openCase } from "./read.js";

type Row = readonly [response: HttpResponse, wanted: string, operation?: string];

const limited = (headers: object, body: unknown = null): HttpResponse => ({
  ...{ status: 429, headers, body },
});
const noon = { Date: "Wed, 25 Nov 2026 22:00:00 GMT" };
const tpm = (rest: string): HttpResponse =>
  limited(
    {},
    {
      error: {
        message: `Rate limit reached for model \`m\` on tokens per minute (TPM): Limit 7000, Used 0, Requested 12903. Please try again in ${rest}.`,
      },
    },
  );

const cases: Readonly<Record<string, readonly [folder: string, ...Row[]]>> = {
  "mastra-ai/mastra#23778, acmesh-official/acme.sh#7201: a header that is not quite what it should be":
    [
      "malformed-retry-after",
      [limited({ "Retry-After": "-3" }), "retry after 500"],
      [limited({ "Retry-After": "1.5" }), "retry after 1500"],
      [limited({ "Retry-After": "+3" }), "retry after 3000"],
      [limited({ "Retry-After": "30s" }), "retry after 30000"],
      [limited({ "Retry-After": "30;comment=x" }), "retry after 30000"],
      [limited({ "Retry-After": "in a while" }), "retry after 600000"],
      [limited({ ...noon, "Retry-After": "Wed, 25 Nov 2026 22:00:30 UTC" }), "retry after 30000"],
      [limited({ ...noon, "Retry-After": "2026-11-25T22:00:30Z" }), "retry after 30000"],
      [
        limited({
          "Retry-After": "Thu, 1 Dec 2094 16:00:00 GMT",
          Date: "Wed, 01 Dec 2094 15:59:30 GMT",
        }),
        "retry after 30000",
      ],
    ],
  "anthropics/anthropic-sdk-typescript#357: a moment of ISO 8601": [
    "reset-iso",
    [
      limited({
        "anthropic-ratelimit-requests-reset": "2024-03-26T20:00:59Z",
        date: "Tue, 26 Mar 2024 19:59:59 GMT",
      }),
      "retry after 60000",
    ],
    [limited({ "retry-after": "2" }), "retry after 2000"],
  ],
  "openai/openai-agents-python#4021, NikkeTryHard/zerogravity#19: a header in milliseconds": [
    "retry-after-ms",
    [limited({ "retry-after-ms": "1500" }), "retry after 1500"],
    [limited({ "retry-after-ms": "1500", "retry-after": "2" }), "retry after 2000"],
  ],
  "anthropics/anthropic-sdk-typescript#357: a header that says not to send it again": [
    "retry-header-no",
    [
      {
        status: 500,
        headers: { "X-Should-Retry": "false" },
        body: { error: { type: "api_error" } },
      },
      "stop not-executed",
    ],
    [
      {
        status: 500,
        headers: { "x-should-retry": "true" },
        body: { error: { type: "api_error" } },
      },
      "retry after 1000",
    ],
    [
      { status: 500, headers: { "x-should-retry": "false" }, body: null },
      "reconcile unknown",
      "place",
    ],
  ],
  "ccxt#6433, ccxt#1284, Aider-AI/aider#3265, microsoft/action-python#12, openai/codex#2266: a wait in a text":
    [
      "wait-in-text",
      [
        {
          status: 200,
          body: { error: "API rate limit exceeded for 192.0.2.1. Retry after 60 sec." },
        },
        "retry after 60000",
      ],
      [
        limited({}, { error: { message: "Rate limit exceeded, retry in 2 seconds." } }),
        "retry after 2000",
      ],
      [tpm("5.289s"), "retry after 5289"],
      [tpm("50.597142857s"), "retry after 50598"],
      [tpm("1m26.4s"), "retry after 86400"],
      [tpm("6m0s"), "stop not-executed pause 360000"],
    ],
};

for (const [threads, [folder, ...rows]] of Object.entries(cases))
  describe(threads, async () => {
    const reader = await openCase(folder);
    for (const [response, wanted, operation = "read"] of rows)
      it(`${JSON.stringify(response)}: ${wanted}`, () => {
        expect(reader.advice(reader.response(response), operation)).toBe(wanted);
      });
  });

describe("Binance's WebSocket API: a frame with a status, and a ban until a moment", async () => {
  const { frame, advice } = await openCase("frame-status");

  it("is waited for as long as the server's own time says", () => {
    const error = {
      code: -1003,
      msg: "Way too many requests; IP banned until 1659146400000",
      data: { serverTime: 1_659_142_907_531, retryAfter: 1_659_146_400_000 },
    };
    const reply = frame({ id: "a", status: 418, error });
    expect(line(reply)).toBe("x.limited not-executed");
    expect(reply.replyTo).toBe("a");
    expect(advice(reply, "place")).toBe("retry after 3492469");
  });

  it("answers a request", () => {
    expect(line(frame({ id: "a", status: 200, result: { orderId: 1 } }))).toBe(
      "ok x.frame unknown",
    );
  });
});

describe("Azure/azure-sdk-for-js#39130, basecamp/basecamp-sdk#781, divviup/janus#3943: a date without a clock", () => {
  const until = "Wed, 25 Nov 2026 22:00:05 GMT";
  const reply = decodeMm(limited({ "retry-after": until }));
  const failure = reply.ok ? expect.fail() : reply.failure;

  it("is counted from the caller's own, which may be ahead by a second", () => {
    const wall = (): number => Date.parse(noon.Date);
    const call = startCall(adviseMm, "read", { wall, random: () => 0 });
    expect(call.failed(failure)).toMatchObject({ do: "retry", delayMs: 6_000 });
  });

  it("is no pause that a timer cannot hold", () => {
    const input = { operation: "read", attempt: 1, elapsedMs: 0, random: 0 } as const;
    for (const text of [until, "never", "9".repeat(300)]) {
      const asked = decodeMm(limited({ "retry-after": text }));
      const advice = adviseMm(asked.ok ? expect.fail() : asked.failure, input);
      const ms = advice.do === "retry" ? advice.delayMs : advice.pauseMs;
      expect(ms >= 60_000 && ms < 2 ** 31).toBe(true);
    }
  });
});
