/** Several errors in one body, on random catalogs: whatever order they come in, the most careful of them leads. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHttp } from "../generator/runtime/decode.js";
import type { Failure, Reply, Success } from "../generator/runtime/failure.js";
import { isEmpty } from "../generator/runtime/places.js";
import { type Drawn, randomCatalogs } from "./random-catalog.js";
import { type Body, errors, newCode, newText, statuses } from "./random-response.js";

const catalogs = await randomCatalogs("http", 150, { several: true });
const numRuns = 3_000;
const lists = fc.array(errors, { minLength: 1, maxLength: 4 });

/** A body with a list of errors, and with what holds for all of them. */
const bodyOf = ({ found: { channel } }: Drawn, list: readonly Body[], rest: Body = {}): Body => ({
  ...rest,
  [channel.errors === null ? "list" : "errors"]: list,
});

const decode = ({ found }: Drawn, status: number, body: unknown): Reply =>
  decodeHttp(found.decoder, { status, body });

const care = ["soon", "never", "reconcile"];

/** What leads, and all that is there with it, in no order. */
function gist(reply: Reply): object {
  if (reply.ok) return { ok: reply.id };
  const { id, outcome, category, retry, also = [] } = reply.failure;
  const all = [reply.failure, ...also].map((one) => JSON.stringify([one.id, one.code, one.text]));
  return { id, outcome, category, retry, also: also.map((one) => one.id).sort(), all: all.sort() };
}

/** Errors in a list: where it is the channel's list of errors, items have places of their own, and texts are elsewhere. */
const toItem = ({ found: { channel } }: Drawn, { error, ...item }: Body): Body =>
  channel.errors === null
    ? { ...item, ...(error === undefined ? {} : { text: error }) }
    : { ...item, ...(error === undefined ? {} : { error }) };

const cases = fc
  .tuple(catalogs, statuses, lists)
  .map(([drawn, status, list]) => [drawn, status, list.map((one) => toItem(drawn, one))] as const);

/** Whether there is an error at all: in a list that is no list of errors, an item may have neither a code nor a text. */
const isSaid = ({ found: { channel } }: Drawn, reply: Reply): boolean =>
  channel.errors !== null ||
  (reply.ok ? codedOrWorded(reply) : (reply.failure.code ?? reply.failure.text) !== null);
const codedOrWorded = ({ id }: Success): boolean => /coded|bare/.test(id);

/** Errors that are successes, where a catalog has such. */
const good = fc.constantFrom<Body>({ code: 0 }, { error: "Well done" });

