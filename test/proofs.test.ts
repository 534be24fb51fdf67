/** The proofs of recognition: each seeded fault is found, with a response that both entries match; templates are decided. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { precedence } from "../generator/match/precedence.js";
import { parseTemplate, templatePattern } from "../generator/match/template.js";
import { commonText, includes, plainlyApart } from "../generator/match/texts.js";
import {
  type PlaceholderType,
  languages,
  matchTemplate,
  type Part,
} from "../generator/runtime/template.js";
import { isWaitForm } from "../generator/runtime/waits.js";
import { first, isFit, shop } from "./shop.js";

type Options = Parameters<typeof shop>[1];

/** The pairs that are ambiguous, each proved by a witness that both match, and that decodes to one of them. */
async function ambiguous(entries: Record<string, string>, options?: Options): Promise<string[]> {
  const found = first(await shop(entries, options));
  return found.ambiguous.map(({ a, b, witness }) => {
    expect(isFit(found, a, witness)).toBe(true);
    expect(isFit(found, b, witness)).toBe(true);
    return [a.name, b.name].sort().join(" ");
  });
}

async function order(entries: Record<string, string>, options?: Options): Promise<string[]> {
  const found = first(await shop(entries, options));
  expect([found.ambiguous, found.unreachable, found.cycles]).toEqual([[], [], []]);
  return found.entries.map(({ name }) => name);
}

describe("two entries that share a response are ambiguous", () => {
  it.each([
    ["equal literals", { a: "message: Gone", b: "message: Gone" }],
    ["equal literals among others", { a: "message: [Gone, x]", b: "message: [y, Gone]" }],
    [
      "templates that meet only through a placeholder",
      { a: 'message: "No {thing:word} left"', b: 'message: "No size {size:string}"' },
    ],
    [
      "templates that meet through both ends",
      { a: 'message: "{a:string} x"', b: 'message: "y {b:string}"' },
    ],
    ["equal codes", { a: "code: 1", b: "code: 1" }],
    ["ranges that overlap in part", { a: "code: 1..5", b: "code: 5..9" }],
    ["equal statuses and shapes", { a: "status: 409, shape: s", b: "status: 409, shape: s" }],
    [
      "statuses in common",
      { a: "status: [400, 409], message: x", b: "status: [409, 410], message: x" },
    ],
    ["shapes with different keys", { a: "shape: s", b: "shape: t" }],
    ["a text and a shape that has room for it", { a: "message: x", b: "shape: t" }],
    ["values at different places", { a: "where: { /x: 1 }", b: "where: { /y: 2 }" }],
    [
      "values in common at two places",
      { a: "where: { /x: [1, 2], /y: [1, 2] }", b: "where: { /x: [3, 2], /y: [2, 3] }" },
    ],
    ["a value inside a list", { a: "where: { /list/0/code: 1 }", b: "shape: listed" }],
  ])("%s", async (_, entries: Record<string, string>) => {
    const more = `shapes:
  s: { summary: S., fields: { /error: string } }
  t: { summary: T., fields: { /detail: string } }
  listed: { summary: L., fields: { /list/*/code: integer, /list/*/text: string } }
`;
    expect(await ambiguous(entries, { more })).toEqual(["a b"]);
  });

  it("equal codes, where a shape takes only their digits", async () => {
    const more = `shapes:
  s: { summary: S., fields: { /code: string, /x: string } }
  t: { summary: T., fields: { /code: string, /y: string } }
`;
    expect(await ambiguous({ a: "code: 1, shape: s", b: "code: 1, shape: t" }, { more })).toEqual([
      "a b",
    ]);
  });

  it("two channels do not", async () => {
    const more = `sockets:
  b: { message: Gone, category: validation, outcome: not-executed, retry: never, summary: S. }
`;
    const http = "message: /error }\n  socket: { transport: socket, message: /error";
    expect(await order({ a: "message: Gone" }, { http, more })).toEqual(["a"]);
  });
});

describe("entries are apart", () => {
  it.each([
    ["literals that differ in case", { a: "message: Gone", b: "message: gone" }],
    [
      "templates with ends of their own",
      { a: 'message: "No {x:word} left"', b: 'message: "No {x:word} here"' },
    ],
    [
      "placeholders of types that share no text",
      { a: 'message: "{x:integer}"', b: 'message: "{x:currency}"' },
    ],
    ["ranges side by side", { a: "code: 1..4", b: "code: 5..9" }],
    ["statuses", { a: "message: x, status: 400", b: "message: x, status: 409" }],
    ["values", { a: "where: { /x: [1, 2] }", b: 'where: { /x: ["1", 3] }' }],
    ["shapes of the same place", { a: "message: x, shape: s", b: "message: x, shape: t" }],
  ])("%s", async (_, entries: Record<string, string>) => {
    const more = `shapes:
  s: { summary: S., fields: { /error: string, /n: [string, boolean] } }
  t: { summary: T., fields: { /error: string, /n: [integer, nothing] } }
`;
    expect(await order(entries, { more })).toEqual(["a", "b"]);
  });
});

