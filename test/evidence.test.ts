/**
 * What a body or a header says is never overruled by a status: what is known is known on any status, and what nobody
 * listed is neither a success nor a certain failure.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Advice, Failure, HttpResponse, Reply } from "trading-api-errors";
import { adviseSixMm, decodeSixMm } from "trading-api-errors/6mm";
import { adviseAbp, decodeAbp, decodeAbpPlacement } from "trading-api-errors/abp";
import { adviseMm, decodeMm, decodeMmSocket } from "trading-api-errors/mm";
import { check } from "../generator/generate.js";
import { DiagnosticLog } from "../generator/diagnostics/log.js";
import { line, openYaml, type Reader } from "./cases/read.js";
import { project } from "./command.js";

const successes = [200, 201, 202, 204];
const failures = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 599];
const statuses = [...successes, ...failures, null as unknown as number];

const first = { attempt: 1, elapsedMs: 0, random: 0, keyAgeMs: 0 };

/** Whether a reply leaves open what became of a write. */
const isOpen = (reply: Reply): boolean => !reply.ok && reply.failure.outcome === "unknown";

describe("a text that is known, on any status", () => {
  it.each(statuses)("is a wrong key, of ABP and of MM: %s", (status) => {
    expect(decodeAbp({ status, body: { error: "Invalid or inactive API key" } })).toMatchObject({
      failure: {
        id: "abp.invalid-or-inactive-api-key",
        unexpected: status === 401 || status === null ? null : "status",
      },
    });
    expect(decodeMm({ status, body: { detail: "Invalid or missing API key" } })).toMatchObject({
      failure: {
        id: "mm.invalid-or-missing-api-key",
        unexpected: status === 401 || status === null ? null : "status",
      },
    });
  });

  const [sent, pending] = [
    "eb45b192-317b-42d5-9f65-af497b9fa8c1",
    "fb5f2dd9-c855-4ba9-8ef9-4c2278ca2f1d",
  ];
  const body = {
    detail: {
      error: "All orders are duplicates",
      duplicateUuids: [sent],
      inProgressUuids: [pending],
    },
  };

  it.each(statuses)("is an earlier copy that arrived, and is looked up: %s", (status) => {
    for (const form of [body, JSON.stringify(body), `\ufeff${JSON.stringify(body)}`]) {
      const reply = decodeAbp({ status, body: form });
      expect(reply).toMatchObject({
        failure: {
          id: "abp.all-orders-are-duplicates",
          outcome: "prior-received",
          unexpected: status === 409 || status === null ? null : "status",
        },
      });
      if (reply.ok) return;
      const input = { ...first, operation: "place-orders" } as const;
      expect(adviseAbp(reply.failure, input)).toMatchObject({
        do: "reconcile",
        outcome: "prior-received",
      });
      const { items } = decodeAbpPlacement([sent, pending, "c"], { status, body: form });
      expect([...items.values()].map(({ is }) => is)).toEqual([
        "duplicate",
        "in-progress",
        "unknown",
      ]);
    }
  });
});

describe("what nobody listed, on any status", () => {
  const bodies: readonly [decode: (response: HttpResponse) => Reply, body: unknown][] = [
    ...["error", "detail"].map(
      (key) => [decodeAbp, { [key]: "New" }] as [typeof decodeAbp, object],
    ),
    [decodeAbp, { detail: { error: "New" } }],
    [decodeAbp, { error: ["New"] }],
    [decodeAbp, { error: { reason: "New" } }],
    [decodeAbp, { error: 7 }],
    [decodeAbp, { detail: true }],
    [decodeMm, { detail: "New" }],
    [decodeMm, { detail: { reason: "New" } }],
    [decodeSixMm, { code: 7777 }],
    [decodeSixMm, { code: "7777", message: "New" }],
    [decodeSixMm, { code: "0 " }],
    [decodeSixMm, { code: [0] }],
    [decodeSixMm, { message: "Success" }],
  ];
  const cases = bodies.flatMap(([decode, body]) =>
    statuses.map((status) => ({ decode, status, body, name: decode.name })),
  );

  it.each(cases)("is neither a success nor certain: $name, $status, $body", (row) => {
    const { decode, status, body } = row;
    for (const form of [body, JSON.stringify(body)]) {
      const reply = decode({ status, body: form });
      expect(line(reply)).not.toMatch(/^ok/);
      expect(isOpen(reply)).toBe(true);
    }
  });

  it.each(successes)(
    "is no success at a place where other pages of the vendor's have it: %i",
    (status) => {
      for (const error of ["New", ["New"], { reason: "New" }])
        expect(isOpen(decodeMm({ status, body: { error } }))).toBe(true);
    },
  );

  it("says why it is unknown", () => {
    expect(line(decodeAbp({ status: 201, body: { error: "New" } }))).toBe("abp.unknown (message)");
    expect(line(decodeMm({ status: 200, body: { detail: "New" } }))).toBe("mm.unknown (message)");
    expect(line(decodeSixMm({ status: 200, body: { code: 1 } }))).toBe("6mm.unknown (code)");
  });
});

describe("a body in which nothing stands", () => {
  it.each([undefined, null, "", "\ufeff", {}, { error: null }, { error: "" }, { detail: "" }])(
    "is what its status says: %j",
    (body) => {
      expect(line(decodeAbp({ status: 200, body }))).toBe("ok abp.ok unknown");
      expect(line(decodeMm({ status: 200, body }))).toBe("ok mm.ok accepted");
      expect(line(decodeAbp({ status: 400, body }))).toBe("abp.bad-request not-executed");
      expect(line(decodeMm({ status: 404, body }))).toBe("mm.not-found not-executed");
      expect(line(decodeSixMm({ status: 200, body }))).toMatch(/^6mm\.unknown/);
    },
  );

  it("is no success on a status that nobody listed", () => {
    for (const status of [202, 299, 304, NaN])
      for (const decode of [decodeAbp, decodeMm, decodeSixMm])
        expect(line(decode({ status, body: null }))).toMatch(/unknown \(status\)$/);
  });

  it("proves nothing executed, but where there is nothing to be said", () => {
    expect(line(decodeAbp({ status: 204 }))).toBe("ok abp.no-content executed");
    expect(isOpen(decodeAbp({ status: 204, body: { orders: [1] } }))).toBe(true);
  });
});

