/** Small random catalogs, resolved as real ones are, and responses that meet their entries. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Recognition } from "../generator/recognise/recognise.js";
import { unjudged } from "./shop.js";

export type Kind = "http" | "socket" | "items";

/** A catalog that has no ambiguity, and what was drawn for it. */
export interface Drawn {
  readonly kind: Kind;
  readonly sections: Sections;
  /** Of the channel that the entries arrive on. */
  readonly found: Recognition;
  /** Of the channel that items come in. */
  readonly outer: Recognition | null;
}

type Syntax = Readonly<Record<string, unknown>>;
interface Sections {
  readonly channels: Readonly<Record<string, Syntax>>;
  readonly [section: string]: unknown;
}

const family = { http: "errors", socket: "sockets", items: "declines" } as const;

/** Where codes and texts can stand. Bodies below fill all of these places. */
const places = {
  code: [
    "/code",
    { header: "x-code" },
    { at: "/type", after: "#" },
    { when: { "/kind": "err" }, at: "/num" },
    "/list/*/code",
    { header: "x-info", after: "code=", before: ";" },
  ],
  message: [
    "/error",
    { header: "x-text" },
    { at: "/note", after: ": " },
    { when: { "/kind": "err" }, at: "/what" },
    "/list/*/text",
  ],
};
const isStar = (place: unknown): boolean => String(place).includes("*");
const isHeader = (place: unknown): boolean =>
  Object(place) === place && "header" in (place as object);

const outcome = fc.constantFrom(
  "not-executed",
  "not-executed",
  "unknown",
  "prior-received",
  "executed",
);
const facts = fc.record({
  category: fc.constantFrom("validation", "throttled", "internal", "duplicate"),
  outcome,
  retry: fc.constantFrom("never", "soon", "reconcile"),
});
const success = (outcome: string): Syntax => ({ success: true, outcome, summary: "S." });

/** Entries that share one code: what else they ask for tells them apart. */
const groupOf = (code: number, kind: Kind): fc.Arbitrary<readonly Syntax[]> => {
  const one = (more: Syntax = {}): fc.Arbitrary<Syntax> =>
    facts.map((its) => ({ code, ...more, ...its, summary: "S." }));
  const groups = [
    fc.tuple(),
    fc.tuple(one()),
    fc.tuple(one(), one({ message: "Gone" })),
    fc.tuple(one(), one({ where: { "/more": [1, 2] } })),
    fc.tuple(one({ message: "No {n:integer} left" })),
  ];
  if (kind === "http")
    groups.push(
      fc.tuple(one({ status: 400 })),
      fc.tuple(one({ status: 400 }), one({ status: [409, 500] })),
      fc.tuple(one({ status: 409 }), fc.constant({ code, status: 200, ...success("executed") })),
      fc.tuple(one(), one({ headers: { "x-flag": "on" } })),
    );
  return fc.oneof(...groups);
};

/** What an entry without a code is known by. */
const wordless = (kind: Kind): readonly Syntax[] => [
  { message: "Gone" },
  { message: ["Sold out", "No {n:integer} left"] },
  { message: "{thing:word} is closed", ...(kind === "http" ? { status: 409 } : {}) },
  { shape: "reasoned" },
  { where: { "/more": 3 } },
  { where: { "/list/*/bad": true } },
  ...(kind === "http"
    ? [{ headers: { "x-flag": ["off", "low"] } }, { headers: { "x-flag": "present" } }]
    : []),
];

const successes = (kind: Kind): readonly Syntax[] => [
  { code: 0, ...success("executed") },
  { where: { "/state": "done" }, ...success("executed") },
  { shape: "result", ...success("executed") },
  { message: "Well done", ...success("executed") },
  ...(kind === "http"
    ? [{ where: { "/state": "open" }, status: 202, ...success("accepted") }]
    : []),
];

interface Options {
  /** Whether one body can have several errors. */
  readonly several?: boolean;
  /** What else the channel has. */
  readonly channel?: fc.Arbitrary<Syntax>;
}