describe("the narrower entry comes first, whatever the order in the file", () => {
  it.each([
    [
      "a template inside another",
      'message: "No {thing:string}"',
      'message: "No {thing:word} left"',
    ],
    ["a placeholder inside another", 'message: "{x:decimal}"', 'message: "{x:integer}"'],
    ["a literal inside a template", 'message: "No {thing:word} left"', "message: No socks left"],
    ["a code of a range", "code: 1..9", "code: 5"],
    ["a range of a range", "code: 1..9", "code: [2..4, 7]"],
    ["a range of two that join", "code: [1..5, 6..9]", "code: 4..7"],
    ["a status more", "code: 1", "code: 1, status: 409"],
    ["fewer statuses", "code: 1, status: [400, 409]", "code: 1, status: 409"],
    ["a text more", "code: 1", "code: 1, message: x"],
    ["a shape more", "message: x", "message: x, shape: s"],
    ["a shape with a key more", "shape: s", "shape: t"],
    ["fewer values", "where: { /x: [1, 2] }", "where: { /x: 1 }"],
  ])("%s", async (_, wide, narrow) => {
    const more = `shapes:
  s: { summary: S., fields: { /error: [string, number] } }
  t: { summary: T., fields: { /error: string, /more: integer } }
`;
    expect(await order({ wide, narrow }, { more })).toEqual(["narrow", "wide"]);
    expect(await order({ narrow, wide }, { more })).toEqual(["narrow", "wide"]);
  });
});

describe("tiers and overrides", () => {
  const entries = { text: "message: Gone", late: "code: 2", early: "code: 1" };

  it("codes come before texts", async () => {
    expect(await order(entries)).toEqual(["early", "late", "text"]);
  });

  it("an override lifts a text over one code and over no other", async () => {
    const lifted = { ...entries, text: "message: Gone, overrides: [early]" };
    expect(await order(lifted)).toEqual(["late", "text", "early"]);
  });

  it("an override decides what is ambiguous without it", async () => {
    const pair = { a: 'message: "{a:string} x"', b: 'message: "y {b:string}", overrides: [a]' };
    expect(await order(pair)).toEqual(["b", "a"]);
  });
});

describe("an entry is unreachable", () => {
  it.each([
    [
      "when single codes claim its range",
      { a: "code: 1..3", b: "code: [1, 2]", c: "code: 3" },
      ["b", "c"],
    ],
    [
      "when a wider one overrides it",
      { a: "message: Gone", b: 'message: "{x:word}", overrides: [a]' },
      ["b"],
    ],
    [
      "when each of its texts has an entry",
      { a: "message: [x, y]", b: "message: x", c: "message: y" },
      ["b", "c"],
    ],
    [
      "when each of its statuses has an entry",
      { a: "code: 1, status: [400, 409]", b: "code: 1, status: 400", c: "code: 1, status: 409" },
      ["b", "c"],
    ],
  ])("%s", async (_, entries: Record<string, string>, by) => {
    const { unreachable, ambiguous } = first(await shop(entries));
    expect(ambiguous).toEqual([]);
    expect(unreachable.map(({ entry, by }) => [entry.name, by.map(({ name }) => name)])).toEqual([
      ["a", by],
    ]);
  });

  it("only when nothing of it is left", async () => {
    expect(await order({ a: "code: 1..3", b: "code: 1", c: "code: 3" })).toEqual(["b", "c", "a"]);
  });
});