describe("a list of faults with no fault in it", () => {
  it.each([500, 503])("does not prove that nothing was executed: %i", (status) => {
    const response = { status, body: { detail: [] } };
    expect(isOpen(decodeAbp(response))).toBe(true);
    expect(decodeAbpPlacement(["a"], response).items.get("a")).toMatchObject({ is: "unknown" });
  });
});

describe("a page of a proxy's", () => {
  const pages = [
    "<html><h1>429 Too Many Requests</h1></html>",
    "upstream connect error or disconnect/reset before headers",
    "\ufeff<html></html>",
    "null and void",
  ];
  const wait = "7";
  const headers = [
    { "retry-after": wait },
    { "Retry-After": wait },
    { "RETRY-AFTER": ["1", wait] },
    { "retry-after": Number(wait) },
    { "retry-after": `1, ${wait}` },
    new Headers({ "Retry-After": wait }),
    new Map([["Retry-After", wait]]),
    [["Retry-After", wait]],
    ["Content-Type", "text/html", "Retry-After", wait],
    { date: "Wed, 25 Nov 2026 10:00:00 GMT", "retry-after": "Wed, 25 Nov 2026 10:00:07 GMT" },
  ];
  type Ask = (failure: Failure, operation: "read" | "write") => Advice;
  const abp: Ask = (failure, operation) => adviseAbp(failure as never, { ...first, operation });
  const mm: Ask = (failure, operation) => adviseMm(failure as never, { ...first, operation });
  const sixMm: Ask = (failure, operation) => adviseSixMm(failure as never, { ...first, operation });

  const rows = [
    { of: "abp", status: 429, category: "throttled", decode: decodeAbp, ask: abp },
    { of: "abp", status: 503, category: "unavailable", decode: decodeAbp, ask: abp },
    { of: "mm", status: 429, category: "throttled", decode: decodeMm, ask: mm },
    { of: "6mm", status: 429, category: "throttled", decode: decodeSixMm, ask: sixMm },
  ].flatMap((row) => headers.map((its) => ({ ...row, headers: its })));

  it.each(rows)(
    "has its status's category, and a read waits as told: $of $status $headers",
    ({ status, category, decode, ask, headers }) => {
      for (const body of pages) {
        const reply = decode({ status, headers, body });
        if (reply.ok) throw new Error("a page is no success");
        expect(reply.failure).toMatchObject({ category, outcome: "unknown", unexpected: "body" });
        const read = ask(reply.failure, "read");
        expect(read).toMatchObject({ do: "retry", delayFrom: "header" });
        expect(read.do === "retry" && read.delayMs).toBeGreaterThanOrEqual(7_000);
        const write = ask(reply.failure, "write");
        expect(write).toMatchObject({ do: "reconcile", outcome: "unknown" });
        expect(write.do !== "retry" && write.pauseMs).toBeGreaterThanOrEqual(7_000);
      }
    },
  );

  it.each([
    ["a 502 of MM's", 502, decodeMm, mm, "mm.bad-gateway unknown, unexpected body"],
    ["a 502 that ABP does not list", 502, decodeAbp, abp, "abp.unknown (not-json)"],
    ["a 503 that MM does not list", 503, decodeMm, mm, "mm.unknown (not-json)"],
  ] as const)("keeps the wait, and a write is looked up: %s", (_, status, decode, ask, wanted) => {
    const reply: Reply = decode({ status, headers: { "retry-after": "7" }, body: pages[0] });
    expect(line(reply)).toBe(wanted);
    if (reply.ok) return;
    expect(ask(reply.failure, "write")).toMatchObject({ do: "reconcile", outcome: "unknown" });
    for (const operation of ["read", "write"] as const) {
      const advice = ask(reply.failure, operation);
      expect(advice.do === "retry" ? advice.delayMs : advice.pauseMs).toBeGreaterThanOrEqual(7_000);
    }
  });

  it("is no success, on any status", () => {
    for (const status of statuses)
      for (const decode of [decodeAbp, decodeMm, decodeSixMm])
        for (const body of pages) expect(isOpen(decode({ status, body }))).toBe(true);
  });
});

