/** Any response has at most one entry: what the index finds is what asking every entry in order finds; nothing throws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Claim, precedence } from "../generator/match/precedence.js";
import { relation, tier, within } from "../generator/match/relate.js";
import { holds } from "../generator/runtime/conditions.js";
import {
  channel,
  type Channel,
  decodeFrame,
  decodeHttp,
  decodeItem,
} from "../generator/runtime/decode.js";
import type { Reply } from "../generator/runtime/failure.js";
import { fits, isFallback, look, type Matcher, type Seen } from "../generator/runtime/matcher.js";
import { settle } from "../generator/runtime/peers.js";
import { templates } from "../generator/runtime/prefixes.js";
import type { Part } from "../generator/runtime/template.js";
import type { Entry } from "../generator/runtime/vocabulary.js";

const places = { code: [["id"], ["code"]], message: [["error"], ["detail", "text"]] };

// Few values each, so that entries meet each other and responses meet entries.
const status = fc.constantFrom(200, 400, 409, 500);
const number = fc.integer({ min: 0, max: 6 });
const word = fc.constantFrom("a", "b", "a b", "7 a", "7");
const scalar = fc.oneof(number, fc.constantFrom("x", "y", true, null));
const template = fc.constantFrom<readonly Part[]>(
  [["x", "word"]],
  [["n", "integer"], " a"],
  ["a ", ["x", "string"]],
  [["x", "string"], " ", ["y", "word"]],
);
const shape = fc.constantFrom(
  { keys: [["error", { is: ["string"] }]] } as const,
  { keys: [["detail", { keys: [["text", { is: ["string"] }]] }]] } as const,
  {
    keys: [
      ["code", { is: ["integer"] }],
      ["more", { is: ["any"] }, true],
    ],
  } as const,
);
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 1, maxLength: 3 });

const range = fc.tuple(number, number).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const integers = some(fc.oneof<fc.Arbitrary<number | readonly [number, number]>[]>(number, range));
const strings = some(number.map(String));
const every = {
  statuses: some(status),
  texts: some(fc.oneof<fc.Arbitrary<string | readonly Part[]>[]>(word, template)),
  shape,
  where: some(fc.tuple(fc.constantFrom(["more"], ["detail", "more"]), some(scalar))),
};
/** One to three features; the codes of an API are of one kind. */
const features = fc.constantFrom(integers, strings).map((codes) =>
  fc.subarray(["codes", ...Object.keys(every)], { minLength: 1, maxLength: 3 }).chain((keys) => {
    const all: Record<string, fc.Arbitrary<unknown>> = { ...every, codes };
    return fc.record(Object.fromEntries(keys.map((key) => [key, all[key]!])));
  }),
) as fc.Arbitrary<fc.Arbitrary<Omit<Matcher, "id">>>;

