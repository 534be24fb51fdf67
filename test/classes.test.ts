/** Classes: what is not listed of them is that entry, and what is listed takes from it what it does not say. */
import { describe, expect, it } from "vitest";
import type { Entry } from "../generator/model/entry.js";
import { line, openYaml } from "./cases/read.js";

const strings = await openYaml(`
api: { title: X, summary: Keeps rows., codes: string }
channels: { http: { transport: http, code: /code, message: /msg } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
  5xx: { category: unavailable, outcome: unknown, retry: reconcile, tags: [server], summary: Something failed., examples: [{ status: 599 }] }
  503: { summary: Down., examples: [{ status: 503 }] }
  429: { category: throttled, outcome: not-executed, retry: again, summary: Too many., examples: [{ status: 429 }] }
defaults: { undocumented: [category, outcome, retry], severity: error, examples: made }
errors:
  any: { code: "*", tags: [unlisted], summary: Whatever it is. }
  integrity: { code: "23*", category: validation, outcome: not-executed, retry: never, tags: [integrity], inferred: { outcome: a row that is refused is not written }, summary: A rule is broken. }
  unique: { code: "23505", severity: notice, tags: [unique], summary: It exists. }
  foreign: { code: ["23503", "23504"], outcome: unknown, summary: It refers to nothing. }
  narrower: { code: "2350*", category: permission, summary: A narrower one. }
  two: { code: ["23505x", "42"], summary: Of two classes. }
  star: { code: '23\\*', summary: Not a beginning. }
  slow: { code: slow, status: 429, summary: Too many. }
  dead: { code: dead, status: 502, summary: Dead. }
  bare: { code: odd, category: internal, outcome: not-executed, retry: never, summary: Odd. }
  odd-text: { code: odd, message: Very odd, severity: panic, summary: Very odd. }
retry: { again: { verdict: retry, summary: Again., delay: [{ fixed: 1s }], max-attempts: 3, identity: none } }
`);
const of = (name: string): Entry => strings.api.entries.find((entry) => entry.name === name)!;
const gist = (name: string): readonly unknown[] => {
  const { category, outcome, retry, severity, tags } = of(name);
  return [of(name).class?.name, category, outcome, retry?.name, severity, tags.join()];
};

describe("an entry takes what it does not say", () => {
  it.each<readonly [name: string, ...wanted: (string | undefined)[]]>([
    ["any", undefined, "unknown", "unknown", "reconcile", "error", "unlisted"],
    ["integrity", "any", "validation", "not-executed", "never", "error", "integrity,unlisted"],
    ["narrower", "integrity", "permission", "not-executed", "never", "error", "integrity,unlisted"],
    ["unique", "narrower", "permission", "not-executed", "never", "notice", "unique"],
    ["foreign", "narrower", "permission", "unknown", "never", "error", "integrity,unlisted"],
    ["two", "any", "unknown", "unknown", "reconcile", "error", "unlisted"],
    ["slow", "any", "unknown", "unknown", "reconcile", "error", "unlisted"],
    ["odd-text", "bare", "internal", "not-executed", "never", "panic", "unlisted"],
    [
      "service-unavailable",
      "server-error",
      "unavailable",
      "unknown",
      "reconcile",
      "error",
      "server",
    ],
  ])("%s", (...[name, ...wanted]) => {
    const [inClass, category, outcome, retry, severity, tags] = gist(name!);
    expect([inClass, category, outcome, retry, severity]).toEqual(wanted.slice(0, 5));
    for (const tag of String(wanted[5]).split(",")) expect(String(tags).split(",")).toContain(tag);
  });

  it("and says whose it is", () => {
    const leaf = (name: string, path: string): unknown => {
      const { known, from, reason } = of(name).trace.leaves.find((one) => one.path === path) ?? {};
      return [known, from, reason];
    };
    expect(leaf("unique", "outcome")).toEqual([
      "inferred",
      "x.integrity",
      "a row that is refused is not written",
    ]);
    expect(leaf("unique", "category")).toEqual(["documented", "x.narrower", null]);
    expect(leaf("unique", "severity")).toEqual([undefined, undefined, undefined]);
    expect(leaf("foreign", "outcome")).toEqual([undefined, undefined, undefined]);
    expect(leaf("two", "retry")).toEqual(["undocumented", "defaults", null]);
    expect(leaf("odd-text", "outcome")).toEqual(["documented", "x.bare", null]);
  });
});