describe("the orders of a placement", () => {
  const upper = "FB5F2DD9-C855-4BA9-8EF9-4C2278CA2F1D";
  const lower = upper.toLowerCase();
  const place = (sent: readonly string[], body: unknown): readonly (readonly string[])[] =>
    [...decodeAbpPlacement(sent, { status: 200, body }).items].map(([key, { is }]) => [key, is]);
  const refusal = { declineReason: "Invalid odds" };

  it.each([
    [upper, lower],
    [lower, upper],
  ])("are known by their UUID in any letter case: %s, answered %s", (sent, answered) => {
    const item = { requestUuid: answered };
    expect(place([sent], { acceptedOrders: [item], declinedOrders: [] })).toEqual([
      [sent, "accepted"],
    ]);
    expect(
      place([sent], { acceptedOrders: [], declinedOrders: [{ ...item, ...refusal }] }),
    ).toEqual([[sent, "declined"]]);
    const detail = {
      error: "All orders are duplicates",
      duplicateUuids: [answered],
      inProgressUuids: [],
    };
    expect(place([sent], { detail })).toEqual([[sent, "duplicate"]]);
  });

  it("are not skipped because both lists are empty", () => {
    expect(place([upper], { acceptedOrders: [], declinedOrders: [] })).toEqual([
      [upper, "unknown"],
    ]);
  });

  it("are not skipped beside an order that nobody sent", () => {
    expect(
      place([upper, "b"], {
        acceptedOrders: [{ requestUuid: "c" }],
        declinedOrders: [{ requestUuid: "b", ...refusal }],
      }),
    ).toEqual([
      [upper, "unknown"],
      ["b", "declined"],
    ]);
  });

  it("are unknown where one UUID was sent twice, in whatever letter case", () => {
    const body = { acceptedOrders: [{ requestUuid: lower }], declinedOrders: [] };
    expect(place([lower, lower], body)).toEqual([[lower, "unknown"]]);
    expect(place([lower, upper], body)).toEqual([
      [lower, "unknown"],
      [upper, "unknown"],
    ]);
  });

  it("are judged by what they say, not by their list", () => {
    expect(
      place(["a", "b", "c"], {
        acceptedOrders: [
          { requestUuid: "a", ...refusal },
          { requestUuid: "b", declineReason: "New" },
        ],
        declinedOrders: [{ requestUuid: "c" }],
      }),
    ).toEqual([
      ["a", "declined"],
      ["b", "unknown"],
      ["c", "unknown"],
    ]);
  });
});

describe("frames of MM's", () => {
  it.each([
    [{ error: "New" }, "mm.unknown (message)"],
    [{ error: 7 }, "mm.unknown (shape)"],
    [{ error: { code: 7 } }, "mm.unknown (shape)"],
    [{ error: true }, "mm.unknown (shape)"],
    [{ error: false }, "ok mm.frame unknown"],
    [{ error: null, odds: [1.5] }, "ok mm.frame unknown"],
  ])("%j is %s", (frame, wanted) => {
    expect(line(decodeMmSocket(frame))).toBe(wanted);
    expect(line(decodeMmSocket(JSON.stringify(frame)))).toBe(wanted);
  });
});

/** An API with a channel of these places, where 200 is a success and 400 a failure. */
function small(channel: string, more = "", entries = "", success = "{}"): Promise<Reader> {
  return openYaml(`api: { title: X, summary: Trades., codes: integer }
channels:
  http: { transport: http, ${channel} }
${more}
operations: { place: { kind: write, summary: Places. }, list: { kind: read, summary: Lists. } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200, body: ${success} }] }
  400: { category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: [{ status: 400 }] }
${entries}
`);
}

const noFunds = (body: string): string =>
  `  no-funds: { code: 7, category: funds-or-limits, outcome: not-executed, retry: never, summary: No funds., examples: [{ status: 400, body: ${body} }] }`;

describe("a code in any item of a list", async () => {
  const reader = await small(
    "code: /errors/*/code, message: /errors/*/text",
    "",
    `errors:\n${noFunds("{ errors: [{ code: 7 }] }")}`,
  );
  const read = (status: number, body: unknown): string => line(reader.response({ status, body }));

  it("is known in whichever item it stands", () => {
    for (const status of [200, 400, 500])
      for (const code of [7, "7"])
        for (const errors of [[{ code }], [{ code }, { code }]])
          expect(read(status, { errors })).toBe("x.no-funds not-executed");
  });

  it("is not hidden by an item in which nothing stands", () => {
    for (const nothing of [{}, { code: null }, { code: "", text: "" }])
      for (const errors of [
        [nothing, { code: 7 }],
        [{ code: 7 }, nothing],
      ])
        expect(reader.response({ status: 400, body: { errors } })).toMatchObject({
          failure: { id: "x.no-funds" },
        });
  });

  it.each([100_000, 200_000])("is known among %i items", (count) => {
    const errors: object[] = Array.from({ length: count }, () => ({ code: 7 }));
    errors[count >> 1] = { code: 8 };
    const reply = reader.response({ status: 200, body: { errors } });
    expect(line(reply)).toBe("x.unknown (code)");
    expect(reply.ok ? 0 : reply.failure.also?.length).toBe(count - 1);
  });

  it("is led by one that nobody listed", () => {
    for (const other of [{ code: 8 }, { text: "New" }])
      for (const errors of [
        [other, { code: 7 }],
        [{ code: 7 }, other],
      ]) {
        const reply = reader.response({ status: 200, body: { errors } });
        expect(isOpen(reply)).toBe(true);
        expect(reply).toMatchObject({
          failure: { id: "x.unknown", also: [{ id: "x.no-funds" }] },
        });
      }
  });

  it.each([
    [{ code: 7 }],
    [{ code: 8 }],
    [{ reason: "New" }],
    ["New"],
    [7],
    [true],
    [[{}]],
    [["New"]],
    [[null]],
    [[{ code: { value: 7 } }]],
  ])("may be there where something stands that is not read: %j", (errors) => {
    for (const status of [200, 400]) {
      expect(read(status, { errors })).not.toMatch(/^ok/);
      expect(isOpen(reader.response({ status, body: { errors } }))).toBe(true);
    }
  });

  it.each([[undefined], [null], [[]], [{}], [""], [false]])(
    "is not there where nothing stands: %j",
    (errors) => {
      expect(read(200, { errors })).toBe("ok x.ok accepted");
      expect(read(400, { errors })).toBe("x.bad-request not-executed");
    },
  );
});

