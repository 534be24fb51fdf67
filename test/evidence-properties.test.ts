/** Evidence before fallback, on random catalogs: what a response says is never overruled by how it comes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHttp } from "../generator/runtime/decode.js";
import type { Failure, Reply } from "../generator/runtime/failure.js";
import { isFallback } from "../generator/runtime/matcher.js";
import { type Drawn, randomCatalogs } from "./random-catalog.js";
import { type Body, filled, meeting, newCode, newText, statuses } from "./random-response.js";

const catalogs = await randomCatalogs("http", 150);
const cases = meeting(catalogs);
const numRuns = 2_000;

const decode = ({ found }: Drawn, response: object): Reply =>
  decodeHttp(found.decoder, response as never);

/** All that a reply says, apart from what was handed in. */
function said(reply: Reply): object {
  if (reply.ok) return { ...reply, body: null };
  const bare = (failure: Failure): object => {
    const also = failure.also?.map(bare);
    return { ...failure, body: null, headers: null, ...(also === undefined ? {} : { also }) };
  };
  return bare(reply.failure);
}

const matcherOf = ({ found }: Drawn, reply: Reply) =>
  found.data.matchers.find(({ id }) => id === (reply.ok ? reply.id : reply.failure.id));

/** How late a retry rule sends the request again. */
const care = ["soon", "never", "reconcile"];

describe("anything", () => {
  it("decodes to something, even where a getter throws", () => {
    const traps = fc.constantFrom(
      "code",
      "error",
      "list",
      "kind",
      "more",
      "result",
      "x-code",
      "x-flag",
    );
    let thrown = 0;
    fc.assert(
      fc.property(cases, traps, ([drawn, response], trap) => {
        const { headers, body } = response;
        const trapped = <T extends object>(of: T): T =>
          Object.defineProperty({ ...of }, trap, {
            enumerable: true,
            get: () => {
              thrown++;
              throw new Error("a trap");
            },
          });
        const proxy = new Proxy(body, {
          getOwnPropertyDescriptor: () => {
            throw new Error("a trap");
          },
        });
        for (const changed of [
          { body: trapped(body) },
          { headers: trapped(headers) },
          { body: proxy },
        ]) {
          const reply = decode(drawn, { ...response, ...changed });
          expect(reply.ok ? reply.id : reply.failure.id).toMatch(/^shop\./);
          expect(reply.ok ? reply.status : reply.failure.status).toBe(response.status);
        }
        const headerless = { status: response.status, headers: 5, body: trapped({}) };
        expect(decode(drawn, headerless)).toHaveProperty("ok");
        expect(decode(drawn, trapped({}))).toMatchObject({ ok: false });
      }),
      { numRuns },
    );
    expect(thrown).toBeGreaterThan(50);
  });
});

