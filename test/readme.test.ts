/** What the README shows is what happens: its commands, its catalog, its code and its diagnostic. */
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished, vi } from "vitest";
import { errata, project, tree } from "./command.js";
import { root } from "./support.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, text]) => text!,
  );
const shell = blocks("sh").flatMap((block) => block.trim().split("\n"));
const [manifest, api] = blocks("yaml") as [string, string];

it("starts with the two commands, which CI runs", () => {
  const ci = readFileSync(join(root, ".ci/run"), "utf8");
  expect(shell.slice(0, 2)).toEqual(["npm ci && npm run generate", "npm ci && npm test"]);
  for (const line of shell.slice(0, 2)) expect(ci).toContain(`\n${line}\n`);
});

it("shows a first catalog that generates, and the mistake in it that is told", async () => {
  const folder = project({ "catalog/catalog.yaml": manifest, "catalog/shop/api.yaml": api });
  expect(shell).toContain("npx errata generate");
  expect((await errata(folder, "generate")).code).toBe(0);
  expect(tree(join(folder, "shop-errors"))["src/shop/errors.ts"]).toContain(
    'CardDeclined: "card_declined"',
  );
  writeFileSync(
    join(folder, "catalog/shop/api.yaml"),
    api.replace("funds-or-limits", "funds-or-limit"),
  );
  const { code, err } = await errata(folder, "check");
  const [shown] = err.split("More about ");
  expect([code, shown]).toEqual([1, `${blocks("text")[0]!}\n1 problem found.\n`]);
});

it.each(shell.filter((line) => line.startsWith("npm run -s errata -- ")))(
  "shows a command that works: %s",
  async (line) => {
    const ran = await errata(root, ...line.replace("npm run -s errata -- ", "").split(" "));
    expect([ran.code, ran.err]).toEqual([0, ""]);
  },
);

it("shows code that does what it says", async () => {
  // Beside the package that the workspace links, as a consumer has it; the type check reads them there as well.
  const modules = ["readme.ts", "readme-retry.ts", "readme-fixtures.ts"].map(
    (name) => new URL(`types/${name}`, import.meta.url),
  );
  expect(modules.map((module) => readFileSync(module, "utf8"))).toEqual(blocks("ts"));
  const { next } = await import("./types/readme.js");
  const declined = (requestUuid: string, declineReason: string): object => ({
    requestUuid,
    declineReason,
  });
  const body = {
    status: "partial",
    acceptedOrders: [{ requestUuid: "a" }],
    declinedOrders: [
      declined("b", "Odds temporarily unavailable"),
      declined("c", "Order stake 15000.00 USD exceeds available limit 5000.00 USD"),
      declined("d", "Something new"),
    ],
  };
  expect(next(["a", "b", "c", "d", "e"], { status: 200, body })).toEqual([
    "a is accepted, not yet placed",
    "b: place it again, alone and under a fresh UUID",
    "c: lower the stake to 5000.00",
    "d: look it up before sending it again (unknown)",
    "e: look it up before sending it again (skipped)",
  ]);
  const filled = {
    acceptedOrders: [{ requestUuid: "A", orderStatus: "FILLED" }],
    declinedOrders: [],
  };
  expect(next(["a"], { status: 200, body: filled })).toEqual(["a is placed"]);
  expect(next(["a"], { status: 502, body: "<html>" })).toEqual([
    "a: look it up before sending it again (unknown)",
  ]);
});

it("shows a placement that is sent again while that is safe", async () => {
  const { place } = await import("./types/readme-retry.js");
  // An order lives for five seconds, and a request for two: a busy machine may take as long.
  vi.spyOn(performance, "now").mockReturnValue(0);
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(new AbortController().signal);
  onTestFinished(() => void vi.restoreAllMocks());
  const orders = JSON.stringify({ orders: [{ requestUuid: "a" }] });
  const run = async (...statuses: readonly number[]): Promise<[string, readonly string[]]> => {
    const seen: string[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      seen.push(await text(request));
      response.writeHead(statuses[seen.length - 1] ?? 500).end("{}");
    };
    const server = createServer((...exchange) => void answer(...exchange)).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      return [await place(`http://127.0.0.1:${port}/place-orders`, orders), seen];
    } finally {
      server.close();
    }
  };
  expect(await run(503, 200)).toEqual([
    "answered: see what became of each order",
    [orders, orders],
  ]);
  expect(await run(401)).toEqual(["not placed; who acts: client", [orders]]);
  // The refusal says nothing of the first copy.
  expect(await run(503, 401)).toEqual([
    "look the orders up before anything else",
    [orders, orders],
  ]);
});

it("quotes the runs at the exchange that fails on purpose as they were measured", () => {
  const results = readFileSync(join(root, "test/bench/results/faults.md"), "utf8");
  const venues = results.split(/^## /m).filter((part) => part.includes("| errata, cockatiel |"));
  const rows = venues.map((venue) =>
    [...venue.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row!.split(" | ")).slice(1),
  );
  const shares = (column: number, own: boolean): readonly (readonly number[])[] =>
    rows.map((venue) =>
      venue
        .filter(([name = ""]) => name.startsWith("errata") === own && !name.startsWith("---"))
        .map((row) => Number(/([0-9.]+) %/.exec(row[column]!)?.[1] ?? row[column])),
    );
  const most = (column: number): string =>
    shares(column, false)
      .map((list) => `${Math.max(...list).toFixed(2)} %`)
      .join(", ");
  const first = (column: number): string =>
    shares(column, true)
      .map(([share]) => `${share!.toFixed(2)} %`)
      .join(", ");
  expect(venues).toHaveLength(3);
  for (const column of [1, 2, 3, 4])
    expect(new Set(shares(column, true).flat()), `column ${column}`).toEqual(new Set([0]));
  const quoted = (what: string, own: string, others: string): RegExp =>
    new RegExp(`^\\| ${what} +\\| ${own} +\\| ${others} +\\|$`, "m");
  expect(readme).toMatch(quoted("executed twice", "0, 0, 0", `up to ${most(1)}`));
  expect(readme).toMatch(quoted("reported failed, and executed", "0, 0, 0", `up to ${most(2)}`));
  expect(readme).toMatch(quoted("sent sooner .*", "0, 0, 0", `up to ${most(3)}`));
  expect(
    shares(4, false)
      .flat()
      .every((share) => share === 0),
  ).toBe(true);
  expect(readme).toMatch(quoted("executed exactly once", first(5), `up to ${most(5)}`));
  expect(readme).toMatch(quoted("left to a person", first(6), "none: they do not know"));
});