describe("several errors in one body", () => {
  it("are the same failure in any order", () => {
    let several = 0;
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), ([drawn, status, list], random) => {
        const order = list.map((item) => ({ item, at: random.next().value as number }));
        const shuffled = order.sort((a, b) => a.at - b.at).map(({ item }) => item);
        const before = decode(drawn, status, bodyOf(drawn, list));
        expect(gist(decode(drawn, status, bodyOf(drawn, shuffled)))).toEqual(gist(before));
        if (!before.ok && (before.failure.also?.length ?? 0) > 0) several++;
      }),
      { numRuns },
    );
    expect(several).toBeGreaterThan(numRuns / 20);
  });

  it("are no more certain, and sent no sooner, with one more among them", () => {
    const counts = { same: 0, unknown: 0, later: 0 };
    fc.assert(
      fc.property(cases, errors, fc.nat({ max: 4 }), ([drawn, status, list], another, at) => {
        const before = decode(drawn, status, bodyOf(drawn, list));
        // An item that says nothing leads until one does that says something; what is known grows no clearer by that.
        const isBlank = list.some((item) => Object.values(item).every(isEmpty));
        if (before.ok || !isSaid(drawn, before)) return;
        const more = [...list.slice(0, at), toItem(drawn, another), ...list.slice(at)];
        const after = decode(drawn, status, bodyOf(drawn, more));
        expect(after.ok).toBe(false);
        if (after.ok) return;
        const [own, theirs] = [before.failure, after.failure];
        expect([own.outcome, "unknown"]).toContain(theirs.outcome);
        const later = care.indexOf(theirs.retry) - care.indexOf(own.retry);
        const isSilent = isBlank && own.code === null && own.text === null;
        if (!isSilent) expect(later).toBeGreaterThanOrEqual(0);
        if (later > 0) counts.later++;
        counts[theirs.outcome === own.outcome ? "same" : "unknown"]++;
      }),
      { numRuns },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(5);
  });

  it("are as certain as all of them, a success included", () => {
    const counts = { mixed: 0, failed: 0 };
    // One item that may be a success, and one that may be known as a failure, under a status of success.
    const bad = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(cases, good, bad, ([drawn, , some], item, code) => {
        const status = 200;
        const list = [item, { code }, ...some.slice(1)]
          .map((one) => toItem(drawn, one))
          .filter((one) => isSaid(drawn, decode(drawn, status, bodyOf(drawn, [one]))));
        const alone = list.map((one) => decode(drawn, status, bodyOf(drawn, [one])));
        const reply = decode(drawn, status, bodyOf(drawn, list));
        const outcomes = alone.map((one) => (one.ok ? one.outcome : one.failure.outcome));
        const isMixed = alone.some(({ ok }) => ok);
        if (reply.ok) {
          expect(alone.every(({ ok }) => ok)).toBe(true);
          return;
        }
        counts[isMixed ? "mixed" : "failed"]++;
        const [first] = outcomes;
        const joined = outcomes.every((outcome) => outcome === first) ? first : "unknown";
        expect([joined, "unknown"]).toContain(reply.failure.outcome);
      }),
      { numRuns },
    );
    expect(counts.failed).toBeGreaterThan(50);
    expect(counts.mixed).toBeGreaterThan(5);
  });

  it("are the same with an item that says nothing between them", () => {
    let checked = 0;
    const silent = fc.constantFrom<Body>({}, { code: null }, { code: "" });
    fc.assert(
      fc.property(cases, silent, fc.nat({ max: 4 }), ([drawn, status, list], item, at) => {
        // In a list of errors even an empty item is one.
        if (drawn.found.channel.errors !== null) return;
        const before = decode(drawn, status, bodyOf(drawn, list));
        const isSaid = list.some(
          ({ code, text }) => typeof code === "number" || typeof text === "string",
        );
        if (!isSaid) return;
        const more = [...list.slice(0, at), item, ...list.slice(at)];
        expect(gist(decode(drawn, status, bodyOf(drawn, more)))).toEqual(gist(before));
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(20);
  });

  it("are no success if one of them is new, wherever it stands", () => {
    let checked = 0;
    const other = fc.constantFrom<Body>({ code: newCode }, { error: newText });
    fc.assert(
      fc.property(cases, good, other, fc.nat({ max: 2 }), ([drawn, , some], item, one, at) => {
        // A mark of success explains the whole body.
        if (drawn.found.channel.success.length > 0) return;
        const list = [toItem(drawn, item), ...some.slice(2)];
        list.splice(at, 0, toItem(drawn, one));
        expect(decode(drawn, 200, bodyOf(drawn, list)).ok).toBe(false);
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(50);
  });

  it("are a failure wherever the body as a whole has a mark of one", () => {
    let marked = 0;
    fc.assert(
      fc.property(cases, good, fc.boolean(), ([drawn, , some], item, ok) => {
        if (drawn.found.channel.failure.length === 0) return;
        const list = [toItem(drawn, item), ...some.slice(2)];
        const body = bodyOf(drawn, list, { failed: true, ok });
        expect(decode(drawn, 200, body).ok).toBe(false);
        marked++;
      }),
      { numRuns },
    );
    expect(marked).toBeGreaterThan(50);
  });
});

describe("several codes in a header", () => {
  it("are alike as a list, joined and repeated, in any order", () => {
    let checked = 0;
    const value = fc.constantFrom("1", "2", "3", newCode, "");
    const values = fc.array(value, { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(catalogs, statuses, values, ({ found }, status, all) => {
        if (!found.channel.code.some(({ header }) => header === "x-code")) return;
        const under = (headers: object): object =>
          gist(decodeHttp(found.decoder, { status, headers, body: {} }));
        const [first, ...rest] = all;
        const before = under({ "x-code": all });
        expect(under({ "x-code": all.join(", ") })).toEqual(before);
        expect(under({ "X-Code": [...all].reverse() })).toEqual(before);
        expect(under({ "x-code": first, "X-Code": rest })).toEqual(before);
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(20);
  });
});

describe("what should be a list of errors", () => {
  it("is no success when it is something else", () => {
    let checked = 0;
    const other = fc.constantFrom<unknown>("Gone", { code: 1 }, 5, true);
    fc.assert(
      fc.property(cases, other, ([drawn], value) => {
        const { errors, success } = drawn.found.channel;
        if (errors === null || success.length > 0) return;
        expect(decode(drawn, 200, { errors: value }).ok).toBe(false);
        checked++;
      }),
      { numRuns: 500 },
    );
    expect(checked).toBeGreaterThan(5);
  });
});

describe("a status", () => {
  it("makes of several that are known nothing more certain and nothing sent sooner", () => {
    let checked = 0;
    const known = fc.constantFrom<Body>(
      ...[1, 2, 3, 4].map((code) => ({ code })),
      ...["Gone", "No 7 left"].map((error) => ({ error })),
    );
    const some = fc.array(known, { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(catalogs, some, statuses, statuses, (drawn, items, status, other) => {
        const body = bodyOf(
          drawn,
          items.map((one) => toItem(drawn, one)),
        );
        const before = decode(drawn, status, body);
        if (before.ok) return;
        const { matchers } = drawn.found.data;
        const failures = [before.failure, ...(before.failure.also ?? [])];
        if (!failures.every(isByIdentity)) return;
        // Entries that the status tells apart are allowed to differ.
        const shared = matchers.flatMap(({ codes = [], peers }) =>
          peers ? codes.map(String) : [],
        );
        if (items.some(({ code }) => shared.includes(String(code)))) return;
        const after = decode(drawn, other, body);
        expect(after.ok).toBe(false);
        if (after.ok) return;
        expect([before.failure.outcome, "unknown"]).toContain(after.failure.outcome);
        expect(care.indexOf(after.failure.retry)).toBeGreaterThanOrEqual(
          care.indexOf(before.failure.retry),
        );
        checked++;
      }),
      { numRuns },
    );
    expect(checked).toBeGreaterThan(10);
  });
});

const isByIdentity = ({ id }: Failure): boolean => /coded|bare/.test(id);

describe("causes", () => {
  it("that are known count, and those that are not change nothing", () => {
    const counts = { known: 0, unknown: 0 };
    const withCauses = cases.filter(([drawn]) => drawn.found.channel.causes === "/causes/*");
    fc.assert(
      fc.property(withCauses, errors, ([drawn, status, [first = {}]], cause) => {
        const alone = decode(drawn, status, bodyOf(drawn, [first]));
        const both = decode(drawn, status, bodyOf(drawn, [{ ...first, causes: [cause] }]));
        if (alone.ok) return;
        expect(both.ok).toBe(false);
        if (both.ok) return;
        expect([alone.failure.outcome, "unknown"]).toContain(both.failure.outcome);
        expect(care.indexOf(both.failure.retry)).toBeGreaterThanOrEqual(
          care.indexOf(alone.failure.retry),
        );
        const its = [both.failure, ...(both.failure.also ?? [])];
        const isKnown = its.length > 1 && its.every((failure) => !("why" in failure));
        if (!isKnown && its.length > 1 && its.filter((f) => "why" in f).length === its.length)
          expect(both.failure.id).toBe(alone.failure.id);
        counts[isKnown ? "known" : "unknown"]++;
      }),
      { numRuns },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(5);
  });
});
