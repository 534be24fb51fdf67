/**
 * Responses from public bug reports, each read by a small catalog of the integrator's. A case is named after the threads
 * that it comes from; the wire texts are the vendors', the names and the addresses are invented.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../generator/runtime/failure.js";
import { line, openCase } from "./read.js";

type Row = [response: HttpResponse, wanted: string, advice?: string];

interface Case {
  readonly folder: string;
  readonly responses: readonly Row[];
}

const skewed =
  "Signature expired: 20141104T062952Z is now earlier than 20141104T062952Z (20141104T064452Z - 15 min.)";
const ahead =
  "Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z (20170731T091615Z + 5 min.)";
const duplicates = { error: "All orders are duplicates" };
const limit = '{"error":"Rate limit exceeded"}';
const quota = "You exceeded your current quota, please check your plan and billing details.";

const responses: Readonly<Record<string, Case>> = {
  "ccxt#2210, ccxt#30188, Shopify/cli#8317: a text that nobody listed is no success": {
    folder: "ok-with-error-text",
    responses: [
      [
        { status: 200, body: { error: "rate limit exceeded" } },
        "x.unknown (message)",
        "place: reconcile unknown",
      ],
      [
        { status: 200, body: { error: "Insufficient balance" } },
        "x.unknown (message)",
        "place: reconcile unknown",
      ],
      [
        { status: 200, body: { message: "Insufficient balance" } },
        "x.unknown (message)",
        "place: reconcile unknown",
      ],
      [
        { status: 200, body: { error: "Rate limit exceeded" } },
        "x.limited not-executed",
        "place: stop not-executed",
      ],
      // An id beside a text: that the order was taken and that it failed cannot both be so.
      [{ status: 200, body: { id: 1, error: "Insufficient balance" } }, "x.unknown (message)"],
      [
        { status: 200, body: { id: 1, error: { reason: "Insufficient balance" } } },
        "x.unknown (shape)",
      ],
      [{ status: 200, body: { id: 1 } }, "ok x.placed executed"],
      [{ status: 200, body: { id: 1, error: null } }, "ok x.placed executed"],
      [{ status: 200, body: { id: 1, error: "", message: null } }, "ok x.placed executed"],
      [{ status: 200, body: { success: true, message: "" } }, "ok x.ok accepted"],
      [{ status: 200, body: { id: null } }, "ok x.ok accepted"],
      [{ status: 500, body: { id: 1 } }, "x.unknown (shape)", "place: reconcile unknown"],
    ],
  },
  "ccxt#2210, ccxt#30188: a code that nobody listed is no success": {
    folder: "ok-with-unknown-code",
    responses: [
      [
        { status: 200, body: { code: 51999, msg: "A reason of tomorrow" } },
        "x.unknown (code)",
        "place: reconcile unknown",
      ],
      [{ status: 200, body: { code: "51999" } }, "x.unknown (code)"],
      [{ status: 200, body: { code: 51999, orderId: 5 } }, "x.unknown (code)"],
      [{ status: 200, body: { code: "51008 ", msg: "x" } }, "x.unknown (code)"],
      [{ status: 200, body: { code: 0 } }, "x.unknown (code)"],
      [{ status: 200, body: { code: true } }, "x.unknown (shape)"],
      [
        { status: 200, body: { code: "51008", orderId: 5 } },
        "x.no-funds not-executed",
        "place: stop not-executed",
      ],
      [{ status: 200, body: { code: null, orderId: 5 } }, "ok x.placed executed"],
      [{ status: 200, body: { code: "", msg: "", orderId: 5 } }, "ok x.placed executed"],
      [{ status: 200, body: { code: null } }, "ok x.ok accepted"],
    ],
  },
  "ccxt#30098, ccxt#14957: a text that is known is that entry under any status": {
    folder: "status-moved",
    responses: [
      [
        { status: 409, body: duplicates },
        "x.all-duplicates prior-received",
        "place: reconcile prior-received",
      ],
      ...[200, 201, 204, 400, 401, 404, 422, 429, 500, 503].map((status): Row => [
        { status, body: duplicates },
        "x.all-duplicates prior-received, unexpected status",
        "place: reconcile prior-received",
      ]),
      [
        { status: 400, body: { error: "All orders were duplicates" } },
        "x.bad-request unknown, unexpected body",
        "place: reconcile unknown",
      ],
      [
        { status: 429, body: { error: "All orders were duplicates" } },
        "x.too-many-requests unknown, unexpected body",
        "place: reconcile unknown pause 1000",
      ],
      [{ status: 400, body: null }, "x.bad-request not-executed", "place: stop not-executed"],
      [{ status: 200, body: null }, "ok x.ok accepted"],
    ],
  },
  "octokit/plugin-throttling.js#437, #222, probot/probot#826: headers tell a limit from a missing right":
    {
      folder: "github-403",
      responses: [
        [
          {
            status: 403,
            headers: { "retry-after": "60" },
            body: {
              message:
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            },
          },
          "x.told-to-wait not-executed",
          "read: retry after 60000",
        ],
        [
          {
            status: 403,
            headers: new Headers({
              "X-RateLimit-Remaining": "0",
              "X-RateLimit-Reset": "1771404540",
            }),
            body: { message: "API rate limit exceeded for user ID 1." },
          },
          "x.nothing-left not-executed",
          "read: retry after 60000",
        ],
        [
          { status: 403, headers: { "x-ratelimit-remaining": "0", "retry-after": "90" } },
          "x.told-to-wait not-executed",
          "read: retry after 90000",
        ],
        // A request is left: the right is missing, but the text is a new one.
        [
          {
            status: 403,
            headers: { "x-ratelimit-remaining": "10" },
            body: { message: "Must have admin rights to the repository." },
          },
          "x.forbidden unknown, unexpected body",
          "read: stop unknown",
        ],
        [{ status: 403 }, "x.forbidden not-executed", "read: stop not-executed"],
        // Every response says how many requests are left: the last one that was allowed is still a success.
        [{ status: 200, headers: { "x-ratelimit-remaining": "1" } }, "ok x.ok unknown"],
      ],
    },
  "smithy-lang/smithy#3157, smithy-java#1273, aws/aws-sdk-js-v3#3972, stackshy/cloudemu#1310: a code behind a namespace, and one in a header":
    {
      folder: "aws-error-type",
      responses: [
        ...[
          { body: { __type: "ThrottlingException" } },
          { body: { __type: "com.amazonaws.x#ThrottlingException" } },
          { body: { code: "ThrottlingException" } },
          ...[
            "ThrottlingException",
            "ThrottlingException:http://internal.amazon.com/coral/",
            ["ThrottlingException:http://internal.amazon.com/coral/"],
          ].map((value) => ({
            headers: { "x-amzn-errortype": value },
            body: { message: "Rate exceeded" },
          })),
          {
            headers: {
              "X-Amzn-ErrorType": "ThrottlingException:http://internal.amazon.com/coral/",
            },
          },
        ].map((rest): Row => [
          { status: 400, ...rest },
          "x.throttled not-executed",
          "put: retry after 1000",
        ]),
        [{ status: 400, body: { __type: "ThrottlingException#x" } }, "x.unknown (code)"],
        [{ status: 200, headers: { "x-amzn-errortype": "NewException:x" } }, "x.unknown (code)"],
        // A namespace without a name behind it: something stands there, and it is no code.
        [{ status: 200, body: { __type: "com.amazonaws.x#" } }, "x.unknown (shape)"],
        [{ status: 200, headers: { "x-amzn-errortype": ":x" } }, "x.unknown (status)"],
        [{ status: 200, body: { __type: null } }, "ok x.ok unknown"],
      ],
    },
  "aws/aws-sdk-js#401, #1652, aws/aws-sdk-js-v3#2208: one code for a wrong clock and for a wrong signature":
    {
      folder: "clock-skew",
      responses: [
        [
          { status: 403, body: { Error: { Code: "SignatureDoesNotMatch", Message: skewed } } },
          "x.signature-expired not-executed",
          "put: retry after 0 sync-clock sign",
        ],
        [
          { status: 400, body: { __type: "InvalidSignatureException", message: ahead } },
          "x.signature-expired not-executed",
          "put: retry after 0 sync-clock sign",
        ],
        [
          {
            status: 400,
            body: {
              __type: "com.amazon.coral.service#InvalidSignatureException",
              message: "The request signature",
            },
          },
          "x.signature-wrong not-executed",
          "put: stop not-executed",
        ],
        [
          {
            status: 400,
            body: { __type: "com.amazon.coral.service#InvalidSignatureException", message: ahead },
          },
          "x.signature-expired not-executed",
        ],
        // XML is not read. It is no reason to be sure of anything.
        [
          {
            status: 403,
            body: '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code></Error>',
          },
          "x.unknown (not-json)",
          "put: reconcile unknown",
        ],
      ],
    },
  "axios/axios#2419, forwardemail/superagent#1249: a byte order mark before the JSON": {
    folder: "bom",
    responses: [
      ...[`\ufeff${limit}`, `\ufeff  ${limit}\r\n`].map((body): Row => [
        { status: 400, body },
        "x.limited not-executed",
        "read: retry after 1000",
      ]),
      [{ status: 400, body: `${limit}\u0000` }, "x.unknown (not-json)"],
      [{ status: 400, body: `\ufeff\ufeff${limit}` }, "x.unknown (not-json)"],
      [
        { status: 200, body: `\ufeff${limit}\u0000` },
        "x.unknown (not-json)",
        "place: reconcile unknown",
      ],
      // JSON in JSON: a text, at no place of the catalog.
      [{ status: 400, body: JSON.stringify(limit) }, "x.unknown (shape)"],
      // Nothing but the mark is no body at all.
      [{ status: 200, body: "\ufeff" }, "ok x.ok accepted"],
    ],
  },
  "rotki/rotki#2996, ccxt#4123, ccxt#14639, octokit/plugin-throttling.js#437: a wait that is asked for is kept":
    {
      folder: "wait-dropped",
      responses: ["read", "place"].flatMap((operation): readonly Row[] => {
        const isRead = operation === "read";
        const open = isRead ? "read: stop unknown" : "place: reconcile unknown";
        return [
          [
            {
              status: 429,
              headers: { "retry-after": "30" },
              body: "<html><h1>429 Too Many Requests</h1></html>",
            },
            "x.too-many-requests unknown, unexpected body",
            // The page may be a proxy's, that had handed the order on.
            isRead ? "read: retry after 30000" : `${open} pause 30000`,
          ],
          [
            {
              status: 418,
              headers: { "retry-after": "400" },
              body: {
                code: -1003,
                msg: "Way too much request weight used; IP banned until 1660090423228.",
              },
            },
            "x.unknown (code)",
            `${open} pause 400000`,
          ],
          [
            { status: 503, headers: { "retry-after": "120" }, body: "" },
            "x.unknown (status)",
            `${open} pause 120000`,
          ],
          [
            {
              status: 403,
              headers: { "retry-after": "60" },
              body: { msg: "You have exceeded a secondary rate limit." },
            },
            "x.forbidden unknown, unexpected body",
            `${open} pause 60000`,
          ],
          [
            { status: 403, headers: { "retry-after": "60" } },
            "x.forbidden not-executed",
            `${operation}: stop not-executed pause 60000`,
          ],
          // Longer than the rule waits.
          [
            { status: 429, headers: { "retry-after": "301" } },
            "x.too-many-requests not-executed",
            `${operation}: stop not-executed pause 301000`,
          ],
        ];
      }),
    },
  "langchain-ai/langchainjs#1929: no quota left, and too fast, both with a 429": {
    folder: "quota-429",
    responses: [
      [
        {
          status: 429,
          body: {
            error: { message: quota, type: "insufficient_quota", param: null, code: null },
          },
        },
        "x.no-quota not-executed",
        "complete: stop not-executed",
      ],
      [
        {
          status: 429,
          body: {
            error: {
              message: "Rate limit reached",
              type: "requests",
              param: null,
              code: "rate_limit_exceeded",
            },
          },
        },
        "x.too-many-requests unknown, unexpected body",
        "complete: retry after 1000",
      ],
      // A success never has a type of error.
      [{ status: 200, body: { error: { type: "requests" } } }, "x.unknown (code)"],
      [
        { status: 500, body: { error: { type: "insufficient_quota" } } },
        "x.no-quota not-executed, unexpected status",
        "complete: stop not-executed",
      ],
    ],
  },
};

describe.each(Object.entries(responses))("%s", (_, { folder, responses }) => {
  it.each(responses)("%j is %s", async (response, wanted, advice) => {
    const reader = await openCase(folder);
    const reply = reader.response(response);
    expect(line(reply)).toBe(wanted);
    if (advice !== undefined) {
      const [operation] = advice.split(": ") as [string];
      expect(`${operation}: ${reader.advice(reply, operation)}`).toBe(advice);
    }
    // A body that came as text says the same.
    if (typeof response.body === "object")
      expect(line(reader.response({ ...response, body: JSON.stringify(response.body) }))).toBe(
        wanted,
      );
  });
});

describe("ccxt#29968, vegaprotocol/vega#7843: items that answer by position", async () => {
  const { batch } = await openCase("positional-batch");
  const taken = { clientOrderId: "a", orderId: 1, status: "NEW" };
  const refused = { code: -2022, msg: "ReduceOnly Order is rejected." };

  it.each([
    ["one taken, one refused", [taken, refused], ["taken, accepted", "declined x.reduce-only"]],
    ["in the other order", [refused, taken], ["declined x.reduce-only", "taken, accepted"]],
    [
      "a refusal that nobody listed",
      [taken, { code: -2023, msg: "New" }],
      ["taken, accepted", "unknown x.unknown"],
    ],
    ["an item that says nothing", [taken, {}], ["taken, accepted", "unknown x.unknown"]],
    ["no item at all", [taken, null], ["taken, accepted", "unknown x.unknown"]],
    [
      "an id beside a refusal",
      [{ ...refused, orderId: 2 }, taken],
      ["unknown x.reduce-only", "taken, accepted"],
    ],
    // With fewer or more items than orders nobody can say which is whose.
    ["an item less", [taken], ["unknown", "unknown"]],
    ["an item more", [taken, refused, taken], ["unknown", "unknown"]],
    ["no items", [], ["unknown", "unknown"]],
    ["no list", { orders: [taken, refused] }, ["unknown", "unknown"]],
  ])("%s", (_, body, [a, b]) => {
    for (const form of [body, JSON.stringify(body)])
      expect(batch(["a", "b"], { status: 200, body: form })).toEqual([`a: ${a}`, `b: ${b}`]);
  });

  it("a failure of the whole request, and one that nobody listed", () => {
    const whole = (response: HttpResponse): readonly string[] => batch(["a"], response);
    expect(whole({ status: 400 })).toEqual(["a: failed x.bad-request"]);
    expect(whole({ status: 400, body: { code: -1, msg: "New" } })).toEqual([
      "a: unknown x.bad-request",
    ]);
    expect(whole({ status: 200, body: refused })).toEqual(["a: unknown x.unknown"]);
  });

  it("items that came with the status of a failure", () => {
    expect(batch(["a", "b"], { status: 400, body: [taken, refused] })).toEqual([
      "a: taken, accepted",
      "b: declined x.reduce-only",
    ]);
  });

  it("an order sent twice", () => {
    expect(batch(["a", "a"], { status: 200, body: [taken, taken] })).toEqual(["a: unknown"]);
  });
});

describe("JKorf/BingX.Net#25: keys that are numbers", async () => {
  const { batch } = await openCase("numeric-key");
  const notThere = (order: string): string =>
    `can not find order for orderId:${order} for symbol: BARS-USDT, please verify and retry later`;
  const answer = (cancelled: string, failed: string): string =>
    `{"code":0,"msg":"","data":{"orders":[{"orderId":${cancelled},"status":"CANCELED"}],` +
    `"fails":[{"orderId":"${failed}","error":"${notThere(failed)}"}]}}`;

  it("is the same key as a number and as its digits", () => {
    const response = { status: 200, body: answer("1001", "1002") };
    expect(batch(["1001", "1002"], response)).toEqual([
      "1001: taken, accepted",
      "1002: declined x.not-there",
    ]);
    expect(batch([1001, 1002], response)).toEqual([
      "1001: taken, accepted",
      "1002: declined x.not-there",
    ]);
  });

  it("does not take one order for its neighbour beyond 2^53", () => {
    const [own, other] = ["1885778991827025920", "1885778991827025921"];
    const items = batch([own, other], { status: 200, body: answer(own, other) });
    // JSON.parse makes one number of both, so nobody can say whose cancel it is.
    expect(items).toEqual([`${own}: unknown`, `${other}: declined x.not-there`]);
  });

  it("does not take a fraction, a sign or a zero before it for the same key", () => {
    for (const key of ["1001.5", "-1001", "true", "[1001]"])
      expect(batch(["1001"], { status: 200, body: answer(key, "1") })).toEqual(["1001: unknown"]);
    expect(batch(["01001"], { status: 200, body: answer("1001", "1") })).toEqual([
      "01001: unknown",
    ]);
  });
});

describe("wboayue/rust-ibapi#678, #695, pilwon/node-ib#34: notices and errors in one kind of frame", async () => {
  const { frame, advice } = await openCase("info-frames");
  const read = (errorCode: unknown, errorMsg?: string, id = -1): string =>
    line(frame({ id, errorCode, errorMsg }));

  it("is a success that is listed", () => {
    expect(read(2104, "Market data farm connection is OK:usfarm")).toBe("ok x.data-back unknown");
    expect(read("2106")).toBe("ok x.data-back unknown");
  });

  it("is a failure that is listed, or unknown", () => {
    expect(read(2103, "Market data farm connection is broken:usfarm")).toBe("x.data-lost unknown");
    expect(read(202)).toBe("x.unknown (code)");
    expect(read(null, "Order Canceled")).toBe("x.unknown (message)");
  });

  it("says which order it answers, and what that means after a try without an answer", () => {
    const reply = frame({ id: 7, errorCode: 103, errorMsg: "Duplicate order id" });
    expect(reply.replyTo).toBe(7);
    expect(line(reply)).toBe("x.duplicate-id not-executed");
    expect(advice(reply, "place")).toBe("stop not-executed");
    expect(advice(reply, "place", { attempt: 2, prior: "unknown" })).toBe(
      "reconcile prior-received",
    );
  });
});

describe("lidge-jun/opencodex#3740, bybit-exchange/pybit#287: frames with a code alone", async () => {
  const { frame } = await openCase("ws-code-only");

  it.each([
    [
      { id: 7, status: 400, error: { code: -1022, msg: "Signature is not valid." } },
      "x.bad-signature not-executed",
    ],
    [{ id: 7, status: 409, error: { code: -2010 } }, "x.unknown (code)"],
    [{ id: 8, op: "auth", retCode: 10004 }, "x.unknown (code)"],
    [{ id: 8, op: "auth", retCode: 10004, retMsg: null }, "x.unknown (code)"],
    [{ id: 8, op: "auth", retMsg: "New" }, "x.unknown (message)"],
    [{ id: 9, status: 500, error: "boom" }, "x.unknown (shape)"],
    [{ id: 9, status: 200, result: [] }, "ok x.frame unknown"],
    [{ id: 8, op: "auth", retCode: null, retMsg: "" }, "ok x.frame unknown"],
  ])("%j is %s", (body, wanted) => {
    expect(line(frame(body))).toBe(wanted);
    expect(line(frame(JSON.stringify(body)))).toBe(wanted);
  });
});

describe("beside lidge-jun/opencodex#3740: a failure that is listed as unknown", async () => {
  const { frame } = await openCase("ws-category-unknown");

  it.each([
    [{ code: 5000 }, "x.server-side unknown"],
    [{ code: 5000, msg: "x" }, "x.server-side unknown"],
    [{ code: "5000" }, "x.server-side unknown"],
    [{ code: 5001 }, "x.silent unknown"],
    [{ code: 5002 }, "x.unknown (code)"],
  ])("%j is %s", (body, wanted) => {
    expect(line(frame(body))).toBe(wanted);
  });
});
