/**
 * The facts of the three vendor pages, read from the emitted catalog.json: a catalog that loses a row fails here.
 * What only the pages themselves can check is skipped when they are not beside the repository.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Entry {
  id: string;
  family: string;
  match: {
    statuses: number[];
    codes: { first: number; last: number }[];
    messages: { template: string; literal?: string }[];
    shape?: string;
  };
  success: boolean;
  category?: string;
  outcome: string;
  retry?: string;
  ifPriorUnknown?: { outcome: string; retry: string };
  cites: string[];
  known: Record<string, { known: string; reason?: string }>;
}

interface Api {
  id: string;
  sources: { name: string; url: string; sha256?: string }[];
  entries: Entry[];
  shapes: { name: string; root: unknown }[];
  operations: { name: string; method?: string; path?: string; kind: string }[];
  retry: (Record<string, unknown> & { name: string; known: Entry["known"] })[];
  limits: {
    count: number;
    perMs?: number;
    of: string;
    scope: string;
    configurable?: boolean;
  }[];
  idempotency: { at: string; windowMs: number; duplicate: { some: string; all: string } }[];
  deadlines: { name: string; defaultMs: number; maxMs: number; state: string }[];
  breakers: { scope: string; known: Entry["known"] }[];
  modes: { name: string; announced?: string }[];
  gaps: { name: string; cites: string[] }[];
  conflicts: { name: string; between: { says: string; cites: string[] }[] }[];
}

const root = new URL("../", import.meta.url);
/** What a node does not have has no key. */
const catalog = JSON.parse(
  readFileSync(new URL("generated/catalog.json", root), "utf8"),
  (key, value: unknown) => {
    if (key === "match")
      return { ...{ statuses: [], codes: [], messages: [] }, ...(value as object) };
    if (key === "apis")
      return (value as object[]).map((one) => ({
        ...{ gaps: [], conflicts: [], modes: [] },
        ...one,
      }));
    const isNode = typeof value === "object" && value !== null && "known" in value;
    return isNode && typeof value.known === "object" ? { cites: [], ...value } : value;
  },
) as { apis: Api[] };
const api = (id: string): Api => catalog.apis.find((a) => a.id === id)!;
const [mm, abp, sixMm] = [api("mm"), api("abp"), api("6mm")];

const family = ({ entries }: Api, name: string): Entry[] =>
  entries.filter((e) => e.family === name);
const statuses = (a: Api): number[] => family(a, "statuses").flatMap((e) => e.match.statuses);
const texts = (entries: Entry[]): string[] =>
  entries.flatMap((e) => e.match.messages.map((m) => m.template)).sort();
