/** The generated decoders, as their users import them: what they know, what they do not, and that nothing makes them throw. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as root from "trading-api-errors";
import * as sixMm from "trading-api-errors/6mm";
import * as abp from "trading-api-errors/abp";
import * as mm from "trading-api-errors/mm";
import { sixMmFixtures } from "trading-api-errors/6mm/fixtures";
import { abpFixtures, toResponse } from "trading-api-errors/abp/fixtures";
import { type Fixture, mmFixtures } from "trading-api-errors/mm/fixtures";
import { openYaml } from "./cases/read.js";
import { generated } from "./support.js";

const { decodeSixMm } = sixMm;
const { decodeAbp, decodeAbpPlacement } = abp;
const { decodeMm, decodeMmSocket } = mm;

/** The id of what a reply is, and why it is unknown if it is. */
function summary(reply: root.Reply): string {
  if (reply.ok) return reply.id;
  const { id, category } = reply.failure;
  return category === "unknown" ? `${id} ${(reply.failure as root.UnknownFailure).why}` : id;
}

const isOf = (table: object) => (id: string) => Object.hasOwn(table, id);
const all: readonly { id: string; fixture: Fixture; decode: (fixture: Fixture) => root.Reply }[] = [
  { fixtures: mmFixtures, socket: isOf(mm.mmSockets), decode: decodeMm },
  { fixtures: abpFixtures, item: isOf(abp.abpDeclines), decode: decodeAbp },
  { fixtures: sixMmFixtures, decode: decodeSixMm },
].flatMap(({ fixtures, socket, item, decode }) =>
  Object.entries(fixtures).flatMap(([id, list]) =>
    list.map((fixture) => ({
      id,
      fixture,
      decode: item?.(id)
        ? ({ body }: Fixture): root.Reply => declined(body)
        : socket?.(id)
          ? ({ body }: Fixture): root.Reply => decodeMmSocket(body)
          : decode,
    })),
  ),
);

/** The reply to an order that is answered with this item. */
function declined(item: unknown): root.Reply {
  const body = { acceptedOrders: [], declinedOrders: [item] };
  const key = (item as { requestUuid: string }).requestUuid;
  const found = decodeAbpPlacement([key], { status: 201, body }).items.get(key)!;
  if (found.is === "accepted")
    return { ok: true, id: found.id ?? found.is, outcome: found.outcome, status: null, body };
  if (!("failure" in found) || found.failure === null) throw new Error(found.is);
  return { ok: false, failure: found.failure };
}

describe("every example", () => {
  it.each(all)("is $id, as parsed JSON and as text", ({ id, fixture, decode }) => {
    const { body } = fixture;
    expect(summary(decode(fixture))).toBe(id);
    if (!id.startsWith("abp.") || !Object.hasOwn(abp.abpDeclines, id))
      expect(summary(decode({ ...fixture, body: body === null ? "" : JSON.stringify(body) }))).toBe(
        id,
      );
  });

  it("passes through the platform's Response and back", async () => {
    const http = all.filter(({ id }) => !isOf(mm.mmSockets)(id) && !isOf(abp.abpDeclines)(id));
    for (const { id, fixture, decode } of http) {
      const response = toResponse(fixture);
      const { body, ...read } = await root.readResponse(response);
      expect(summary(decode({ ...fixture, ...read, body } as Fixture)), id).toBe(id);
    }
    expect(http.length).toBeGreaterThan(40);
  });
});