describe("an order in a circle is found", () => {
  it.each([
    ["of two", { a: "message: x, overrides: [b]", b: "message: x, overrides: [a]" }, [["a", "b"]]],
    ["of one", { a: "message: x, overrides: [a]" }, [["a"]]],
    [
      "that narrowness closes",
      { a: "code: 1..9, overrides: [c]", b: "code: 5", c: "message: x, overrides: [b]" },
      [["c", "b", "a"]],
    ],
    [
      "twice",
      {
        a: "message: x, overrides: [b]",
        b: "message: x, overrides: [a]",
        c: "message: y, overrides: [d]",
        d: "message: y, overrides: [c]",
      },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
  ])("%s", async (_, entries: Record<string, string>, wanted) => {
    const { cycles, entries: all } = first(await shop(entries));
    const names = cycles.map((cycle) => cycle.map(({ name }) => name).sort());
    expect(names).toEqual(wanted.map((cycle) => [...cycle].sort()));
    expect(all).toHaveLength(Object.keys(entries).length);
  });
});

it("proves 3,000 entries with templates", () => {
  // As many texts begin alike as in a real catalog: ten of each kind.
  const claims = Array.from({ length: 3_000 }, (_, i) => ({
    matcher: {
      id: `shop.${i}`,
      texts: [[`Rule ${Math.floor(i / 10)}: `, ["x", "word"], ` is ${i}`] satisfies Part[]],
    },
    overrides: [],
  }));
  const found = precedence(claims, { code: [], message: [["error"]] }, () => true);
  expect(found.order).toHaveLength(3_000);
  expect(found.ambiguous).toEqual([]);
});

const types = Object.keys(languages) as PlaceholderType[];
const fixed = fc.oneof(
  fc.constantFrom(
    " ",
    ".",
    "-",
    "/",
    "1",
    "A",
    "AB1",
    "s",
    " ms",
    "a",
    "f0",
    "é",
    "\u00a0",
    "x\ny",
  ),
  fc.string({ unit: fc.constantFrom(..."aA0 ./-mshd{}\\$^中"), minLength: 1, maxLength: 4 }),
);
/** As the parser leaves it: no two fixed texts side by side. */
const merged = (parts: readonly Part[]): readonly Part[] =>
  parts.reduce<readonly Part[]>((all, part) => {
    const last = all.at(-1);
    return typeof part === "string" && typeof last === "string"
      ? [...all.slice(0, -1), last + part]
      : [...all, part];
  }, []);
const template: fc.Arbitrary<readonly Part[]> = fc
  .array(
    fc.oneof(
      fixed,
      fc.constantFrom(...types).map((type) => ({ type })),
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts) =>
    parts.map((part, i): Part => (typeof part === "string" ? part : [`h${i}`, part.type])),
  )
  .map(merged);

const samples: Readonly<Record<PlaceholderType, fc.Arbitrary<string>>> = {
  any: fc.constantFrom("", "a", "0 s"),
  text: fc.string({ unit: fc.constantFrom(..."aA0 ./-ms中\n"), minLength: 1, maxLength: 5 }),
  string: fc.string({ unit: fc.constantFrom(..."aA0 ./-ms中\n"), minLength: 1, maxLength: 5 }),
  word: fc.string({ unit: fc.constantFrom(..."aA0./-ms中"), minLength: 1, maxLength: 5 }),
  integer: fc.integer({ min: -999, max: 999 }).map(String),
  decimal: fc.oneof(
    fc.integer().map(String),
    fc.tuple(fc.nat(99), fc.nat(99)).map((n) => n.join(".")),
  ),
  currency: fc.constantFrom("USD", "EUR", "USDT", "1INCH", "A1B2", "ABCDEFGHIJ"),
  uuid: fc.uuid(),
  duration: fc
    .tuple(
      fc.constantFrom("1", "2.5", "10"),
      fc.constantFrom("", " "),
      fc.constantFrom("ms", "s", "m", "h", "d", "sec", "minutes", "m1.5s", "h 2m", "s, 5ms"),
    )
    .map((d) => d.join("")),
  seconds: fc.constantFrom("0", "30", "1.5"),
  minutes: fc.constantFrom("0", "1.5"),
  ms: fc.constantFrom("0", "1500"),
  "epoch-s": fc.constantFrom("1659146400", "1659146400.5"),
  "epoch-ms": fc.constantFrom("1659146400000"),
  iso: fc.constantFrom("2024-03-26T20:00:59Z", "2024-03-26 20:00:59.5+01:00"),
  "http-date": fc.constantFrom("Thu, 01 Dec 1994 16:00:00 GMT", "Thu, 1 Dec 1994 16:00:00 GMT"),
  "json-pointer": fc.constantFrom("/", "/a", "/a/0/b", "//"),
};

/** Texts of a template, and texts that miss it in one place. */
function near(parts: readonly Part[]): fc.Arbitrary<string> {
  const own = fc
    .tuple(
      ...parts.map((part) => (typeof part === "string" ? fc.constant(part) : samples[part[1]])),
    )
    .map((texts) => texts.join(""));
  const slip = fc.tuple(
    own,
    fc.nat(),
    fc.constantFrom("", "a", "0", " ", ".", "-", "/", "s", "\n"),
  );
  return fc.oneof(
    own,
    slip.map(
      ([text, at, c]) =>
        text.slice(0, at % (text.length + 1)) + c + text.slice((at % (text.length + 1)) + 1),
    ),
  );
}

const pattern = (parts: readonly Part[]): RegExp => new RegExp(templatePattern(parts), "u");
const withText = template.chain((parts) => fc.tuple(fc.constant(parts), near(parts)));

describe("templates", () => {
  it("match what their regular expressions match", () => {
    let [matched, missed] = [0, 0];
    fc.assert(
      fc.property(withText, ([parts, text]) => {
        const matches = matchTemplate(parts, text) !== null;
        if (matches) matched++;
        else missed++;
        expect(matches).toBe(pattern(parts).test(text));
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(matched, missed)).toBeGreaterThan(100);
  });

  it("give their text back when the captures are put back", () => {
    const verbatim = (parts: readonly Part[]): boolean =>
      parts.every(
        (part) =>
          typeof part === "string" ||
          !(["any", "integer"].includes(part[1]) || isWaitForm(part[1])),
      );
    fc.assert(
      fc.property(
        withText.filter(([parts]) => verbatim(parts)),
        ([parts, text]) => {
          const captures = matchTemplate(parts, text);
          if (captures === null) return;
          expect(
            parts.map((part) => (typeof part === "string" ? part : captures[part[0]])).join(""),
          ).toBe(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("capture integers and durations as numbers", () => {
    const parts = parseTemplate("{n:integer} in {t:duration}") as readonly Part[];
    expect(matchTemplate(parts, "-5 in 1.5 s")).toEqual({ n: -5, t: 1_500 });
    expect(matchTemplate(parts, "007 in 2m")).toEqual({ n: 7, t: 120_000 });
    expect(matchTemplate(parts, "9007199254740993 in 1ms")).toEqual({ n: null, t: 1 });
    expect(matchTemplate(parts, `1 in ${"9".repeat(400)}d`)).toEqual({
      n: 1,
      t: Number.MAX_SAFE_INTEGER,
    });
  });

  it("read early placeholders short where several readings fit", () => {
    const parts = parseTemplate("{a:string}: {b:string}") as readonly Part[];
    expect(matchTemplate(parts, "x: y: z")).toEqual({ a: "x", b: "y: z" });
  });

  it("match texts up to 10,000 characters", () => {
    expect(matchTemplate([["x", "string"]], "a".repeat(10_000))).not.toBeNull();
    expect(matchTemplate([["x", "string"]], "a".repeat(10_001))).toBeNull();
  });

  it("share a text exactly if commonText gives one", () => {
    let [shared, apart] = [0, 0];
    fc.assert(
      fc.property(template, template, fc.gen(), (a, b, gen) => {
        const text = commonText(a, b);
        if (text === null) {
          apart++;
          // No text of one is a text of the other.
          for (const [x, y] of [
            [a, b],
            [b, a],
          ] as const) {
            const sample = gen(() => near(x));
            if (pattern(x).test(sample)) expect(pattern(y).test(sample)).toBe(false);
          }
          return;
        }
        shared++;
        expect(plainlyApart(a, b)).toBe(false);
        for (const parts of [a, b]) {
          expect(matchTemplate(parts, text)).not.toBeNull();
          expect(pattern(parts).test(text)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(shared, apart)).toBeGreaterThan(50);
  });

  it("include each other as sampling says", () => {
    // Pairs that are likely to: the second is the first with one placeholder widened.
    const wider = template.chain((parts) =>
      fc
        .tuple(
          fc.constant(parts),
          fc.constantFrom<PlaceholderType>("string", "word", "decimal"),
          fc.nat(),
        )
        .map(
          ([a, type, at]) =>
            [a, a.map((part, i): Part => (i === at % a.length ? ["w", type] : part))] as const,
        ),
    );
    let [inside, outside] = [0, 0];
    fc.assert(
      fc.property(fc.oneof(wider, fc.tuple(template, template)), fc.gen(), ([a, b], gen) => {
        const all = includes(b, a);
        if (all) inside++;
        else outside++;
        for (let i = 0; i < 5; i++) {
          const sample = gen(() => near(a));
          if (all && pattern(a).test(sample)) expect(pattern(b).test(sample)).toBe(true);
        }
        expect(includes(a, a)).toBe(true);
        if (all) expect(commonText(a, b)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
    expect(Math.min(inside, outside)).toBeGreaterThan(50);
  });

  it.each([
    ["{x:string}", "{x:word}"],
    ["{x:word}", "{x:integer}"],
    ["{x:decimal}", "{x:integer}"],
    ["{x:word}", "{x:currency}"],
    ["{x:string}", "{x:duration}"],
    ["{x:word}", "{x:json-pointer}"],
    ["{x:word}", "{x:uuid}"],
    ["{x:string} {y:string}", "{x:word} {y:word} {z:word}"],
    ["{x:decimal}", "1.5"],
  ])("%s includes %s, and not the other way round", (wide, narrow) => {
    const [b, a] = [parseTemplate(wide), parseTemplate(narrow)] as (readonly Part[])[];
    expect(includes(b!, a!)).toBe(true);
    expect(includes(a!, b!)).toBe(false);
  });
});