describe("several errors in one body", async () => {
  const told = "fields: { wait: { at: /wait, type: duration, unit: s } },";
  const reader = await small(
    "code: /code, message: /text, errors: /errors/*, causes: /causes/*",
    "",
    `errors:
${noFunds("{ errors: [{ code: 7 }] }")}
  busy: { code: 8, ${told} category: throttled, outcome: not-executed, retry: wait, summary: Too many., examples: [{ status: 400, body: { errors: [{ code: 8, wait: 2 }] } }] }
  slow: { code: 6, category: throttled, outcome: not-executed, retry: later, summary: Too many., examples: [{ status: 400, body: { errors: [{ code: 6 }] } }] }
  lost: { code: 9, category: internal, outcome: unknown, retry: reconcile, summary: Lost., examples: [{ status: 400, body: { errors: [{ code: 9 }] } }] }
retry:
  wait: { verdict: retry, summary: Wait., delay: [{ field: wait }, { fixed: 1s }], combine: longest, max-delay: 1m, max-attempts: 3, identity: none }
  later: { verdict: retry, summary: Wait., delay: [{ fixed: 5s }], max-attempts: 3, identity: none }`,
  );
  const read = (errors: unknown, status = 500): string =>
    line(reader.response({ status, body: { errors } }));

  it("are led by the most careful, in any order", () => {
    expect(read([{ code: 7 }, { code: 8 }])).toBe("x.no-funds not-executed");
    expect(read([{ code: 8 }, { code: 7 }])).toBe("x.no-funds not-executed");
    expect(read([{ code: 9 }, { code: 7 }, { code: 8 }])).toBe("x.lost unknown");
    expect(read([{ code: 8 }, { code: 7 }, { code: 9 }])).toBe("x.lost unknown");
    expect(read([{ code: 7 }, { code: 99 }])).toBe("x.unknown (code)");
    expect(read([{ text: "New" }, { code: 7 }])).toBe("x.unknown (message)");
  });

  it("make the same failure in any order", () => {
    const error = fc.record({
      // One that is told to wait often enough to be alone with its like.
      code: fc.constantFrom(8, 8, 8, 8, 7, 9, 99, null),
      wait: fc.constantFrom(1, 9, 30, null),
    });
    const orders = fc
      .array(error, { minLength: 2, maxLength: 5 })
      .chain((errors) =>
        fc.tuple(
          fc.constant(errors),
          fc.shuffledSubarray(errors, { minLength: errors.length, maxLength: errors.length }),
          fc.constantFrom(200, 400, 500),
        ),
      );
    fc.assert(
      fc.property(orders, ([errors, shuffled, status]) => {
        const [a, b] = [errors, shuffled].map((list) => {
          const reply = reader.response({ status, body: { errors: list } });
          if (reply.ok) throw new Error("a success");
          const { id, retry, outcome, fields, also = [] } = reply.failure;
          const others = also.map((other) => `${other.id} ${JSON.stringify(other.fields)}`).sort();
          return { id, retry, outcome, fields, others, advice: reader.advice(reply, "place") };
        });
        expect(a).toEqual(b);
      }),
    );
  });

  it("are all kept", () => {
    const reply = reader.response({
      status: 500,
      body: { errors: [{ code: 8 }, { code: 7, causes: [{ code: 9 }, { code: 99 }] }] },
    });
    // A cause counts where it is known, and its outcome with it.
    expect(line(reply)).toBe("x.lost unknown");
    const also = reply.ok ? [] : (reply.failure.also ?? []);
    expect(also.map(({ id }) => id).sort()).toEqual(["x.busy", "x.no-funds", "x.unknown"]);
  });

  it("are not hidden by an item in which nothing stands", () => {
    for (const errors of [
      [{}, { code: 7 }],
      [{ code: 7 }, {}],
    ])
      expect(reader.response({ status: 400, body: { errors } })).toMatchObject({
        failure: { id: "x.no-funds" },
      });
    expect(read([{}])).toBe("x.unknown (shape)");
    expect(read([{}], 200)).toBe("x.unknown (shape)");
  });

  it("may be one that is in no list", () => {
    expect(reader.response({ status: 200, body: { errors: { code: 7 } } })).toMatchObject({
      failure: { id: "x.no-funds" },
    });
  });

  it.each([[{ code: 99 }], [{ reason: "New" }], ["New"], [7], [true], [["New"]], [[null]], [[7]]])(
    "may be there where something stands that is not read: %j",
    (errors) => {
      for (const status of [200, 400]) {
        expect(read(errors, status)).not.toMatch(/^ok/);
        expect(isOpen(reader.response({ status, body: { errors } }))).toBe(true);
      }
    },
  );

  it("are not there where nothing stands: then the body is read itself", () => {
    for (const errors of [undefined, null, [], {}, "", false]) {
      expect(read(errors, 200)).toBe("ok x.ok accepted");
      expect(line(reader.response({ status: 200, body: { errors, code: 7 } }))).toBe(
        "x.no-funds not-executed",
      );
    }
  });

  it("of 100,000 causes", () => {
    const causes = Array.from({ length: 100_000 }, () => ({ code: 8 }));
    const reply = reader.response({ status: 400, body: { errors: [{ code: 7, causes }] } });
    expect(line(reply)).toBe("x.no-funds not-executed");
    expect(reply.ok ? 0 : reply.failure.also?.length).toBe(100_000);
  });

  it("of one entry are led by the one with the longest wait, in any order", () => {
    const waits = (...all: readonly unknown[]): object[] => all.map((wait) => ({ code: 8, wait }));
    for (const errors of [waits(1, 9, 3), waits(9, 3, 1), waits(3, 1, 9), waits(null, 9)]) {
      const reply = reader.response({ status: 400, body: { errors } });
      expect(reply).toMatchObject({ failure: { id: "x.busy", fields: { waitMs: 9_000 } } });
      expect(reader.advice(reply, "place")).toBe("retry after 9000");
    }
  });

  it("wait as long as any of them is told", () => {
    const busy = { code: 8, wait: 30 };
    for (const errors of [
      [{ code: 6 }, busy],
      [busy, { code: 6 }],
    ]) {
      const advice = reader.advice(reader.response({ status: 400, body: { errors } }), "place");
      expect(advice).toMatch(/^retry after/);
      expect(Number(advice.split(" ").pop())).toBeGreaterThanOrEqual(30_000);
    }
  });
});