function sectionsOf(kind: Kind, { several, channel = fc.constant({}) }: Options) {
  const isThere = (place: unknown): boolean =>
    (several === true || !isStar(place)) && (kind === "http" || !isHeader(place));
  const someOf = (all: readonly unknown[]): fc.Arbitrary<unknown[]> =>
    fc.shuffledSubarray(all.filter(isThere), { minLength: 1, maxLength: 3 });
  const marks = fc.record(
    {
      success: fc.constant({ "/ok": true }),
      failure: fc.constantFrom<object>({ "/failed": "filled" }, { "/failed": "present" }),
    },
    { requiredKeys: [] },
  );
  const plain =
    kind === "items" ? { within: "http", items: "/data", key: "/id" } : { transport: kind };
  // One body has several errors by a list of them, or by places in any item of a list.
  const lists = fc.oneof(
    fc.record({
      errors: fc.constant("/errors/*"),
      causes: fc.constantFrom("/causes/*", undefined),
    }),
    fc.constant({ list: true }),
  );
  const own = fc
    .record({
      code: someOf(places.code),
      message: someOf(places.message),
      marks: fc.oneof(fc.constant({}), marks),
      list: several === true ? lists : fc.constant({}),
      channel,
    })
    .map(({ code, message, marks, list, channel }): Syntax => {
      const { list: isItem, ...more } = list as { list?: true };
      const first = isItem === true ? ["/list/*/code", "/list/*/text"] : ["/code", "/error"];
      const put = (place: unknown, all: readonly unknown[]): readonly unknown[] =>
        several === true ? [place, ...all.filter((one) => one !== place)] : all;
      const its = { code: put(first[0], code), message: put(first[1], message) };
      return { ...plain, ...marks, ...more, ...its, ...channel };
    });
  const groups = fc
    .tuple(...[1, 2, 3, 4].map((code) => groupOf(code, kind)))
    .map((all) => all.flat());
  const others = fc.tuple(
    fc.subarray([...successes(kind)], { maxLength: 2 }),
    fc
      .subarray([...wordless(kind)], { maxLength: 3 })
      .chain((some) =>
        fc.tuple(...some.map((one) => facts.map((its) => ({ ...one, ...its, summary: "S." })))),
      ),
  );
  const statuses = fc.record(
    {
      400: facts,
      429: facts,
      503: facts,
      200: fc.constant({ success: true, outcome: "accepted" }),
    },
    { requiredKeys: ["200"] },
  );
  return fc
    .record({ own, groups, others, statuses, codes: fc.constantFrom("integer", "string") })
    .map(({ own, groups, others: [good, bad], statuses, codes }): Sections => {
      const spelled = groups
        .concat(good.filter(({ code }) => code !== undefined))
        .map((entry) => (codes === "string" ? { ...entry, code: String(entry["code"]) } : entry));
      const named: [string, Syntax][] = spelled.map((entry, i) => [`coded-${i}`, entry]);
      // Whatever may come together with a text is put in an order: each goes before all that stand above it.
      for (const entry of [...good.filter(({ code }) => code === undefined), ...bad]) {
        const overrides = named.flatMap(([name]) => (name.startsWith("bare") ? name : []));
        const own = overrides.length === 0 ? entry : { ...entry, overrides };
        named.push([`bare-${named.length}`, own]);
      }
      const nothing = { category: "validation", outcome: "unknown", retry: "never", summary: "S." };
      const byStatus = Object.entries(statuses).map(([status, entry]) => [
        status,
        { ...entry, ...(kind === "http" ? {} : { channel: "http" }), summary: "S." },
      ]);
      return {
        api: { title: "Shop", summary: "S.", codes },
        channels: {
          ...(kind === "items" ? { http: { transport: "http", code: "/errorCode" } } : {}),
          main: own,
        },
        shapes: {
          reasoned: { summary: "S.", fields: { "/reason": "integer" } },
          result: { summary: "S.", fields: { "/result/id": "integer" } },
        },
        retry: { soon: { verdict: "retry", summary: "S." } },
        ...(kind === "socket" ? {} : { statuses: Object.fromEntries(byStatus) as Syntax }),
        [family[kind]]: Object.fromEntries(
          named.length > 0 ? named : [["bare-0", { ...nothing, where: { "/more": 3 } }]],
        ) as Syntax,
      };
    });
}

/** Some catalogs, the smallest first. They are drawn once for a file: reading one takes far longer than decoding. */
export async function randomCatalogs(
  kind: Kind,
  count: number,
  options: Options = {},
): Promise<fc.Arbitrary<Drawn>> {
  const drafts = fc.sample(sectionsOf(kind, options), count);
  const drawn: Drawn[] = [];
  let ambiguous = 0;
  for (const sections of drafts) {
    const text = JSON.stringify(sections);
    const api = await unjudged(text);
    const all = api.recognition;
    const found = all.find(({ channel }) => channel.name === "main");
    const outer = all.find(({ channel }) => channel === found?.channel.within) ?? null;
    if (found === undefined) continue;
    if (found.ambiguous.length + found.unreachable.length + found.cycles.length > 0) {
      ambiguous++;
      continue;
    }
    drawn.push({ kind, sections, found, outer, [fc.toStringMethod]: () => text } as Drawn);
  }
  expect(ambiguous).toBeLessThan(count / 4);
  drawn.sort((a, b) => JSON.stringify(a.sections).length - JSON.stringify(b.sections).length);
  return fc.constantFrom(...drawn);
}