const body = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        id: fc.oneof(scalar, number.map(String)),
        code: fc.oneof(scalar, number.map(String), fc.constant(2.5)),
        error: fc.oneof(word, scalar),
        detail: fc.record({ text: fc.oneof(word, scalar), more: scalar }, { requiredKeys: [] }),
        more: scalar,
      },
      { requiredKeys: [] },
    ),
  },
  // Nothing at the places for codes and texts: a success needs that.
  {
    weight: 2,
    arbitrary: fc.record(
      { id: fc.constantFrom(null, ""), detail: fc.record({ more: scalar }), more: scalar },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const responses = fc.array(fc.tuple(status, body), { minLength: 5, maxLength: 10 });

/** How certain each is of a write; a success is one of some status, or of any that is one of success. */
const outcomes = { failure: "not-executed", success: "executed" } as const;

/** A catalog whose entries are asked in the order that is proved for them, or as they stand where none is. */
const catalogs = features
  .chain((one) =>
    fc.array(fc.tuple(one, fc.constantFrom(false, false, true)), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map((all) => {
    const claims: Claim[] = all.map(([matcher, success], i) => ({
      matcher: { id: `shop.${i}`, ...matcher },
      success,
      overrides: [],
    }));
    const found = precedence(
      claims,
      places,
      (matcher, w) => fits(matcher, look(places, w.status, w.body), templates, holds) !== null,
    );
    const ordered = found.order.map((i): Known => {
      const peers = found.peers[i]!.map((peer) => claims[peer]!.matcher.id);
      return { matcher: claims[i]!.matcher, success: claims[i]!.success!, peers };
    });
    const matchers = ordered.map(({ matcher, peers }): Matcher => {
      const ranks = ordered.flatMap((other, rank) =>
        peers.includes(other.matcher.id) ? rank : [],
      );
      return ranks.length === 0 ? matcher : { ...matcher, peers: ranks };
    });
    const entries = Object.fromEntries(
      ordered.map(({ matcher: { id }, success }) => [id, success ? successFacts : failureFacts]),
    );
    const data = {
      unknown: "shop.unknown",
      ...places,
      matchers,
      entries,
      templates,
      settle,
      holds,
    };
    return { found, ordered, of: channel(data) };
  });

const successFacts: Entry = {
  ...{ success: true, outcome: outcomes.success },
};
const failureFacts: Entry = {
  ...{ category: "validation", actor: "client" },
  ...{ outcome: outcomes.failure, retry: "never" },
};

/** An entry as the oracle sees it, in its place in the order. */
interface Known {
  readonly matcher: Matcher;
  readonly success: boolean;
  /** The ids of the entries that share what it is known by. */
  readonly peers: readonly string[];
}

/** What a reply says of an entry: which it is, and what about the response was not as expected. */
type Verdict = readonly [id: string, unexpected: "status" | "body" | null];

const unknown: Verdict = ["shop.unknown", null];

/**
 * What a response is, said as plainly as can be, and without an index. An entry is known by what it asks of the body,
 * whatever the status; a success only on a status that it expects. The first in the order counts, unless others share what
 * it is known by: of these the one that expects the status, and none if one of the others would be a failure and it a
 * success. A failure's code is no failure if an entry before it takes it for a success. Where nothing of the body is known, the status decides, and a success needs all places empty.
 */
function naive(ordered: readonly Known[], seen: Seen): Verdict {
  const fitting = ordered.filter(
    ({ matcher }) => !isFallback(matcher) && fits(matcher, seen, templates, holds) !== null,
  );
  const first = fitting.find((one) => !one.success || isExpected(one, seen.status));
  if (first !== undefined) {
    // A code of a success is no failure of a wider entry, whatever the status.
    const before = fitting.slice(0, fitting.indexOf(first));
    const isDenied = before.some(
      ({ matcher, success }) =>
        success && matcher.codes !== undefined && !first.peers.includes(matcher.id),
    );
    if (isDenied && !first.success && first.matcher.codes !== undefined) return unknown;
    const sharing = fitting.filter((one) => one === first || first.peers.includes(one.matcher.id));
    const meant =
      sharing.length === 1 ? first : sharing.find((one) => isExpected(one, seen.status));
    if (meant === undefined) return unknown;
    if (!meant.success) return [meant.matcher.id, isExpected(meant, seen.status) ? null : "status"];
    const isProven = sharing.every(({ success }) => success) && isSilent(seen);
    return isProven ? [meant.matcher.id, null] : unknown;
  }
  const meant = ordered.find(
    ({ matcher }) => isFallback(matcher) && matcher.statuses!.includes(seen.status!),
  );
  if (meant === undefined) return unknown;
  if (meant.success) return isSilent(seen) ? [meant.matcher.id, null] : unknown;
  // What would be a success on another status is no proof of a failure.
  return [meant.matcher.id, isSilent(seen) && fitting.length === 0 ? null : "body"];
}

function isExpected({ matcher: { statuses }, success }: Known, status: number | null): boolean {
  return statuses?.includes(status!) ?? (!success || Math.floor(status! / 100) === 2);
}

/** Whether nothing stands at any of the places for codes and texts, nor in the way to one. */
function isSilent({ body }: Seen): boolean {
  return [...places.code, ...places.message].every((at) => {
    const value = at.reduce<any>((v, key) => {
      const isInTheWay = Object(v) !== v || (Array.isArray(v) && v !== body);
      return Object(v) === v && Object.hasOwn(v, key) ? v[key] : isInTheWay ? v : undefined;
    }, body);
    const isNothing = [undefined, null, "", false].includes(value);
    // A whole body that is a number is no text.
    return (
      isNothing ||
      (value === body && typeof value !== "string") ||
      (typeof value === "object" && Object.keys(value).length === 0)
    );
  });
}

const verdict = (reply: Reply): Verdict =>
  reply.ok ? [reply.id, null] : [reply.failure.id, reply.failure.unexpected];

const idOf = (of: Channel, response: { status: number; body: unknown }): string =>
  verdict(decodeHttp(of, response))[0];

/** Why one of two that fit the same response comes after the other; it has to be one of these reasons. */
function precededBy(
  later: Known,
  first: Known,
  status: number,
): "tier" | "narrower" | "shared" | "excluded" | "text" {
  const [a, b] = [first.matcher, later.matcher];
  if (tier(a) !== tier(b)) {
    expect(tier(a)).toBeLessThan(tier(b));
    return "tier";
  }
  const isWithin = within(a, b) && !within(b, a);
  if (first.peers.includes(b.id)) {
    // Of those that share an identity no two expect the same status, unless one of them asks for no status at all.
    if (!isWithin) expect([first, later].every((one) => isExpected(one, status))).toBe(false);
    return "shared";
  }
  const how = isFallback(a) ? (isWithin ? "narrower" : "crossing") : relation(a, b);
  if (how === "narrower") return "narrower";
  // A success is none where an error has its code, its text or its shape, so they never compete.
  if (first.success || later.success) return "excluded";
  expect([how, a.texts !== undefined, b.texts]).toEqual(["crossing", true, undefined]);
  expect([first, later].every((one) => isExpected(one, status))).toBe(false);
  return "text";
}

describe("random catalogs and responses", () => {
  it("the index finds what asking in order finds", () => {
    const counts = { known: 0, unknown: 0, several: 0, shared: 0, status: 0, body: 0, success: 0 };
    fc.assert(
      fc.property(catalogs, responses, ({ of, ordered }, some) => {
        for (const [status, given] of some) {
          const text = JSON.stringify(given);
          const seen = look(places, status, text);
          const reply = decodeHttp(of, { status, body: text });
          const expected = naive(ordered, seen);
          expect(verdict(reply)).toEqual(expected);
          const [id, unexpected] = expected;
          const one = ordered.find(({ matcher }) => matcher.id === id);
          const outcome = one?.success ? outcomes.success : outcomes.failure;
          expect(reply.ok ? reply.outcome : reply.failure.outcome).toBe(
            one === undefined || unexpected === "body" ? "unknown" : outcome,
          );
          counts[one === undefined ? "unknown" : "known"]++;
          if (unexpected !== null) counts[unexpected]++;
          if (reply.ok) counts.success++;
          const fitting = ordered.filter(
            ({ matcher }) => fits(matcher, seen, templates, holds) !== null,
          );
          if (fitting.length > 1) counts.several++;
          if (fitting.some(({ peers }) => fitting.some((o) => peers.includes(o.matcher.id))))
            counts.shared++;
        }
      }),
      { numRuns: 2_000 },
    );
    for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(3);
  });

  it("of two that fit a response, the first is narrower, whatever the status, or the status tells, or the pair is reported", () => {
    const counts = { tier: 0, narrower: 0, shared: 0, excluded: 0, text: 0, reported: 0 };
    fc.assert(
      fc.property(catalogs, responses, ({ found, ordered }, some) => {
        const isReported = (i: number, j: number): boolean =>
          found.ambiguous.some(({ a, b }) => (a === i && b === j) || (a === j && b === i));
        for (const [status, given] of some) {
          const seen = look(places, status, JSON.stringify(given));
          const fitting = ordered.flatMap((one, i) =>
            fits(one.matcher, seen, templates, holds) === null
              ? []
              : [{ ...one, claim: found.order[i]! }],
          );
          for (const [i, a] of fitting.entries())
            for (const b of fitting.slice(i + 1))
              counts[isReported(a.claim, b.claim) ? "reported" : precededBy(b, a, status)]++;
        }
      }),
      { numRuns: 2_500 },
    );
    const { text, ...others } = counts;
    expect(text).toBeGreaterThan(0);
    for (const [name, count] of Object.entries(others)) expect(count, name).toBeGreaterThan(3);
  });

  it("nothing throws, whatever comes in", () => {
    fc.assert(
      fc.property(
        catalogs,
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
          withObjectString: true,
          withSparseArray: true,
          withTypedArray: true,
          withBoxedValues: true,
        }),
        ({ of }, value) => {
          for (const response of [
            value,
            { status: 400, body: value },
            { status: value, body: { code: value, error: value, detail: value } },
          ])
            expect(typeof idOf(of, response as never)).toBe("string");
          expect(decodeItem(of, value)).toHaveProperty("ok");
          expect(decodeFrame(of, value)).toHaveProperty("ok");
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
