/** What the site is made of, without a browser: the search, the filters and the words. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalog } from "../site/lib/catalog.js";
import {
  constantsOf,
  endsOf,
  entriesOf,
  foundByNothing,
  type Indexed,
} from "../site/lib/entries.js";
import { choicesOf, filtered } from "../site/lib/filter.js";
import { hrefOf, navigationOf } from "../site/lib/navigation.js";
import { searcher } from "../site/lib/search.js";
import { spell, whatNext } from "../site/lib/words.js";
import { queriesOf } from "./site-queries.js";
import { generated } from "./support.js";

const catalog = JSON.parse(readFileSync(join(generated, "catalog.json"), "utf8")) as Catalog;

/** An entry with nothing but what a test gives it. */
function entry(id: string, more: Partial<Indexed>): Indexed {
  return {
    ...{ id, path: id, api: "Shop API", title: id, seen: "", kind: "error" },
    ...{ outcome: "not-executed", category: "validation", again: null, next: "" },
    ...foundByNothing,
    ...more,
  };
}

describe("the search", () => {
  it("has what somebody has first, in the three catalogs", () => {
    const find = searcher([...entriesOf(catalog), ...endsOf(catalog)]);
    for (const { query, entries } of queriesOf(catalog)) {
      const found = find(query).map(({ path }) => path);
      expect(entries, query).toContain(found[0]);
      expect(entries.filter((path) => !found.includes(path))).toEqual([]);
    }
  });

  const find = searcher([
    entry("shop.short", { texts: ["Stake exceeds limit"] }),
    entry("shop.long", { texts: [["Order stake ", " exceeds available limit ", ""]] }),
    entry("shop.range", { ranges: [[3100, 3112]] }),
    entry("shop.class", { prefixes: ["23"] }),
    entry("shop.with-status", { statuses: [[429, 429]] }),
    entry("shop.status", { ranges: [[400, 499]], kind: "status" }),
    entry("shop.words", { summary: "The warehouse was flooded." }),
  ]);
  const first = (query: string): string | undefined => find(query)[0]?.id;

  it.each([
    ["Order stake 15000.00 USD exceeds available limit 5000.00 USD", "shop.long"],
    ["order STAKE 1 exceeds  available limit x", "shop.long"],
    ["15000.00 USD exceeds available limit", "shop.long"],
    ['"Stake exceeds limit"', "shop.short"],
    ['{"error":"Stake exceeds limit"}', "shop.short"],
    ["3107", "shop.range"],
    ['{"code":3107,"message":"Not that one."}', "shop.range"],
    ["23505", "shop.class"],
    ["23 things", undefined],
    ["429", "shop.status"],
    ["shop.words", "shop.words"],
    ["flood", "shop.words"],
    ["warehouse flooded", "shop.words"],
    ["-1", undefined],
    ["quantum zebra", undefined],
    ["", undefined],
    ["   ", undefined],
    ["((((", undefined],
  ])("%j: %s", (query, id) => {
    expect(first(query)).toBe(id);
  });

  it("lists what comes with a status after what is told by it", () => {
    expect(find("429").map(({ id }) => id)).toEqual(["shop.status", "shop.with-status"]);
  });
});

it("takes templates apart around their placeholders", () => {
  expect(constantsOf("Stake {stake:decimal} of {c:currency}")).toEqual(["Stake ", " of ", ""]);
  expect(constantsOf("\\{x\\} \\\\ {a:word}!")).toEqual(["{x} \\ ", "!"]);
  expect(constantsOf("")).toEqual([""]);
});

it("says less of a write whose outcome is not known", () => {
  const retry = { name: "x", verdict: "retry", identity: "same" } as const;
  expect(whatNext(retry, "not-executed", true)).toBe("Send it again.");
  expect(whatNext(retry, "unknown", true)).toBe("Send it again with its key, or look it up first.");
  expect(whatNext(retry, "unknown", false)).toBe("Send a read again; look a write up first.");
  expect(whatNext({ name: "x", verdict: "never" }, "unknown", true)).toBe("Look it up first.");
  expect(whatNext({ name: "x", verdict: "never" }, "executed", true)).toBe("Do not send it again.");
  expect([250, 1000, 1500, 90_000, 600_000].map(spell)).toEqual([
    "250 ms",
    "1 s",
    "1.5 s",
    "90 s",
    "10 min",
  ]);
});

it("says of each entry what its page says", () => {
  const pageSays: Readonly<Record<string, RegExp>> = {
    "Do not send it again.": /^No\./,
    "Look it up first.": /^A write: look it up first.* A read: no\./,
    "Send it again.": /^Yes(?!.* after `)/,
    "Send it again after a step.": /^Yes.* after `/,
    "Send it again if it was sent once for certain.":
      /^A read, or a write certainly sent once: yes/,
    "Send it again with its key, or look it up first.": /^A read, or a write with its key: yes/,
    "Send a read again; look a write up first.": /^A read: yes.* A write: look it up first/,
  };
  const failures = entriesOf(catalog).filter(({ again }) => again !== null);
  expect(failures.length).toBeGreaterThan(50);
  for (const { path, again } of failures) {
    const page = readFileSync(join(generated, `docs/${path}.md`), "utf8");
    const [, line] = /^- \*\*Send it again\?\*\* (.*)$/m.exec(page)!;
    expect(line, path).toMatch(pageSays[again!]!);
  }
});

it("narrows entries down by all that was chosen", () => {
  const entries = entriesOf(catalog);
  const choices = choicesOf(entries);
  expect(choices.map(({ key }) => key)).toEqual(["api", "category", "outcome", "retry"]);
  for (const { key, options } of choices) {
    const counts = options.map(({ value }) => filtered(entries, { [key]: value }).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(entries.length);
  }
  const both = filtered(entries, { category: "throttled", outcome: "not-executed" });
  expect(both.every((one) => one.category === "throttled" && one.outcome === "not-executed")).toBe(
    true,
  );
});

it("lists each entry once beside the pages, and the address of each", () => {
  const { apis } = navigationOf(catalog, new Map());
  const paths = apis.flatMap(({ families }) =>
    families.flatMap(({ items }) => items.map(({ path }) => path)),
  );
  expect(paths.sort()).toEqual(
    entriesOf(catalog)
      .map(({ path }) => path)
      .sort(),
  );
  expect(["index", "abp/index", "abp/errors/x"].map(hrefOf)).toEqual([
    "/",
    "/abp/",
    "/abp/errors/x.html",
  ]);
});