describe("a part of a value", async () => {
  const reader = await openYaml(`api: { title: X, summary: Trades., codes: string }
channels:
  http:
    transport: http
    code: [{ at: /type, after: "#" }, { header: x-error, before: ":" }, { at: /tag, after: "[", before: "]" }]
operations: { place: { kind: write, summary: Places. } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
  400: { category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: [{ status: 400 }] }
errors:
  slow: { code: Slow, category: throttled, outcome: not-executed, retry: never, summary: Too many., examples: [{ status: 400, body: { type: "ns#Slow" } }] }
`);

  it.each([
    [{ body: { type: "Slow" } }],
    [{ body: { type: "ns#Slow" } }],
    [{ body: { type: "a#b# Slow " } }],
    [{ body: { tag: "Failed [Slow] at 7" } }],
    [{ headers: { "X-Error": "Slow" } }],
    [{ headers: { "x-error": ["Slow:http://host.example"] } }],
    [{ headers: new Headers({ "x-error": "Slow:1" }) }],
    [{ headers: new Map([["X-Error", "Slow:1"]]) }],
    [{ headers: [["X-Error", "Slow:1"]] }],
    [{ headers: ["Accept", "x-error", "X-Error", "Slow:1"] }],
    [{ headers: ["X-ERROR", "Slow:1"] }],
    // Of a code that was sent twice, the first one counts.
    [{ headers: { "x-error": "Slow:1, Slow:2" } }],
  ])("is known: %j", (rest) => {
    for (const status of [200, 400, 500])
      expect(line(reader.response({ status, ...rest }))).toBe("x.slow not-executed");
  });

  it.each([
    // Something stands at the place, though nothing at the part of it.
    [{ body: { type: "ns#" } }],
    [{ body: { type: "#" } }],
    [{ body: { type: { name: "Slow" } } }],
    [{ body: { type: 7 } }],
    [{ body: { tag: "Failed" } }],
    [{ body: { tag: "Failed [Slow" } }],
    [{ body: { tag: "[]" } }],
    [{ headers: { "x-error": ":Slow" } }],
    [{ headers: { "x-error": "Fast:1" } }],
    [{ headers: ["x-error", "Fast:1"] }],
    [{ headers: [["x-error", "Fast:1"]] }],
  ])("is no reason to be sure of a status: %j", (rest) => {
    for (const status of [200, 400])
      expect(isOpen(reader.response({ status, ...rest }))).toBe(true);
  });

  it.each([
    [{}],
    [{ headers: {} }],
    [{ headers: { "x-error": "" } }],
    [{ headers: ["Accept", "x-error"] }],
    [{ headers: [["accept", "x-error"]] }],
    [{ body: { type: null, tag: "" } }],
  ])("is not there: %j", (rest) => {
    expect(line(reader.response({ status: 200, ...rest }))).toBe("ok x.ok accepted");
  });
});

describe("a code by discriminator", async () => {
  const reader = await openYaml(`api: { title: X, summary: Trades., codes: integer }
channels:
  ws: { transport: socket, code: { when: { /35: ["3", "j"] }, at: /373 }, message: /58, reply-to: /45 }
operations: { place: { kind: write, summary: Places. } }
sockets:
  wrong-value: { code: 5, category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: [{ body: { 35: "3", 373: "5" } }] }
`);

  it.each([
    [{ 35: "3", 45: 9, 373: "5", 58: "Value is incorrect" }, "x.wrong-value not-executed", 9],
    [{ 35: "j", 45: "a", 373: 5 }, "x.wrong-value not-executed", "a"],
    [{ 35: "3", 373: "6" }, "x.unknown (code)", null],
    [{ 35: "3", 58: "New" }, "x.unknown (message)", null],
    // The same tag of another kind of message is no code.
    [{ 35: "8", 45: 9, 373: "5" }, "ok x.frame unknown", 9],
    [{ 373: "5", 45: {} }, "ok x.frame unknown", null],
  ])("%j is %s, and answers %j", (body, wanted, replyTo) => {
    for (const form of [body, JSON.stringify(body)]) {
      const reply = reader.frame(form);
      expect(line(reply)).toBe(wanted);
      expect(reply.replyTo).toBe(replyTo);
    }
  });
});

describe("a mark of success", async () => {
  const flag = await small(
    "code: [/code, /sub], message: /text, success: { /success: true }",
    "",
    `errors:\n${noFunds("{ success: false, code: 7 }")}`,
    "{ success: true }",
  );
  const zero = await small(
    "code: [/code, /sub], message: /text, success: { /code: 0 }",
    "",
    `errors:\n${noFunds("{ code: 7 }")}`,
    "{ code: 0 }",
  );
  const read = (reader: Reader, body: object): string =>
    line(reader.response({ status: 200, body }));

  it("is asked for", () => {
    expect(read(flag, { success: true })).toBe("ok x.ok accepted");
    expect(read(flag, { success: true, text: "Done" })).toBe("ok x.ok accepted");
    expect(read(zero, { code: 0, text: "Success" })).toBe("ok x.ok accepted");
    for (const body of [{}, { success: false }, { success: "true" }])
      expect(read(flag, body)).toBe("x.unknown (shape)");
    expect(isOpen(zero.response({ status: 200, body: {} }))).toBe(true);
  });

  it("does not excuse a code that it does not name", () => {
    expect(read(flag, { success: true, code: 99 })).toBe("x.unknown (code)");
    expect(read(flag, { success: true, sub: 99 })).toBe("x.unknown (code)");
    expect(isOpen(flag.response({ status: 200, body: { success: true, code: [99] } }))).toBe(true);
    expect(isOpen(zero.response({ status: 200, body: { code: 0, sub: 99 } }))).toBe(true);
    expect(isOpen(zero.response({ status: 200, body: { code: 0, sub: { id: 99 } } }))).toBe(true);
  });

  it("does not hide a failure that is known", () => {
    expect(read(flag, { success: true, code: 7 })).toBe("x.no-funds not-executed");
  });

  it("is none on the status of a failure", () => {
    expect(isOpen(flag.response({ status: 500, body: { success: true } }))).toBe(true);
  });
});

