/** Random responses, items and frames, with values that the entries of random catalogs know, and with others. */
import fc from "fast-check";
import { firstStatus } from "../generator/model/spans.js";
import type { Location } from "../generator/model/channel.js";
import type { Drawn } from "./random-catalog.js";

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}
export type Body = Readonly<Record<string, unknown>>;

/** A code and a text that no catalog has. */
export const newCode = "code-that-is-new";
export const newText = "a text that is new: yes";

const code = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 4 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(newCode, 77) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("", null, false, true, {}, [], { x: 1 }, 1.5) },
);
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom("Gone", "Sold out", "No 7 left", "shop is closed", "Well done"),
  },
  { weight: 2, arbitrary: fc.constant(newText) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("", null, false, 5, {}, { x: 1 }) },
);
const word = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map(String),
  fc.constantFrom("Gone", "No 7 left", newCode),
);

/** Values at the places of a body. */
const parts: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  code,
  error: text,
  type: word.map((value) => `urn#${value}`),
  note: word.map((value) => `note: ${value}`),
  num: code,
  what: text,
  kind: fc.constantFrom("err", "err", "ok"),
  list: fc.array(fc.record({ code, text, bad: fc.boolean() }, { requiredKeys: [] }), {
    maxLength: 2,
  }),
  more: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(null)),
  reason: fc.constant(1),
  result: fc.constant({ id: 1 }),
  state: fc.constantFrom("done", "done", "open"),
  ok: fc.constantFrom(true, true, false),
  failed: fc.constantFrom<unknown>(true, "yes", "", null),
};

/** Few values at a time: the more there is, the less each of them counts. */
export const bodies = (keys = Object.keys(parts), maxLength = 4): fc.Arbitrary<Body> =>
  fc
    .subarray([...keys], { maxLength })
    .chain((some) => fc.record(Object.fromEntries(some.map((key) => [key, parts[key]!]))));

const headers = fc
  .subarray(["x-code", "x-text", "x-info", "x-flag"], { maxLength: 2 })
  .chain((some) => {
    const all: Record<string, fc.Arbitrary<string>> = {
      "x-code": word,
      "x-text": word,
      "x-info": word.map((value) => `a=b;code=${value};c=d`),
      "x-flag": fc.constantFrom("on", "off", "low", "other"),
    };
    return fc.record(Object.fromEntries(some.map((key) => [key, all[key]!])));
  });

export const statuses = fc.constantFrom(200, 202, 204, 302, 400, 409, 418, 429, 500, 503);

const responses: fc.Arbitrary<Response> = fc.record({
  status: statuses,
  headers: fc.oneof(fc.constant({}), headers),
  body: bodies(),
});

/** What stands in one of several errors. */
export const errors = bodies(["code", "error", "type", "num", "kind", "more", "reason"], 2);

/** A response in which a place has a value. */
export function filled(
  { status, headers, body }: Response,
  { at, header, after, before, when }: Location,
  value: unknown,
): Response {
  const whole =
    (after ?? before) === null ? value : `${after ?? ""}${String(value)}${before ?? ""}`;
  if (header !== null) return { status, headers: { ...headers, [header]: String(whole) }, body };
  const asked = Object.fromEntries(
    when.map(({ at, test }) => [at!.slice(1), (test as readonly unknown[])[0]]),
  );
  const [, key, star, inner] = at!.split("/");
  const put: Body = star === "*" ? { [key!]: [{ [inner!]: whole }] } : { [key!]: whole };
  return { status, headers, body: { ...body, ...asked, ...put } };
}

/** A response that has what one entry of a catalog is known by, and little else. */
function aimed({ found: { channel, entries } }: Drawn, pick: number, response: Response): Response {
  const { match } = entries[pick % entries.length]!;
  const [code] = match.codes;
  const [message] = match.messages;
  let its =
    match.statuses.length > 0 ? { ...response, status: firstStatus(match.statuses)! } : response;
  if (code !== undefined) its = filled(its, channel.code[0]!, code.first);
  if (message !== undefined)
    its = filled(its, channel.message[0]!, message.literal ?? samples[message.template]);
  for (const { at, header, test } of match.where) {
    const value = typeof test === "string" ? "other" : test[0];
    its = filled(its, { at, header, after: null, before: null, when: [] }, value);
  }
  if (match.shape === null) return its;
  const shape = match.shape.name === "result" ? { result: { id: 1 } } : { reason: 1 };
  return { ...its, body: { ...its.body, ...shape } };
}
const samples: Readonly<Record<string, string>> = {
  "No {n:integer} left": "No 7 left",
  "{thing:word} is closed": "shop is closed",
};

/** Catalogs with responses: some are drawn freely, some are made for an entry, and some for two at once. */
export const meeting = (catalogs: fc.Arbitrary<Drawn>): fc.Arbitrary<[Drawn, Response]> =>
  fc
    .tuple(
      catalogs,
      responses,
      fc.array(fc.nat({ max: 99 }), { maxLength: 2 }),
      bodies(undefined, 1),
    )
    .map(([drawn, response, picks, body]) => [
      drawn,
      picks.reduce(
        (its, pick) => aimed(drawn, pick, its),
        picks.length === 0 ? response : { ...response, headers: {}, body },
      ),
    ]);
