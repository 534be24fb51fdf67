/** What a catalog says of budgets and limits, in the words of vendors, and what advice and gates make of it. */
import { describe, expect, it } from "vitest";
import { advise, budgetAfter, type Failure } from "trading-api-errors";
import { adviceData, tablesOf } from "../generator/recognise/tables.js";
import { unjudged } from "./shop.js";

/** Two failures, which differ in the rule that they have. */
const busy = (code: string, retry: string): string =>
  `  ${retry}: { code: ${code}, category: unavailable, outcome: not-executed, retry: ${retry}, summary: Busy. }\n`;
const shop = `api: { title: Shop API, summary: Sells things., codes: integer }
channels:
  http: { transport: http, code: /code }
`;

describe("a budget", () => {
  // As the AWS SDKs have it: one bucket, from which a timeout costs more than another failure.
  const yaml = `${shop}errors:
${busy("1", "again")}${busy("2", "slowly")}budgets:
  bucket: { tokens: 500, cost: 5, refund: 1, summary: One for all. }
retry:
  again: { verdict: retry, max-attempts: 3, budget: bucket, summary: Again. }
  slowly: { verdict: retry, max-attempts: 3, budget: { from: bucket, cost: 14 }, summary: Slowly. }
`;

  it("has a cost for each kind of retry", async () => {
    const data = adviceData(await unjudged(yaml));
    const ask = (retry: string, tokens: number): object => {
      const failure = { id: `shop.${retry}`, outcome: "not-executed", retry } as Failure;
      const input = { operation: "read", attempt: 1, elapsedMs: 0, random: 0, tokens };
      return advise(data, failure, input);
    };
    expect(ask("again", 5)).toMatchObject({ do: "retry", budget: "bucket", cost: 5 });
    expect(ask("again", 4)).toMatchObject({ do: "stop", why: "budget" });
    expect(ask("slowly", 14)).toMatchObject({ do: "retry", budget: "bucket", cost: 14 });
    expect(ask("slowly", 13)).toMatchObject({ do: "stop", why: "budget" });
  });

  it("gets back what the retry took, or what a success without one gives", async () => {
    const { budgets } = adviceData(await unjudged(yaml));
    const bucket = budgets["bucket"]!;
    expect(budgetAfter(bucket, 100, "retry", 14)).toBe(86);
    expect(budgetAfter(bucket, 86, "success", 14)).toBe(100);
    expect(budgetAfter(bucket, 86, "success")).toBe(87);
    expect(budgetAfter(bucket, 495, "success", 14)).toBe(500);
  });
});

describe("a limit of weight", () => {
  const limits = `limits:
  minute: { count: 100, per: 1m, of: weight, scope: ip, summary: Weight. }
  orders: { count: 10, per: 1s, of: weight, scope: account, summary: Orders. }
  requests: { count: 9, per: 1s, scope: ip, summary: Requests. }
`;

  it.each([
    ["5", { minute: { place: 5 }, orders: { place: 5 } }],
    ["{ minute: 5, orders: 1 }", { minute: { place: 5 } }],
    ["{ orders: 0 }", { orders: { place: 0 } }],
    ["1", {}],
  ])("is charged what the operation says: %s", async (weight, expected) => {
    const operations = `operations:
  place: { kind: write, weight: ${weight}, summary: Places. }
  look: { kind: read, summary: Looks. }
`;
    const tables = tablesOf(
      await unjudged(`${shop}errors:\n${busy("1", "never")}${limits}${operations}`),
    );
    const weights = Object.entries(tables.limits).flatMap(([name, { weights }]) =>
      weights === undefined ? [] : [[name, weights]],
    );
    expect(Object.fromEntries(weights)).toEqual(expected);
  });
});