describe("a code of success", async () => {
  const reader = await small(
    "code: [/code, /sub], message: /text",
    "",
    `errors:
  done: { code: 0, success: true, outcome: executed, summary: Done., examples: [{ status: 200, body: { code: 0 } }] }
${noFunds("{ code: 7 }")}`,
  );
  const read = (body: object): string => line(reader.response({ status: 200, body }));

  it("explains the text that comes with it", () => {
    for (const body of [
      { code: 0 },
      { code: "0", text: "Success" },
      { code: 0, sub: null, text: "" },
    ])
      expect(read(body)).toBe("ok x.done executed");
    expect(read({ code: 0, sub: 0 })).toBe("ok x.done executed");
  });

  it.each([
    [{ code: 0, sub: 7 }],
    [{ code: 0, sub: 99 }],
    [{ code: 0, sub: { id: 7 } }],
    [{ code: [7], sub: 0 }],
    [{ code: 7, sub: 0 }],
  ])("does not excuse another code: %j", (body) => {
    // The envelope is fine, and the order in it was refused.
    expect(read(body)).not.toMatch(/^ok/);
  });
});

describe("an entry that is known by a header alone", async () => {
  const reader = await openYaml(`api: { title: X, summary: Trades. }
channels: { http: { transport: http, message: /error } }
operations: { place: { kind: write, summary: Places. } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
errors:
  limited:
    status: [403, 429]
    headers: { x-remaining: "0" }
    category: throttled
    outcome: not-executed
    retry: wait
    summary: Too many.
    examples: [{ status: 429, headers: { x-remaining: "0" } }]
retry:
  wait: { verdict: retry, summary: Wait., delay: [{ fixed: 1s }], max-attempts: 3, identity: none }
`);
  const headers = { "x-remaining": "0" };

  it("is that entry, with or without a text", () => {
    for (const status of [403, 429])
      for (const body of [null, { error: "New" }])
        expect(line(reader.response({ status, headers, body }))).toBe("x.limited not-executed");
  });

  it.each([200, 201, 400, 500, 503])(
    "tells nothing of a write on a status that is not the entry's: %i",
    (status) => {
      // The last request that was allowed has this header, too.
      const reply = reader.response({ status, headers, body: { id: 1 } });
      expect(line(reply)).not.toMatch(/not-executed/);
      expect(reader.advice(reply, "place")).not.toMatch(/^(retry|stop)/);
    },
  );
});

describe("a batch of which the whole request failed", async () => {
  const declines = `declines:
  refused: { code: 5, channel: orders, category: validation, outcome: not-executed, retry: never, summary: No., examples: [{ body: { code: 5 } }] }`;
  const keyed = await small(
    "code: /code",
    "  orders: { within: http, items: /data, key: /id, code: /code, taken: { /order: present } }",
    declines,
  );
  const placed = await small(
    "code: /code",
    "  orders: { within: http, items: /data, by: position, code: /code, taken: { /order: present } }",
    declines,
  );
  const failed = (reader: Reader, data: unknown): readonly string[] =>
    reader.batch(["a", "b"], { status: 400, body: { data } });

  it("failed for all, where it has no items", () => {
    for (const reader of [keyed, placed])
      for (const data of [undefined, null, []])
        expect(failed(reader, data)).toEqual([
          "a: failed x.bad-request",
          "b: failed x.bad-request",
        ]);
  });

  it("is open as a whole, where items came with it", () => {
    // Whoever reads the response alone would give the orders up.
    for (const reader of [keyed, placed])
      for (const data of [
        [{ id: "a", order: 1 }],
        [
          { id: "a", order: 1 },
          { id: "b", code: 5 },
        ],
      ])
        expect(isOpen(reader.response({ status: 400, body: { data } }))).toBe(true);
  });

  it("is open for the rest, where an item was refused", () => {
    expect(failed(keyed, [{ id: "a", code: 5 }])).toEqual([
      "a: declined x.refused",
      "b: unknown x.bad-request",
    ]);
  });

  it.each([
    ["an item that was taken", [{ id: "a", order: 1 }]],
    ["an item that nobody knows", [{ id: "a", code: 6 }]],
  ])("is unknown for the rest, beside %s", (_, data) => {
    expect(failed(keyed, data)[1]).toBe("b: unknown x.bad-request");
  });

  it.each([
    ["without a key", [{ order: 1 }]],
    ["with a key that is none", [{ id: { a: 1 }, order: 1 }]],
    ["with a key beyond 2^53", [{ id: 2 ** 60, order: 1 }]],
    ["that is none", [null]],
  ])("is unknown for all, beside an item %s", (_, data) => {
    expect(failed(keyed, data)).toEqual(["a: unknown x.bad-request", "b: unknown x.bad-request"]);
  });

  it.each([
    ["with fewer items than orders", [{ order: 1 }]],
    ["with more items than orders", [{ order: 1 }, { code: 5 }, { code: 5 }]],
    ["that is none", { 0: { order: 1 } }],
  ])("is unknown for all, beside a list %s", (_, data) => {
    expect(failed(placed, data)).toEqual(["a: unknown x.bad-request", "b: unknown x.bad-request"]);
  });
});

