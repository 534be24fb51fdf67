/** Frames of sockets, on random catalogs: one with a code that no entry knows is never taken for data. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAnswer, decodeFrame } from "../generator/runtime/decode.js";
import type { Reply } from "../generator/runtime/failure.js";
import { type Drawn, randomCatalogs } from "./random-catalog.js";
import { type Body, bodies, filled, meeting, newCode, newText } from "./random-response.js";

const catalogs = await randomCatalogs("socket", 120, {
  channel: fc.constantFrom({}, { "reply-to": "/request" }),
});
const cases = meeting(catalogs).map(([drawn, { body }]): [Drawn, Body] => [drawn, body]);
const numRuns = 2_000;

const decode = ({ found }: Drawn, frame: unknown): Reply => decodeFrame(found.decoder, frame);
const matcherOf = ({ found }: Drawn, id: string) =>
  found.data.matchers.find((matcher) => matcher.id === id);

/** A frame with a value at one of the places for codes, or for texts. */
function withValue(
  { found: { channel } }: Drawn,
  body: Body,
  kind: "code" | "message",
  pick: number,
  value: unknown,
): Body {
  const places = channel[kind];
  const place = places[pick % places.length]!;
  return filled({ status: 0, headers: {}, body }, place, value).body;
}

/** Data, and nothing that an entry is known by. */
const data = bodies(["more"], 1).map((body): Body => ({ ...body, price: 3 }));
const picks = fc.nat({ max: 5 });

describe("a frame", () => {
  it("with a new code is no success and no data", () => {
    const values = fc.constantFrom<unknown>(newCode, 77, 1.5, "77");
    fc.assert(
      fc.property(cases, picks, values, ([drawn, body], pick, value) => {
        const reply = decode(drawn, withValue(drawn, body, "code", pick, value));
        if (!reply.ok) return;
        // Only an entry that says so makes it one: by a code that comes before, or by a mark of success.
        const matcher = matcherOf(drawn, reply.id);
        expect(matcher).toBeDefined();
        expect(matcher!.codes !== undefined || drawn.found.channel.success.length > 0).toBe(true);
      }),
      { numRuns },
    );
  });

  it("with anything at a place for a code that is no code is no data", () => {
    const values = fc.constantFrom<unknown>(true, [1], { x: 1 });
    fc.assert(
      fc.property(catalogs, data, values, (drawn, body, value) => {
        const plain = drawn.found.channel.code.findIndex(
          ({ after, before }) => after === null && before === null,
        );
        if (plain < 0) return;
        expect(decode(drawn, withValue(drawn, body, "code", plain, value)).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("with a new text is no success and no data", () => {
    fc.assert(
      fc.property(catalogs, data, picks, (drawn, body, pick) => {
        const reply = decode(drawn, withValue(drawn, body, "message", pick, newText));
        if (reply.ok) expect(drawn.found.channel.success.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("with a mark of failure is no success and no data", () => {
    let marked = 0;
    fc.assert(
      fc.property(cases, fc.boolean(), ([drawn, body], ok) => {
        if (drawn.found.channel.failure.length === 0) return;
        expect(decode(drawn, { ...body, failed: "yes", ok }).ok).toBe(false);
        marked++;
      }),
      { numRuns },
    );
    expect(marked).toBeGreaterThan(20);
  });

  it("is data, known, or unknown: each happens", () => {
    const counts = { data: 0, success: 0, failure: 0, unknown: 0 };
    fc.assert(
      fc.property(cases, ([drawn, body]) => {
        const reply = decode(drawn, body);
        if (!reply.ok) {
          counts["why" in reply.failure ? "unknown" : "failure"]++;
          return;
        }
        const isData = reply.id === "shop.frame";
        counts[isData ? "data" : "success"]++;
        // What data proves of a write is nothing.
        if (isData) expect(reply.outcome).toBe("unknown");
      }),
      { numRuns },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(5);
  });

  it("is the same as JSON, with its codes as numbers or as digits", () => {
    let spelled = 0;
    const gist = (reply: Reply): unknown =>
      reply.ok ? reply.id : [reply.failure.id, reply.failure.outcome, reply.failure.retry];
    fc.assert(
      fc.property(cases, picks, fc.nat({ max: 6 }), ([drawn, body], pick, code) => {
        const [number, digits] = [code, String(code)].map((value) =>
          withValue(drawn, body, "code", pick, value),
        );
        const before = decode(drawn, number);
        expect(gist(decode(drawn, digits))).toEqual(gist(before));
        for (const text of [JSON.stringify(number), `\ufeff${JSON.stringify(number)}`])
          expect(gist(decode(drawn, text))).toEqual(gist(before));
        if (!before.ok && before.failure.code === null) return;
        spelled++;
      }),
      { numRuns },
    );
    expect(spelled).toBeGreaterThan(50);
  });

  it("says which request it answers, and is otherwise the same", () => {
    fc.assert(
      fc.property(cases, fc.anything(), ([drawn, body], request) => {
        if (drawn.found.channel.replyTo === null) return;
        const frame = { ...body, request };
        const { replyTo, ...reply } = decodeAnswer(drawn.found.decoder, frame);
        const isId = typeof request === "string" || typeof request === "number";
        expect(replyTo).toEqual(isId ? request : null);
        expect(reply).toEqual(decode(drawn, frame));
      }),
      { numRuns: 500 },
    );
  });

  it("decodes to something, even where a getter throws", () => {
    const traps = fc.constantFrom("code", "error", "kind", "more", "request", "ok");
    fc.assert(
      fc.property(cases, traps, fc.anything(), ([drawn, body], trap, anything) => {
        const trapped = Object.defineProperty({ ...body }, trap, {
          enumerable: true,
          get: () => {
            throw new Error("a trap");
          },
        });
        for (const frame of [trapped, anything, { ...body, code: anything, error: anything }]) {
          expect(decode(drawn, frame)).toHaveProperty("ok");
          if (drawn.found.channel.replyTo !== null)
            expect(decodeAnswer(drawn.found.decoder, frame)).toHaveProperty("replyTo");
        }
      }),
      { numRuns },
    );
  });
});