describe("a status", () => {
  it("makes of a body that is known no success, nothing more certain and nothing sent sooner", () => {
    const counts = { same: 0, peer: 0, unknown: 0 };
    fc.assert(
      fc.property(cases, statuses, ([drawn, response], status) => {
        const before = decode(drawn, response);
        const known = matcherOf(drawn, before);
        if (before.ok || known === undefined || isFallback(known)) return;
        const after = decode(drawn, { ...response, status });
        if (after.ok) {
          // Of a body with a code of success more is asked below.
          expect(matcherOf(drawn, after)!.codes).toBeDefined();
          return;
        }
        const { id, outcome, retry } = after.failure;
        const { matchers } = drawn.found.data;
        const peers = (known.peers ?? []).map((rank) => matchers[rank]!);
        const peer = peers.find((one) => one.id === id);
        if (peer !== undefined) {
          // Another entry of the same identity, which lists this very status.
          expect(peer.statuses).toContain(status);
          expect(after.failure.unexpected).toBe(null);
          counts.peer++;
          return;
        }
        expect([before.failure.outcome, "unknown"]).toContain(outcome);
        expect(care.indexOf(retry)).toBeGreaterThanOrEqual(care.indexOf(before.failure.retry));
        if (id === before.failure.id) counts.same++;
        else {
          expect(id).toBe("shop.unknown");
          counts.unknown++;
        }
      }),
      { numRuns: 4 * numRuns },
    );
    for (const [name, count] of Object.entries(counts))
      expect(count, name).toBeGreaterThan(name === "same" ? 50 : 0);
  });

  it("makes no success of a code of success beside what is known as a failure", () => {
    let checked = 0;
    fc.assert(
      fc.property(cases, statuses, ([drawn, response], status) => {
        const both = filled(response, drawn.found.channel.code[0]!, 0);
        const before = decode(drawn, both);
        const known = matcherOf(drawn, before);
        if (before.ok || known === undefined || isFallback(known)) return;
        checked++;
        expect(decode(drawn, { ...both, status }).ok).toBe(false);
      }),
      { numRuns: 4 * numRuns },
    );
    expect(checked).toBeGreaterThan(50);
  });

  it("is no success where something stands at a place that no entry takes", () => {
    const counts = { checked: 0, wasOk: 0 };
    const spots = fc.nat({ max: 5 });
    fc.assert(
      fc.property(cases, spots, ([drawn, response], spot) => {
        const { channel } = drawn.found;
        const places = [...channel.code, ...channel.message];
        const i = spot % places.length;
        const value = i < channel.code.length ? newCode : newText;
        const before = decode(drawn, response);
        const after = decode(drawn, filled(response, places[i]!, value));
        counts.checked++;
        if (before.ok) counts.wasOk++;
        if (!after.ok) return;
        // A code that is a success explains what comes with it, a text the texts, and a mark of success the body.
        const { codes, texts } = matcherOf(drawn, after)!;
        const isText = i >= channel.code.length && texts !== undefined;
        expect(codes !== undefined || channel.success.length > 0 || isText).toBe(true);
      }),
      { numRuns },
    );
    expect(counts.checked).toBe(numRuns);
    expect(counts.wasOk).toBeGreaterThan(5);
  });
});