/** Envelopes of well-known kinds that answer a failure with a 200; the codes and texts are invented. */
const envelopes = {
  "a list of texts, empty for a success": {
    channel: "message: /error/*",
    entry: 'message: "E:Funds"',
    known: { error: ["E:Funds"], result: {} },
    others: [{ error: ["E:New"] }, { error: ["E:New", "E:Newer"], result: { id: 1 } }],
    done: { error: [], result: { id: 1 } },
  },
  "a flag, and a text": {
    channel: "message: /error, success: { /ok: true }",
    entry: "message: funds",
    known: { ok: false, error: "funds" },
    others: [{ ok: false, error: "new" }, { ok: false }, { error: "new" }],
    done: { ok: true, id: 1 },
  },
  "an object with a code, or a result": {
    channel: "code: /error/code, message: /error/message, failure: { /error: filled }",
    entry: "code: -7",
    known: { id: 1, error: { code: -7, message: "Funds" } },
    others: [
      { id: 1, error: { code: -8, message: "New" } },
      { id: 1, error: { code: -8 }, result: { id: 1 } },
      { id: 1, error: { data: 1 } },
      { id: 1, error: "New" },
    ],
    done: { id: 1, result: { id: 1 }, error: null },
  },
  "errors with codes among their extensions": {
    channel: "code: /extensions/code, message: /message, errors: /errors/*",
    entry: "code: 7",
    known: { errors: [{ message: "Funds", extensions: { code: 7 } }], data: null },
    others: [
      { errors: [{ message: "New" }], data: null },
      { errors: [{ message: "New", extensions: { code: 8 } }], data: { id: 1 } },
      { errors: [{ path: ["order"] }], data: null },
    ],
    done: { data: { id: 1 } },
  },
};

describe.each(Object.entries(envelopes))("a 200 with %s", (_, envelope) => {
  const { channel, entry, known, others, done } = envelope;
  const reader = small(
    channel,
    "",
    `errors:
  funds: { ${entry}, category: funds-or-limits, outcome: not-executed, retry: never, summary: No funds., examples: [{ status: 200, body: ${JSON.stringify(known)} }] }`,
    JSON.stringify(done),
  );

  it("is a success, a failure that is known, or unknown", async () => {
    const { response, advice } = await reader;
    for (const status of [200, 500])
      expect(line(response({ status, body: known }))).toBe("x.funds not-executed");
    expect(line(response({ status: 200, body: done }))).toBe("ok x.ok accepted");
    for (const body of others)
      for (const status of [200, 500]) {
        const reply = response({ status, body });
        expect(isOpen(reply), JSON.stringify(body)).toBe(true);
        expect(advice(reply, "place")).toBe("reconcile unknown");
      }
  });
});

/** Batches of well-known kinds: in each, `a` was taken, `b` was refused, and `c` is something that nobody listed. */
const batches = {
  "one list, by a key": {
    channel: 'items: /data, key: /id, code: /sCode, message: /sMsg, taken: { /sCode: "0" }',
    body: {
      data: [
        { id: "c", sCode: "8", sMsg: "New" },
        { id: "a", sCode: "0", sMsg: "", order: 1 },
        { id: "b", sCode: "7", sMsg: "Funds" },
      ],
    },
    example: { sCode: "7" },
  },
  "one list, by position": {
    channel: "items: /items, by: position, code: /index/error, taken: { /index/status: 200..299 }",
    body: {
      items: [
        { index: { status: 201 } },
        { index: { status: 400, error: 7 } },
        { index: { status: 429, error: 8 } },
      ],
    },
    example: { index: { status: 400, error: 7 } },
  },
  "two lists side by side, by position": {
    channel: "items: [/orders, /results], by: position, code: /1/code, taken: { /1/code: 0 }",
    body: {
      orders: [{ id: "1" }, { id: "" }, { id: "" }],
      results: [{ code: 0 }, { code: 7 }, { code: 8 }],
    },
    example: [{}, { code: 7 }],
  },
};

describe.each(Object.entries(batches))("a batch in %s", (_, { channel, body, example }) => {
  const reader = small(
    "code: /code",
    `  orders: { within: http, ${channel} }`,
    `declines:
  funds: { code: 7, channel: orders, category: funds-or-limits, outcome: not-executed, retry: never, summary: No funds., examples: [{ body: ${JSON.stringify(example)} }] }`,
  );

  it("is judged by each item", async () => {
    const { batch } = await reader;
    for (const status of [200, 400, 500])
      expect(batch(["a", "b", "c"], { status, body })).toEqual([
        "a: taken, accepted",
        "b: declined x.funds",
        "c: unknown x.unknown",
      ]);
  });

  it("is not judged where lists are missing or do not match", async () => {
    const { batch } = await reader;
    for (const [key, list] of Object.entries(body) as [string, unknown[]][])
      for (const other of [undefined, {}, [], "x", list.slice(1), [...list, ...list]]) {
        const items = batch(["a", "b", "c"], { status: 200, body: { ...body, [key]: other } });
        // An item with a key of its own is known without the others.
        for (const item of items.filter((_, i) => !channel.includes("key:") || i === 2))
          expect(item).toMatch(/: unknown/);
      }
  });
});

describe("what an author is told", () => {
  const told = async (more: string, http = "message: /error"): Promise<readonly string[]> => {
    const manifest = `package: { name: x-errors, version: "1.0.0", description: X. }\noutput: ../out\napis: [x]\n`;
    const yaml = `api: { title: X, summary: Trades. }\nchannels: { http: { transport: http, ${http} } }\n`;
    const folder = project({ "catalog.yaml": manifest, "x/api.yaml": `${yaml}${more}` });
    const log = new DiagnosticLog();
    await check(`${folder}/catalog.yaml`, log);
    return log.sorted.map(({ id }) => id);
  };
  const ok =
    "statuses: { 200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] } }\n";
  const facts = "category: validation, outcome: not-executed, retry: never, summary: S.";
  const refused = `errors: { refused: { message: Refused, ${facts}, examples: [{ status: 400, body: { error: Refused } }] } }\n`;

  it.each([
    ["an entry called unknown", "name/reserved", ok + refused.replace("refused:", "unknown:")],
    ["no success", "match/no-success", refused],
    [
      "a text lost to a comment",
      "yaml/lost-text",
      ok + refused.replace("summary: S.", "summary: Order #12 was refused"),
    ],
    [
      "a key without a value",
      "yaml/valueless-key",
      ok + refused.replace("error: Refused", "error: Refused, your card was declined."),
    ],
    [
      "a field that no example shows",
      "field/unseen",
      ok + refused.replace("message:", "fields: { id: { at: /idd, type: string } }, message:"),
    ],
    [
      "a rule that nothing uses",
      "ref/unused",
      `${ok}${refused}retry: { wait: { verdict: retry, summary: W., delay: [{ fixed: 1s }], max-attempts: 2, identity: none } }\n`,
    ],
  ])("of %s", async (_, id, yaml) => {
    expect(await told(yaml)).toContain(id);
  });

  it("of nothing, where nothing is wrong", async () => {
    expect(await told(ok + refused)).toEqual([]);
  });
});

