/** What a catalog says of budgets and limits, in the words of vendors, and what advice and gates make of it. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { advise, budgetAfter, type Failure, openGate, startCall } from "trading-api-errors";
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

describe("a limit whose headers say what is left", () => {
  const headers = "remaining: { header: X-Left }, reset: { header: X-Reset, as: ms }, ";
  /** How often a vendor refuses a client, of whose ten requests in a window somebody else takes six. */
  const refusals = async (told: string, windowMs: number, each: number): Promise<number> => {
    const yaml = `${shop}errors:\n${busy("1", "never")}limits:
  requests: { count: 10, per: ${windowMs}ms, ${told}scope: ip, summary: Ten. }
operations:
  look: { kind: read, summary: Looks. }
`;
    const api = await unjudged(yaml);
    let [window, left, refused] = [-1, 0, 0];
    const server = createServer((_, response) => {
      const now = performance.now();
      if (Math.floor(now / windowMs) > window) {
        window = Math.floor(now / windowMs);
        left = 10 - 6;
      }
      if (left === 0) refused += 1;
      const status = left === 0 ? 429 : 200;
      left = Math.max(0, left - 1);
      const reset = String((window + 1) * windowMs - now);
      response.writeHead(status, { "x-left": String(left), "x-reset": reset }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { rules, limits, budgets } = tablesOf(api);
    const gate = openGate({ rules, limits, budgets });
    const data = adviceData(api);
    const client = async (): Promise<void> => {
      for (let sent = 0; sent < each; sent++) {
        const call = startCall<Failure, "look">(
          (failure, input) => advise(data, failure, input),
          "look",
          { gate },
        );
        await call.attempt(async () => {
          const response = await fetch(url);
          await response.text();
          return response;
        });
      }
    };
    try {
      await Promise.all([client(), client()]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    return refused;
  };

  it("is not exceeded over HTTP, though somebody else uses it as well", async () => {
    expect(await refusals(headers, 400, 10)).toBe(0);
    // Without them the vendor has to refuse, in a window that is long enough for the slowest machine.
    expect(await refusals("", 60_000, 5)).toBeGreaterThan(0);
  });
});
