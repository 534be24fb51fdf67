/** What the README and its pages show is what happens: commands, catalogs, code and a diagnostic. */
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { goals, goalTable } from "./bench/goals.js";
import { withSpeed } from "./bench/speed.js";
import { errata, project, tree } from "./command.js";
import { root } from "./support.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const others = ["docs/language.md", "docs/upkeep.md"];
const pages = [readme, ...others.map((path) => readFileSync(join(root, path), "utf8"))].join("\n");
const blocks = (language: string): string[] =>
  [...pages.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, text]) => text!,
  );
const shell = blocks("sh").flatMap((block) => block.trim().split("\n"));
const [manifest, api] = blocks("yaml") as [string, string];

it("starts with the two commands, which CI runs", () => {
  const ci = readFileSync(join(root, ".ci/run"), "utf8");
  expect(shell.slice(0, 2)).toEqual(["npm ci && npm run generate", "npm ci && npm test"]);
  for (const line of shell.slice(0, 2)) expect(ci).toContain(`\n(${line})\n`);
});

it("shows a list of somebody else's, and the names that it gets", async () => {
  const list = blocks("yaml").find((block) => block.includes("title: Bank API"))!;
  const bank = manifest.replace("[shop]", "[bank]");
  const folder = project({ "catalog/catalog.yaml": bank, "catalog/bank/api.yaml": list });
  const { code, err } = await errata(folder, "generate");
  expect([code, err]).toEqual([0, ""]);
  const files = tree(join(folder, "shop-errors/src/bank"));
  const all = Object.values(files).join("\n");
  for (const name of ["BankReasonCode", "isBankTagged", "isBankOfSeverity", "isBankOfCategory"]) {
    expect(pages).toContain(name);
    expect(all).toMatch(new RegExp(`export (function|const) ${name}\\b`));
  }
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
    "b: a session may place it again",
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

it("shows a placement that is carried through", async () => {
  const { trader } = await import("./types/readme-retry.js");
  /** A venue that answers placements in turn, and knows the orders that it took. */
  const run = async (...statuses: readonly number[]): Promise<readonly [string, number]> => {
    let placements = 0;
    const taken: string[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = await text(request);
      if (request.method === "GET") {
        const orders = taken.map((requestUuid) => ({ requestUuid, orderStatus: "FILLED" }));
        response.writeHead(200).end(JSON.stringify({ orders, hasMore: false }));
        return;
      }
      const { orders } = JSON.parse(body) as { orders: { requestUuid: string }[] };
      const status = statuses[placements++] ?? 500;
      const acceptedOrders = orders.map(({ requestUuid }) => ({ requestUuid }));
      // It took the order, whatever it answers.
      if (status !== 401) taken.push(...orders.map(({ requestUuid }) => requestUuid));
      const fine = { status: "accepted", acceptedOrders, declinedOrders: [] };
      response.writeHead(status).end(JSON.stringify(status === 200 ? fine : {}));
    };
    const server = createServer((...exchange) => void answer(...exchange)).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const [told] = await trader(`http://127.0.0.1:${port}`, {})([{ orderStake: "10.00" }]);
      return [told!.replace(/^\S+ is /, ""), placements];
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };
  expect(await run(200)).toEqual(["accepted", 1]);
  // Under the same key, by which the vendor would know it.
  expect(await run(503, 200)).toEqual(["accepted", 2]);
  expect(await run(401)).toEqual(["not-executed", 1]);
  // The second refusal says nothing of the first copy, so it is looked up.
  expect(await run(503, 422)).toEqual(["placed", 2]);
  expect(await run(502)).toEqual(["placed", 1]);
});

it("shows the figures that the benchmarks have measured", async () => {
  expect(await withSpeed(readme)).toBe(readme);
  const results = readFileSync(join(root, "test/bench/results/goals.md"), "utf8");
  expect(results).toContain(goalTable(goals()));
  expect(goals().filter(({ value }) => value === null)).toEqual([]);
});

it("quotes the runs at the exchange that fails on purpose as they were measured", () => {
  const results = readFileSync(join(root, "test/bench/results/faults.md"), "utf8");
  const venues = results.split(/^## /m).filter((part) => part.includes("| errata |"));
  expect(venues).toHaveLength(3);
  const rows = venues.map(
    (venue) =>
      new Map(
        [...venue.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => {
          const [name, ...cells] = row!.split(" | ");
          return [name!, cells] as const;
        }),
      ),
  );
  const share = (cell: string): number => Number(/([0-9.]+) %/.exec(cell)?.[1] ?? cell);
  const spelled = (value: number): string => (value === 0 ? "0" : `${value.toFixed(2)} %`);
  const of = (name: string, column: number): string =>
    rows.map((venue) => spelled(share(venue.get(name)![column]!))).join(", ");
  const most = (column: number): string =>
    rows
      .map((venue) => {
        const others = [...venue].filter(([name]) => !/^(errata|call|client|---)/.test(name));
        return spelled(Math.max(...others.map(([, cells]) => share(cells[column]!))));
      })
      .join(", ");
  const told = ["executed twice", "reported failed, and executed", "sent sooner than asked"];
  const clients = [
    "errata",
    "errata, without a look-up",
    "errata, without a gate",
    "call, cockatiel",
  ];
  const lines = [...told, "runs without an end", "executed exactly once", "left to a person"].map(
    (what, column) => {
      const last = column === 5 ? "none: they do not know" : `up to ${most(column)}`;
      return [what, ...clients.map((name) => of(name, column)), last];
    },
  );
  const shown = [...readme.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row!.split(/ +\| /));
  for (const line of lines)
    expect(shown).toContainEqual(
      line.map((cell) => expect.stringMatching(exactly(cell)) as string),
    );
});

const exactly = (cell: string): RegExp => new RegExp(`^ *${cell.replaceAll(/[.()]/g, "\\$&")} *$`);