describe("a mark on the channel", () => {
  it("of failure is no success, nor is a body without one of success", () => {
    const counts = { failure: 0, noSuccess: 0, ok: 0 };
    fc.assert(
      fc.property(cases, ([drawn, response]) => {
        const { success, failure } = drawn.found.channel;
        const { ok, failed } = response.body;
        const isFailure =
          failure.length > 0 &&
          (failure[0]!.test === "filled"
            ? Boolean(failed)
            : failed !== undefined && failed !== null);
        const isNoSuccess = success.length > 0 && ok !== true;
        const reply = decode(drawn, response);
        if (isFailure || isNoSuccess) expect(reply.ok).toBe(false);
        else if (reply.ok) counts.ok++;
        if (isFailure) counts.failure++;
        if (isNoSuccess) counts.noSuccess++;
      }),
      { numRuns },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(1);
  });
});

describe("the same response in another form", () => {
  const isKnown = (reply: Reply): boolean => reply.ok || !("why" in reply.failure);

  it("reads headers in any case, and in whatever holds them", () => {
    let known = 0;
    fc.assert(
      fc.property(cases, ([drawn, response]) => {
        const list = Object.entries(response.headers);
        const of = (change: (name: string, value: string) => [string, unknown]) =>
          Object.fromEntries(list.map(([name, value]) => change(name, value)));
        const upper = (name: string): string => name.toUpperCase();
        const before = decode(drawn, response);
        for (const headers of [
          new Headers(response.headers),
          new Map(list),
          new Map(list.map(([name, value]) => [upper(name), value])),
          of((name, value) => [upper(name), value]),
          of((name, value) => [name, [value]]),
          of((name, value) => [name, ` ${value} `]),
          of((name, value) => [name, /^[0-9]+$/.test(value) ? Number(value) : value]),
        ])
          expect(said(decode(drawn, { ...response, headers }))).toEqual(said(before));
        if (list.length > 0 && isKnown(before)) known++;
      }),
      { numRuns },
    );
    expect(known).toBeGreaterThan(10);
  });

  it("reads a header with several codes alike as a list, joined and repeated", () => {
    let several = 0;
    const value = fc.constantFrom("1", "2", "3", newCode, "");
    fc.assert(
      fc.property(
        cases,
        fc.array(value, { minLength: 2, maxLength: 3 }),
        ([drawn, response], values) => {
          const { channel } = drawn.found;
          const ofCodes = channel.code.some(({ header }) => header === "x-code");
          if (!ofCodes) return;
          const [first, ...rest] = values;
          const under = (own: object) => said(decode(drawn, { ...response, headers: own }));
          const before = under({ "x-code": values.join(", ") });
          expect(under({ "x-code": values })).toEqual(before);
          expect(under({ "X-Code": values.join(",") })).toEqual(before);
          expect(under({ "x-code": first, "X-Code": rest })).toEqual(before);
          several++;
        },
      ),
      { numRuns },
    );
    expect(several).toBeGreaterThan(10);
  });

  it("reads several codes of a header alike in any order", () => {
    let several = 0;
    const value = fc.constantFrom("1", "2", "3", "4", newCode);
    const codes = fc.uniqueArray(value, { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(cases, codes, ([drawn, response], values) => {
        if (!drawn.found.channel.code.some(({ header }) => header === "x-code")) return;
        const [before, after] = [values, [...values].reverse()].map((all) =>
          decode(drawn, { ...response, headers: { "x-code": all.join(", ") } }),
        );
        const gist = (reply: Reply): unknown =>
          reply.ok ? reply.id : [reply.failure.id, reply.failure.outcome, reply.failure.retry];
        expect(gist(after!)).toEqual(gist(before!));
        several++;
      }),
      { numRuns },
    );
    expect(several).toBeGreaterThan(10);
  });

  it("reads a code alike as a number and as its digits", () => {
    let moved = 0;
    fc.assert(
      fc.property(cases, ([drawn, response]) => {
        const spell = (value: unknown): unknown =>
          typeof value === "number"
            ? String(value)
            : typeof value === "string" && /^[0-9]+$/.test(value)
              ? Number(value)
              : value;
        const { code, num, list } = response.body;
        const spelled = {
          ...response.body,
          ...(code === undefined ? {} : { code: spell(code) }),
          ...(num === undefined ? {} : { num: spell(num) }),
          ...(list === undefined
            ? {}
            : {
                list: (list as Body[]).map((item) =>
                  "code" in item ? { ...item, code: spell(item["code"]) } : item,
                ),
              }),
        };
        const [before, after] = [response.body, spelled].map((body) =>
          decode(drawn, { ...response, body }),
        );
        // What is known is known with the code that the catalog has; what is not, as it came.
        const known = (reply: Reply): unknown =>
          JSON.parse(JSON.stringify(said(reply)), (key, value: unknown) =>
            key === "code" && value !== null ? String(value) : value,
          );
        expect(known(after!)).toEqual(known(before!));
        if (JSON.stringify(spelled) !== JSON.stringify(response.body) && isKnown(before!)) moved++;
      }),
      { numRuns },
    );
    expect(moved).toBeGreaterThan(10);
  });

  it("reads JSON alike as text and as a value, with and without a byte order mark", () => {
    let known = 0;
    fc.assert(
      fc.property(cases, ([drawn, response]) => {
        const text = JSON.stringify(response.body);
        const before = said(decode(drawn, response));
        for (const body of [text, `\ufeff${text}`, ` ${text}\n`])
          expect(said(decode(drawn, { ...response, body }))).toEqual(before);
        if (isKnown(decode(drawn, response))) known++;
      }),
      { numRuns },
    );
    expect(known).toBeGreaterThan(50);
  });
});
