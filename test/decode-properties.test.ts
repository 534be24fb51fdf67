/** Any response has at most one entry: what the index finds is what asking every entry in order finds; nothing throws. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instance } from "../generator/emit/schemas.js";
import { steps } from "../generator/match/pointer.js";
import { type Claim, precedence } from "../generator/match/precedence.js";
import { tier, within } from "../generator/match/relate.js";
import { recognition, type Recognition } from "../generator/recognition.js";
import {
  channel,
  type Channel,
  decodeFrame,
  decodeHttp,
  decodeItem,
} from "../generator/runtime/decode.js";
import { fits, look, type Matcher } from "../generator/runtime/matcher.js";
import type { Part } from "../generator/runtime/template.js";
import { generated, load, realManifest } from "./support.js";
import { matchTemplate } from "../generator/runtime/template.js";

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
/** One or two features; the codes of an API are of one kind. */
const features = fc.constantFrom(integers, strings).map((codes) =>
  fc.subarray(["codes", ...Object.keys(every)], { minLength: 1, maxLength: 2 }).chain((keys) => {
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
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const responses = fc.array(fc.tuple(status, body), { minLength: 5, maxLength: 10 });

/** A catalog whose entries are asked in the order that is proved for them, or as they stand where none is. */
const catalogs = features
  .chain((one) => fc.array(one, { minLength: 1, maxLength: 8 }))
  .map((all) => {
    const claims: Claim[] = all.map((matcher, i) => ({
      matcher: { id: `shop.${i}`, ...matcher },
      overrides: [],
    }));
    const found = precedence(
      claims,
      places,
      (matcher, w) => fits(matcher, look(places, w.status, w.body), matchTemplate) !== null,
    );
    const matchers = found.order.map((i) => claims[i]!.matcher);
    const entries = Object.fromEntries(
      matchers.map(({ id }) => [
        id,
        {
          family: "errors",
          success: false,
          category: "validation",
          actor: "client",
          outcome: "not-executed",
          retry: "never",
        } as const,
      ]),
    );
    return {
      found,
      matchers,
      of: channel({
        unknown: "shop.unknown",
        ...places,
        matchers,
        entries,
        templates: matchTemplate,
      }),
    };
  });

const idOf = (of: Channel, response: { status: number; body: unknown }): string => {
  const reply = decodeHttp(of, response);
  return reply.ok ? reply.id : reply.failure.id;
};

describe("random catalogs and responses", () => {
  it("the index finds what asking in order finds", () => {
    const counts = { known: 0, unknown: 0, several: 0 };
    fc.assert(
      fc.property(catalogs, responses, ({ of, matchers }, some) => {
        for (const [status, given] of some) {
          const text = JSON.stringify(given);
          const seen = look(places, status, text);
          const fitting = matchers.filter((matcher) => fits(matcher, seen, matchTemplate) !== null);
          const id = idOf(of, { status, body: text });
          expect(id).toBe(fitting[0]?.id ?? "shop.unknown");
          if (fitting.length === 0) counts.unknown++;
          else counts.known++;
          if (fitting.length > 1) counts.several++;
        }
      }),
      { numRuns: 2_000 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(500);
  });

  it("of two that fit a response, the first has an earlier tier or is narrower, or the pair is reported", () => {
    const counts = { tier: 0, narrower: 0, reported: 0 };
    fc.assert(
      fc.property(catalogs, responses, ({ found, matchers }, some) => {
        const isReported = (i: number, j: number): boolean =>
          found.ambiguous.some(({ a, b }) => (a === i && b === j) || (a === j && b === i));
        for (const [status, given] of some) {
          const seen = look(places, status, JSON.stringify(given));
          const fitting = matchers.flatMap((matcher, i) =>
            fits(matcher, seen, matchTemplate) === null
              ? []
              : [{ matcher, claim: found.order[i]! }],
          );
          for (const [i, a] of fitting.entries())
            for (const b of fitting.slice(i + 1)) {
              if (tier(a.matcher) < tier(b.matcher)) counts.tier++;
              else if (isReported(a.claim, b.claim)) counts.reported++;
              else {
                expect([within(a.matcher, b.matcher), within(b.matcher, a.matcher)]).toEqual([
                  true,
                  false,
                ]);
                counts.narrower++;
              }
            }
        }
      }),
      { numRuns: 2_000 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(200);
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
          expect(decodeItem(of, value)).toHaveProperty("id");
          expect(decodeFrame(of, value)).toHaveProperty("ok");
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** JSON values near a given one: a value changed, a key gone or a key more, here or below. */
function near(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.constantFrom<unknown>(null, true, "x", -1, 2.5, {}, []),
    fc.integer({ min: 1_000, max: 6_000 }),
  );
  if (typeof value !== "object" || value === null)
    return fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
  if (Array.isArray(value))
    return value.length === 0
      ? fc.constant(value)
      : fc.tuple(...value.map(near)).map((items) => items);
  const keys = Object.entries(value).map(([key, inner]) =>
    fc.tuple(fc.constant(key), fc.option(near(inner), { nil: missing, freq: 9 })),
  );
  const more = fc.array(
    fc.tuple(fc.constantFrom("error", "detail", "code", "message", "__proto__"), other),
    { maxLength: 1 },
  );
  return fc
    .tuple(more, ...keys)
    .map(([extra, ...own]) =>
      Object.fromEntries([...extra, ...own.filter(([, inner]) => inner !== missing)]),
    );
}
const missing = Symbol("missing");

describe("the decoders and the schemas of the three APIs agree", async () => {
  const { apis } = await load(realManifest);
  const ajv = new Ajv2020({ strict: true, ownProperties: true });
  const schema = (api: string, family: string) =>
    ajv.compile<unknown>(
      JSON.parse(readFileSync(join(generated, `schemas/${api}/${family}.schema.json`), "utf8")),
    );
  const channels = apis.flatMap((api) =>
    recognition(api).map((found) => ({ name: `${api.id} ${found.channel.name}`, api, found })),
  );

  /** Whether a decoder that reads only JSON knows a value. */
  const isKnown = (
    { channel: { kind }, decoder }: Recognition,
    value: { status?: number; body: unknown },
  ): boolean => {
    const text = JSON.stringify(value.body);
    const failure = (reply: ReturnType<typeof decodeHttp>): boolean =>
      !reply.ok && reply.failure.category !== "unknown";
    if (kind === "items") return decodeItem(decoder, text).category !== "unknown";
    if (kind === "socket") return failure(decodeFrame(decoder, text));
    const reply = decodeHttp(decoder, { status: value.status!, body: text });
    return reply.ok || failure(reply);
  };

  it.each(channels)("on $name", ({ api, found }) => {
    const families = [...new Set(found.entries.map(({ family }) => family))].map((family) =>
      schema(api.id, family),
    );
    const seeds = found.entries.flatMap((entry) =>
      entry.examples.map((example) => [entry, example] as const),
    );
    const codes = found.channel.code.map(steps);
    const value = fc.constantFrom(...seeds).chain(([entry, example]) =>
      fc.record({
        status: fc.oneof(
          fc.constant(example.status ?? entry.match.statuses[0] ?? 400),
          fc.constantFrom(...api.entries.flatMap(({ match }) => match.statuses), 418),
        ),
        body: near(example.body ?? null),
      }),
    );
    const counts = { known: 0, unknown: 0 };
    fc.assert(
      fc.property(value, (reply) => {
        // The decoder reads digits as a code, and the schema does not.
        fc.pre(
          codes.every(
            (at) => typeof at.reduce((v: any, step) => v?.[step], reply.body) !== "string",
          ),
        );
        const asked = found.channel.kind === "http" ? reply : reply.body;
        const valid = families.some((validate) => validate(asked));
        expect(isKnown(found, reply)).toBe(valid);
        counts[valid ? "known" : "unknown"]++;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(30);
  });

  it.each(channels)("and know every example: $name", ({ found }) => {
    for (const entry of found.entries)
      for (const example of entry.examples) {
        const value = instance(entry, example) as { status?: number; body: unknown };
        const whole =
          found.channel.kind === "http"
            ? { status: entry.match.statuses[0] ?? 400, ...value }
            : { body: value };
        expect(isKnown(found, whole), entry.id).toBe(true);
      }
  });
});