const codes = ({ entries }: Api): number[] =>
  entries.flatMap((e) =>
    e.match.codes.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
const entry = (id: string): Entry =>
  catalog.apis.flatMap((a) => a.entries).find((e) => e.id === id)!;
const byCode = (code: number): Entry =>
  sixMm.entries.find((e) =>
    e.match.codes.some(({ first, last }) => first <= code && code <= last),
  )!;

describe("55-tech MM", () => {
  it("has the nine statuses of the page", () => {
    expect(statuses(mm)).toEqual([200, 401, 404, 409, 422, 426, 429, 500, 502]);
  });
  it("has the four messages of the socket and the one text of a response", () => {
    expect(texts(family(mm, "sockets"))).toEqual([
      "Connection limit exceeded",
      "Invalid API key",
      "Invalid apiKey format",
      "apiKey required",
    ]);
    expect(texts(family(mm, "errors"))).toEqual(["Invalid or missing API key"]);
  });
  it("has the two shapes of a body", () => {
    expect(mm.shapes.map(({ name }) => name)).toEqual(["error", "validation"]);
  });
  it("allows 2,000 requests a minute and 5 connections, each per key", () => {
    expect(mm.limits.map((one) => [one.of, one.count, one.perMs, one.scope])).toEqual([
      ["connections", 5, undefined, "api-key"],
      ["requests", 2000, 60_000, "api-key"],
    ]);
  });
  it("backs off 1 s, 2 s, 4 s after a 429, and says what of that is ours", () => {
    const rule = mm.retry.find(({ name }) => name === entry("mm.too-many-requests").retry)!;
    expect(rule["delay"]).toMatchObject([
      { source: "header", header: "retry-after" },
      { source: "exponential", initialBackoffMs: 1000, multiplier: 2 },
    ]);
    for (const leaf of ["max-attempts", "max-delay", "delay.header", "delay.exponential"])
      expect(rule.known[leaf], leaf).toMatchObject({ known: "policy" });
    expect(rule.known["delay"]).toBeUndefined();
  });
  it("knows that a 502 may be a part done, and that nobody says which", () => {
    expect(entry("mm.bad-gateway")).toMatchObject({
      outcome: "unknown",
      category: "partial-failure",
      // A write of an unknown outcome and without a key is looked up under any rule.
      retry: "retry-if-safe",
    });
  });
  it("has the promised and missing emergency mode as a gap", () => {
    expect(mm.gaps.map(({ name }) => name)).toContain("emergency-mode");
    expect(mm.modes).toEqual([]);
  });
});

describe("55-tech ABP", () => {
  it("has the thirteen statuses of the page", () => {
    expect(statuses(abp)).toEqual([
      200, 201, 204, 400, 401, 403, 404, 409, 422, 429, 500, 501, 503,
    ]);
  });
  it("has the seven decline reasons and the one text that is shown", () => {
    const reasons = family(abp, "declines").filter(({ match }) => match.messages.length > 0);
    expect(reasons).toHaveLength(7);
    expect(texts(family(abp, "declines"))).toEqual([
      "Bookmaker not available",
      "Currency conversion failed",
      "Invalid odds",
      "No active accounts",
      "Odds temporarily unavailable",
      "Order stake {stake:decimal} {currency:currency} exceeds available limit {limit:decimal} {limitCurrency:currency}",
      "Stake below minimum",
      "Stake exceeds limit",
    ]);
  });
  it("has every text of a response, with its status", () => {
    const found = family(abp, "errors").flatMap(({ match }) =>
      match.messages.map(({ template }) => [template, ...match.statuses]),
    );
    expect(found.toSorted(([a], [b]) => (a! < b! ? -1 : 1))).toEqual([
      ["Access denied to endpoint", 403],
      ["Access denied: client not resolved", 403],
      ["All orders are duplicates", 409],
      ["Invalid or inactive API key", 401],
      ["Missing API key header: x-api-key", 403],
      ["No odds found for given parameters", 404],
      ["Rate limit exceeded", 429],
    ]);
  });
  it("has six shapes of a body, and those of a placement and of a declined order", () => {
    expect(abp.shapes.map(({ name }) => name)).toEqual([
      "declined-order",
      "detail",
      "duplicates",
      "empty",
      "error",
      "placement",
      "rate-limited",
      "validation",
    ]);
  });
  it("has its limit, dedupe window, expiry, breaker and emergency mode", () => {
    expect(abp.limits).toMatchObject([
      { count: 100, perMs: 1000, scope: "client", configurable: true },
    ]);
    expect(abp.idempotency).toMatchObject([
      {
        at: "/orders/*/requestUuid",
        windowMs: 30 * 60_000,
        duplicate: { some: "skipped", all: "rejected" },
      },
    ]);
    expect(abp.deadlines).toMatchObject([{ defaultMs: 5000, maxMs: 86_400_000, state: "EXPIRED" }]);
    expect(abp.breakers).toMatchObject([
      { scope: "bookmaker", known: { threshold: { known: "undocumented" } } },
    ]);
    expect(abp.modes).toMatchObject([{ name: "emergency", announced: "emergency" }]);
  });
  it("waits after a 429 as the body says, which is the opposite of MM's advice", () => {
    const rule = abp.retry.find(({ name }) => name === entry("abp.rate-limit-exceeded").retry)!;
    expect(rule["delay"]).toMatchObject([
      { source: "field", field: "retryAfter" },
      { source: "header", header: "retry-after" },
      { source: "fixed", ms: 1000 },
    ]);
    expect(rule["combine"]).toBe("longest");
  });
  it("takes a duplicate as received before, and an outage as unknown", () => {
    expect(entry("abp.all-orders-are-duplicates")).toMatchObject({
      outcome: "prior-received",
      retry: "look-up",
    });
    expect(entry("abp.service-unavailable").outcome).toBe("unknown");
  });
  it("retries the one decline that the page says to retry, under a fresh key", () => {
    const verdict = (name: string | undefined): unknown =>
      abp.retry.find((rule) => rule.name === name)?.["verdict"];
    const retried = family(abp, "declines").filter(({ retry }) => verdict(retry) === "retry");
    expect(retried.map(({ id }) => id)).toEqual(["abp.odds-temporarily-unavailable"]);
    expect(abp.retry.find(({ name }) => name === retried[0]!.retry)).toMatchObject({
      identity: "fresh",
    });
  });
  it("records where the pages contradict each other, or one itself", () => {
    expect(abp.conflicts.map(({ name }) => name)).toEqual([
      "causes-of-403",
      "place-of-the-text",
      "text-of-stake-exceeds-limit",
      "window-of-the-limit",
    ]);
  });
});

describe("6mm", () => {
  it("has the eighteen rows, thirty codes, and neither of the two gaps", () => {
    const coded = sixMm.entries.filter(({ match }) => match.codes.length > 0);
    expect(coded).toHaveLength(18);
    expect(codes(sixMm)).toEqual([
      ...[0, 1001, 1002, 1003, 1004, 1006, 2001, 2002, 2003, 3001, 3003, 3004, 3005, 3006],
      ...Array.from({ length: 13 }, (_, i) => 3100 + i),
      ...[5001, 5002, 5003],
    ]);
  });
  it("has the two statuses that may occur", () => {
    expect(statuses(sixMm)).toEqual([401, 429]);
  });
  it("has the text without a code, ahead of the codes under which it would fit", () => {
    expect(entry("6mm.timestamp-outside-window").match).toMatchObject({
      codes: [],
      messages: [{ template: "Timestamp outside of tolerance window" }],
      overrides: ["6mm.invalid-credentials", "6mm.invalid-parameter-value"],
    });
  });
  it("cites the troubleshooting row of every failure that has one", () => {
    const cited = sixMm.entries.filter(({ cites }) => cites.includes("errors#troubleshooting"));
    const rows = [1001, 1002, 1003, 1006, 3004, 5003].map((code) => byCode(code).id);
    expect(cited.filter(({ match }) => match.codes.length > 0).map(({ id }) => id)).toEqual(rows);
    expect(cited.map(({ id }) => id)).toContain("6mm.timestamp-outside-window");
  });
  it("signs every retry anew, and knows the call for the server's time", () => {
    const own = sixMm.retry.filter(({ name }) => name !== "never" && name !== "reconcile");
    expect(own.map((rule) => rule["reSign"])).toEqual(own.map(() => true));
    const [time, ...others] = sixMm.operations.filter(({ path }) => path === "/v1/time");
    expect([time!.method, others]).toEqual([undefined, []]);
  });
  it("reads a duplicate differently after a try that nobody answered", () => {
    expect(byCode(3004)).toMatchObject({
      outcome: "not-executed",
      ifPriorUnknown: { outcome: "prior-received", retry: "reconcile" },
    });
  });
});

describe("every entry", () => {
  const entries = catalog.apis.flatMap((a) => a.entries);
  it("has a category, an outcome and a retry rule, unless it is a success", () => {
    for (const { id, success, category, retry } of entries)
      expect([id, category !== undefined, retry !== undefined]).toEqual([id, !success, !success]);
    expect(entries.filter(({ success }) => success).map(({ id }) => id)).toEqual([
      "mm.ok",
      "abp.ok",
      "abp.created",
      "abp.no-content",
      "abp.placement",
      "abp.order-filled",
      "6mm.success",
    ]);
  });
  it("is executed as a success only where the response shows it", () => {
    const outcomes = entries.filter(({ success }) => success).map((e) => [e.id, e.outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({
      "mm.ok": "accepted",
      "abp.ok": "unknown",
      "abp.created": "accepted",
      "abp.no-content": "executed",
      "abp.placement": "unknown",
      "abp.order-filled": "executed",
      "6mm.success": "accepted",
    });
  });
  it("has a source", () => {
    for (const { id, cites } of entries) expect([id, cites.length > 0]).toEqual([id, true]);
  });
});

const pages = new URL("../shared/seeds/", root);
describe.skipIf(!existsSync(pages))("against the pages", () => {
  const byHash = new Map(
    (existsSync(pages) ? readdirSync(pages) : []).map((name) => {
      const bytes = readFileSync(new URL(name, pages));
      return [createHash("sha256").update(bytes).digest("hex"), bytes.toString("utf8")];
    }),
  );
  it.each(catalog.apis.map((a) => [a.id, a] as const))(
    "%s was made from the page it names",
    (_, { sources }) => {
      // Of the vendor's other pages, no copy is kept.
      const [page, ...others] = sources;
      expect(byHash.has(page!.sha256!)).toBe(true);
      expect(others.map(({ sha256 }) => sha256)).toEqual(others.map(() => undefined));
    },
  );
  it.each(catalog.apis.map((a) => [a.id, a] as const))("%s cites headings that exist", (_, a) => {
    const page = byHash.get(a.sources[0]!.sha256!)!;
    const slugs = new Set(
      [...page.matchAll(/^#+ (.+)$|<h2 id="([^"]+)">/gm)].map(
        ([, heading, id]) => id ?? slug(heading!),
      ),
    );
    const cites = [
      ...a.entries.flatMap((e) => e.cites),
      ...a.gaps.flatMap((h) => h.cites),
      ...a.conflicts.flatMap((c) => c.between.flatMap((side) => side.cites)),
    ];
    const [seed, ...others] = a.sources.map(({ name }) => name);
    const isRight = (cite: string): boolean => {
      const [source, heading] = cite.split("#");
      return source === seed ? slugs.has(heading ?? "") : others.includes(source!);
    };
    expect(cites.filter((cite) => !isRight(cite))).toEqual([]);
  });
  it.each(catalog.apis.map((a) => [a.id, a] as const))("%s has its texts from the page", (_, a) => {
    const page = byHash.get(a.sources[0]!.sha256!)!;
    const [seed] = a.sources.map(({ name }) => name);
    const fromIt = a.entries.filter((e) => e.cites.some((cite) => cite.split("#")[0] === seed));
    const literals = fromIt.flatMap((e) =>
      e.match.messages.flatMap(({ literal }) => literal ?? []),
    );
    expect(literals.filter((literal) => !page.includes(literal))).toEqual([]);
  });
  it.each(catalog.apis.map((a) => [a.id, a] as const))(
    "%s has every row of the page's tables",
    (_, a) => {
      const page = byHash.get(a.sources[0]!.sha256!)!;
      const rows = [...page.matchAll(/^\| (?!-|Status|Error|Decline|Problem)([^|]+?) +\|/gm)].map(
        ([, cell]) => cell!,
      );
      const wire = new Set(
        a.entries.flatMap(({ match }) => [
          ...match.statuses.map(String),
          ...match.codes.map(({ first, last }) =>
            first === last ? String(first) : `${first} - ${last}`,
          ),
          ...match.messages.map(({ template }) => template),
        ]),
      );
      // A troubleshooting row starts with its code and goes on in words.
      const keys = rows
        .map((row) => row.replace(/`/g, ""))
        .map((row) => /^\d{4} (?!-)/.exec(row)?.[0].trim() ?? row);
      expect(rows.length).toBeGreaterThan(12);
      expect(keys.filter((key) => !wire.has(key))).toEqual([]);
    },
  );
});

/** A heading's anchor as the vendor's site makes it: other than GitHub, it keeps a slash. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s/-]/g, "")
    .replace(/\s/g, "-");
}