describe("a failure", () => {
  it("has the entry's facts, the vendor's code and text, and its fields", () => {
    const body = { detail: "Rate limit exceeded", limit: "100", retry_after: 1.5 };
    const reply = decodeAbp({ status: 429, body });
    expect(reply).toMatchObject({
      ok: false,
      failure: {
        ...{ id: "abp.rate-limit-exceeded", category: "throttled", actor: "wait" },
        ...{ outcome: "not-executed", retry: "wait-as-told", status: 429 },
        ...{ code: null, text: "Rate limit exceeded", body },
        fields: { limit: 100, retryAfterMs: 1_500 },
      },
    });
  });

  it("has null for a field that is not of its type", () => {
    const fields = (body: object): unknown => {
      const reply = decodeAbp({ status: 429, body });
      return reply.ok || reply.failure.fields;
    };
    expect(fields({})).toEqual({ limit: null, retryAfterMs: null });
    expect(fields({ limit: "1e3", retry_after: "soon" })).toEqual({
      limit: null,
      retryAfterMs: null,
    });
    expect(fields({ limit: 1.5, retry_after: -1 })).toEqual({ limit: null, retryAfterMs: null });
    // A wait that is too long to count is as long as can be, and not absent: absent would be shorter.
    for (const retry_after of ["9".repeat(400), 1e21, Infinity])
      expect(fields({ limit: 2 ** 60, retry_after })).toEqual({
        limit: null,
        retryAfterMs: Number.MAX_SAFE_INTEGER,
      });
    expect(fields({ retry_after: 0.0004 })).toMatchObject({ retryAfterMs: 1 });
    expect(fields({ limit: [1], retry_after: { valueOf: () => 1 } })).toEqual({
      limit: null,
      retryAfterMs: null,
    });
  });

  it("is known by its code whatever its status, and whether the code is a number or its digits", () => {
    for (const code of [1003, "1003"])
      for (const status of [200, 401, 500])
        expect(decodeSixMm({ status, body: { code, message: "new words" } })).toMatchObject({
          // Digits are the number that the catalog has, so that a switch over the codes finds it.
          failure: { id: "6mm.invalid-credentials", code: 1003, status, text: "new words" },
        });
    expect(summary(decodeSixMm({ status: 200, body: { code: "0" } }))).toBe("6mm.success");
  });

  it.each([3100, 3105, 3112, "3100", "3112"])("is known by a code in a range: %j", (code) => {
    expect(summary(decodeSixMm({ status: 400, body: { code } }))).toBe(
      "6mm.condition-order-parameter",
    );
  });

  it("is known by a text that overrides its two codes, and no third one", () => {
    const message = "Timestamp outside of tolerance window";
    const decode = (code: unknown): string =>
      summary(decodeSixMm({ status: 401, body: { code, message } }));
    expect([1003, 2002, undefined].map(decode)).toEqual(
      Array(3).fill("6mm.timestamp-outside-window"),
    );
    expect(decode(3001)).toBe("6mm.insufficient-balance");
    expect(decode(1001)).toBe("6mm.missing-credentials");
  });

  it("is known by the first place that holds a text", () => {
    const detail = "Access denied: client not resolved";
    expect(summary(decodeAbp({ status: 403, body: { detail } }))).toBe("abp.client-not-resolved");
    expect(summary(decodeAbp({ status: 403, body: { detail, error: 7 } }))).toBe(
      "abp.client-not-resolved",
    );
    expect(summary(decodeAbp({ status: 403, body: { detail, error: "Other" } }))).toBe(
      "abp.forbidden",
    );
  });
});

describe("a code is known by its text", async () => {
  const reader = await openYaml(`api: { title: X, summary: Trades., codes: string }
channels: { http: { transport: http, code: /code } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
errors:
  funds: { code: NO_FUNDS, category: funds-or-limits, outcome: not-executed, retry: never, summary: Too little., examples: [{ status: 400, body: { code: NO_FUNDS } }] }
  small: { code: "7", category: validation, outcome: not-executed, retry: never, summary: Too small., examples: [{ status: 400, body: { code: "7" } }] }
`);
  it.each([
    ["NO_FUNDS", "x.funds"],
    ["7", "x.small"],
    [7, "x.small"],
    [NaN, "x.unknown code"],
    ["NaN", "x.unknown code"],
    [7.5, "x.unknown code"],
    ["07", "x.unknown code"],
  ])("%j is %s", (code, id) => {
    expect(summary(reader.response({ status: 400, body: { code } }))).toBe(id);
  });
});

