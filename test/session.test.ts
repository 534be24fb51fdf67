/** A session against a real server: what the venue got, and what the session says became of each order. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import {
  CatalogError,
  type Client,
  type Failure,
  type HttpResponse,
  openGate,
  readResponse,
  type SessionOptions,
  startSession,
  type Write,
} from "trading-api-errors";
import { abpWrites } from "trading-api-errors/abp";
import { decodeSixMm, sixMmGate, sixMmWrites } from "trading-api-errors/6mm";
import { mmWrites } from "trading-api-errors/mm";

/** A request that arrived. */
interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

type Answer = (response: ServerResponse, request: Arrived) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function venue(answer: Answer, port = 0): Promise<{ url: string; log: Arrived[] }> {
  const log: Arrived[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrived = { method: request.method!, path: request.url!, body: await text(request) };
    log.push(arrived);
    answer(response, arrived);
  };
  const server = createServer((...exchange) => void handle(...exchange));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log };
}

const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

/** Settles in a tenth of a second where the catalog takes ten. */
function quick(write: Write): Write {
  return { ...write, look: { ...write.look!, settleMs: 300, lagMs: 100 } };
}

const place = quick(abpWrites["place-orders"]);

function clientOf(url: string): Client<string> {
  const ask = async (path: string, init: RequestInit): Promise<HttpResponse> =>
    readResponse(await fetch(url + path, { ...init, redirect: "manual" }));
  return {
    send: (copies, { signal }) => {
      const orders = copies.map(({ key }) => ({ requestUuid: key }));
      return ask("/place-orders", { method: "POST", body: JSON.stringify({ orders }), signal });
    },
    lookUp: (copies, { signal }) =>
      ask(`/orders?requestUuids=${copies.map(({ key }) => key).join()}`, { signal }),
  };
}

const uuids = ({ body }: Arrived): readonly string[] =>
  (JSON.parse(body) as { orders: { requestUuid: string }[] }).orders.map((one) => one.requestUuid);

const placements = (log: readonly Arrived[]): readonly Arrived[] =>
  log.filter(({ method }) => method === "POST");

const orders = (found: readonly object[]): object => ({ orders: found, hasMore: false });

async function run(
  url: string,
  options: SessionOptions<string> = {},
  write = place,
  client = clientOf(url),
) {
  const given = { random: () => 0, timeoutMs: 400, ...options };
  return (await startSession(write, ["order"], client, given).settled)[0]!;
}

it("a declined order is sent under a fresh key only after a proof that no copy was placed", async () => {
  let late: string | null = null;
  const { url, log } = await venue((response, request) => {
    const [uuid] = request.method === "POST" ? uuids(request) : [];
    const sent = placements(log).length;
    if (uuid === undefined) {
      const found = late === null ? [] : [{ requestUuid: late, orderStatus: "FILLED" }];
      return json(response, 200, orders(found));
    }
    // The first copy is under way for long; the second one is declined, and forgotten.
    if (sent === 1) setTimeout(() => (late = uuid), 900);
    if (sent !== 2) return;
    const item = { requestUuid: uuid, declineReason: "Odds temporarily unavailable", bets: [] };
    json(response, 200, { status: "declined", acceptedOrders: [], declinedOrders: [item] });
  });
  const slow = quick(abpWrites["place-orders"]);
  const write = { ...slow, look: { ...slow.look!, settleMs: 3_000 } };
  const settled = await run(url, { deadlineMs: 60_000 }, write);
  expect(settled.is).toBe("placed");
  expect(new Set(placements(log).flatMap(uuids)).size).toBe(1);
});

it("knows its orders by UUIDs in another letter case", async () => {
  const { url, log } = await venue((response, request) => {
    const acceptedOrders = uuids(request).map((uuid) => ({ requestUuid: uuid.toUpperCase() }));
    json(response, 200, { status: "accepted", acceptedOrders, declinedOrders: [] });
  });
  expect(await run(url)).toMatchObject({ is: "accepted", by: "answer" });
  expect(log).toHaveLength(1);
});

it("akka/akka-http#4471: what a closed port refused was never sent, and goes again without a key", async () => {
  const first = await venue(() => {});
  const port = Number(new URL(first.url).port);
  servers.splice(0).forEach((server) => server.close());
  const opened = new Promise<Arrived[]>((done) =>
    setTimeout(() => {
      const answer: Answer = (response) =>
        json(response, 200, { code: 0, message: "success", requestId: "r" });
      void venue(answer, port).then(({ log }) => done(log));
    }, 200),
  );
  const settled = await run(first.url, {}, quick(sixMmWrites["place-order"]));
  expect(settled.is).toBe("accepted");
  expect(await opened).toHaveLength(1);
});

it("nautechsystems/nautilus_trader#4215: a message that it was filled ends the wait for a retry", async () => {
  const { url, log } = await venue((response) => json(response, 503, {}));
  const session = startSession(place, ["order"], clientOf(url), { keyOf: () => "a" });
  setTimeout(() => session.tell("a", "executed"), 150);
  const [settled] = await session.settled;
  expect(settled).toMatchObject({ is: "placed", by: "message" });
  await new Promise((done) => setTimeout(done, 700));
  expect(placements(log)).toHaveLength(1);
});

it("erdewit/ib_insync#644: a duplicate after a timeout is looked up, and not taken for a failure", async () => {
  const { url, log } = await venue((response, request) => {
    if (request.method === "GET") {
      const requestUuid = uuids(log[0]!)[0];
      return json(response, 200, orders([{ requestUuid, orderStatus: "FILLED" }]));
    }
    if (placements(log).length === 1) return;
    const detail = { error: "All orders are duplicates", duplicateUuids: uuids(request) };
    json(response, 409, { detail: { ...detail, inProgressUuids: [] } });
  });
  expect(await run(url)).toMatchObject({ is: "placed", by: "look-up" });
});