describe("a response of a class", () => {
  it.each<readonly [code: string, wanted: string]>([
    ["23505", "x.unique not-executed"],
    ["23503", "x.foreign unknown"],
    ["23509", "x.narrower not-executed"],
    ["23P99", "x.integrity not-executed"],
    ["23", "x.integrity not-executed"],
    ["23*", "x.star not-executed"],
    ["2", "x.any unknown"],
    ["42", "x.two unknown"],
    ["XX000", "x.any unknown"],
    ["odd", "x.bare not-executed"],
  ])("with the code %s", (code, wanted) => {
    for (const status of [400, 409, 500, 200])
      expect(line(strings.response({ status, body: { code } })).replace(/, unexp.*/, "")).toBe(
        wanted,
      );
  });

  it.each<readonly [status: number, wanted: string]>([
    [503, "x.service-unavailable unknown"],
    [500, "x.server-error unknown"],
    [599, "x.server-error unknown"],
    [429, "x.too-many-requests not-executed"],
    [404, "x.unknown (status)"],
  ])("with the status %s alone", (status, wanted) => {
    expect(line(strings.response({ status, body: null }))).toBe(wanted);
  });

  it("is advised on by the rule that it takes", () => {
    const advice = (code: string): string =>
      strings.advice(strings.response({ status: 400, body: { code } }), "write");
    expect(advice("23P99")).toBe("stop not-executed");
    expect(advice("XX000")).toBe("reconcile unknown");
  });
});

it("runs of integers are classes, too, and a status is the class of what comes with it", async () => {
  const { api, response } = await openYaml(`
api: { title: X, summary: Trades., codes: integer }
channels: { http: { transport: http, code: /code } }
statuses:
  200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] }
  429: { category: throttled, outcome: not-executed, retry: again, summary: Too many., examples: [{ status: 429 }] }
errors:
  server: { code: -32099..-32000, category: internal, outcome: unknown, retry: reconcile, summary: The server's own., examples: made }
  limit: { code: -32005, category: throttled, summary: Too many., examples: made }
  slow: { code: 7, status: 429, summary: Too many., examples: made }
retry: { again: { verdict: retry, summary: Again., delay: [{ fixed: 1s }], max-attempts: 3, identity: none } }
`);
  const facts = Object.fromEntries(
    api.entries.map(({ name, category, outcome, retry }) => [
      name,
      [category, outcome, retry?.name],
    ]),
  );
  expect(facts["limit"]).toEqual(["throttled", "unknown", "reconcile"]);
  expect(facts["slow"]).toEqual(["throttled", "not-executed", "again"]);
  const read = (code: unknown): string => line(response({ status: 400, body: { code } }));
  expect(read(-32_005)).toBe("x.limit unknown");
  expect(read("-32099")).toBe("x.server unknown");
  expect(read(-32_100)).toBe("x.unknown (code)");
});

it("what is known by more than its code is no class, and what a class means for an operation is taken, too", async () => {
  const head = `
api: { title: X, summary: Trades., codes: string }
channels: { http: { transport: http, code: /code, message: /msg } }
operations: { place: { kind: write, summary: Places. } }
statuses: { 200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] } }
errors:
`;
  const facts = "category: validation, outcome: not-executed, retry: never";
  const inner = `  inner: { code: "23505", summary: S., examples: made }\n`;
  const known = `  wide: { code: "23*", message: { contains: x }, ${facts}, summary: S., examples: made }\n`;
  await expect(openYaml(head + known + inner)).rejects.toThrow("entry/incomplete");
  const on = "on: { place: { outcome: unknown, retry: reconcile } }";
  const wide = `  wide: { code: "23*", ${facts}, ${on}, summary: S., examples: made }\n`;
  const { response } = await openYaml(head + wide + inner);
  const answer = { status: 400, body: { code: "23505" } };
  expect(line(response(answer, { operation: "place" }))).toBe("x.inner unknown");
  expect(line(response(answer, { operation: "other" }))).toBe("x.inner not-executed");
});

it("a value of a further vocabulary that nobody listed is no success", async () => {
  const { response } = await openYaml(`
api: { title: X, summary: Trades., codes: string }
channels: { http: { transport: http, code: /code, message: /msg } }
codes: { decline: { at: /decline, type: string, summary: Why. } }
statuses: { 200: { success: true, outcome: accepted, summary: Taken., examples: [{ status: 200 }] } }
errors:
  odd: { codes: { decline: odd }, category: validation, outcome: not-executed, retry: never, summary: Odd., examples: made }
`);
  const read = (body: unknown): string => line(response({ status: 200, body }));
  expect(read({ decline: "odd" })).toBe("x.odd not-executed");
  expect(read({ decline: "new" })).toBe("x.unknown (shape)");
  expect(read({ decline: ["odd"] })).toBe("x.unknown (shape)");
  expect(read({ decline: null, id: 1 })).toBe("ok x.ok accepted");
});

it("a code of a success is no failure of its class, whatever the status", async () => {
  const { response } = await openYaml(`
api: { title: X, summary: Trades., codes: string }
channels: { http: { transport: http, code: /code } }
errors:
  done: { code: B1, success: true, outcome: executed, summary: Done., examples: made }
  class: { code: "B*", category: validation, outcome: not-executed, retry: never, summary: Wrong., examples: made }
`);
  const read = (status: number, code: string): string => line(response({ status, body: { code } }));
  expect(read(200, "B1")).toBe("ok x.done executed");
  expect(read(503, "B1")).toBe("x.unknown (status)");
  expect(read(503, "B2")).toBe("x.class not-executed");
});
