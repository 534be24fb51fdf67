/** Every spelling of a wait that vendors use, wherever it stands. */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../generator/runtime/failure.js";
import { openYaml } from "./cases/read.js";

/** What each is read as when it comes with this date. */
const date = "Sun, 22 Nov 2026 12:00:00 GMT";

const spellings: readonly (readonly [what: string, form: string, text: string, ms: number])[] = [
  ["seconds", "seconds", "90", 90_000],
  ["seconds with a fraction, rounded up", "seconds", "1.2345", 1_235],
  ["milliseconds", "ms", "1500", 1_500],
  ["minutes", "minutes", "2", 120_000],
  ["seconds with their unit", "duration", "1.5s", 1_500],
  ["several units", "duration", "1m26.4s", 86_400],
  ["spelled units", "duration", "2 minutes, 30 sec", 150_000],
  ["a duration of ISO 8601", "duration", "PT1M30S", 90_000],
  ["a moment of ISO 8601", "iso", "2026-11-22T12:01:30Z", 90_000],
  ["a moment in another zone", "iso", "2026-11-22 13:01:30.5+01:00", 90_500],
  ["a date of HTTP", "http-date", "Sun, 22 Nov 2026 12:01:30 GMT", 90_000],
  ["seconds since 1970", "epoch-s", "1795348890", 90_000],
  ["milliseconds since 1970", "epoch-ms", "1795348890250", 90_250],
];

const catalog = (form: string): string => `
api: { title: X, summary: Answers., codes: integer }
channels: { http: { transport: http, code: /code, message: /message } }
operations: { read: { kind: read, summary: Reads. } }
statuses: { 200: { success: true, outcome: executed, summary: Done., examples: [{ status: 200 }] } }
errors:
  by-header: { code: 1, category: throttled, outcome: not-executed, retry: header, summary: Wait., examples: [{ status: 429, body: { code: 1 } }] }
  by-field:
    code: 2
    category: throttled
    outcome: not-executed
    retry: field
    summary: Wait.
    fields: { wait: { at: /wait, type: ${form} } }
    examples: [{ status: 429, body: { code: 2, wait: ${JSON.stringify(spellings.find(([, of]) => of === form)![2])} } }]
  by-text:
    message: "Too fast: wait <{wait:${form}}>, please."
    category: throttled
    outcome: not-executed
    retry: field
    summary: Wait.
    examples: [{ status: 429, body: { message: "Too fast: wait <${spellings.find(([, of]) => of === form)![2]}>, please." } }]
retry:
  header: { verdict: retry, summary: Wait., delay: [{ header: x-wait, as: ${form} }, { fixed: 1s }], max-delay: 10m, max-attempts: 3, identity: none }
  field: { verdict: retry, summary: Wait., delay: [{ field: wait }, { fixed: 1s }], max-delay: 10m, max-attempts: 3, identity: none }
`;

type Give = (text: string | number, headers?: Readonly<Record<string, string>>) => HttpResponse;
const places: Readonly<Record<string, Give>> = {
  header: (text, headers = { date }) => ({
    ...{ status: 429, body: { code: 1 } },
    headers: { ...headers, "X-Wait": String(text) },
  }),
  field: (wait, headers = { date }) => ({ status: 429, headers, body: { code: 2, wait } }),
  placeholder: (text, headers = { date }) => ({
    ...{ status: 429, headers },
    body: { message: `Too fast: wait <${text}>, please.` },
  }),
};

describe.each(spellings)("%s", async (_, form, text, ms) => {
  const reader = await openYaml(catalog(form));
  const ask = (response: HttpResponse, nowMs?: number): string =>
    reader.advice(reader.response(response), "read", nowMs === undefined ? {} : { nowMs });
  const isMoment = ["iso", "http-date"].includes(form) || form.startsWith("epoch");

  it.each(Object.entries(places))("in a %s", (_, give) => {
    expect(ask(give(text))).toBe(`retry after ${ms}`);
    if (/^[0-9.]+$/.test(text)) expect(ask(give(Number(text)))).toBe(`retry after ${ms}`);
  });

  if (isMoment)
    it.each(Object.entries(places))("in a %s, by the caller's clock", (_, give) => {
      expect(ask(give(text, {}), Date.parse(date))).toBe(`retry after ${ms}`);
      // A moment that nothing can be counted from could be any: as long as the rule waits.
      expect(ask(give(text, {}))).toBe("retry after 600000");
      expect(ask(give(text), Date.parse(date) + 5_000)).toBe(`retry after ${ms}`);
      expect(ask(give(text, { date: "Sun, 22 Nov 2026 13:00:00 GMT" }))).toBe("retry after 1000");
    });

  it.each(["header", "field"])("that cannot be read, in a %s", (name) => {
    for (const bad of ["soon", "1.2.3", "2026-11-22T25:01:30Z", "PT", "5 parsecs", "12:00"])
      expect([bad, ask(places[name]!(bad))]).toEqual([bad, "retry after 600000"]);
    for (const none of ["", "-5"])
      expect([none, ask(places[name]!(none))]).toEqual([none, "retry after 1000"]);
  });
});

