/** Several processes share one account in a real Redis: together they keep its limit, and a pause that one hears holds all. */
import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createClient } from "@redis/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { count, type Order, perMs, type Report } from "./redis-account.js";
import { redisStore } from "./redis-store.js";

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const program = fileURLToPath(new URL("redis-process.ts", import.meta.url));

let server: ChildProcess | undefined;
let url = "";
let client: ReturnType<typeof createClient>;
let processes: readonly ChildProcess[] = [];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

beforeAll(async () => {
  if (!hasRedis) return;
  const port = await freePort();
  const options = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  ];
  server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
  url = `redis://127.0.0.1:${port}`;
  let log = "";
  for await (const chunk of server.stdout!) {
    log += String(chunk);
    if (log.includes("eady to accept connections")) break;
  }
  client = createClient({ url });
  await client.connect();
});

afterAll(() => {
  if (!hasRedis) return;
  client.destroy();
  server?.kill();
});

beforeEach(async ({ skip }) => {
  skip(!hasRedis, "There is no redis-server on this machine.");
  await client.flushAll();
});

afterEach(async () => {
  const ends = processes.map((child) => once(child, "exit"));
  for (const child of processes) order(child, { do: "end" });
  await Promise.all(ends);
  processes = [];
});

function order(child: ChildProcess, what: Order): void {
  child.send(what);
}

async function report<Is extends Report["is"]>(
  child: ChildProcess,
  is: Is,
): Promise<Extract<Report, { readonly is: Is }>> {
  const [told] = (await once(child, "message")) as [Report];
  if (told.is !== is) throw new Error(`${told.is} instead of ${is}`);
  return told as Extract<Report, { readonly is: Is }>;
}

async function start(howMany: number): Promise<readonly ChildProcess[]> {
  processes = Array.from({ length: howMany }, () =>
    fork(program, [url], { execArgv: ["--import", tsx] }),
  );
  await Promise.all(processes.map((child) => report(child, "ready")));
  return processes;
}

describe("a store in Redis", () => {
  it("replaces only what is still as it was seen, and forgets it in time", async () => {
    const store = redisStore(client);
    expect(await store.read("a")).toBeNull();
    expect(await store.replace("a", "x", "y", 60_000)).toBe(false);
    expect(await store.replace("a", null, "x", 60_000)).toBe(true);
    expect(await store.replace("a", null, "y", 60_000)).toBe(false);
    expect(await store.replace("a", "x", "y", 50_000)).toBe(true);
    expect(await store.read("a")).toBe("y");
    const left = await client.pTTL("gate:a");
    expect(left > 0 && left <= 50_000).toBe(true);
  });

  it("lets three processes together send no more than the limit in any window", async () => {
    const children = await start(3);
    const each = 25;
    for (const child of children) order(child, { do: "send", count: each });
    const reports = await Promise.all(children.map((child) => report(child, "sent")));
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    const left = reports.flatMap((one) => one.left);
    expect(left.filter(({ why }) => why === null)).toHaveLength(3 * each);
    const times = left.map(({ at }) => at).sort((a, b) => a - b);
    for (const from of times) {
      const within = times.filter((at) => at >= from && at <= from + perMs);
      expect(within.length).toBeLessThanOrEqual(count);
    }
  });

  it("holds all while one has heard of a pause", async () => {
    const [first, ...others] = await start(3);
    const pauseMs = 1_500;
    order(first!, { do: "pause", ms: pauseMs });
    const { at } = await report(first!, "paused");
    while (!(await client.get("gate:default"))?.includes('"pauses":[[')) continue;
    for (const child of others) order(child, { do: "send", count: 2 });
    const reports = await Promise.all(others.map((child) => report(child, "sent")));
    for (const { left, failures } of reports) {
      expect(failures).toEqual([]);
      expect(left.map((one) => one.why)).toEqual([null, null]);
      for (const one of left) expect(one.at - at).toBeGreaterThanOrEqual(pauseMs);
    }
  });
});