describe("what is not in the catalog is unknown, with the reason why", () => {
  it.each([
    ["code", { status: 400, body: { code: 1005, message: "New" } }],
    ["code", { status: 400, body: { code: 3100.5 } }],
    ["code", { status: 400, body: { code: " 1003" } }],
    ["code", { status: 400, body: { code: "1003.0" } }],
    ["code", { status: 400, body: { code: "01003" } }],
    ["code", { status: 400, body: { code: NaN } }],
    ["message", { status: 400, body: { message: "New" } }],
    ["shape", { status: 400, body: {} }],
    ["shape", { status: 400, body: { code: null } }],
    ["shape", { status: 400, body: { code: [1003] } }],
    ["shape", { status: 400, body: Object.create({ code: 1003 }) as object }],
    ["shape", { status: 400, body: { code: new String("1003") } }],
    ["shape", { status: 400, body: 1003 }],
    ["status", { status: 418, body: null }],
    ["status", { status: 418, body: "" }],
    ["status", { status: NaN }],
    ["not-json", { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" }],
    ["not-json", { status: 403, body: "{ code: 1003 }" }],
    ["unread", { status: 401, body: new Blob(["{}"]) }],
    ["unread", { status: 401, body: Buffer.from('{"code":1003}') }],
    ["unread", { status: 401, body: new Response("{}") }],
  ])("%s: %j", (why, response) => {
    const reply = decodeSixMm(response);
    expect(summary(reply)).toBe(`6mm.unknown ${why}`);
    expect(reply).toMatchObject({
      failure: {
        category: "unknown",
        outcome: "unknown",
        retry: "reconcile",
        actor: "reconcile",
        fields: {},
      },
    });
  });

  it("keeps the status, the code, the text and the body", () => {
    const body = { code: 7777, message: "New", more: [1] };
    expect(decodeSixMm({ status: 409, body })).toMatchObject({
      failure: { status: 409, code: 7777, text: "New", body },
    });
    const html = "<html>502 Bad Gateway</html>";
    expect(decodeAbp({ status: 503, body: html })).toMatchObject({
      failure: { id: "abp.service-unavailable", status: 503, text: html, body: html },
    });
  });

  it("says so of a fetch Response that was not read, whatever its status", async () => {
    for (const status of [200, 429, 500]) {
      expect(summary(decodeAbp(new Response('{"error":"x"}', { status }) as never))).toBe(
        "abp.unknown unread",
      );
      expect(summary(decodeMm(new Response("", { status }) as never))).toBe("mm.unknown unread");
    }
    expect(summary(decodeAbp(await root.readResponse(new Response(null, { status: 429 }))))).toBe(
      "abp.too-many-requests",
    );
  });

  it("is a status where the body says nothing that is known", () => {
    expect(summary(decodeAbp({ status: 422, body: { detail: "a text, not a list" } }))).toBe(
      "abp.unprocessable-content",
    );
    expect(summary(decodeAbp({ status: 404, body: { detail: "No such thing" } }))).toBe(
      "abp.not-found",
    );
    expect(summary(decodeMm({ status: 502, body: { error: {} } }))).toBe("mm.bad-gateway");
  });
});

describe("hostile input gives an entry or unknown", () => {
  const thrower = (key: string): object =>
    Object.defineProperty({}, key, {
      enumerable: true,
      get: () => {
        throw new Error("trap");
      },
    });
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const trap = (): never => {
    throw new Error("trap");
  };
  const traps = new Proxy(
    {},
    { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap },
  );
  const cyclic: Record<string, unknown> = { code: {}, message: [] };
  cyclic["self"] = cyclic["code"] = cyclic;

  const decoders = { decodeAbp, decodeMm, decodeSixMm };
  const decodeAll = (response: root.HttpResponse): string[] => [
    ...Object.values(decoders).map((decode) => summary(decode(response))),
    [...decodeAbpPlacement(["u"], response).items.values()].map(({ is }) => is).join(),
  ];

  it.each([
    ["a getter that throws", thrower("code"), "6mm.unknown unread"],
    [
      "a getter that throws below",
      { detail: thrower("error"), code: 1003 },
      "6mm.invalid-credentials",
    ],
    ["a revoked proxy", revoked(), "6mm.unknown unread"],
    ["a proxy that throws", traps, "6mm.unknown unread"],
    ["__proto__ as an own key", JSON.parse('{"__proto__":{"code":1003}}'), "6mm.unknown shape"],
    ["__proto__ as the code", { code: "__proto__" }, "6mm.unknown code"],
    ["constructor as the code", { code: "constructor" }, "6mm.unknown code"],
    [
      "toString as the text",
      { message: "toString", error: "toString", detail: "toString" },
      "6mm.unknown message",
    ],
    ["a cycle", cyclic, "6mm.unknown shape"],
    ["no prototype", Object.assign(Object.create(null), { code: 1003 }), "6mm.invalid-credentials"],
    ["a list", [1003], "6mm.unknown shape"],
    ["a function", () => 1003, "6mm.unknown shape"],
    ["a symbol", Symbol("x"), "6mm.unknown shape"],
    ["a bigint", 1003n, "6mm.unknown shape"],
    ["a bigint as the code", { code: 1003n }, "6mm.unknown shape"],
    ["an unpaired surrogate", '{"message":"\\ud800"}', "6mm.unknown message"],
    ["a byte order mark", '\ufeff{"code":1003}', "6mm.invalid-credentials"],
  ])("%s", (_, body: unknown, wanted) => {
    expect(decodeAll({ status: 418, body })[2]).toBe(wanted);
    expect(summary(decodeMmSocket(body))).toMatch(/^mm\.(frame|unknown)/);
  });

  it.each([
    ["null", null],
    ["nothing", undefined],
    ["a number", 7],
    ["a revoked proxy", revoked()],
    ["a status that throws", thrower("status")],
    ["a body that throws", thrower("body")],
  ])("as a whole response: %s", (_, response) => {
    for (const id of decodeAll(response as root.HttpResponse)) expect(id).toMatch(/unknown/);
  });
});

describe("decodeMmSocket", () => {
  const text = "Connection limit exceeded";

  it.each([
    ["text", text],
    ["JSON text", JSON.stringify(text)],
    ["error", { error: text }],
    ["detail", { detail: text }],
    ["message", { message: text }],
    ["JSON text of an object", JSON.stringify({ error: text })],
    ["a number before it", { error: 4, detail: text }],
  ])("knows an error: %s", (_, frame) => {
    const reply = decodeMmSocket(frame);
    expect(reply).toMatchObject({
      failure: { id: "mm.connection-limit-exceeded", status: null, text },
    });
  });

  it.each([
    [{ bookmaker: "b", odds: [1.5] }],
    ['{"odds":[1.5]}'],
    [[1, 2]],
    ["7"],
    [{ message: { odds: 1 } }],
    [null],
  ])("knows that data is no error: %j", (frame) => {
    expect(decodeMmSocket(frame)).toMatchObject({ ok: true, id: "mm.frame", status: null });
  });

  it.each([
    ["message", "A text of tomorrow"],
    ["message", { error: "A text of tomorrow" }],
    ["message", `${text}!`],
    ["unread", Buffer.from(text)],
    ["unread", new TextEncoder().encode(text).buffer],
    ["unread", new Blob([text])],
  ])("does not take for data what may be an error: %s, %j", (why, frame) => {
    expect(summary(decodeMmSocket(frame))).toBe(`mm.unknown ${why}`);
  });
});

describe("decodeAbpPlacement", () => {
  const order = (requestUuid: string, declineReason = "Invalid odds"): object => ({
    requestUuid,
    declineReason,
  });
  const place = (sent: string[], response: root.HttpResponse): Record<string, unknown> =>
    Object.fromEntries(
      [...decodeAbpPlacement(sent, response).items].map(([key, item]) => [
        key,
        item.is === "declined" ? `declined ${item.failure.id}` : item.is,
      ]),
    );
  const placed = (body: object): root.HttpResponse => ({ status: 201, body });

  it("tells for each order what became of it", () => {
    const body = {
      acceptedOrders: [{ requestUuid: "a" }],
      declinedOrders: [order("b"), order("c", "A reason of tomorrow"), { requestUuid: "d" }],
    };
    expect(place(["a", "b", "c", "d", "e"], placed(body))).toEqual({
      a: "accepted",
      b: "declined abp.invalid-odds",
      // That it stands in a list is no reason.
      c: "unknown",
      d: "unknown",
      e: "skipped",
    });
  });

  it("gives the reply as well, and the item as it came", () => {
    const item = order("a", "Order stake 15000.00 USD exceeds available limit 5000.00 EUR");
    const { reply, items } = decodeAbpPlacement(
      ["a"],
      placed({ acceptedOrders: [], declinedOrders: [item] }),
    );
    expect(reply).toMatchObject({ ok: true, id: "abp.placement", outcome: "unknown" });
    expect(items.get("a")).toMatchObject({
      is: "declined",
      item,
      failure: {
        id: "abp.stake-exceeds-limit",
        fields: { stake: "15000.00", currency: "USD", limit: "5000.00", limitCurrency: "EUR" },
      },
    });
  });

  it("knows duplicates and orders in progress", () => {
    const detail = {
      error: "All orders are duplicates",
      duplicateUuids: ["a"],
      inProgressUuids: ["b"],
    };
    expect(place(["a", "b", "c"], { status: 409, body: { detail } })).toEqual({
      a: "duplicate",
      b: "in-progress",
      c: "unknown",
    });
  });

  it.each([
    ["failed", 422, { detail: [{ loc: ["body"], msg: "Field required", type: "missing" }] }],
    ["failed", 429, { detail: "Rate limit exceeded", limit: "1", retry_after: 1 }],
    ["unknown", 500, null],
    ["unknown", 409, { detail: "Already placed" }],
    ["unknown", 502, "<html>502 Bad Gateway</html>"],
    ["unknown", 418, null],
    ["unknown", 201, null],
    ["unknown", 201, "OK"],
    ["unknown", 200, []],
  ])("is %s for all orders: %i %j", (is, status, body) => {
    expect(place(["a", "b"], { status, body })).toEqual({ a: is, b: is });
  });

  it.each([
    ["no list of the accepted", { declinedOrders: [order("b")] }],
    ["no list of the declined", { acceptedOrders: [], declinedOrders: {} }],
    ["an item without a key", { acceptedOrders: [{}], declinedOrders: [] }],
    ["an item that is none", { acceptedOrders: [], declinedOrders: [null, 7, "a"] }],
    ["a key that is a number", { acceptedOrders: [{ requestUuid: 7 }], declinedOrders: [] }],
    [
      "lists that contradict each other",
      { acceptedOrders: [{ requestUuid: "a" }], declinedOrders: [order("a")] },
    ],
    ["an item twice", { acceptedOrders: [], declinedOrders: [order("a"), order("a")] }],
  ])("does not take an order for skipped: %s", (_, body) => {
    expect(place(["a"], placed(body))).toEqual({ a: "unknown" });
  });

  it("takes lists that throw", () => {
    const list = new Proxy([], {
      get: () => {
        throw new Error("trap");
      },
    });
    const body = { acceptedOrders: [{ requestUuid: "a" }], declinedOrders: list };
    expect(place(["a", "b"], placed(body))).toEqual({ a: "accepted", b: "unknown" });
  });

  it("takes keys such as __proto__, and orders sent twice", () => {
    const body = { acceptedOrders: [{ requestUuid: "__proto__" }], declinedOrders: [] };
    const { items } = decodeAbpPlacement(["__proto__", "constructor", "constructor"], placed(body));
    expect([...items].map(([key, { is }]) => [key, is])).toEqual([
      ["__proto__", "accepted"],
      ["constructor", "unknown"],
    ]);
  });

  it("takes 100,000 orders", () => {
    const sent = Array.from({ length: 100_000 }, (_, i) => `u${i}`);
    const half = (rest: number): string[] => sent.filter((_, i) => i % 3 === rest);
    const body = {
      acceptedOrders: half(0).map((requestUuid) => ({ requestUuid })),
      declinedOrders: half(1).map((uuid) => order(uuid)),
    };
    const counts = { accepted: 0, declined: 0, skipped: 0 } as Record<string, number>;
    for (const { is } of decodeAbpPlacement(sent, placed(body)).items.values()) counts[is]!++;
    expect(counts).toEqual({ accepted: 33_334, declined: 33_333, skipped: 33_333 });
  });
});

describe("guards", () => {
  const scratch = mkdtempSync(join(tmpdir(), "errata-copy-"));
  mkdirSync(join(scratch, "dist"));
  cpSync(join(generated, "dist"), join(scratch, "dist"), { recursive: true });
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
  afterAll(() => rmSync(scratch, { recursive: true }));

  const failures = all.flatMap(({ fixture, decode }) => {
    const reply = decode(fixture);
    return reply.ok ? [] : [reply.failure];
  });
  const pascal = (id: string): string =>
    id.replace(/(?:^|[.-])(.)/g, (_, c: string) => c.toUpperCase());
  const guardName = (id: string): string => `is${pascal(id.replace("6mm", "SixMm"))}`;
  const names = new Set(failures.map(({ id }) => guardName(id)));
  const ofEntries = Object.entries({ ...mm, ...abp, ...sixMm }).filter(([name]) =>
    names.has(name),
  ) as [string, (value: unknown) => boolean][];
  const ofCategories = Object.entries(root).filter(
    ([name]) => name.startsWith("is") && !["isFailure", "isCatalogError"].includes(name),
  ) as [string, (value: unknown) => boolean][];

  it("know the failure of their entry and no other", () => {
    expect(ofEntries).toHaveLength(names.size);
    for (const failure of failures)
      expect(ofEntries.filter(([, guard]) => guard(failure)).map(([name]) => name)).toEqual([
        guardName(failure.id),
      ]);
  });

  it("know the failures of their category and no other", () => {
    expect(ofCategories).toHaveLength(16);
    const unknown = decodeAbp({ status: 418 });
    for (const failure of [...failures, ...(unknown.ok ? [] : [unknown.failure])]) {
      const found = ofCategories.filter(([, guard]) => guard(failure)).map(([name]) => name);
      expect(found).toEqual([`is${pascal(failure.category)}`]);
    }
  });

  const throttled = decodeAbp({ status: 429 });
  const failure = throttled.ok ? null : throttled.failure;
  const has = { has: () => true };
  it.each([
    ["a look-alike", { id: "abp.too-many-requests", category: "throttled" }],
    ["a reply", throttled],
    ["a text", "abp.too-many-requests"],
    ["nothing", undefined],
    ["null", null],
    [
      "a proxy that has everything and throws",
      new Proxy(
        {},
        {
          ...has,
          get: () => {
            throw new Error("trap");
          },
        },
      ),
    ],
    [
      "a proxy that throws at once",
      new Proxy(
        {},
        {
          has: () => {
            throw new Error("trap");
          },
        },
      ),
    ],
  ])("reject %s", (_, value) => {
    for (const [name, guard] of [...ofEntries, ...ofCategories])
      expect(guard(value), name).toBe(false);
    expect(root.isCatalogError(value)).toBe(false);
  });

  it.each([
    ["by spreading", { ...failure! }],
    ["through JSON", JSON.parse(JSON.stringify(failure)) as unknown],
    ["through structuredClone", structuredClone({ ...failure!, headers: null })],
  ])("take a copy %s", (_, copy) => {
    expect(root.isThrottled(copy)).toBe(true);
    expect(root.isFailure(copy)).toBe(true);
    expect(abp.isAbpTooManyRequests(copy)).toBe(true);
    expect(abp.isAbpForbidden(copy)).toBe(false);
  });

  it.each([
    ["a CatalogError", new root.CatalogError(failure!)],
    ["an error that wraps one", new Error("x", { cause: new root.CatalogError(failure!) })],
  ])("take what was thrown: %s", (_, thrown: unknown) => {
    expect(root.isThrottled(thrown)).toBe(true);
    expect(abp.isAbpTooManyRequests(thrown)).toBe(true);
    expect(abp.isAbpForbidden(thrown)).toBe(false);
    expect(root.failureOf(thrown)).toBe(failure);
  });

  it("agree with those of another copy of the package", async () => {
    const load = (path: string): Promise<never> =>
      import(/* @vite-ignore */ join(scratch, "dist", path)) as never;
    const [otherRoot, otherAbp] = [
      (await load("index.js")) as typeof root,
      (await load("abp/index.js")) as typeof abp,
    ];
    const reply = otherAbp.decodeAbp({ status: 429 });
    if (reply.ok) throw new Error("no failure");
    expect(otherRoot.isThrottled).not.toBe(root.isThrottled);
    expect(
      [root.isFailure, root.isThrottled, abp.isAbpTooManyRequests].map((is) => is(reply.failure)),
    ).toEqual([true, true, true]);
    expect(
      [otherRoot.isFailure, otherRoot.isThrottled, otherAbp.isAbpTooManyRequests].map((is) =>
        is(failure),
      ),
    ).toEqual([true, true, true]);
    const error = new otherRoot.CatalogError(reply.failure);
    expect(error).not.toBeInstanceOf(root.CatalogError);
    expect(root.isCatalogError(error)).toBe(true);
  });
});

describe("CatalogError", () => {
  const reply = decodeAbp({ status: 403, body: { error: "Access denied to endpoint" } });
  const failure = reply.ok ? null! : reply.failure;

  it("carries the failure, its cause and a message", () => {
    const cause = new TypeError("deeper");
    const error = new root.CatalogError(failure, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "CatalogError", failure, cause });
    expect(error.message).toBe("abp.access-denied-to-endpoint: Access denied to endpoint");
    expect(String(error)).toBe(`CatalogError: ${error.message}`);
    expect(root.isPermission(error.failure)).toBe(true);
  });

  it("has the id alone where there is no text", () => {
    const silent = decodeAbp({ status: 500 });
    if (silent.ok) throw new Error("no failure");
    const error = new root.CatalogError(silent.failure);
    expect(error.message).toBe("abp.internal-server-error");
    expect("cause" in error).toBe(false);
  });

  it("is told apart from other errors", () => {
    const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
    revoke();
    const named = Object.assign(new Error("x"), { name: "CatalogError", failure: { id: "x" } });
    for (const other of [new Error("x"), named, failure, proxy])
      expect(root.isCatalogError(other)).toBe(false);
    expect(root.isCatalogError(new root.CatalogError(failure))).toBe(true);
  });
});

describe("toResponse", () => {
  it("makes a Response with the fixture's status and body", async () => {
    const [fixture] = abpFixtures["abp.rate-limit-exceeded"];
    const response = toResponse(fixture!);
    expect(response.status).toBe(429);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(fixture!.body);
  });

  it("keeps the fixture's headers", () => {
    const headers = { "retry-after": "2", "content-type": "application/problem+json" };
    const response = toResponse({ status: 429, headers, body: {} });
    expect(Object.fromEntries(response.headers)).toEqual(headers);
  });

  it.each([204, 205, 304])("gives no body with %i", async (status) => {
    const response = toResponse({ status, body: {} });
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });
});