it("bitrix24/b24jssdk#147: five orders, one expired token, one refresh", async () => {
  let refreshes = 0;
  const { url, log } = await venue((response, { path, body }) => {
    if (path === "/refresh") {
      refreshes++;
      return void setTimeout(() => json(response, 200, { token: "new" }), 50);
    }
    const isNew = body.includes('"token":"new"') || path.includes("token=new");
    if (!isNew)
      return json(response, 200, { code: 1002, message: "Token expired", requestId: "r" });
    json(response, 200, { code: 0, message: "success", requestId: "r" });
  });
  let token = "old";
  const client: Client<string> = {
    send: async ([copy]) => {
      const body = JSON.stringify({ clientOrderId: copy!.key, token });
      return readResponse(await fetch(`${url}/order`, { method: "POST", body }));
    },
    lookUp: async ([copy]) =>
      readResponse(await fetch(`${url}/order?id=${copy!.key}&token=${token}`)),
    step: async () => {
      const answer = await fetch(`${url}/refresh`, { method: "POST" });
      ({ token } = (await answer.json()) as { token: string });
    },
  };
  const gate = openGate(sixMmGate);
  const five = Array.from({ length: 5 }, async () =>
    run(url, { gate, singleSend: true }, quick(sixMmWrites["place-order"]), client),
  );
  expect((await Promise.all(five)).map(({ is }) => is)).toEqual(Array(5).fill("accepted"));
  expect(refreshes).toBe(1);
  expect(log.filter(({ body }) => body.includes('"token":"old"'))).toHaveLength(5);
});

it("an abort sends nothing more, whenever it comes", async () => {
  for (const afterMs of [0, 20, 200]) {
    const { url, log } = await venue((response) => json(response, 503, {}));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), afterMs);
    const settled = await run(url, { signal: controller.signal });
    expect(settled.is, `${afterMs} ms`).toMatch(/^(unknown|not-executed)$/);
    const sent = log.length;
    if (settled.is === "not-executed") expect(sent).toBe(0);
    await new Promise((done) => setTimeout(done, 700));
    expect(log.length, `${afterMs} ms`).toBe(sent);
  }
});

it.each<readonly [what: string, answer: Answer]>([
  [
    "a body without an end",
    (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
  ],
  [
    "a body that breaks off",
    (response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"acceptedOrders":[');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ["a redirect to a page", (response) => response.writeHead(302, { location: "/login" }).end()],
  ["a page", (response) => response.writeHead(200).end("<html>Welcome</html>")],
  ["an empty answer", (response) => response.writeHead(200).end()],
])("%s proves nothing: the order is looked up", async (_, answer) => {
  const { url, log } = await venue((response, request) => {
    if (request.method === "POST") return answer(response, request);
    const requestUuid = uuids(log[0]!)[0];
    json(response, 200, orders([{ requestUuid, orderStatus: "FILLED" }]));
  });
  expect(await run(url)).toMatchObject({ is: "placed", by: "look-up" });
  expect(new Set(placements(log).flatMap(uuids)).size).toBe(1);
});

it("a cancel that is redirected to a page is no success", async () => {
  const { url } = await venue((response, { method }) =>
    method === "POST"
      ? response.writeHead(302, { location: "/login" }).end("<html></html>")
      : json(response, 200, [{ status: "PLACED" }]),
  );
  const client = clientOf(url);
  const settled = await run(
    url,
    { keyOf: () => "7", rounds: 1 },
    quick(mmWrites["cancel-order"]),
    client,
  );
  expect(settled.is).toBe("not-executed");
});

it("the time is looked at when a copy leaves, and not when it was advised", async () => {
  const { url, log } = await venue((response, { method }) =>
    method === "POST" ? json(response, 503, {}) : json(response, 200, orders([])),
  );
  const settled = run(url, { deadlineMs: 1_000 });
  // Until the first answer; then the loop is busy for longer than the order is wanted.
  while (log.length === 0) await new Promise((done) => setTimeout(done, 5));
  await new Promise((done) => setTimeout(done, 60));
  const end = performance.now() + 1_500;
  while (performance.now() < end);
  expect((await settled).is).toBe("not-executed");
  expect(placements(log)).toHaveLength(1);
});

it("never rejects, whatever the caller's functions do", async () => {
  const write = quick(abpWrites["place-orders"]);
  const bad: readonly Client<string>["send"][] = [
    () => {
      throw new Error("thrown at once");
    },
    async () => Promise.reject(new Error("rejected")),
    async () => undefined as never,
    async () => ({ status: "200" }) as never,
    async () => new Promise(() => {}),
    async () => {
      throw new CatalogError(
        (decodeSixMm({ status: 418 }) as unknown as { failure: Failure }).failure,
      );
    },
  ];
  for (const send of bad) {
    const session = startSession(write, ["order"], { send }, { timeoutMs: 50, random: () => 0 });
    expect((await session.settled)[0]!.is).toBe("unknown");
  }
  const lookUp = bad[0]!;
  const lost = { send: bad[1]!, lookUp };
  const [settled] = await startSession(write, ["order"], lost, { lookForMs: 100 }).settled;
  expect(settled!.is).toBe("unknown");
  expect(await startSession(write, [], lost).settled).toEqual([]);
});
