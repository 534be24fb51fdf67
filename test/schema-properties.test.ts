/** The decoders and the JSON Schemas of the three APIs agree, on the examples and on what is near to them. */
import { firstStatus } from "../generator/model/spans.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instance } from "../generator/emit/schemas/schemas.js";
import { steps } from "../generator/match/pointer.js";
import type { Recognition } from "../generator/recognise/recognise.js";
import { decodeFrame, decodeHttp, decodeItem } from "../generator/runtime/decode.js";
import type { Reply } from "../generator/runtime/failure.js";
import { isFallback } from "../generator/runtime/matcher.js";
import { at } from "../generator/runtime/places.js";
import { generated, load, realManifest, schemasOf } from "./support.js";

/** JSON values near a given one: a value changed, a key gone or a key more, here or below. */
function near(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.constantFrom<unknown>(null, true, "x", -1, 2.5, {}, []),
    fc.integer({ min: 1_000, max: 6_000 }),
  );
  if (typeof value !== "object" || value === null)
    return fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
  if (Array.isArray(value))
    return fc.oneof(
      { weight: 4, arbitrary: fc.tuple(...value.map(near)) },
      { weight: 1, arbitrary: fc.constant([]) },
    );
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
  for (const { schema } of schemasOf(generated)) ajv.addSchema(schema);
  const schema = (api: string, name: string): AnySchemaObject =>
    JSON.parse(readFileSync(join(generated, `schemas/${api}/${name}.schema.json`), "utf8"));

  /** What the schemas of the families on a channel, or of whole replies, and of each entry make of a value. */
  const validatorsOf = ({ api, found }: (typeof channels)[number]) => {
    const families = [...new Set(found.entries.map(({ family }) => family.key))];
    const read = families.map((family) => schema(api.id, family));
    const whole = read.map(({ $id }) => ajv.getSchema($id!) as ValidateFunction);
    const isReply =
      found.channel.kind === "http" ? ajv.getSchema(schema(api.id, "reply").$id!)! : null;
    const any = (value: unknown): boolean => {
      const isSome = whole.some((validate) => validate(value));
      if (isReply !== null) expect(isReply(value)).toBe(isSome);
      return isSome;
    };
    const one = read.flatMap(({ $id, $defs }) =>
      Object.keys($defs).map(
        (name) => [`${api.id}.${name}`, ajv.getSchema(`${$id}#/$defs/${name}`)!] as const,
      ),
    );
    return { any, of: new Map<string, ValidateFunction>(one) };
  };

  const channels = apis.flatMap((api) =>
    api.recognition.map((found) => ({ name: `${api.id} ${found.channel.name}`, api, found })),
  );

  /** What the decoder makes of a value as JSON. */
  const decode = (
    { channel: { kind }, decoder }: Recognition,
    value: { status?: number; body: unknown },
  ): Reply => {
    const text = JSON.stringify(value.body);
    if (kind === "items") return decodeItem(decoder, text);
    if (kind === "socket") return decodeFrame(decoder, text);
    return decodeHttp(decoder, { status: value.status!, body: text });
  };
  const isFrame = (reply: Reply): boolean => reply.ok && reply.id.endsWith(".frame");
  const isKnown = (reply: Reply): boolean =>
    reply.ok ? !isFrame(reply) : !("why" in reply.failure);

  it.each(channels)("on $name", (on) => {
    const { api, found } = on;
    const schemas = validatorsOf(on);
    const seeds = found.entries.flatMap((entry) =>
      entry.examples
        .filter(({ channel }) => channel === found.channel)
        .map((example) => [entry, example] as const),
    );
    const codes = found.channel.code.map(({ at }) => steps(at!));
    const value = fc.constantFrom(...seeds).chain(([entry, example]) =>
      fc.record({
        status: fc.oneof(
          fc.constant(example.status ?? firstStatus(entry.match.statuses) ?? 400),
          fc.constantFrom(...api.entries.flatMap(({ match }) => match.statuses.flat()), 418),
        ),
        body: near(example.body ?? null),
      }),
    );
    const counts = { expected: 0, unknown: 0, status: 0, body: 0 };
    fc.assert(
      fc.property(value, (response) => {
        // The decoder reads digits as a code, and the schema does not.
        fc.pre(codes.every((steps) => typeof at(response.body, steps) !== "string"));
        const asked = found.channel.kind === "http" ? response : response.body;
        const reply = decode(found, response);
        if (!isKnown(reply)) {
          expect(schemas.any(asked)).toBe(false);
          counts.unknown++;
          return;
        }
        const { id, unexpected } = reply.ok ? { ...reply, unexpected: null } : reply.failure;
        const isValid = schemas.of.get(id)!(asked);
        counts[unexpected ?? "expected"]++;
        // An entry's schema says what is expected: identity and status. Of a body that came with a status that is known by
        // itself, it says nothing.
        if (unexpected === "body")
          expect(found.entries.find((entry) => entry.id === id)!.family.isByStatus).toBe(true);
        else expect(isValid).toBe(unexpected === null);
        if (!isValid) return;
        expect(schemas.any(asked)).toBe(true);
        // Of several that a schema allows, the decoder takes the first in order.
        const allowed = found.entries.filter((entry) => schemas.of.get(entry.id)!(asked));
        expect(allowed[0]!.id).toBe(id);
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(counts.expected, counts.unknown)).toBeGreaterThan(1);
    if (found.channel.kind !== "http") return;
    const { matchers } = found.data;
    if (matchers.some((matcher) => !isFallback(matcher) && matcher.statuses !== undefined))
      expect(counts.status).toBeGreaterThan(1);
    if (found.entries.some(({ family, success }) => family.isByStatus && !success))
      expect(counts.body).toBeGreaterThan(1);
  });

  it.each(channels)("and know every example: $name", ({ found }) => {
    for (const entry of found.entries)
      for (const example of entry.examples) {
        if (example.channel !== found.channel) continue;
        const value = instance(entry, example) as { status?: number; body: unknown };
        const whole =
          found.channel.kind === "http"
            ? { status: firstStatus(entry.match.statuses) ?? (entry.success ? 200 : 400), ...value }
            : { body: value };
        expect(isKnown(decode(found, whole)), entry.id).toBe(true);
      }
  });
});