describe("a header without a form", async () => {
  const reader = await openYaml(
    catalog("seconds").replace("header: x-wait, as: seconds", "header: x-wait"),
  );
  it.each<readonly [text: string, ms: number]>([
    ["30", 30_000],
    ["+3", 3_000],
    ["30s", 30_000],
    ["30;comment=x", 30_000],
    ["60;w=60", 60_000],
    ["1m26.4s", 86_400],
    ["PT30S", 30_000],
    ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 12:00:30 UTC", 30_000],
    ["Sun, 2 Dec 2026 12:00:00 GMT", 600_000],
    ["2026-11-22T12:00:30Z", 30_000],
    ["5, 7", 7_000],
  ])("%s", (text, ms) => {
    const advice = reader.advice(reader.response(places["header"]!(text)), "read");
    expect(advice).toBe(ms === 600_000 ? "stop not-executed pause 864000000" : `retry after ${ms}`);
  });

  it("of which one part cannot be read is no shorter than the others", () => {
    const advice = (text: string): string =>
      reader.advice(reader.response(places["header"]!(text)), "read");
    expect(advice("700, soon")).toBe("stop not-executed pause 700000");
    expect(advice("5, soon")).toBe("retry after 600000");
  });

  it("with parameters of each, with thousands, or of another age", async () => {
    const advice = (text: string): string =>
      reader.advice(reader.response(places["header"]!(text)), "read");
    expect(advice("60;w=60, 500;w=3600")).toBe("retry after 500000");
    expect(advice("2,000")).toBe("retry after 600000");
    for (const [form, text] of [
      ["epoch-ms", "1795348890"],
      ["epoch-s", "60"],
    ] as const) {
      const other = await openYaml(catalog(form));
      const reply = other.response(places["header"]!(text));
      expect(other.advice(reply, "read")).toBe("retry after 600000");
    }
  });

  it("whose name says milliseconds", async () => {
    const yaml = catalog("ms").replace("header: x-wait, as: ms", "header: x-wait-ms");
    const { response, advice } = await openYaml(yaml);
    const headers = { "x-wait-ms": "1500" };
    expect(advice(response({ status: 429, headers, body: { code: 1 } }), "read")).toBe(
      "retry after 1500",
    );
  });
});

describe("a moment beside the vendor's own", async () => {
  const yaml = catalog("epoch-ms")
    .replace("field: wait }", "field: wait, since: { at: /now, as: epoch-ms } }")
    .replace("as: epoch-ms },", "as: epoch-ms, since: { header: x-now, as: epoch-s } },");
  const reader = await openYaml(yaml);
  const ask = (response: HttpResponse): string =>
    reader.advice(reader.response(response), "read", { nowMs: 5 });

  it("is counted from that, and else from what is known otherwise", () => {
    const [now, wait] = [1_659_142_907_531, 1_659_142_910_000];
    expect(ask({ status: 418, body: { code: 2, wait, now } })).toBe("retry after 2469");
    expect(ask({ status: 418, body: { code: 2, wait, now: "soon" } })).toMatch(/^stop/);
    const headers = { "x-wait": "1659142910000", "x-now": "1659142907.5" };
    expect(ask({ status: 418, headers, body: { code: 1 } })).toBe("retry after 2500");
  });
});

describe("no wait runs for ever", async () => {
  const reader = await openYaml(catalog("seconds"));
  it.each(["9".repeat(400), "1e999", "99999999999", "Sun, 22 Nov 2099 12:00:30 GMT"])(
    "%s",
    (text) => {
      const advice = reader.advice(reader.response(places["header"]!(text)), "read");
      const told = /[0-9]+$/.exec(advice);
      expect(Number(told)).toBeLessThanOrEqual(2_000_000_000);
      expect(Number(told)).toBeGreaterThanOrEqual(600_000);
    },
  );
});