describe("decoding never throws", async () => {
  const trap = (): never => {
    throw new Error("trap");
  };
  const every = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf"] as const;
  const traps = Object.fromEntries(every.map((name) => [name, trap]));
  const thrower = (key: string): object =>
    Object.defineProperty({}, key, { enumerable: true, get: trap });
  const revoked = (of: object): object => {
    const { proxy, revoke } = Proxy.revocable(of, {});
    revoke();
    return proxy;
  };
  const hostile = (): readonly (readonly [string, unknown])[] => [
    ["a proxy", new Proxy({}, traps)],
    ["a proxy of a list", new Proxy([], traps)],
    ["a revoked proxy", revoked({})],
    ["a revoked proxy of a list", revoked([])],
    ["a list with a getter", Object.defineProperty([1], 0, { enumerable: true, get: trap })],
    ["a toString", { toString: trap, valueOf: trap, [Symbol.toPrimitive]: trap }],
    ["an iterator", { [Symbol.iterator]: trap }],
    ["a symbol", Symbol("x")],
    ["a bigint", 7n],
    ["a function", trap],
  ];

  const { response, batch, frame } =
    await openYaml(`api: { title: X, summary: Trades., codes: integer }
channels:
  http:
    transport: http
    code: [/code, { header: x-code }, { at: /part, after: "#" }, /list/*/code, { when: { /kind: a }, at: /sub }]
    message: [/text, /list/*/text]
    errors: /errors/*
    causes: /causes/*
    success: { /done: true }
    failure: { /failed: filled }
  orders:
    within: http
    items: [/data, /more]
    accepted: /good
    key: /0/id
    code: /1/code
    partial: /0/fills
    taken: { /0/order: present }
  ws: { transport: socket, code: /code, message: /text, failure: { /failed: filled }, reply-to: /id }
operations: { place: { kind: write, summary: Places. } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200, body: { done: true } }] }
errors:
  seven: { code: 7, channel: [http, orders], category: validation, outcome: not-executed, retry: never, summary: Wrong., fields: { wait: { at: /wait, type: duration, unit: s } }, examples: [{ channel: http, status: 400, body: { code: 7, wait: 1 } }] }
  told: { where: { /why: [1, 2] }, channel: http, category: validation, outcome: not-executed, retry: never, summary: Wrong., overrides: [header], examples: [{ status: 400, body: { why: 1 } }] }
  header: { headers: { x-why: present }, channel: http, category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: [{ status: 400, headers: { x-why: a } }] }
sockets:
  eight: { code: 8, category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: [{ body: { code: 8 } }] }
`);

  // A body in which something stands at every place that is read.
  const places = [
    ...["code", "text", "part", "kind", "sub", "list", "errors", "causes"],
    ...["done", "failed", "data", "more", "good", "why", "id"],
  ];

  it.each(places)("whatever stands at /%s", (key) => {
    for (const [name, value] of hostile())
      for (const status of [200, 400]) {
        const bodies = [
          { done: true, [key]: value },
          { done: true, kind: "a", [key]: [value] },
          { done: true, [key]: [{ [key]: value }] },
          { done: true, errors: [{ [key]: value }] },
          { done: true, data: [{ [key]: value }], more: [value] },
        ];
        for (const body of bodies) {
          expect(typeof response({ status, body }).ok, name).toBe("boolean");
          expect(batch(["a"], { status, body }), name).toHaveLength(1);
          expect(typeof frame(body).ok, name).toBe("boolean");
        }
      }
    // What throws may be a failure.
    const rest = { done: true, kind: "a" };
    const body = Object.defineProperty(rest, key, { enumerable: true, get: trap });
    if (!["data", "more", "good", "id", "causes"].includes(key))
      expect(response({ status: 200, body }).ok).toBe(false);
    expect(batch(["a"], { status: 200, body })).toEqual([expect.stringMatching(/^a: unknown/)]);
  });

  it.each(["failed", "code", "text"])("of a frame with a getter that throws at /%s", (key) => {
    expect(frame(thrower(key)).ok).toBe(false);
  });

  it("of a frame that does not say what it answers", () => {
    expect(frame(Object.assign(thrower("id"), { code: 8 }))).toMatchObject({
      failure: { id: "x.eight" },
      replyTo: null,
    });
  });

  it.each(hostile())("whatever the headers are: %s", (_, headers) => {
    for (const its of [headers, [headers], { "x-code": headers }, [["x-code", headers]]])
      for (const status of [200, 400])
        expect(response({ status, headers: its, body: { code: 7 } })).toMatchObject({
          failure: { id: "x.seven" },
        });
  });

  it("of headers with a method that throws", () => {
    for (const name of ["get", "entries", "forEach", "keys"]) {
      const headers = { [name]: trap, "x-code": "7" };
      expect(response({ status: 400, headers, body: null }).ok).toBe(false);
    }
  });
});
